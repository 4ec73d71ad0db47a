/* The fields of a record, and each of them on a line: what it is, and what a
   step on the way there has given. */
#ifndef FIELDS_H
#define FIELDS_H

#include <jansson.h>
#include <stdbool.h>

#include "core/base/buf.h"

struct field {
	const char *name;
	/* What it is, on a line. */
	void (*value)(
	    struct buf *line, const struct field *field, const json_t *record);
	/* What a step has given it, see core/worker/trace.h; NULL: nothing
	   does, or it is a text, of which a step changes a part. */
	void (*step)(struct buf *line, const json_t *step);
	const char *about; /* where one has its value from that has no steps */
	const char *of;    /* the field that this one is about; NULL: none */
};

extern const struct field fields[]; /* the last has no name */

/* NULL: there is none of that name. What is about another field is that one. */
const struct field *field_called(const char *name);

/* The name of one that may have been meant, or NULL. */
const char *field_nearest(const char *name);

/* NULL: the record has none. */
const json_t *field_value(const struct field *field, const json_t *record);

/* How exactly a time is known, and in which zone; nothing of other fields. */
void field_evidence(
    struct buf *line, const struct field *field, const json_t *record);

/* Whether it says something of this record, and not of all. */
bool field_is_own(const struct field *field);

/* A text, on one line and in quotes; or how many paragraphs it has. */
void field_quote(struct buf *line, const char *words);
void field_amount(struct buf *line, const char *words);

#endif
