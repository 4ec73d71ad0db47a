/*
 * The pool, and workers that do not what they should: this program is the
 * worker, too, if it is called by the name of a way to go wrong.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "core/base/limits.h"
#include "core/base/slate.h"
#include "core/daemon/pool.h"
#include "tests/folder.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define WAY "way-"
#define PATIENT 20000  /* ms: nobody waits for that */
#define IMPATIENT 300  /* ms */
#define GIVEN_UP 60000 /* ms for one test: something hangs */

/* ---- the worker ---- */

#define SOCKET 3
#define SLATE 4

static char through[MESSAGE_PIECE];

struct fake {
	const char *folder;
	struct slate *slate;
	uint64_t number; /* of the order at hand */
};

static void say(const void *bytes, size_t len)
{
	if (write(SOCKET, bytes, len) != (ssize_t)len)
		_exit(1);
}

static void head(uint32_t len, uint32_t kind)
{
	const uint32_t head[2] = { len, kind };

	say(head, sizeof(head));
}

static void result(uint64_t number, bool last)
{
	const struct result result = { .verdict = DL_SKIP,
		.number = number,
		.last = last,
		.reason = "it was heard" };
	struct buf out = { 0 };

	message_put_result(&out, &result);
	if (!message_send(SOCKET, through, &out))
		_exit(1);
	buf_free(&out);
}

static void fine(struct fake *fake)
{
	result(fake->number, false);
}

static void noise(struct fake *fake)
{
	char bytes[4096];

	(void)fake;
	memset(bytes, 0xa5, sizeof(bytes));
	say(bytes, sizeof(bytes));
}

static void too_long(struct fake *fake)
{
	(void)fake;
	head(UINT32_MAX, MESSAGE_RESULT);
}

static void longest_and_silent(struct fake *fake)
{
	(void)fake;
	head(LIMIT_MESSAGE, MESSAGE_RESULT);
	pause();
}

static void too_short(struct fake *fake)
{
	(void)fake;
	head(0, MESSAGE_RESULT);
}

static void another_kind(struct fake *fake)
{
	(void)fake;
	head(0, MESSAGE_ORDER);
}

static void unknown_kind(struct fake *fake)
{
	(void)fake;
	head(0, 99);
}

static void ready_again(struct fake *fake)
{
	(void)fake;
	head(0, MESSAGE_READY);
}

static void another_number(struct fake *fake)
{
	result(fake->number + 1, false);
}

/* First a lie, then the truth: which would be the next order's. */
static void nobodys(struct fake *fake)
{
	result(0, false);
	result(fake->number, false);
}

static void half_and_silent(struct fake *fake)
{
	(void)fake;
	head(64, MESSAGE_RESULT);
	say("half", 4);
	pause();
}

static void silent(struct fake *fake)
{
	(void)fake;
	pause();
}

static void deaf(struct fake *fake)
{
	(void)fake;
	close(SOCKET);
	pause();
}

static void ends(struct fake *fake)
{
	(void)fake;
	_exit(0);
}

/* As of a plugin that has made a process before the lock-in. */
static void leave_heir(void)
{
	char byte;

	if (fork() != 0)
		return;
	while (read(SOCKET, &byte, 1) > 0)
		; /* until the daemon has closed it */
	_exit(0);
}

static void ends_with_an_heir(struct fake *fake)
{
	(void)fake;
	leave_heir();
	_exit(0);
}

static void ends_idle_with_an_heir(struct fake *fake)
{
	leave_heir();
	fine(fake);
	_exit(0);
}

static void crashes(struct fake *fake)
{
	slate_write(fake->slate, "site");
	signal(SIGSEGV, SIG_DFL);
	raise(SIGSEGV);
}

static void blames_in_colour(struct fake *fake)
{
	slate_write(fake->slate, "\033[31msite");
	signal(SIGSEGV, SIG_DFL);
	raise(SIGSEGV);
}

/* When it is told to, and then it leaves so fast that its end may be heard of
   before its answer. */
static void leaves(struct fake *fake)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/go", fake->folder);
	while (access(path, F_OK) != 0)
		sched_yield();
	result(fake->number, false);
	_exit(71);
}

static void leaves_an_heir(struct fake *fake)
{
	leave_heir();
	leaves(fake);
}

static const struct way {
	const char *name;
	void (*go)(struct fake *fake);
	const char *lost; /* a part of the reason; NULL: it is not */
	bool slow;        /* patience ends it */
} ways[] = {
	{ "fine", fine, NULL },
	{ "noise", noise, "the worker broke the protocol" },
	{ "too-long", too_long, "the worker broke the protocol" },
	{ "longest", longest_and_silent, "the worker's patience is over",
	    true },
	{ "too-short", too_short, "the worker broke the protocol" },
	{ "another-kind", another_kind, "the worker broke the protocol" },
	{ "unknown-kind", unknown_kind, "the worker broke the protocol" },
	{ "ready-again", ready_again, "the worker broke the protocol" },
	{ "another-number", another_number, "the worker broke the protocol" },
	{ "nobodys", nobodys, "the worker broke the protocol" },
	{ "half", half_and_silent, "the worker's patience is over", true },
	{ "silent", silent, "the worker's patience is over", true },
	{ "deaf", deaf, "the worker's patience is over", true },
	{ "ends", ends, "the worker ended by itself" },
	{ "heir", ends_with_an_heir, "the worker ended by itself", true },
	{ "idle-heir", ends_idle_with_an_heir, NULL },
	{ "crashes", crashes,
	    "plugin site: the worker crashed: Segmentation fault" },
	{ "in-colour", blames_in_colour,
	    "the worker crashed: Segmentation fault" },
	{ "leaves", leaves, NULL },
	{ "leaves-heir", leaves_an_heir, NULL },
};

/* Of a start that goes wrong: once it has gone well. */
static const char *refused(const struct fake *fake, const char *way)
{
	char path[512];
	FILE *begun;

	if (strcmp(way, "half-loaded") != 0)
		return NULL;
	snprintf(path, sizeof(path), "%s/whole", fake->folder);
	if (access(path, F_OK) == 0)
		return NULL;
	snprintf(path, sizeof(path), "%s/begun", fake->folder);
	if (access(path, F_OK) == 0)
		return "file too short";
	begun = fopen(path, "w");
	return begun == NULL || fclose(begun) != 0 ? "no file" : NULL;
}

static void start(struct fake *fake, const char *way)
{
	struct loaded plugin = { .name = "site",
		.path = "site.so",
		.version = "1",
		.source = true,
		.refused = refused(fake, way) };
	const struct ready ready = { .plugins = &plugin, .n_plugins = 1 };
	struct buf out = { 0 };

	if (strcmp(way, "never-ready") == 0)
		message_put_loading(&out, "site");
	else
		message_put_ready(&out, &ready);
	if (!message_send(SOCKET, through, &out))
		_exit(1);
	if (strcmp(way, "never-ready") == 0)
		_exit(3);
	buf_free(&out);
}

/* Only orders of the plugin "site" are done in the worker's way. */
static void carry_out(
    struct fake *fake, const char *way, const struct order *order)
{
	size_t i;

	fake->number = order->number;
	for (i = 0; i < COUNT(ways); i++) {
		if (strcmp(ways[i].name, way) == 0 &&
		    strcmp(order->plugin, "site") == 0) {
			ways[i].go(fake);
			return;
		}
	}
	fine(fake);
}

static int fake_worker(const char *path, const char *way)
{
	struct arena arena = { 0 };
	struct fake fake = { 0 };
	struct buf in = { 0 };
	struct setup setup;
	struct order order;
	enum message kind;

	fake.slate = slate_take(SLATE);
	fake.folder = strndup(path, (size_t)(way - path) - strlen(WAY));
	if (!message_receive(SOCKET, through, &in, &kind) ||
	    !message_get_setup(&arena, in.bytes, in.len, &setup))
		return 1;
	start(&fake, way);
	while (message_receive(SOCKET, through, &in, &kind) &&
	    message_get_order(&arena, in.bytes, in.len, &order))
		carry_out(&fake, way, &order);
	return 0;
}

/* ---- the pool ---- */

struct test {
	struct folder *folder;
	uv_loop_t loop;
	uv_timer_t limit;
	struct pool *pool;
	bool ready; /* the callback was called */
	char *why;  /* not so; or NULL */
	int answered, lost;
	char *reason; /* of the one that was lost last */
};

static void hangs(uv_timer_t *timer)
{
	(void)timer;
	fail_msg("it hangs");
}

static int make(void **state)
{
	struct test *test = calloc(1, sizeof(*test));
	void *folder = NULL;

	signal(SIGPIPE, SIG_IGN);
	if (folder_make_in(&folder, "/tmp") != 0)
		return -1;
	test->folder = folder;
	uv_loop_init(&test->loop);
	uv_timer_init(&test->loop, &test->limit);
	uv_timer_start(&test->limit, hangs, GIVEN_UP, 0);
	test->pool = pool_new(&test->loop);
	*state = test;
	return 0;
}

static int drop(void **state)
{
	struct test *test = *state;
	void *folder = test->folder;

	pool_stop(test->pool);
	uv_close((uv_handle_t *)&test->limit, NULL);
	uv_run(&test->loop, UV_RUN_DEFAULT);
	pool_free(test->pool);
	uv_loop_close(&test->loop);
	free(test->why);
	free(test->reason);
	free(test);
	return folder_drop(&folder);
}

static void became_ready(void *whose, const struct ready *ready)
{
	struct test *test = whose;

	test->ready = true;
	if (ready != NULL && ready->refused == NULL)
		pool_adopt(test->pool);
	else
		pool_forget(test->pool);
	test->why = ready != NULL && ready->refused != NULL
	    ? strdup(ready->refused)
	    : NULL;
}

static void workers(struct test *test, const char *way, int n)
{
	static const struct dl_list other = { "other", NULL },
				    plugins = { "site", &other };
	const struct setup setup = { .plugins = &plugins };
	struct pool_settings settings = { .workers = n,
		.pages_per_worker = 1000 };
	char name[64], program[512];

	snprintf(name, sizeof(name), WAY "%s", way);
	snprintf(
	    program, sizeof(program), "%s", folder_file(test->folder, name));
	assert_int_equal(symlink("/proc/self/exe", program), 0);
	settings.program = program;
	pool_try(test->pool, &settings, &setup, became_ready, test);
	while (!test->ready)
		uv_run(&test->loop, UV_RUN_ONCE);
}

static void order_done(void *whose, struct answer *answer)
{
	struct test *test = whose;

	test->answered += answer->lost == NULL;
	test->lost += answer->lost != NULL;
	if (answer->lost != NULL) {
		free(test->reason);
		test->reason = strdup(answer->lost);
	} else {
		assert_int_equal(answer->result.verdict, DL_SKIP);
		assert_string_equal(answer->result.reason, "it was heard");
	}
	answer_free(answer);
}

static void order(struct test *test, const char *plugin, int64_t patience)
{
	static const struct dl_entry entry = { "https://a.example/1" };
	static const struct order_page page = {
		.url = "https://a.example/1", .bytes = "", .status = 200
	};
	const struct order order = { .task = TASK_EXTRACT,
		.source = plugin,
		.plugin = plugin,
		.pages = &page,
		.n_pages = 1,
		.entry = &entry };

	pool_order(test->pool, &order, patience, order_done, test);
}

static void until(struct test *test, int answered, int lost)
{
	while (test->answered < answered || test->lost < lost) {
		uv_run(&test->loop, UV_RUN_ONCE);
		assert_in_range(test->answered, 0, answered);
		assert_in_range(test->lost, 0, lost);
	}
}

/* ---- the tests ---- */

/* The order is lost with the right reason, the one behind it is not, and the
   worker is another one then. */
static void each_way_costs_its_order_and_no_other(void **state)
{
	size_t i;

	for (i = 0; i < COUNT(ways); i++) {
		struct pool_counts counts;
		struct test *test;

		if (ways[i].lost == NULL)
			continue;
		assert_int_equal(make(state), 0);
		test = *state;
		workers(test, ways[i].name, 1);
		order(test, "site", ways[i].slow ? IMPATIENT : PATIENT);
		order(test, "other", PATIENT);
		until(test, 1, 1);
		if (strstr(test->reason, ways[i].lost) == NULL)
			fail_msg("%s: %s", ways[i].name, test->reason);
		pool_counts(test->pool, &counts);
		assert_int_equal(counts.lost, 1);
		assert_int_equal(counts.orders, 2);
		assert_int_equal(counts.started, 2);
		drop(state);
	}
}

static void who_is_named_counts(void **state)
{
	struct test *test = *state;
	const struct blamed *one;

	workers(test, "crashes", 1);
	order(test, "site", PATIENT);
	until(test, 0, 1);
	one = pool_blame(test->pool)->first;
	while (strcmp(one->plugin, "site") != 0)
		one = one->next;
	assert_int_equal(one->lost, 1);
	assert_true(one->suspected > 0);
}

/* An idle one is replaced when it ends, whoever has its socket. */
static void an_idle_worker_that_ends_is_replaced(void **state)
{
	struct test *test = *state;
	struct pool_counts counts;

	workers(test, "idle-heir", 1);
	order(test, "site", PATIENT);
	until(test, 1, 0);
	do {
		uv_run(&test->loop, UV_RUN_ONCE);
		pool_counts(test->pool, &counts);
	} while (counts.started < 2 || counts.idle < 1);
	order(test, "other", PATIENT);
	until(test, 2, 0);
}

static void names_are_no_colours(void **state)
{
	struct test *test = *state;

	workers(test, "in-colour", 1);
	order(test, "site", PATIENT);
	until(test, 0, 1);
	assert_string_equal(
	    test->reason, "the worker crashed: Segmentation fault");
}

static void busy(uv_poll_t *poll, int status, int events)
{
	struct test *test = poll->data;
	siginfo_t ended;

	(void)status, (void)events;
	uv_poll_stop(poll);
	file_write(folder_file(test->folder, "go"), "", 0);
	assert_int_equal(waitid(P_ALL, 0, &ended, WEXITED | WNOWAIT), 0);
}

static void heard(uv_signal_t *handle, int number)
{
	(void)number;
	uv_signal_stop(handle);
}

/* The loop has other things to do, in the same turn in which it looks at
   signals: there it hears of the worker's end, and not yet of its answer. */
static void last_word_of(struct test *test, const char *way)
{
	int other = eventfd(1, EFD_CLOEXEC);
	uv_signal_t signalled;
	uv_poll_t poll;

	workers(test, way, 1);
	uv_signal_init(&test->loop, &signalled);
	uv_signal_start(&signalled, heard, SIGUSR1);
	uv_poll_init(&test->loop, &poll, other);
	poll.data = test;
	uv_poll_start(&poll, UV_READABLE, busy);
	order(test, "site", PATIENT);
	raise(SIGUSR1);
	until(test, 1, 0);
	uv_close((uv_handle_t *)&signalled, NULL);
	uv_close((uv_handle_t *)&poll, NULL);
	uv_run(&test->loop, UV_RUN_NOWAIT);
	close(other);
	order(test, "other", PATIENT);
	until(test, 2, 0);
}

static void the_last_word_of_a_worker_counts(void **state)
{
	last_word_of(*state, "leaves");
}

static void so_it_does_where_somebody_has_its_socket(void **state)
{
	last_word_of(*state, "leaves-heir");
}

/* A plugin's file was written over: nobody works without it, the orders wait,
   and it goes on when the file is whole. */
static void a_worker_without_a_plugin_does_not_work(void **state)
{
	struct test *test = *state;
	struct pool_counts counts;

	workers(test, "half-loaded", 2);
	do {
		uv_run(&test->loop, UV_RUN_ONCE);
		pool_counts(test->pool, &counts);
	} while (counts.started < 4);
	assert_int_equal(counts.idle, 1); /* the first one */
	file_write(folder_file(test->folder, "whole"), "", 0);
	do {
		uv_run(&test->loop, UV_RUN_ONCE);
		pool_counts(test->pool, &counts);
	} while (counts.idle < 2);
	order(test, "site", PATIENT);
	until(test, 1, 0);
}

static void who_never_becomes_ready_is_named(void **state)
{
	struct test *test = *state;

	workers(test, "never-ready", 1);
	assert_non_null(test->why);
	assert_non_null(strstr(test->why,
	    "plugin site: as it was loaded, the worker ended by itself"));
}

/* Two workers, and orders that take for ever: the first two take both. From
   then on one worker is kept for the others. */
static void a_suspect_does_not_get_all_workers(void **state)
{
	struct test *test = *state;
	struct pool_counts counts;
	int i;

	workers(test, "silent", 2);
	order(test, "site", IMPATIENT);
	order(test, "site", IMPATIENT);
	until(test, 0, 2);
	for (i = 0; i < 6; i++)
		order(test, "site", PATIENT);
	for (i = 0; i < 20; i++)
		order(test, "other", PATIENT);
	until(test, 20, 2);
	pool_counts(test->pool, &counts);
	assert_int_equal(counts.working, 1);
	assert_int_equal(counts.waiting, 5);
}

static void a_lone_worker_works_for_suspects_too(void **state)
{
	struct test *test = *state;

	workers(test, "silent", 1);
	order(test, "site", IMPATIENT);
	order(test, "site", IMPATIENT);
	order(test, "other", PATIENT);
	until(test, 1, 2);
}

#define OF_A_POOL(test) cmocka_unit_test_setup_teardown(test, make, drop)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_way_costs_its_order_and_no_other),
		OF_A_POOL(who_is_named_counts),
		OF_A_POOL(an_idle_worker_that_ends_is_replaced),
		OF_A_POOL(names_are_no_colours),
		OF_A_POOL(the_last_word_of_a_worker_counts),
		OF_A_POOL(so_it_does_where_somebody_has_its_socket),
		OF_A_POOL(a_worker_without_a_plugin_does_not_work),
		OF_A_POOL(who_never_becomes_ready_is_named),
		OF_A_POOL(a_suspect_does_not_get_all_workers),
		OF_A_POOL(a_lone_worker_works_for_suspects_too),
	};
	const char *way = strstr(argv[0], "/" WAY);

	(void)argc;
	if (way != NULL)
		return fake_worker(argv[0], way + strlen("/" WAY));
	return cmocka_run_group_tests(tests, NULL, NULL);
}
