/*
 * The server of misdeeds: plain sockets, a thread for each connection, and no
 * library that would put right what is meant to be wrong.
 */
#ifndef WIRE_RAW_H
#define WIRE_RAW_H

#include "tests/wire/wire.h"

struct raw;

/* On free ports of `address` and, where there is IPv6, of ::1; they are told in
   wire->raw and wire->six, which is 0 if there is none. Dies if it cannot. */
struct raw *raw_start(struct wire *wire, const char *address);

/* Ends all connections, and returns when nobody works on one any more. */
void raw_stop(struct raw *raw);

#endif
