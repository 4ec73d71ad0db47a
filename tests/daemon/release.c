/* An entry is in quarantine only as long as its page is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/quarantine.h"
#include "core/daemon/release.h"
#include "tests/daemon/state.h"

static void keep(const char *folder, const char *id)
{
	static const struct order_page bytes = { .bytes = "x", .len = 1 };
	const struct quarantined page = { .kept = 1,
		.first = { .source = "s",
		    .entry = { .id = id, .url = "https://a.example/1" } },
		.pages = &bytes,
		.n = 1 };
	size_t gone;

	assert_true(quarantine_keep(folder, &page, &gone));
}

static void entries_without_their_pages_are_dropped(void **state)
{
	struct folder *folder = *state;
	char place[128];

	begin(folder);
	snprintf(place, sizeof(place), "%s/quarantine", folder->path);
	watch("s", NULL);
	note(A, "s:1", "kept", 1000);
	note(A, "s:2", "cleared away", 1000);
	note(A, "s:3", "pending", 1000);
	check_due(1000, "s:1 s:2 s:3");
	keep(place, "s:1");
	keep(place, "s:3");
	settle("s:1", SETTLED_QUARANTINED, 0);
	settle("s:2", SETTLED_QUARANTINED, 0);
	settle_again("s:3", 9000, 1);
	release_tidy(seen, place);
	check_counts(1, 0, 1, 1);
	/* Whether it is there is not known. */
	release_tidy(seen, folder_file(folder, "state.sqlite"));
	check_counts(1, 0, 1, 1);
	release_tidy(seen, folder_file(folder, "none"));
	check_counts(1, 0, 2, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_STATE(entries_without_their_pages_are_dropped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
