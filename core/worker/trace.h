/* How the fields of a record came about, for `dateline explain`. */
#ifndef TRACE_H
#define TRACE_H

#include "core/base/message.h"
#include "core/kit/record.h"

struct told { /* of whom */
	const struct dl_plugin *source;
	const struct order *order;
	const struct dl_page *page;
	const struct record *record;
	const struct trace *id; /* how its id came about */
};

/*
 * An array of JSON, an object for each change and each offer that was not
 * taken, in the order in which they came: field, by (the plugin), from, how,
 * value; of times `moment` as it was read and what its zone is; of images
 * caption and credit as far as they are new, of places name, code and the form
 * met; `key` of a note or an alternate; taken, and `why` it was not. Then one
 * of the field "options" for each selector that the source's options give: key,
 * value, and how many elements it has `found`. Memory of the job; NULL if a
 * value is not UTF-8.
 */
const char *trace_of(struct dl_job *job, const struct told *told);

#endif
