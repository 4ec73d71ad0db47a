/* The newest line of each id: a table of hashes, open, at most 3/4 full. */
#include <stdlib.h>
#include <string.h>

#include "core/base/hash.h"
#include "core/base/newest.h"
#include "core/base/xalloc.h"

#define ROOM_FIRST 1024 /* a power of two, as all that follow */

struct newest_slot {
	uint64_t hash; /* 0: it is free */
	uint64_t seq;
};

/* Mixed once more: what FNV makes of ids that end alike begins alike. */
static uint64_t hash_of(const char *id)
{
	uint64_t hash = hash_bytes(HASH_BEGIN, id, strlen(id));

	hash = (hash ^ hash >> 32) * 0x9e3779b97f4a7c15u;
	hash ^= hash >> 29;
	return hash != 0 ? hash : 1;
}

/* The slot of this hash, or the free one that it would take. */
static struct newest_slot *slot_of(const struct newest *newest, uint64_t hash)
{
	size_t at = (size_t)hash & (newest->room - 1);

	while (newest->slots[at].hash != 0 && newest->slots[at].hash != hash)
		at = (at + 1) & (newest->room - 1);
	return &newest->slots[at];
}

static void grow(struct newest *newest)
{
	struct newest before = *newest;
	size_t i;

	newest->room = before.room > 0 ? 2 * before.room : ROOM_FIRST;
	newest->slots = xcalloc(newest->room, sizeof(*newest->slots));
	for (i = 0; i < before.room; i++) {
		if (before.slots[i].hash != 0)
			*slot_of(newest, before.slots[i].hash) =
			    before.slots[i];
	}
	free(before.slots);
}

void newest_note(struct newest *newest, const char *id, uint64_t seq)
{
	uint64_t hash = hash_of(id);
	struct newest_slot *slot;

	if (newest->n >= newest->room / 4 * 3)
		grow(newest);
	slot = slot_of(newest, hash);
	newest->n += slot->hash == 0;
	slot->hash = hash;
	if (seq > slot->seq)
		slot->seq = seq;
}

uint64_t newest_of(const struct newest *newest, const char *id)
{
	return newest->n > 0 ? slot_of(newest, hash_of(id))->seq : 0;
}

void newest_free(struct newest *newest)
{
	free(newest->slots);
	*newest = (struct newest){ 0 };
}
