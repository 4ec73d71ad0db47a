/*
 * Names in running text, by the real table: the rows of places.tsv. What each
 * rule does alone is in gazetteer.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "core/base/time.h"
#include "core/kit/gazetteer.h"
#include "core/kit/job.h"

/* The table that was built beside this program. */
static struct gazetteer *built(void)
{
	char path[4096];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 64);
	const char *why;
	int i;

	assert_true(len > 0);
	path[len] = '\0';
	for (i = 0; i < 3; i++)
		*strrchr(path, '/') = '\0';
	strcat(path, "/gazetteer.tsv");
	return gazetteer_open(path, &why);
}

static int64_t day_of(const char *text)
{
	int y, m, d;

	if (*text == '-')
		return INT64_MIN;
	assert_int_equal(sscanf(text, "%d-%d-%d", &y, &m, &d), 3);
	return time_days(y, m, d);
}

/* "VN-HN Hanoi; CN China", each once. */
static const char *found_in(struct dl_job *job, const char *text, int64_t day)
{
	const struct dl_mention *mention = NULL;
	const char *all = "";

	while ((mention = place_next(job, text, mention)) != NULL) {
		const struct dl_place *place =
		    gazetteer_on(job->gazetteer, mention->place, day);
		const char *one =
		    job_printf(job, "%s %s", place->code, mention->as);

		assert_memory_equal(
		    text + mention->at, mention->as, mention->len);
		if (strstr(job_printf(job, "; %s;", all),
			job_printf(job, "; %s;", one)) == NULL)
			all = job_printf(
			    job, "%s%s%s", all, *all == '\0' ? "" : "; ", one);
	}
	return all;
}

/* How many rows are not so; each is shown. */
static int rows_wrong(const struct gazetteer *gazetteer, FILE *file, int *rows)
{
	char *line = NULL, *rest;
	size_t size = 0;
	int wrong = 0;

	while (getline(&line, &size, file) > 0) {
		const char *day, *text, *want, *found;
		struct dl_job job;

		line[strcspn(line, "\n")] = '\0';
		if (*line == '#')
			continue;
		rest = line;
		day = strsep(&rest, "\t");
		text = strsep(&rest, "\t");
		want = rest;
		assert_non_null(want);
		job_init(&job);
		job.gazetteer = gazetteer;
		found = found_in(&job, text, day_of(day));
		if (strcmp(found, want) != 0)
			print_error(
			    "%s: not \"%s\" but \"%s\"\n", text, want, found);
		wrong += strcmp(found, want) != 0;
		job_finish(&job);
		++*rows;
	}
	free(line);
	return wrong;
}

static void each_text_names_these_places(void **state)
{
	struct gazetteer *gazetteer = built();
	FILE *file = fopen("tests/kit/places.tsv", "re");
	int rows = 0;

	(void)state;
	assert_non_null(gazetteer);
	assert_non_null(file);
	assert_int_equal(rows_wrong(gazetteer, file, &rows), 0);
	assert_true(rows >= 300);
	fclose(file);
	gazetteer_close(gazetteer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_text_names_these_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
