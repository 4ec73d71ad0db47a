/* How deep the elements of a page nest, before anything is built of them. */
#ifndef NEST_H
#define NEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/limits.h"
#include "core/kit/tag.h"

struct nest {
	struct level { /* an open element */
		uint32_t id;
		unsigned marks;
	} open[LIMIT_DEPTH];
	size_t depth;
};

/* What a tag does to the open elements; false if they nest too deep then. */
bool nest_tag(struct nest *nest, const struct tag *tag);

/* Whether there is something open that this end tag closes. */
bool nest_has(const struct nest *nest, const struct tag *tag);

#endif
