/* HTTP: hosts, validators, the log of requests. */
#ifndef WIRE_SERVER_H
#define WIRE_SERVER_H

#include "tests/wire/wire.h"

struct MHD_Daemon;

/* On loopback only; port 0 takes a free one and tells it in wire->port. */
struct MHD_Daemon *server_start(struct wire *wire, unsigned short port);
void server_stop(struct MHD_Daemon *server);

#endif
