/* What of dates plugins do not need: the reasons, and what is near. */
#ifndef DATE_H
#define DATE_H

#include "core/kit/job.h"

struct date_rules {
	const char *language;         /* BCP 47; NULL: any */
	const struct dl_moment *base; /* a day without its year is the last one
					 not after it; NULL: there is none */
};

/* As date_parse(); *why is the reason where the answer is NULL. */
const struct dl_moment *date_read(struct dl_job *job, const char *text,
    enum dl_from from, const struct date_rules *rules, const char **why);

/*
 * What "3 giờ trước" or "yesterday, 15:24" says to somebody who reads it at
 * `now`, seconds since 1970. Its zone is assumed; what is said in minutes is
 * true to the minute, what is said in hours or days to the day. NULL if the
 * text is no such thing.
 */
const struct dl_moment *date_ago(
    struct dl_job *job, const char *text, enum dl_from from, int64_t now);

#endif
