/* What texts call zones: "MSK", "giờ Hà Nội", "Asia/Baku". */
#ifndef ZONENAME_H
#define ZONENAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct zone;
struct zones;

struct zonename { /* in a text, and what helps to know whose it is */
	const char *text;
	size_t len;                /* bytes of it */
	const struct zones *zones; /* NULL: IANA's names say nothing */
	const struct zone *own;    /* the source's, or NULL */
	bool by_program;           /* it stands in a date of RFC 822 */
};

/* Bytes of the name at `text`, 0 if none begins there. */
size_t zonename_at(const struct zones *zones, const char *text);

/* Seconds east of Greenwich on clocks of that zone that show `local`. False if
   none do, or if it may be one of several zones. */
bool zonename_offset(const struct zonename *name, int64_t local, int *offset);

/* Whether it may be the name of a zone with this offset. */
bool zonename_may_be(const char *text, size_t len, int offset);

#endif
