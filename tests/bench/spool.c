/*
 * How fast the spool is, as ratios to what nobody can do without: zstd(1) on
 * the same lines, and fdatasync of the same bytes. Each round measures all of
 * them, one after the other, so that a busy machine is busy for both sides; of
 * the rounds' ratios, the one in the middle counts.
 *
 *     spool BUILD FOLDER...       the first folder on the disk
 *
 * BENCH_LINES bytes of lines are appended and read, ROUNDS times;
 * BENCH_BYTES is how large the spool is that lines are looked for in.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

#include "spool/seal.h"
#include "spool/segment.h"
#include "spool/spool.h"
#include "spool/writer.h"
#include "tests/bench/bench.h"

#define BATCH ((size_t)256 << 10) /* commit_bytes of datelined.conf */
#define BEHIND 4                  /* batches that came while one was written */
#define COMMITS 200               /* of one line, each synced */
#define ROUNDS_MOST 99

struct bench {
	const char *build, *folder;
	struct vocabulary *words;
	struct spool_batch *batches; /* all lines */
	size_t n_batches, bytes;
	int rounds;
	char command[1024];
};

typedef double run_fn(struct bench *bench); /* a second's worth of work */

struct row {
	const char *what, *unit;
	run_fn *ours, *bare;
	const char *bare_name;
	double aim; /* 0: none, it is told for comparison */
};

static void shell(struct bench *bench, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void shell(struct bench *bench, const char *format, ...)
{
	va_list more;

	va_start(more, format);
	vsnprintf(bench->command, sizeof(bench->command), format, more);
	va_end(more);
	need(system(bench->command) == 0, bench->command);
}

static double rate(double begun, double work)
{
	return work / (seconds() - begun);
}

/* ---- lines ---- */

static struct spool_batch *batch_more(struct bench *bench)
{
	bench->batches = realloc(
	    bench->batches, (bench->n_batches + 1) * sizeof(*bench->batches));
	need(bench->batches != NULL, "memory");
	bench->batches[bench->n_batches] = (struct spool_batch){ 0 };
	return &bench->batches[bench->n_batches++];
}

static void lines_make(struct bench *bench, size_t bytes)
{
	struct spool_batch *batch = batch_more(bench);
	static char line[BENCH_LINE];
	uint64_t n = 0;

	while (bench->bytes < bytes) {
		size_t len = bench_line(bench->words, n++, line);

		if (batch->len >= BATCH)
			batch = batch_more(bench);
		spool_add(batch, line, len);
		bench->bytes += len + 1;
	}
}

static void lines_free(struct bench *bench)
{
	while (bench->n_batches > 0)
		spool_batch_free(&bench->batches[--bench->n_batches]);
	free(bench->batches);
}

/* For zstd(1): the same lines in one file. */
static void lines_write(struct bench *bench)
{
	char path[512];
	FILE *file;
	size_t i;

	snprintf(path, sizeof(path), "%s/lines", bench->folder);
	file = fopen(path, "w");
	need(file != NULL, path);
	for (i = 0; i < bench->n_batches; i++)
		fwrite(bench->batches[i].bytes, 1, bench->batches[i].len, file);
	need(fclose(file) == 0, path);
	sync();
}

/* ---- appending ---- */

static struct spool_writer *writer_new(struct bench *bench, const char *name)
{
	static const struct spool_settings settings = {
		.segment_bytes = 64 << 20, .segment_age = INT64_MAX
	};
	struct spool_recovered found;
	struct spool_writer *writer;
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", bench->folder, name);
	shell(bench, "rm -rf '%s'", path);
	need(mkdir(path, 0755) == 0, path);
	sync(); /* what others have written is not our wait */
	writer = spool_writer_open(path, &settings);
	need(writer != NULL && spool_recover(writer, &found) == 0, path);
	return writer;
}

/* The last segment is never sealed: so it has but one line. */
static void writer_end(struct bench *bench, struct spool_writer *writer)
{
	struct spool_batch batch = { 0 };
	static char line[BENCH_LINE];
	uint64_t first;

	spool_writer_set(writer, 1, INT64_MAX);
	spool_add(&batch, line, bench_line(bench->words, 0, line));
	need(spool_write(writer, &batch, &first) == 0, "spool_write");
	spool_batch_free(&batch);
	spool_writer_close(writer);
}

static double append_spool(struct bench *bench)
{
	struct spool_writer *writer = writer_new(bench, "live");
	double begun = seconds(), done;
	uint64_t first;
	size_t i;

	for (i = 0; i < bench->n_batches; i++)
		need(spool_write(writer, &bench->batches[i], &first) == 0,
		    "spool_write");
	done = rate(begun, (double)bench->bytes / 1e6);
	writer_end(bench, writer);
	return done;
}

static void batch_join(struct spool_batch *to, const struct spool_batch *from)
{
	if (to->len + from->len > to->room) {
		to->room = to->len + from->len;
		to->bytes = realloc(to->bytes, to->room);
		need(to->bytes != NULL, "memory");
	}
	memcpy(to->bytes + to->len, from->bytes, from->len);
	to->len += from->len;
	to->n_lines += from->n_lines;
}

/* As datelined does where lines come faster than the disk: what has come while
   a commit was written is the next one. */
static double append_behind(struct bench *bench)
{
	struct spool_writer *writer = writer_new(bench, "live");
	struct spool_batch joined = { 0 };
	double begun = seconds(), done;
	uint64_t first;
	size_t i;

	for (i = 0; i < bench->n_batches; i++) {
		batch_join(&joined, &bench->batches[i]);
		if (i % BEHIND < BEHIND - 1 && i + 1 < bench->n_batches)
			continue;
		need(spool_write(writer, &joined, &first) == 0, "spool_write");
		joined.len = joined.n_lines = 0;
	}
	done = rate(begun, (double)bench->bytes / 1e6);
	writer_end(bench, writer);
	spool_batch_free(&joined);
	return done;
}

static double append_command(struct bench *bench, const char *options)
{
	double begun;

	shell(bench, "rm -f '%s/lines.zst'", bench->folder);
	sync();
	begun = seconds();
	shell(bench, "zstd -q -3 %s '%s/lines' -o '%s/lines.zst'", options,
	    bench->folder, bench->folder);
	return rate(begun, (double)bench->bytes / 1e6);
}

static double append_zstd(struct bench *bench)
{
	return append_command(bench, "--single-thread");
}

static double append_threads(struct bench *bench)
{
	return append_command(bench, "");
}

/* Frames as small as the spool's, by the library, and nothing else. */
static double append_frames(struct bench *bench, bool synced)
{
	size_t room = ZSTD_compressBound(2 * BATCH), i, len;
	ZSTD_CCtx *zstd = ZSTD_createCCtx();
	char *frame = malloc(room), path[512];
	double begun, done;
	int fd;

	snprintf(path, sizeof(path), "%s/lines.zst", bench->folder);
	unlink(path);
	sync();
	begun = seconds();
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	for (i = 0; i < bench->n_batches; i++) {
		len = ZSTD_compressCCtx(zstd, frame, room,
		    bench->batches[i].bytes, bench->batches[i].len, 3);
		need(write(fd, frame, len) == (ssize_t)len, path);
		need(!synced || fdatasync(fd) == 0, path);
	}
	close(fd);
	done = rate(begun, (double)bench->bytes / 1e6);
	ZSTD_freeCCtx(zstd);
	free(frame);
	return done;
}

static double append_library(struct bench *bench)
{
	return append_frames(bench, false);
}

/* What nobody can do without who promises what the spool does. */
static double append_synced(struct bench *bench)
{
	return append_frames(bench, true);
}

/* ---- syncing ---- */

static double sync_spool(struct bench *bench)
{
	struct spool_writer *writer = writer_new(bench, "commits");
	struct spool_batch *batches = calloc(COMMITS, sizeof(*batches));
	static char line[BENCH_LINE];
	double begun, done;
	uint64_t first, i;

	need(batches != NULL, "memory");
	for (i = 0; i < COMMITS; i++)
		spool_add(&batches[i], line, bench_line(bench->words, i, line));
	begun = seconds();
	for (i = 0; i < COMMITS; i++)
		need(spool_write(writer, &batches[i], &first) == 0,
		    "spool_write");
	done = rate(begun, COMMITS);
	for (i = 0; i < COMMITS; i++)
		spool_batch_free(&batches[i]);
	free(batches);
	spool_writer_close(writer);
	return done;
}

/* The same bytes, which is what a commit of one line has on the average. */
static double sync_bare(struct bench *bench)
{
	static char bytes[BENCH_LINE];
	char path[512];
	struct stat about;
	double begun, done;
	size_t size;
	int fd, i;

	snprintf(path, sizeof(path), "%s/commits/%020d%s", bench->folder, 1,
	    SEGMENT_SUFFIX);
	need(stat(path, &about) == 0, path);
	size = (size_t)about.st_size / COMMITS;
	snprintf(path, sizeof(path), "%s/bare", bench->folder);
	unlink(path);
	sync();
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0644);
	need(fd >= 0, path);
	begun = seconds();
	for (i = 0; i < COMMITS; i++)
		need(
		    pwrite(fd, bytes, size, (off_t)size * i) == (ssize_t)size &&
			fdatasync(fd) == 0,
		    path);
	done = rate(begun, COMMITS);
	close(fd);
	return done;
}

/* ---- reading ---- */

static double read_library(struct bench *bench, const char *name)
{
	double begun = seconds();
	struct spool_reader *reader;
	const struct spool_line *line;
	char path[512];
	size_t bytes = 0;

	snprintf(path, sizeof(path), "%s/%s", bench->folder, name);
	reader = spool_open(path);
	need(reader != NULL, path);
	while (spool_next(reader, &line) == SPOOL_LINE)
		bytes += line->len + 1;
	need(bytes > bench->bytes, path);
	spool_close(reader);
	return rate(begun, (double)bytes / 1e6);
}

static double read_command(
    struct bench *bench, const char *before, const char *name, const char *tail)
{
	double begun = seconds();

	shell(bench, "%s '%s/%s'%s >/dev/null", before, bench->folder, name,
	    tail);
	return rate(begun, (double)bench->bytes / 1e6);
}

static double read_tail(struct bench *bench, const char *name)
{
	char before[256];

	snprintf(before, sizeof(before),
	    "%s/dateline tail --from oldest -o json --spool", bench->build);
	return read_command(bench, before, name, "");
}

static double live_library(struct bench *bench)
{
	return read_library(bench, "live");
}

static double live_tail(struct bench *bench)
{
	return read_tail(bench, "live");
}

static double live_zstdcat(struct bench *bench)
{
	return read_command(bench, "zstdcat", "live", "/*.zst");
}

static double live_python(struct bench *bench)
{
	return read_command(bench, "python3 spool/reader.py", "live", "");
}

static double sealed_library(struct bench *bench)
{
	return read_library(bench, "sealed");
}

static double sealed_tail(struct bench *bench)
{
	return read_tail(bench, "sealed");
}

static double sealed_zstdcat(struct bench *bench)
{
	return read_command(bench, "zstdcat", "sealed", "/*.zst");
}

/* ---- rounds ---- */

struct measured {
	double ours[ROUNDS_MOST], bare[ROUNDS_MOST], ratios[ROUNDS_MOST];
};

/* Of two rows with the same run, the second takes what the first has got. */
static void round_measure(struct bench *bench, const struct row *rows, size_t n,
    struct measured *measured, int round)
{
	size_t i;

	for (i = 0; i < n; i++) {
		struct measured *now = &measured[i], *last = now - 1;

		now->ours[round] = i > 0 && rows[i].ours == rows[i - 1].ours
		    ? last->ours[round]
		    : rows[i].ours(bench);
		now->bare[round] = i > 0 && rows[i].bare == rows[i - 1].bare
		    ? last->bare[round]
		    : rows[i].bare(bench);
		now->ratios[round] = now->ours[round] / now->bare[round];
	}
}

static void row_print(
    const struct row *row, struct measured *measured, size_t n)
{
	double ratio = percentile(measured->ratios, n, 50);
	char aim[16] = "";

	if (row->aim > 0)
		snprintf(aim, sizeof(aim), "%.2f", row->aim);
	printf("  %-24s %7.0f   %-24s %7.0f %s %7.2f %6s  %s\n", row->what,
	    percentile(measured->ours, n, 50), row->bare_name,
	    percentile(measured->bare, n, 50), row->unit, ratio, aim,
	    ratio < row->aim ? "below" : "");
}

static void rounds(struct bench *bench, const struct row *rows, size_t n)
{
	struct measured *measured = calloc(n, sizeof(*measured));
	int round;
	size_t i;

	need(measured != NULL, "memory");
	for (round = 0; round < bench->rounds; round++)
		round_measure(bench, rows, n, measured, round);
	for (i = 0; i < n; i++)
		row_print(&rows[i], &measured[i], (size_t)bench->rounds);
	fflush(stdout);
	free(measured);
}

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define MB "MB/s"

static const struct row appending[] = {
	{ "spool_write", MB, append_spool, append_zstd,
	    "zstd -3 --single-thread", 0.8 },
	{ "spool_write, 1 MiB", MB, append_behind, append_zstd,
	    "zstd -3 --single-thread", 0.8 },
	{ "spool_write", MB, append_spool, append_threads, "zstd -3", 0 },
	{ "spool_write", MB, append_spool, append_library,
	    "libzstd, 256 KiB each", 0 },
	{ "spool_write", MB, append_spool, append_synced,
	    "the same, synced each", 0 },
};

static const struct row syncing[] = {
	{ "spool_write of a line", "1/s ", sync_spool, sync_bare, "fdatasync",
	    0.8 },
};

static const struct row reading[] = {
	{ "live: spool_next", MB, live_library, live_zstdcat, "zstdcat", 0.8 },
	{ "live: dateline tail", MB, live_tail, live_zstdcat, "zstdcat", 0.8 },
	{ "live: reader.py", MB, live_python, live_zstdcat, "zstdcat", 0 },
	{ "sealed: spool_next", MB, sealed_library, sealed_zstdcat, "zstdcat",
	    0.8 },
	{ "sealed: dateline tail", MB, sealed_tail, sealed_zstdcat, "zstdcat",
	    0.8 },
};

/* What the live spool is when it is sealed. */
static void seal(struct bench *bench)
{
	struct spool_sealed sealed;
	char path[512];
	double begun, took, ratio;

	snprintf(path, sizeof(path), "%s/sealed", bench->folder);
	shell(bench, "rm -rf '%s' && cp -r '%s/live' '%s'", path, bench->folder,
	    path);
	begun = seconds();
	need(spool_seal(path, &disk_real, &sealed) == 0, "spool_seal");
	took = seconds() - begun;
	ratio = (double)sealed.before / (double)sealed.after;
	printf("\ncompression: live %.2f, sealed %.2f %32s %7.2f %6.2f  %s\n",
	    (double)bench->bytes / (double)sealed.before,
	    (double)bench->bytes / (double)sealed.after, "", ratio, 1.25,
	    ratio < 1.25 ? "below" : "");
	printf("  sealing: %.0f MB/s, %.1f s for 64 MiB of a live segment\n",
	    (double)bench->bytes / 1e6 / took,
	    took * (64 << 20) / (double)sealed.before);
}

static void measure(struct bench *bench, bool on_disk)
{
	lines_write(bench);
	printf("\nappending to %s\n", bench->folder);
	rounds(bench, appending, COUNT(appending));
	if (!on_disk)
		return;
	printf("\ncommits\n");
	rounds(bench, syncing, COUNT(syncing));
	seal(bench);
	printf("\ncatching up\n");
	rounds(bench, reading, COUNT(reading));
}

static uint64_t setting(const char *name, uint64_t standard)
{
	const char *text = getenv(name);

	return text != NULL ? strtoull(text, NULL, 10) : standard;
}

int main(int argc, char **argv)
{
	struct bench bench = { .rounds = (int)setting("ROUNDS", 5) };
	char path[512];
	int i;

	if (argc < 3 || bench.rounds < 1 || bench.rounds > ROUNDS_MOST)
		return 64;
	bench.build = argv[1];
	bench.words = vocabulary_make();
	need(bench.words != NULL, "memory");
	lines_make(&bench, setting("BENCH_LINES", 128 << 20));
	printf("%zu MB of lines, %d rounds %42s %7s %6s\n",
	    bench.bytes / 1000000, bench.rounds, "", "ratio", "aim");
	for (i = 2; i < argc; i++) {
		bench.folder = argv[i];
		measure(&bench, i == 2);
	}
	snprintf(path, sizeof(path), "%s/heap", argv[2]);
	bench_seek(
	    bench.words, path, setting("BENCH_BYTES", (uint64_t)2 << 30));
	lines_free(&bench);
	vocabulary_free(bench.words);
	return 0;
}
