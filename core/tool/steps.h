/*
 * How the fields of a record came about: the steps that a worker tells when it
 * is asked to explain, as people read them, and as programs do.
 */
#ifndef STEPS_H
#define STEPS_H

#include <jansson.h>

#include "core/tool/fields.h"
#include "core/tool/sight.h"

struct steps {
	const json_t *record;
	const json_t *trace; /* of it, see core/worker/trace.h */
};

struct steps_on { /* what they are shown on */
	struct sight sight;
	int width; /* columns; 0: no limit */
};

/* A field with its value, then a line or more for each step. */
void steps_show(const struct steps_on *on, const struct steps *steps,
    const struct field *field);

/* A line for each field: its value, who gave it last, and from where; then the
   options of the source that have found nothing. */
void steps_list(const struct steps_on *on, const struct steps *steps);

/*
 * A new object: id, source, and `fields`: of the one, or of all where `field`
 * is NULL, its value and its steps; then also `options`, which are not asked
 * for with a field.
 */
json_t *steps_json(const struct steps *steps, const struct field *field);

#endif
