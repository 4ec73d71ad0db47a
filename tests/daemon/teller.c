/* The status as text: who is told what, and when. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/daemon/teller.h"

struct house {
	uv_loop_t loop;
	struct teller *teller;
	int taken;     /* so often its status was asked for; it says so */
	bool starting; /* there is none yet */
};

struct asking {
	struct asker asker;
	bool told;
	char *text; /* NULL: there was none */
};

static json_t *status_make(void *whose)
{
	struct house *house = whose;

	if (house->starting)
		return NULL;
	return json_pack("{s:i, s:s, s:[]}", "uptime", ++house->taken, "state",
	    "fine", "sources");
}

static void house_open(struct house *house)
{
	*house = (struct house){ .taken = 0 };
	uv_loop_init(&house->loop);
	house->teller = teller_new(&house->loop, status_make, house);
}

static void house_close(struct house *house)
{
	teller_stop(house->teller);
	uv_run(&house->loop, UV_RUN_DEFAULT);
	teller_free(house->teller);
	assert_int_equal(uv_loop_close(&house->loop), 0);
}

static void note(struct asker *asker, struct told *told)
{
	struct asking *asking = (struct asking *)asker;

	assert_false(asking->told);
	asking->told = true;
	asking->text = told != NULL ? strdup(told->text.bytes) : NULL;
}

static void ask(struct house *house, struct asking *asking, enum told_as as)
{
	*asking = (struct asking){ .asker = { .as = as, .told = note } };
	teller_ask(house->teller, &asking->asker);
	assert_false(asking->told);
}

static void check_told(struct asking *asking, const char *part)
{
	assert_true(asking->told);
	assert_non_null(asking->text);
	if (strstr(asking->text, part) == NULL)
		fail_msg("no %s in: %s", part, asking->text);
	free(asking->text);
}

static void each_is_told_as_he_wants_it(void **state)
{
	static const struct {
		enum told_as as;
		const char *part;
	} rows[] = {
		{ TOLD_STATUS, "{\"uptime\":1,\"state\":\"fine\"" },
		{ TOLD_METRICS, "\ndateline_uptime_seconds 1\n" },
		{ TOLD_OPEN_METRICS, "\n# EOF\n" },
		{ TOLD_METRICS_IN_JSON, "\\ndateline_uptime_seconds 1\\n" },
	};
	struct asking askings[2 * N_TOLD_AS];
	struct house house;
	int i;

	(void)state;
	house_open(&house);
	for (i = 0; i < 2 * N_TOLD_AS; i++)
		ask(&house, &askings[i], rows[i % N_TOLD_AS].as);
	uv_run(&house.loop, UV_RUN_DEFAULT);
	for (i = 0; i < 2 * N_TOLD_AS; i++)
		check_told(&askings[i], rows[i % N_TOLD_AS].part);
	assert_int_equal(house.taken, 1);
	house_close(&house);
}

/* The status had been taken when he asked: he is told the next one. */
static void nobody_is_told_what_is_older_than_his_question(void **state)
{
	struct asking first, second, third;
	struct house house;

	(void)state;
	house_open(&house);
	ask(&house, &first, TOLD_STATUS);
	while (house.taken == 0)
		uv_run(&house.loop, UV_RUN_NOWAIT);
	ask(&house, &second, TOLD_STATUS);
	ask(&house, &third, TOLD_METRICS);
	uv_run(&house.loop, UV_RUN_DEFAULT);
	check_told(&first, "\"uptime\":1,");
	check_told(&second, "\"uptime\":2,");
	check_told(&third, "uptime_seconds 2\n");
	assert_int_equal(house.taken, 2);
	house_close(&house);
}

static void who_asks_too_early_or_at_the_end_is_told_nothing(void **state)
{
	struct asking early, under_way, waiting;
	struct house house;

	(void)state;
	house_open(&house);
	house.starting = true;
	ask(&house, &early, TOLD_STATUS);
	uv_run(&house.loop, UV_RUN_DEFAULT);
	assert_true(early.told);
	assert_null(early.text);
	house.starting = false;
	ask(&house, &under_way, TOLD_STATUS);
	while (house.taken == 0)
		uv_run(&house.loop, UV_RUN_NOWAIT);
	ask(&house, &waiting, TOLD_STATUS);
	house_close(&house);
	assert_true(under_way.told && waiting.told);
	assert_null(waiting.text);
	free(under_way.text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_is_told_as_he_wants_it),
		cmocka_unit_test(
		    nobody_is_told_what_is_older_than_his_question),
		cmocka_unit_test(
		    who_asks_too_early_or_at_the_end_is_told_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
