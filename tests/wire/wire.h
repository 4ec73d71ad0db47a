/* The whole stand-in newswire: made in main(), and known to everybody. */
#ifndef WIRE_WIRE_H
#define WIRE_WIRE_H

#include <pthread.h>
#include <stdbool.h>

#include "tests/wire/bulk.h"
#include "tests/wire/host.h"
#include "tests/wire/owner.h"
#include "tests/wire/requests.h"
#include "tests/wire/score.h"
#include "tests/wire/story.h"

struct pace {
	int first;    /* of each agency; -1: all but the last */
	double every; /* seconds between stories; 0: never */
	double after; /* seconds from the last one to a correction */
};

struct wire {
	struct pace pace;
	bool control; /* is there a host wire.localhost? */
	unsigned short port;
	unsigned short raw, six; /* where misdeeds are: IPv4, and [::1] */
	struct hosts hosts;
	struct stories stories;
	struct bulk bulk;
	struct owners owners;
	struct requests requests;
	struct score score;
	double begun;         /* all times here: seconds, CLOCK_MONOTONIC */
	double last;          /* when the last story came out */
	pthread_mutex_t lock; /* around all of the above once we serve */
};

#endif
