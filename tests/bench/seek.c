/*
 * How long it takes to find a line by its number, and by a time, in a spool of
 * some gigabytes: from spool_open() to the line in hand.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spool/seal.h"
#include "spool/segment.h"
#include "spool/spool.h"
#include "spool/writer.h"
#include "tests/bench/bench.h"

#define BEGUN INT64_C(1792000000000) /* when the first commit was made */
#define STEP 200                     /* milliseconds between two */
#define DISTINCT 4096                /* lines, which come again and again */
#define SEARCHES 200
#define AIM 10.0 /* milliseconds */

struct heap { /* a spool to look things up in */
	const struct vocabulary *words;
	const char *folder;
	size_t commit;    /* bytes of lines in one */
	uint64_t next;    /* number of the next line */
	uint64_t *firsts; /* numbers of the first lines of all commits */
	size_t n, room;
};

static int64_t clock_of_heap;

static int64_t heap_now(void)
{
	return clock_of_heap;
}

static int no_sync(void *whose, int fd)
{
	(void)whose, (void)fd;
	return 0;
}

static void heap_commit(
    struct heap *heap, struct spool_writer *writer, struct spool_batch *batch)
{
	uint64_t first;

	clock_of_heap = BEGUN + (int64_t)heap->n * STEP;
	need(spool_write(writer, batch, &first) == 0, "spool_write");
	if (heap->n == heap->room) {
		heap->room = 2 * heap->room + 1024;
		heap->firsts =
		    realloc(heap->firsts, heap->room * sizeof(*heap->firsts));
		need(heap->firsts != NULL, "memory");
	}
	heap->firsts[heap->n++] = first;
	heap->next = spool_writer_next(writer);
	batch->len = batch->n_lines = 0;
}

/* Bytes of the segments, and of which all are dropped from the cache. */
static uint64_t heap_bytes(const struct heap *heap, bool drop)
{
	int folder = open(heap->folder, O_RDONLY | O_DIRECTORY), fd;
	char name[SEGMENT_NAME];
	struct stat about;
	uint64_t bytes = 0;
	size_t n, i;
	uint64_t *list = segment_list(&disk_real, folder, &n);

	for (i = 0; i < n; i++) {
		segment_name(name, list[i]);
		fd = openat(folder, name, O_RDONLY);
		if (fd >= 0 && fstat(fd, &about) == 0)
			bytes += (uint64_t)about.st_size;
		if (drop)
			posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
		close(fd);
	}
	free(list);
	close(folder);
	return bytes;
}

/* Nothing is synced on the way: it is the reading that is measured. */
static void heap_make(struct heap *heap, uint64_t bytes)
{
	struct disk disk = disk_real;
	struct spool_settings settings = { .segment_bytes = 64 << 20,
		.segment_age = INT64_MAX,
		.now = heap_now,
		.disk = &disk };
	struct spool_batch batch = { 0 };
	struct spool_recovered found;
	struct spool_writer *writer;
	static char line[BENCH_LINE];
	uint64_t n = 0;

	disk.fdatasync = disk.fsync = no_sync;
	clock_of_heap = BEGUN;
	need(mkdir(heap->folder, 0755) == 0, heap->folder);
	writer = spool_writer_open(heap->folder, &settings);
	need(writer != NULL && spool_recover(writer, &found) == 0, "writer");
	while (n % 512 != 0 || n == 0 || heap_bytes(heap, false) < bytes) {
		spool_add(&batch, line,
		    bench_line(heap->words, n++ % DISTINCT, line));
		if (batch.len >= heap->commit)
			heap_commit(heap, writer, &batch);
	}
	spool_writer_close(writer);
	spool_batch_free(&batch);
	sync();
}

/* Milliseconds to the line that is looked for. */
static double search(const struct heap *heap, bool by_time, uint64_t random)
{
	size_t commit = random % heap->n;
	uint64_t seq =
	    by_time ? heap->firsts[commit] : 1 + random % (heap->next - 1);
	double begun = seconds(), took;
	struct spool_reader *reader = spool_open(heap->folder);
	const struct spool_line *line;

	need(reader != NULL, heap->folder);
	if (by_time)
		spool_seek_time(reader, BEGUN + (int64_t)commit * STEP);
	else
		spool_seek(reader, seq);
	need(spool_next(reader, &line) == SPOOL_LINE && line->seq == seq,
	    "the line is not found");
	took = seconds() - begun;
	spool_close(reader);
	return took * 1000;
}

static void search_many(
    const struct heap *heap, const char *what, bool by_time, bool cold)
{
	double took[SEARCHES], middle;
	uint64_t random = 88172645463325252u;
	size_t i;

	for (i = 0; i < SEARCHES; i++) {
		random ^= random << 13, random ^= random >> 7;
		random ^= random << 17;
		if (cold)
			heap_bytes(heap, true);
		took[i] = search(heap, by_time, random);
	}
	middle = percentile(took, SEARCHES, 50);
	printf("  %-26s %-6s %-4s %8.2f %8.2f %8.2f  %s\n", what,
	    by_time ? "time" : "number", cold ? "cold" : "warm", middle,
	    percentile(took, SEARCHES, 99), AIM, middle <= AIM ? "" : "below");
	fflush(stdout);
}

static void search_all(const struct heap *heap, const char *what)
{
	int way;

	for (way = 0; way < 4; way++)
		search_many(heap, what, way & 1, way & 2);
}

static void heap_drop(struct heap *heap)
{
	char command[512];

	snprintf(command, sizeof(command), "rm -rf '%s'", heap->folder);
	need(system(command) == 0, command);
	free(heap->firsts);
}

void bench_seek(
    const struct vocabulary *words, const char *folder, uint64_t bytes)
{
	static const struct {
		const char *what;
		size_t commit;  /* bytes of lines */
		uint64_t bytes; /* of segments; 0: as many as are wanted */
		bool sealed;
	} heaps[] = {
		{ "commits of 256 KiB", 256 << 10, 0, false },
		{ "commits of one line", 1, 160 << 20, false },
		{ "sealed", 256 << 10, 160 << 20, true },
	};
	struct spool_sealed sealed;
	size_t i;

	printf("\nfinding a line, milliseconds %26s %8s %8s\n", "median",
	    "99 %", "aim");
	for (i = 0; i < sizeof(heaps) / sizeof(heaps[0]); i++) {
		struct heap heap = { .words = words,
			.folder = folder,
			.commit = heaps[i].commit };
		char what[64];

		heap_make(&heap, heaps[i].bytes > 0 ? heaps[i].bytes : bytes);
		if (heaps[i].sealed)
			need(spool_seal(folder, &disk_real, &sealed) == 0,
			    "spool_seal");
		snprintf(what, sizeof(what), "%s, %" PRIu64 " MB",
		    heaps[i].what, heap_bytes(&heap, false) / 1000000);
		search_all(&heap, what);
		heap_drop(&heap);
	}
}
