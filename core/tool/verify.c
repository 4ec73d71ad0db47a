/* `dateline verify`: whether every byte of a spool is as it was written, and
   with --repair, new segments where some are not. */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "core/tool/tool.h"
#include "spool/verify.h"

struct asking {
	const char *folder, *conf;
	bool repair, json;
};

/* ---- what is found, while it is found ---- */

static void print_finding(void *whose, const struct spool_finding *finding)
{
	(void)whose;
	printf("%s: byte %" PRIu64 ": %s", finding->file, finding->offset,
	    finding->what);
	if (finding->from <= finding->to)
		printf(", lines %" PRIu64 " to %" PRIu64, finding->from,
		    finding->to);
	printf("%s\n", finding->note ? " (no damage)" : "");
	fflush(stdout);
}

static void collect_finding(void *whose, const struct spool_finding *finding)
{
	json_t *one = json_pack("{ss sI ss sb}", "file", finding->file,
	    "offset", (json_int_t)finding->offset, "what", finding->what,
	    "damage", !finding->note);

	if (finding->from <= finding->to) {
		json_object_set_new(
		    one, "from", json_integer((json_int_t)finding->from));
		json_object_set_new(
		    one, "to", json_integer((json_int_t)finding->to));
	}
	json_array_append_new(whose, one);
}

static void no_finding(void *whose, const struct spool_finding *finding)
{
	(void)whose, (void)finding;
}

/* ---- the sum ---- */

static const char *plural(uint64_t n)
{
	return n == 1 ? "" : "s";
}

static void print_sum(const struct spool_verified *sum)
{
	printf("%zu segment%s (%zu sealed), %" PRIu64 " commit%s, %" PRIu64
	       " line%s, %" PRIu64 " bytes: ",
	    sum->segments, plural(sum->segments), sum->sealed, sum->commits,
	    plural(sum->commits), sum->lines, plural(sum->lines), sum->bytes);
	if (sum->damaged == 0)
		printf("no damage\n");
	else
		printf("%zu place%s damaged, %" PRIu64
		       " line%s lost, %zu segment%s repaired\n",
		    sum->damaged, plural(sum->damaged), sum->lost,
		    plural(sum->lost), sum->repaired, plural(sum->repaired));
}

/* Takes the findings. */
static void print_json(const struct asking *asking,
    const struct spool_verified *sum, json_t *findings, bool fine)
{
	json_t *object = json_pack("{ss sb so sI sI sI sI sI sI sI sI}",
	    "spool", asking->folder, "ok", fine, "findings", findings,
	    "segments", (json_int_t)sum->segments, "sealed",
	    (json_int_t)sum->sealed, "commits", (json_int_t)sum->commits,
	    "lines", (json_int_t)sum->lines, "bytes", (json_int_t)sum->bytes,
	    "damaged", (json_int_t)sum->damaged, "lost", (json_int_t)sum->lost,
	    "repaired", (json_int_t)sum->repaired);

	json_dumpf(object, stdout, JSON_INDENT(2));
	putchar('\n');
	json_decref(object);
}

/* ---- the command ---- */

_Noreturn static void not_done(const struct asking *asking)
{
	static const struct {
		int error, status;
		const char *what;
	} reasons[] = {
		{ EWOULDBLOCK, EX_TEMPFAIL,
		    "another process rewrites segments, or datelined writes to "
		    "the damaged one: try again later, or stop datelined" },
		{ EACCES, EX_NOPERM, "Permission denied" },
		{ EROFS, EX_NOPERM, "Read-only file system" },
	};
	size_t i;

	if (errno == EMEDIUMTYPE || errno == ENOENT || errno == ENOTDIR)
		tool_no_spool(asking->folder);
	for (i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
		if (reasons[i].error == errno)
			tool_die(reasons[i].status, "%s: %s", asking->folder,
			    reasons[i].what);
	}
	tool_die(EX_IOERR, "%s: %s", asking->folder, strerror(errno));
}

/* A repair has mended all if there is no damage any more. */
static bool is_fine(
    const struct asking *asking, const struct spool_verified *found)
{
	struct spool_verified after = { 0 };

	if (found->damaged == 0 || !asking->repair)
		return found->damaged == 0;
	if (spool_verify(
		asking->folder, &disk_real, no_finding, NULL, &after) != 0)
		not_done(asking);
	return after.damaged == 0;
}

static void options(struct asking *asking, int argc, char **argv)
{
	static const struct option known[] = {
		{ "repair", no_argument, NULL, 'r' },
		{ "json", no_argument, NULL, 'j' },
		{ "spool", required_argument, NULL, 'd' },
		{ "conf", required_argument, NULL, 'c' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		switch (option) {
		case 'r': asking->repair = true; break;
		case 'j': asking->json = true; break;
		case 'd': asking->folder = optarg; break;
		case 'c': asking->conf = optarg; break;
		default: tool_usage("verify");
		}
	}
	if (optind != argc)
		tool_usage("verify");
}

int verify_main(int argc, char **argv)
{
	struct asking asking = { .repair = false };
	struct spool_verified found = { 0 };
	json_t *findings = json_array();
	struct conf *conf = NULL;
	spool_told_fn *told;
	bool fine;
	int done;

	signal(SIGPIPE, SIG_DFL);
	options(&asking, argc, argv);
	if (asking.folder == NULL) {
		conf = tool_conf(asking.conf);
		asking.folder = conf->spool;
	}
	told = asking.json ? collect_finding : print_finding;
	done = (asking.repair ? spool_repair : spool_verify)(
	    asking.folder, &disk_real, told, findings, &found);
	if (done != 0)
		not_done(&asking);
	fine = is_fine(&asking, &found);
	if (asking.json)
		print_json(&asking, &found, findings, fine);
	else
		print_sum(&found);
	if (!asking.json)
		json_decref(findings);
	conf_free(conf);
	return fine ? 0 : EX_DATAERR;
}
