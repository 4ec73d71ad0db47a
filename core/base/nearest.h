/* Which of some words somebody has meant who has written another. */
#ifndef NEAREST_H
#define NEAREST_H

struct nearest {
	const char *to;   /* what was written */
	const char *best; /* NULL: none that is near */
	int far;          /* letters of it that had to be changed */
};

/* One that may have been meant, which has to live as long as `nearest`. */
void nearest_try(struct nearest *nearest, const char *word);

#endif
