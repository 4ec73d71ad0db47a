/* `dateline consumers`: who reads the spool, how far they are, and whether
   something is wrong with one; with --forget, one less. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/base/time.h"
#include "core/tool/tool.h"
#include "core/tool/when.h"
#include "spool/consumer.h"
#include "spool/segment.h"
#include "spool/spool.h"

struct asking {
	const char *folder, *conf;
	const char *forget; /* NULL: none */
	bool json;
};

struct spool {
	const char *path;
	int folder;
	struct spool_reader *reader;
	uint8_t uuid[16];
	uint64_t next; /* number of the next line */
};

/* ---- how one is ---- */

struct standing {
	const char *name;
	const char *wrong; /* NULL: nothing is, and the rest is known */
	bool held;
	uint64_t seq;  /* acknowledged */
	int64_t acked; /* when: milliseconds since 1970 */
	uint64_t lag;  /* lines */
	int64_t since; /* when the oldest of them was committed; -1: there are
			  none */
};

/* When the first line from this number on was committed; -1 for none. */
static int64_t committed(struct spool_reader *reader, uint64_t seq)
{
	const struct spool_line *line;
	enum spool_status status;
	int64_t millis;

	spool_seek(reader, seq);
	while ((status = spool_next(reader, &line)) != SPOOL_END &&
	    status != SPOOL_ERROR) {
		if (status == SPOOL_LINE && when_spooled(line->text, &millis))
			return millis;
	}
	return -1;
}

static struct standing standing(
    const struct spool *spool, const struct consumer *consumer)
{
	uint64_t seq = consumer->position.seq;
	struct standing one = {
		.name = consumer->name,
		.wrong = consumer_wrong(consumer, spool->uuid, spool->next),
		.held = consumer->held,
	};

	if (one.wrong != NULL)
		return one;
	one.seq = seq;
	one.acked = consumer->position.acked;
	one.lag = spool->next - 1 - seq;
	one.since = one.lag > 0 ? committed(spool->reader, seq + 1) : -1;
	return one;
}

static void print_age(int width, int64_t millis, bool known)
{
	char age[WHEN_AGE] = "-";

	if (known)
		when_age(age, millis);
	printf(" %*s", width, age);
}

static void print_row(const struct standing *one, int64_t now)
{
	printf("%-20s", one->name);
	if (one->wrong != NULL) {
		printf(" %12s %9s %7s %9s", "-", "-", "-", "-");
	} else {
		printf(" %12" PRIu64 " %9" PRIu64, one->seq, one->lag);
		print_age(7, now - one->since, one->since >= 0);
		print_age(9, now - one->acked, true);
	}
	printf("  %s", one->held ? "yes" : "no");
	if (one->wrong != NULL)
		printf("  %s", one->wrong);
	putchar('\n');
}

static json_t *row_json(const struct standing *one, int64_t now)
{
	json_t *row =
	    json_pack("{ss sb}", "name", one->name, "held", one->held);
	char acked[TIME_TEXT];

	if (one->wrong != NULL) {
		json_object_set_new(row, "error", json_string(one->wrong));
		return row;
	}
	json_object_set_new(
	    row, "position", json_integer((json_int_t)one->seq));
	json_object_set_new(
	    row, "acknowledged", json_string(time_millis(acked, one->acked)));
	json_object_set_new(
	    row, "lag_lines", json_integer((json_int_t)one->lag));
	if (one->since >= 0)
		json_object_set_new(row, "lag_seconds",
		    json_integer((now - one->since) / 1000));
	return row;
}

static void print_all(const struct spool *spool,
    const struct consumer *consumers, size_t n, bool as_json)
{
	int64_t now = time_now();
	json_t *rows = json_array(), *all;
	size_t i;

	if (!as_json)
		printf("%-20s %12s %9s %7s %9s  %s\n", "consumer", "position",
		    "lines", "lag", "last seen", "held");
	for (i = 0; i < n; i++) {
		const struct standing one = standing(spool, &consumers[i]);

		if (as_json)
			json_array_append_new(rows, row_json(&one, now));
		else
			print_row(&one, now);
	}
	all = json_pack("{ss sI so}", "spool", spool->path, "last_seq",
	    (json_int_t)(spool->next - 1), "consumers", rows);
	if (as_json) {
		json_dumpf(all, stdout, JSON_INDENT(2));
		putchar('\n');
	}
	json_decref(all);
}

/* ---- the command ---- */

static void spool_look(struct spool *spool, const char *path)
{
	char uuid[37];
	uint64_t oldest;

	spool->path = path;
	spool->reader = spool_open(path);
	if (spool->reader == NULL ||
	    spool_bounds(path, &oldest, &spool->next) != 0)
		tool_no_spool(path);
	spool->folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (spool->folder < 0)
		tool_no_spool(path);
	if (spool_uuid(path, uuid) == 0)
		uuid_parse(uuid, spool->uuid);
}

static void list(const char *path, bool json)
{
	struct spool spool = { .next = 0 };
	struct consumer *consumers;
	size_t n;

	spool_look(&spool, path);
	consumers = consumer_list(&disk_real, spool.folder, &n);
	if (consumers == NULL)
		n = 0;
	if (consumers == NULL && errno != 0)
		tool_die(EX_NOPERM, "%s/" CONSUMER_FOLDER ": %s", path,
		    strerror(errno));
	print_all(&spool, consumers, n, json);
	free(consumers);
	close(spool.folder);
	spool_close(spool.reader);
}

static void forget(const char *path, const char *name)
{
	static const struct {
		int error, status;
		const char *what;
	} reasons[] = {
		{ EWOULDBLOCK, EX_TEMPFAIL, "is held by another" },
		{ ENOENT, EX_NOINPUT, "is not known" },
		{ EINVAL, EX_USAGE, "is no name of a consumer" },
		{ EACCES, EX_NOPERM, "cannot be removed: Permission denied" },
	};
	size_t i;

	if (consumer_forget(&disk_real, path, name) == 0)
		return;
	for (i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
		if (reasons[i].error == errno)
			tool_die(reasons[i].status, "%s: consumer %s %s", path,
			    name, reasons[i].what);
	}
	tool_die(EX_IOERR, "%s/" CONSUMER_FOLDER "/%s: %s", path, name,
	    strerror(errno));
}

static void options(struct asking *asking, int argc, char **argv)
{
	static const struct option known[] = {
		{ "forget", required_argument, NULL, 'f' },
		{ "json", no_argument, NULL, 'j' },
		{ "spool", required_argument, NULL, 'd' },
		{ "conf", required_argument, NULL, 'c' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		switch (option) {
		case 'f': asking->forget = optarg; break;
		case 'j': asking->json = true; break;
		case 'd': asking->folder = optarg; break;
		case 'c': asking->conf = optarg; break;
		default: tool_usage("consumers");
		}
	}
	if (optind != argc || (asking->forget != NULL && asking->json))
		tool_usage("consumers");
}

int consumers_main(int argc, char **argv)
{
	struct asking asking = { .forget = NULL };
	struct conf *conf = NULL;

	signal(SIGPIPE, SIG_DFL);
	options(&asking, argc, argv);
	if (asking.folder == NULL) {
		conf = tool_conf(asking.conf);
		asking.folder = conf->spool;
	}
	if (asking.forget != NULL)
		forget(asking.folder, asking.forget);
	else
		list(asking.folder, asking.json);
	conf_free(conf);
	return 0;
}
