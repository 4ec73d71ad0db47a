/* Which of some words somebody has meant who has written another. */
#include <limits.h>
#include <string.h>

#include "core/base/nearest.h"

#define LONGEST 63 /* bytes; who writes longer words has not slipped */
#define FAR 4      /* letters: what differs in so many is another word */

/* Letters that must be changed to make one word of the other. */
static int distance(const char *a, const char *b)
{
	int row[LONGEST + 1], i, j, n = (int)strlen(b);

	if (n >= LONGEST || strlen(a) >= LONGEST)
		return INT_MAX;
	for (j = 0; j <= n; j++)
		row[j] = j;
	for (i = 1; a[i - 1] != '\0'; i++) {
		int above = row[0]++;

		for (j = 1; j <= n; j++) {
			int change = above + (a[i - 1] != b[j - 1]);

			above = row[j];
			row[j] =
			    row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;
			row[j] = change < row[j] ? change : row[j];
		}
	}
	return row[n];
}

/* Nothing of a short word may be left where all its letters are changed. */
void nearest_try(struct nearest *nearest, const char *word)
{
	int far = distance(nearest->to, word);
	int most = (int)strlen(nearest->to);

	if (nearest->best != NULL)
		most = nearest->far;
	if (far >= FAR || far >= most)
		return;
	nearest->best = word;
	nearest->far = far;
}
