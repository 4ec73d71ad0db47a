/*
 * The newest records, for people who look on: what each is about, as a line of
 * JSON (seq, spooled, id, revision, changed, status, source, agency, url,
 * language, title, published and its precision, place).
 */
#ifndef LIVE_H
#define LIVE_H

#include <stdint.h>

#define LIVE_KEPT 50 /* records: as many as somebody reads on a page */

struct live;

struct live *live_new(void);
void live_free(struct live *live);

/* `brief` is a JSON object as record.c makes it; it is copied. */
void live_add(struct live *live, uint64_t seq, const char *brief);

/* Records are counted from 1 on as they come. The first one behind number *n
   that is still kept, which becomes *n; NULL: there is none. It stays until
   LIVE_KEPT more have come. */
const char *live_next(const struct live *live, uint64_t *n);

/* Called after each record. */
void live_follow(struct live *live, void (*came)(void *whose), void *whose);

#endif
