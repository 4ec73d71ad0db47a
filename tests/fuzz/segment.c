/*
 * A segment of any bytes, alone in its folder and before another one: reading,
 * verifying, repairing, sealing and recovering it end, do not crash, and take
 * no line away that was there to be read.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>
#include <unistd.h>
#include <dirent.h>

#include "spool/consumer.h"
#include "spool/frame.h"
#include "spool/seal.h"
#include "spool/spool.h"
#include "spool/verify.h"
#include "spool/writer.h"
#include "tests/fuzz/fuzz.h"

#define ONE "00000000000000000001.jsonl.zst"
#define BEHIND 100           /* number of the segment behind it */
#define LINES_MOST (1 << 20) /* of frames of nothing but newlines */
#define UUID "6f9d3c1e-5a2b-4c7d-8e9f-0a1b2c3d4e5f" /* of the corpus, too */
#define YEAR_9999 INT64_C(253370764800000)          /* no year is later */
#define NOON INT64_C(1793880000000) /* of the corpus: between its commits */

static const struct spool_settings settings = {
	.segment_bytes = 1 << 20,
	.segment_age = INT64_MAX,
};

/* What stays from run to run: closing what watches a folder is slow. */
static struct {
	char path[256];
	int folder;
	struct spool_reader *reader;
} place;

struct told {
	uint64_t records, last; /* how many, and the last one's number */
	uint32_t sum;           /* of all of them */
	uint64_t losses, gaps, damaged;
	uint64_t gone; /* numbers in gaps and damage, */
	uint64_t most; /* and the highest one, there or gone */
	bool error;
};

/* ---- the folder ---- */

static void folder_clear(void)
{
	int fd = openat(place.folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *list = fdopendir(fd);
	struct dirent *file;

	MUST(list != NULL);
	while ((file = readdir(list)) != NULL)
		unlinkat(place.folder, file->d_name, 0);
	closedir(list);
}

static void folder_remove(void)
{
	spool_close(place.reader);
	folder_clear();
	unlinkat(place.folder, CONSUMER_FOLDER, AT_REMOVEDIR);
	rmdir(place.path);
}

static void place_make(void)
{
	const char *in = getenv("TMPDIR");

	snprintf(place.path, sizeof(place.path), "%s/dateline-fuzz-XXXXXX",
	    in != NULL ? in : "/dev/shm");
	MUST(mkdtemp(place.path) != NULL);
	place.folder = open(place.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	MUST(place.folder >= 0);
	spool_writer_close(spool_writer_open(place.path, &settings));
	place.reader = spool_open(place.path);
	MUST(place.reader != NULL);
	atexit(folder_remove);
}

static void file_write(const uint8_t *data, size_t size, const char *name)
{
	int fd = openat(
	    place.folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	MUST(fd >= 0);
	MUST(write(fd, data, size) == (ssize_t)size);
	close(fd);
}

/* One commit of one line, number BEHIND, after all others in time. */
static void behind_write(void)
{
	static const char text[] =
	    "{\"seq\":100,\"spooled\":\"9999-01-01T00:00:00.000Z\",\"v\":1}\n";
	struct header header = { .first = BEHIND, .created = YEAR_9999 };
	struct mark mark = {
		.first = BEHIND, .next = BEHIND + 1, .committed = YEAR_9999
	};
	uint8_t bytes[512];
	struct frame_out out = { .level = 3 };
	char name[SEGMENT_NAME];

	MUST(uuid_parse(UUID, header.uuid));
	header_put(bytes, &header);
	MUST(commit_make(&out, &mark, text, sizeof(text) - 1) == 0);
	MUST(SEGMENT_HEADER + out.len <= sizeof(bytes));
	memcpy(bytes + SEGMENT_HEADER, out.bytes, out.len);
	segment_name(name, BEHIND);
	file_write(bytes, SEGMENT_HEADER + out.len, name);
	frame_out_free(&out);
}

static void folder_write(const uint8_t *data, size_t size, bool alone)
{
	folder_clear();
	file_write(data, size, ONE);
	if (!alone)
		behind_write();
}

static int line_write(struct spool_writer *writer)
{
	struct spool_batch batch = { 0 };
	uint64_t first;
	int done;

	spool_add(&batch, "{\"v\":1}", 7);
	done = spool_write(writer, &batch, &first);
	spool_batch_free(&batch);
	return done;
}

/* ---- reading ---- */

static void line_told(struct told *told, const struct spool_line *line)
{
	MUST(line->text[line->len] == '\0');
	MUST(memchr(line->text, '\n', line->len) == NULL);
	if (line->seq == 0) {
		told->losses++;
		return;
	}
	MUST(line->seq > told->last);
	told->last = told->most = line->seq;
	told->records++;
	told->sum = (uint32_t)crc32(
	    told->sum, (const uint8_t *)line->text, (uInt)line->len);
}

static void status_told(
    struct told *told, enum spool_status status, const struct spool_line *line)
{
	switch (status) {
	case SPOOL_LINE: line_told(told, line); break;
	case SPOOL_DAMAGED:
		told->damaged++;
		told->gone += line->to + 1 - line->from;
		told->most = line->to;
		break;
	case SPOOL_GAP:
		told->gaps++;
		told->gone += line->to + 1 - line->from;
		told->most = line->to;
		MUST(line->from <= line->to);
		break;
	default: MUST(status == SPOOL_ERROR); told->error = true;
	}
}

/* To the end, or to an error. Each gap and each damage takes bytes of a mark,
   or is that of one of two files. */
static struct told read_on(size_t size)
{
	struct told told = { 0 };
	const struct spool_line *line;
	enum spool_status status;

	while (!told.error && told.records + told.losses < LINES_MOST &&
	    (status = spool_next(place.reader, &line)) != SPOOL_END) {
		status_told(&told, status, line);
		MUST(told.gaps + told.damaged <= 2 * (size / SEGMENT_MARK) + 8);
	}
	return told;
}

static struct told read_from(uint64_t seq, size_t size)
{
	spool_seek(place.reader, seq);
	return read_on(size);
}

/* From some number on, and from some time on, no matter what an index says. */
static void seek_about(const struct told *all, size_t size)
{
	read_from(all->last / 2 + 1, size);
	read_from(UINT64_MAX, size);
	spool_seek_time(place.reader, NOON);
	read_on(size);
	spool_seek_time(place.reader, INT64_MIN);
	read_on(size);
}

static bool is_same(const struct told *a, const struct told *b)
{
	return a->records == b->records && a->sum == b->sum;
}

/* ---- what is done to it ---- */

static void found(void *whose, const struct spool_finding *finding)
{
	(void)whose;
	MUST(finding->file != NULL && finding->what != NULL);
}

static void verify(struct spool_verified *verified)
{
	MUST(spool_verify(place.path, &disk_real, found, NULL, verified) == 0);
}

/*
 * What a reader calls damaged, this does, too. It also looks at what lines say:
 * where they are not what they must be, more of them are lost.
 */
static bool is_told_alike(const struct told *told)
{
	struct spool_verified verified;

	MUST(!told->error);
	verify(&verified);
	if (told->damaged > 0)
		MUST(verified.damaged > 0);
	MUST(verified.lost >= told->gone);
	return verified.lost == told->gone;
}

/* The last one is found by its number. */
static void check_seek(const struct told *all, size_t size)
{
	struct told told;

	if (all->records == 0)
		return;
	told = read_from(all->last, size);
	MUST(told.records == 1 && told.last == all->last);
}

/* All that was read before is read after it, and nothing is damaged. What was
   pending at the end may be published now. */
static struct told check_repair(const struct told *before, size_t size)
{
	struct spool_verified verified;
	struct told after;

	MUST(spool_repair(place.path, &disk_real, found, NULL, &verified) == 0);
	verify(&verified);
	MUST(verified.damaged == 0);
	after = read_from(1, size);
	MUST(!after.error && after.damaged == 0 && after.gaps == 0);
	MUST(after.records >= before->records);
	if (before->last == after.last)
		MUST(is_same(before, &after));
	return after;
}

static struct told check_seal(const struct told *before, size_t size)
{
	struct spool_verified verified;
	struct spool_sealed sealed;
	struct told after;

	MUST(spool_seal(place.path, &disk_real, &sealed) == 0);
	MUST(sealed.left == 0);
	verify(&verified);
	MUST(verified.damaged == 0);
	after = read_from(1, size);
	MUST(is_same(before, &after));
	MUST(after.gaps == 0 && after.damaged == 0);
	return after;
}

/* A start, and one more line. */
static void check_recovery(const struct told *before, size_t size)
{
	struct spool_writer *writer = spool_writer_open(place.path, &settings);
	struct spool_recovered recovered;
	struct told after;
	uint64_t next;

	MUST(writer != NULL);
	MUST(spool_recover(writer, &recovered) == 0);
	next = spool_writer_next(writer);
	MUST(next > before->most);
	MUST(line_write(writer) == 0);
	spool_writer_close(writer);
	after = read_from(1, size + 200);
	MUST(!after.error);
	MUST(after.records >= before->records + 1);
	MUST(after.last == next);
}

static bool header_is_possible(const struct disk *disk)
{
	struct header header;
	uint8_t uuid[16];

	MUST(uuid_parse(UUID, uuid));
	if (header_read(disk, 0, &header) != 0)
		return errno == EBADMSG;
	return memcmp(header.uuid, uuid, sizeof(uuid)) == 0;
}

/*
 * Whether a good header and good marks say what can be, in this version: no
 * damage makes them say anything else. Numbers and times rise, and end before
 * the segment behind it.
 */
static bool is_possible(const struct disk *disk)
{
	struct step step = { .next = SEGMENT_HEADER };
	uint64_t next = 1;
	int64_t then = 0;
	enum found found;

	if (!header_is_possible(disk))
		return false;
	do {
		found = segment_step(disk, 0, step.next, &step);
		if (found != FOUND_COMMIT && found != FOUND_PENDING)
			continue;
		if (step.mark.first < next || step.mark.next > BEHIND ||
		    step.mark.committed < then ||
		    step.mark.committed > YEAR_9999)
			return false;
		next = step.mark.next;
		then = step.mark.committed;
	} while (found != FOUND_TORN && found != FOUND_END);
	return true;
}

/* It only has to end. */
static void do_all(size_t size)
{
	struct spool_writer *writer = spool_writer_open(place.path, &settings);
	struct spool_recovered recovered;
	struct spool_verified verified;
	struct spool_sealed sealed;

	MUST(writer != NULL);
	spool_verify(place.path, &disk_real, found, NULL, &verified);
	spool_seal(place.path, &disk_real, &sealed);
	if (spool_recover(writer, &recovered) == 0)
		line_write(writer);
	spool_writer_close(writer);
	spool_repair(place.path, &disk_real, found, NULL, &verified);
	read_from(1, size + 200);
}

static void check_all(const uint8_t *data, size_t size, bool alone)
{
	struct bytes bytes = { data, size };
	const struct disk disk = { .whose = &bytes, .pread = bytes_pread };
	struct told told;

	folder_write(data, size, alone);
	told = read_from(1, size);
	seek_about(&told, size);
	if (!is_possible(&disk) || !is_told_alike(&told)) {
		do_all(size);
		return;
	}
	check_recovery(&told, size);

	folder_write(data, size, alone);
	told = check_repair(&told, size);
	check_seek(&told, size);
	told = check_seal(&told, size);
	check_seek(&told, size);
	check_recovery(&told, size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (place.reader == NULL)
		place_make();
	check_all(data, size, true);
	check_all(data, size, false);
	return 0;
}

/* ---- changing what is compressed ---- */

/* One of the first commits, and its lines; false where there is none. */
static bool commit_pick(const struct disk *disk, unsigned int which,
    struct step *step, struct frame_in *in)
{
	*step = (struct step){ .next = SEGMENT_HEADER };
	do {
		if (segment_step(disk, 0, step->next, step) != FOUND_COMMIT)
			return false;
	} while (which-- > 0);
	return frame_read(in, disk, 0, step->at, &step->mark) == 0;
}

static uint64_t lines_in(const uint8_t *lines, size_t len)
{
	uint64_t n = 0;

	while (len-- > 0)
		n += *lines++ == '\n';
	return n;
}

/* It is a good commit again, but for what its lines say; perhaps there are as
   many of them as its mark says. */
static bool commit_change(
    struct frame_out *out, struct mark *mark, struct frame_in *in, bool fitting)
{
	size_t room = in->len + 64, len;
	uint8_t *lines = malloc(room);
	bool made;

	MUST(lines != NULL);
	memcpy(lines, in->lines, in->len);
	len = LLVMFuzzerMutate(lines, in->len, room);
	if (fitting && len > 0) {
		lines[len - 1] = '\n';
		mark->next = mark->first + lines_in(lines, len);
	}
	made = commit_make(out, mark, (char *)lines, len) == 0;
	free(lines);
	return made;
}

static size_t commit_put(uint8_t *data, size_t size, size_t most,
    const struct step *step, const struct frame_out *out)
{
	size_t left = size > step->next ? size - step->next : 0;

	if (step->at + out->len + left > most)
		return size;
	memmove(data + step->at + out->len, data + size - left, left);
	memcpy(data + step->at, out->bytes, out->len);
	return step->at + out->len + left;
}

static size_t commit_mutate(
    uint8_t *data, size_t size, size_t most, unsigned int seed)
{
	struct bytes bytes = { data, size };
	struct disk disk = { .whose = &bytes, .pread = bytes_pread };
	struct frame_in in = { 0 };
	struct frame_out out = { .level = 3 };
	struct step step;

	if (!commit_pick(&disk, seed / 64 % 4, &step, &in))
		size = LLVMFuzzerMutate(data, size, most);
	else if (commit_change(&out, &step.mark, &in, seed / 16 % 4 != 0))
		size = commit_put(data, size, most, &step, &out);
	frame_in_free(&in);
	frame_out_free(&out);
	return size;
}

size_t LLVMFuzzerCustomMutator(
    uint8_t *data, size_t size, size_t most, unsigned int seed)
{
	switch (seed % 4) {
	case 0: return LLVMFuzzerMutate(data, size, most);
	case 1: return commit_mutate(data, size, most, seed);
	default: break;
	}
	size = LLVMFuzzerMutate(data, size, most);
	sums_mend(data, size);
	return size;
}
