/* Times that are told from the time at which they are read: "3 giờ trước". */
#ifndef AGO_H
#define AGO_H

#include <stdbool.h>
#include <stdint.h>

struct ago {
	int64_t seconds;  /* before the reading, */
	int unit;         /* counted in so many seconds */
	const char *time; /* of a day ("yesterday, 15:24"), what is behind the
			     comma; else NULL */
};

/* False if the text, of one line, is no such thing. */
bool ago_read(const char *text, struct ago *ago);

#endif
