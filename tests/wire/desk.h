/* The news desk: which stories are out, and which one comes next. */
#ifndef WIRE_DESK_H
#define WIRE_DESK_H

#include "tests/wire/render.h"
#include "tests/wire/wire.h"

double clock_now(void);

/* Publishes the first wave, and finds out whether every page can be made. */
void desk_open(struct wire *wire);

/* What is due by `now` comes out; called a few times a second. */
void desk_tick(struct wire *wire, double now);

/* The story that came out or was corrected now; NULL if there is none left. */
struct story *desk_publish(struct wire *wire, double now);
struct story *desk_correct(struct wire *wire);

/* What a host shows, newest first. */
void desk_shown(
    const struct wire *wire, const struct host *host, struct shown *shown);
struct host *desk_host(struct wire *wire, const struct story *story);

#endif
