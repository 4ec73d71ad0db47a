/*
 * The newest line of each id, in little memory: at most 43 bytes an id, however
 * long it is, and half as many again while the table grows. Two ids may, very
 * seldom, be taken for one: who reads the line sees whose it is.
 */
#ifndef NEWEST_H
#define NEWEST_H

#include <stddef.h>
#include <stdint.h>

struct newest { /* all zero at first */
	struct newest_slot *slots;
	size_t n, room;
};

/* Numbers come in any order: the highest stays. */
void newest_note(struct newest *newest, const char *id, uint64_t seq);

/* 0: there is none. */
uint64_t newest_of(const struct newest *newest, const char *id);

void newest_free(struct newest *newest);

#endif
