/*
 * How an answer is sent: by default as it should be, else in one of these
 * ways, which the rows of misdeeds.c name. Those that never end do so when
 * the other side is gone.
 */
#ifndef WIRE_MANNER_H
#define WIRE_MANNER_H

#include "tests/wire/call.h"

/* Answers a request as its misdeed does it. */
void request_answer(struct call *call);

send_fn send_silence;     /* nothing, and the connection stays */
send_fn send_nothing;     /* nothing, and it is closed */
send_fn send_bare;        /* the body without a head */
send_fn send_head_slowly; /* a byte at a time, without end */
send_fn send_body_slowly;
send_fn send_reset;       /* half of the body, then a reset */
send_fn send_too_short;   /* Content-Length tells half of the body */
send_fn send_too_long;    /* it tells twice as much as comes */
send_fn send_no_length;   /* until the connection is closed */
send_fn send_chunks;      /* chunked, with trailers */
send_fn send_chunks_cut;  /* the last ones are missing */
send_fn send_chunks_odd;  /* of a size that is no number */
send_fn send_both;        /* chunked, with a Content-Length besides */
send_fn send_headers;     /* `number` header lines, all in all */
send_fn send_header_long; /* one of `number` bytes */
send_fn send_nul;         /* a NUL in a header */
send_fn send_bomb;        /* `number` bytes, in gzip */
send_fn send_endless;     /* as many bytes as anybody takes */
send_fn send_to_browsers; /* 400 to who does not look like one */

#endif
