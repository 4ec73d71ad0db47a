/* What is done to a spool is found, and what is left of it is made whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <zlib.h>

#include "spool/bytes.h"
#include "spool/consumer.h"
#include "spool/frame.h"
#include "spool/seal.h"
#include "spool/upkeep.h"
#include "spool/verify.h"
#include "tests/spool/fake.h"
#include "tests/spool/other.h"
#include "tests/spool/told.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define NOON INT64_C(1730980800123) /* 2024-11-07T12:00:00.123Z */
#define OURS "00112233-4455-6677-8899-aabbccddeeff"
#define ANOTHERS "ffeeddcc-bbaa-9988-7766-554433221100"
#define ONE "00000000000000000001.jsonl.zst"
#define SEVEN "00000000000000000007.jsonl.zst"
#define LAST "00000000000000000013.jsonl.zst"
#define ALL "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16"

static const char *const names[] = { ONE, SEVEN, LAST };

static int64_t clock_millis;

static int64_t clock_told(void)
{
	return clock_millis;
}

static const struct spool_settings settings = {
	.segment_bytes = 450, .segment_age = INT64_MAX, .now = clock_told
};

/* [1 2] [3 4] [5 6] | [7 8] [9 10] [11 12] | [13 14] [15 16], a second each */
static void write_spool(struct folder *folder)
{
	struct spool_writer *writer = writer_at(folder->path, &settings);

	assert_int_equal(spool_resume(writer, 1, OURS, ""), 0);
	for (clock_millis = NOON; clock_millis < NOON + 8000;
	     clock_millis += 1000)
		assert_int_equal(write_lines(writer, 2), 0);
	spool_writer_close(writer);
	assert_int_equal(access(folder_file(folder, LAST), F_OK), 0);
}

struct spool {
	struct folder *folder;
	struct spool_reader *reader;
	struct layout { /* of a segment as it was written */
		uint64_t commits[8], end;
		int n;
	} layouts[3];
	char found[4096]; /* what was told */
	char in[256];     /* and in which segments there is damage */
};

static void layout_look(struct layout *layout, const char *path)
{
	struct step step = { .next = SEGMENT_HEADER };
	int fd = open(path, O_RDONLY);

	*layout = (struct layout){ .end = SEGMENT_HEADER };
	while (segment_step(&disk_real, fd, step.next, &step) == FOUND_COMMIT) {
		layout->commits[layout->n++] = step.at;
		layout->end = step.next;
	}
	close(fd);
}

static void spool_make(struct spool *spool, bool sealed)
{
	struct spool_sealed done;
	int i;

	folder_empty(spool->folder);
	unlink(folder_file(spool->folder, CONSUMER_FOLDER "/a"));
	write_spool(spool->folder);
	if (sealed)
		assert_int_equal(
		    spool_seal(spool->folder->path, &disk_real, &done), 0);
	for (i = 0; i < 3; i++)
		layout_look(
		    &spool->layouts[i], folder_file(spool->folder, names[i]));
}

/* ---- what is told ---- */

/* "1@#2": the third commit of segment 1; "7@0", "13@end", "13@end+4". */
static void place_put(
    const struct spool *spool, char *text, const struct spool_finding *finding)
{
	uint64_t at = finding->offset;
	const struct layout *layout;
	int i = 0, k = 0;

	while (i < 3 && strcmp(names[i], finding->file) != 0)
		i++;
	if (i == 3) {
		sprintf(text, "%s@%" PRIu64, finding->file, at);
		return;
	}
	layout = &spool->layouts[i];
	text += sprintf(text, "%d@", atoi(finding->file));
	while (k < layout->n && layout->commits[k] != at)
		k++;
	if (k < layout->n)
		sprintf(text, "#%d", k);
	else if (at >= layout->end)
		sprintf(text, at > layout->end ? "end+%" PRIu64 : "end",
		    at - layout->end);
	else
		sprintf(text, "%" PRIu64, at);
}

/* "1@#2 WHAT 5-6", one after the other. */
static void found(void *whose, const struct spool_finding *finding)
{
	struct spool *spool = whose;
	char *text = spool->found + strlen(spool->found), place[128];

	place_put(spool, place, finding);
	text += sprintf(text, "%s%s%s %s", spool->found[0] != '\0' ? ", " : "",
	    finding->note ? "note " : "", place, finding->what);
	if (finding->to >= finding->from)
		sprintf(
		    text, " %" PRIu64 "-%" PRIu64, finding->from, finding->to);
	if (!finding->note && strstr(spool->in, finding->file) == NULL)
		strcat(spool->in, finding->file);
}

typedef int checking_fn(const char *folder, const struct disk *disk,
    spool_told_fn *told, void *whose, struct spool_verified *verified);

static const char *found_by(
    checking_fn *check, struct spool *spool, struct spool_verified *verified)
{
	spool->found[0] = spool->in[0] = '\0';
	if (check(spool->folder->path, &disk_real, found, spool, verified) != 0)
		fail_msg("%s, after: %s", strerror(errno), spool->found);
	return spool->found;
}

static void check_clean(struct spool *spool)
{
	struct spool_verified verified;

	found_by(spool_verify, spool, &verified);
	if (verified.damaged != 0 || verified.lost != 0)
		fail_msg("still: %s", spool->found);
}

/* ---- what is done ---- */

struct row;
typedef void damage_fn(struct spool *spool, const struct row *row);

struct row {
	damage_fn *damage;
	int segment, commit; /* which; -1: its header, END: behind the last */
	int at;              /* bytes from its beginning */
	const char *bytes;
	const char *found, *told; /* told: NULL: ALL */
};

#define END 7

static uint64_t place_of(const struct spool *spool, const struct row *row)
{
	const struct layout *layout = &spool->layouts[row->segment];
	uint64_t at = (uint64_t)row->at;

	if (row->commit < 0)
		return at;
	return at +
	    (row->commit < layout->n ? layout->commits[row->commit]
				     : layout->end);
}

static const char *path_of(struct spool *spool, const struct row *row)
{
	return folder_file(spool->folder, names[row->segment]);
}

/* Of the segment, `len` bytes there are others. */
static void replace(struct spool *spool, const struct row *row, uint64_t at,
    uint64_t len, const void *others, size_t n)
{
	const char *path = path_of(spool, row);
	size_t size;
	char *old = file_read(path, &size), *new = malloc(size + n);

	memcpy(new, old, at);
	memcpy(new + at, others, n);
	memcpy(new + at + n, old + at + len, size - at - len);
	file_write(path, new, size - len + n);
	free(old);
	free(new);
}

static void nothing(struct spool *spool, const struct row *row)
{
	(void)spool, (void)row;
}

static void flipped(struct spool *spool, const struct row *row)
{
	flip(path_of(spool, row), 8 * place_of(spool, row) + 2);
}

static void cut(struct spool *spool, const struct row *row)
{
	assert_int_equal(
	    truncate(path_of(spool, row), (off_t)place_of(spool, row)), 0);
}

static void pending(struct spool *spool, const struct row *row)
{
	unpublish(path_of(spool, row), place_of(spool, row));
}

static void removed(struct spool *spool, const struct row *row)
{
	assert_int_equal(unlink(path_of(spool, row)), 0);
}

static uint64_t commit_len(const struct spool *spool, const struct row *row)
{
	struct row next = *row;

	next.commit++;
	return place_of(spool, &next) - place_of(spool, row);
}

static void dropped(struct spool *spool, const struct row *row)
{
	replace(
	    spool, row, place_of(spool, row), commit_len(spool, row), "", 0);
}

static void doubled(struct spool *spool, const struct row *row)
{
	uint64_t at = place_of(spool, row), len = commit_len(spool, row);
	size_t size;
	char *bytes = file_read(path_of(spool, row), &size);

	replace(spool, row, at, 0, bytes + at, len);
	free(bytes);
}

/* Others' frame, with five bytes in it. */
static void skippable(struct spool *spool, const struct row *row)
{
	replace(spool, row, place_of(spool, row), 0,
	    "\x5d\x2a\x4d\x18\x05\0\0\0other", 13);
}

static void garbage(struct spool *spool, const struct row *row)
{
	replace(spool, row, place_of(spool, row), 0, row->bytes,
	    strlen(row->bytes));
}

/* A commit of the same mark, with other lines. */
static void commit_other(
    struct spool *spool, const struct row *row, enum mark_kind kind)
{
	struct frame_out frame = { .level = 3 };
	uint64_t at = place_of(spool, row);
	struct step step;
	int fd = open(path_of(spool, row), O_RDONLY);

	assert_int_equal(segment_step(&disk_real, fd, at, &step), FOUND_COMMIT);
	close(fd);
	step.mark.kind = kind;
	assert_int_equal(
	    commit_make(&frame, &step.mark, row->bytes, strlen(row->bytes)), 0);
	replace(spool, row, at, commit_len(spool, row), frame.bytes, frame.len);
	frame_out_free(&frame);
}

static void other_lines(struct spool *spool, const struct row *row)
{
	commit_other(spool, row, MARK_RECORDS);
}

static void other_loss(struct spool *spool, const struct row *row)
{
	commit_other(spool, row, MARK_LOSS);
}

static void other_header(
    struct spool *spool, const struct row *row, const struct header *header)
{
	uint8_t bytes[SEGMENT_HEADER];

	header_put(bytes, header);
	replace(spool, row, 0, sizeof(bytes), bytes, sizeof(bytes));
}

static struct header header_of(struct spool *spool, const struct row *row)
{
	struct header header;
	int fd = open(path_of(spool, row), O_RDONLY);

	assert_int_equal(header_read(&disk_real, fd, &header), 0);
	close(fd);
	return header;
}

static void renumbered(struct spool *spool, const struct row *row)
{
	struct header header = header_of(spool, row);

	header.first++;
	other_header(spool, row, &header);
}

static void of_another(struct spool *spool, const struct row *row)
{
	struct header header = header_of(spool, row);

	assert_true(uuid_parse(ANOTHERS, header.uuid));
	other_header(spool, row, &header);
}

static void begun_early(struct spool *spool, const struct row *row)
{
	struct header header = header_of(spool, row);

	header.created = NOON - 1;
	other_header(spool, row, &header);
}

/* A version of the format that is not known; the checksum is right. */
static void of_later(struct spool *spool, const struct row *row)
{
	uint8_t bytes[SEGMENT_HEADER];
	struct header header = header_of(spool, row);

	header_put(bytes, &header);
	put32(bytes + 20, SEGMENT_VERSION + 1);
	put32(bytes + 16, (uint32_t)crc32(0, bytes + 20, SEGMENT_HEADER - 20));
	replace(spool, row, 0, sizeof(bytes), bytes, sizeof(bytes));
}

static void other_file(struct spool *spool, const struct row *row)
{
	file_write(folder_file(spool->folder, row->bytes), "", 0);
}

/* One that has acknowledged up to `at`. */
static void consumer(struct spool *spool, const struct row *row)
{
	struct position position = { .seq = (uint64_t)row->at, .acked = NOON };
	char text[CONSUMER_TEXT];

	assert_true(uuid_parse(row->bytes, position.uuid));
	position_put(text, &position);
	file_write(folder_file(spool->folder, CONSUMER_FOLDER "/a"), text,
	    strlen(text));
}

/* ---- and what comes of it ---- */

#define HEADER "the header is damaged"
#define NAMED "the header has another number than the name"
#define ANOTHER \
	"it is a segment of another spool: move it away, to where it belongs"
#define EARLY "it was begun before the one before it was ended"
#define LATER "it is of a later version of the format: use a newer dateline"
#define MARK "bytes that are no commit: its mark is damaged"
#define FRAME "a commit whose frame is damaged"
#define LINES "a commit whose lines are not what its mark says"
#define STALE "its mark says that it is not published: zstdcat does not see it"
#define TWICE "a commit whose numbers were used before"
#define BEFORE "lines are missing before this"
#define AT_END "lines are missing at the end"
#define FOREIGN "a frame that no segment of this version has"
#define REST "bytes that are no commit, or a damaged index"
#define TORN                                                              \
	"no whole commit: cut short by a crash, and cut off by the next " \
	"start of datelined, or damaged"
#define PENDING                                                            \
	"a commit that is not published yet: the next start of datelined " \
	"does that"
#define KEPT "a damaged segment that was kept"
#define NOT_OURS "a file that is not the spool's"

#define WITHOUT_1 "loss, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16"
#define WITHOUT_3 "1, 2, loss, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16"
#define WITHOUT_5 "1, 2, 3, 4, loss, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16"
#define WITHOUT_13 "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, loss, 15, 16"
#define TO_12 "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12"
#define TO_14 TO_12 ", 13, 14"
#define FROM_7 "7, 8, 9, 10, 11, 12, 13, 14, 15, 16"

static bool is_later(const struct row *row)
{
	return strstr(row->found, LATER) != NULL;
}

/* The damaged segments are kept: bytes that are no more under their names. */
static void check_kept(
    struct spool *spool, const char *name, const char *damaged, size_t len)
{
	char kept[64];
	char *bytes;
	size_t n;

	snprintf(kept, sizeof(kept), "%s.damaged", name);
	bytes = file_read(folder_file(spool->folder, kept), &n);
	assert_int_equal(n, len);
	assert_memory_equal(bytes, damaged, n);
	free(bytes);
}

/* datelined starts, and goes on; then its segments are sealed. */
static void check_goes_on(struct spool *spool)
{
	struct spool_writer *writer = writer_at(spool->folder->path, &settings);
	uint64_t seq = spool_writer_next(writer);
	struct spool_sealed sealed;
	char want[32];
	const char *text;

	assert_int_equal(write_lines(writer, 1), 0);
	spool_writer_close(writer);
	check_clean(spool);
	assert_int_equal(
	    spool_seal(spool->folder->path, &disk_real, &sealed), 0);
	assert_int_equal(sealed.left, 0);
	check_clean(spool);
	text = told_all(spool->reader);
	sprintf(want, ", %" PRIu64, seq);
	assert_true(strlen(text) > strlen(want));
	assert_string_equal(text + strlen(text) - strlen(want), want);
}

static void check_repair(struct spool *spool, const struct row *row)
{
	struct spool_verified verified;
	size_t len = 0;
	const char *path = path_of(spool, row);
	char *damaged = access(path, F_OK) == 0 ? file_read(path, &len) : NULL;

	if (strcmp(found_by(spool_verify, spool, &verified), row->found) != 0)
		fail_msg("found: %s, not: %s", spool->found, row->found);
	assert_int_equal(verified.repaired, 0);
	if (strcmp(found_by(spool_repair, spool, &verified), row->found) != 0)
		fail_msg("found while repairing: %s, not: %s", spool->found,
		    row->found);
	assert_int_equal(verified.repaired,
	    is_later(row) ? 0 : strlen(spool->in) / strlen(ONE));
	if (strstr(spool->in, names[row->segment]) != NULL && !is_later(row))
		check_kept(spool, names[row->segment], damaged, len);
	free(damaged);
	if (is_later(row))
		return;
	assert_string_equal(
	    told_all(spool->reader), row->told != NULL ? row->told : ALL);
	check_clean(spool);
	if (strstr(row->found, PENDING) == NULL)
		check_zstdcat(spool->folder, spool->reader);
	check_goes_on(spool);
}

static void check_rows(
    struct folder *folder, const struct row *rows, size_t n, bool sealed)
{
	struct spool spool = { .folder = folder };
	size_t i;

	spool.reader = reader_at(folder->path);
	for (i = 0; i < n; i++) {
		spool_make(&spool, sealed);
		rows[i].damage(&spool, &rows[i]);
		check_repair(&spool, &rows[i]);
	}
	spool_close(spool.reader);
}

#define LINE(seq, time)                                                        \
	"{\"seq\":" seq ",\"spooled\":\"2024-11-07T12:00:" time "Z\",\"n\":1}" \
	"\n"

static void what_is_damaged_is_found_and_repaired(void **state)
{
	static const struct row rows[] = {
		{ nothing, .found = "" },
		/* headers */
		{ flipped, 0, -1, 0, NULL, "1@0 " HEADER },
		{ flipped, 0, -1, 5, NULL, "1@0 " HEADER },
		{ flipped, 0, -1, 30, NULL, "1@0 " HEADER },
		{ flipped, 1, -1, 50, NULL, "7@0 " HEADER },
		{ flipped, 2, -1, 16, NULL, "13@0 " HEADER },
		{ renumbered, 0, -1, 0, NULL, "1@0 " NAMED },
		{ renumbered, 2, -1, 0, NULL, "13@0 " NAMED },
		/* marks */
		{ flipped, 0, 0, 1, NULL, "1@#0 " MARK " 1-2", WITHOUT_1 },
		{ flipped, 0, 0, 13, NULL, "1@#0 " MARK " 1-2", WITHOUT_1 },
		{ flipped, 0, 0, 30, NULL, "1@#0 " MARK " 1-2", WITHOUT_1 },
		{ flipped, 0, 1, 30, NULL, "1@#1 " MARK " 3-4", WITHOUT_3 },
		{ flipped, 0, 2, 30, NULL, "1@#2 " REST " 5-6", WITHOUT_5 },
		{ flipped, 2, 0, 30, NULL, "13@#0 " MARK " 13-14", WITHOUT_13 },
		{ flipped, 2, 1, 30, NULL, "13@#1 " TORN, TO_14 },
		/* frames */
		{ flipped, 0, 0, 70, NULL, "1@#0 " FRAME " 1-2", WITHOUT_1 },
		{ flipped, 0, 1, 70, NULL, "1@#1 " FRAME " 3-4", WITHOUT_3 },
		{ flipped, 0, 2, 70, NULL, "1@#2 " FRAME " 5-6", WITHOUT_5 },
		{ flipped, 2, 0, 70, NULL, "13@#0 " FRAME " 13-14",
		    WITHOUT_13 },
		{ flipped, 2, 1, 70, NULL, "13@#1 " FRAME " 15-16",
		    TO_14 ", loss" },
		/* sizes */
		{ flipped, 0, 0, 6, NULL, "1@#0 " STALE },
		{ flipped, 0, 2, 6, NULL, "1@#2 " STALE },
		{ flipped, 2, 0, 6, NULL, "13@#0 " STALE },
		{ flipped, 2, 1, 6, NULL, "13@#1 " TORN },
		{ pending, 0, 1, 0, NULL, "1@#1 " STALE },
		{ pending, 0, 2, 0, NULL, "1@#2 " STALE },
		{ pending, 2, 0, 0, NULL, "13@#0 " STALE },
		{ pending, 2, 1, 0, NULL, "note 13@#1 " PENDING, TO_14 },
		/* ends */
		{ cut, 0, END, -1, NULL, "1@#2 " FRAME " 5-6", WITHOUT_5 },
		{ cut, 0, 2, 61, NULL, "1@#2 " FRAME " 5-6", WITHOUT_5 },
		{ cut, 0, 2, 30, NULL, "1@#2 " REST " 5-6", WITHOUT_5 },
		{ cut, 0, 2, 0, NULL, "1@#2 " AT_END " 5-6", WITHOUT_5 },
		{ cut, 0, 1, 0, NULL, "1@#1 " AT_END " 3-6",
		    "1, 2, loss, " FROM_7 },
		{ cut, 0, 0, 0, NULL, "1@#0 " AT_END " 1-6", "loss, " FROM_7 },
		{ cut, 0, -1, 30, NULL, "1@0 " HEADER ", 1@#0 " AT_END " 1-6",
		    "loss, " FROM_7 },
		{ cut, 0, -1, 0, NULL, "1@0 " HEADER ", 1@#0 " AT_END " 1-6",
		    "loss, " FROM_7 },
		{ cut, 2, END, -1, NULL, "13@#1 " FRAME " 15-16",
		    TO_14 ", loss" },
		{ cut, 2, 1, 30, NULL, "13@#1 " TORN, TO_14 },
		{ cut, 2, 1, 0, NULL, "", TO_14 },
		{ cut, 2, 0, 0, NULL, "", TO_12 },
		{ cut, 2, -1, 0, NULL, "13@0 " HEADER, TO_12 },
		/* commits that are not there, or twice */
		{ dropped, 0, 0, 0, NULL, "1@#0 " BEFORE " 1-2", WITHOUT_1 },
		{ dropped, 0, 1, 0, NULL, "1@#1 " BEFORE " 3-4", WITHOUT_3 },
		{ dropped, 2, 0, 0, NULL, "13@#0 " BEFORE " 13-14",
		    WITHOUT_13 },
		{ doubled, 0, 0, 0, NULL, "1@#1 " TWICE },
		{ doubled, 0, 2, 0, NULL, "1@end " TWICE },
		{ doubled, 2, 1, 0, NULL, "13@end " TWICE },
		/* what others put there */
		{ skippable, 0, 0, 0, NULL, "1@#0 " FOREIGN },
		{ skippable, 0, 1, 0, NULL, "1@#1 " FOREIGN },
		{ skippable, 2, 1, 0, NULL, "13@#1 " FOREIGN },
		{ garbage, 0, 1, 0, "x", "1@#1 " MARK },
		{ garbage, 0, END, 0, "x", "1@end " REST },
		{ garbage, 0, END, 0, "a longer text", "1@end " REST },
		{ garbage, 2, END, 0, "a longer text", "13@end " TORN },
		{ other_file, .bytes = "README", "note README@0 " NOT_OURS },
		{ other_file, .bytes = "1.jsonl", "note 1.jsonl@0 " NOT_OURS },
		{ other_file, .bytes = LAST ".damaged",
		    "note " LAST ".damaged@0 " KEPT },
		{ other_file, .bytes = LAST ".damaged.7",
		    "note " LAST ".damaged.7@0 " KEPT },
		{ other_file, .bytes = ".README", "" },
		/* lines that were never written like this */
		{ other_lines, 0, 1, 0, LINE("3", "01.123") LINE("5", "01.123"),
		    "1@#1 " LINES " 3-4", WITHOUT_3 },
		{ other_lines, 0, 1, 0, LINE("4", "01.123") LINE("3", "01.123"),
		    "1@#1 " LINES " 3-4", WITHOUT_3 },
		{ other_lines, 0, 1, 0, LINE("3", "01.123"),
		    "1@#1 " LINES " 3-4", WITHOUT_3 },
		{ other_lines, 0, 1, 0,
		    LINE("3", "01.123") LINE("4", "01.123") LINE("5", "01.123"),
		    "1@#1 " LINES " 3-4", WITHOUT_3 },
		{ other_lines, 0, 1, 0, LINE("3", "00.122") LINE("4", "01.123"),
		    "1@#1 " LINES " 3-4", WITHOUT_3 },
		{ other_lines, 0, 1, 0, LINE("3", "01.123") LINE("4", "01.122"),
		    "1@#1 " LINES " 3-4", WITHOUT_3 },
		{ other_lines, 0, 1, 0, LINE("3", "01.123") LINE("4", "01.124"),
		    "1@#1 " LINES " 3-4", WITHOUT_3 },
		{ other_lines, 0, 1, 0, LINE("3", "01.123") "{\"v\":1}\n",
		    "1@#1 " LINES " 3-4", WITHOUT_3 },
		{ other_lines, 0, 1, 0, LINE("3", "01.123") "\n",
		    "1@#1 " LINES " 3-4", WITHOUT_3 },
		{ other_loss, 0, 1, 0, "{\"v\":1}\n{\"v\":1}\n",
		    "1@#1 " LINES " 3-4", WITHOUT_3 },
		{ other_loss, 0, 1, 0, "{\"v\":1}\n", "", WITHOUT_3 },
		/* segments that are not there */
		{ removed, 0, 0, 0, NULL, "", "gap 1-6, " FROM_7 },
		{ removed, 1, 0, 0, NULL, "1@end " AT_END " 7-12",
		    "1, 2, 3, 4, 5, 6, loss, 13, 14, 15, 16" },
		{ removed, 2, 0, 0, NULL, "", TO_12 },
		/* what consumers know */
		{ consumer, 2, 0, 16, OURS, "" },
		{ consumer, 2, 0, 20, OURS, "13@end " AT_END " 17-20",
		    ALL ", loss" },
		{ consumer, 2, 0, 20, ANOTHERS, "" },
		/* nobody knows what is in it */
		{ of_later, 0, -1, 0, NULL, "1@0 " LATER },
		{ of_later, 1, -1, 0, NULL, "7@0 " LATER },
	};

	check_rows(*state, rows, COUNT(rows), false);
}

/* One and seven are sealed, and have one commit each. */
static void what_is_sealed_is_repaired_too(void **state)
{
	static const struct row rows[] = {
		{ nothing, .found = "" },
		{ flipped, 0, -1, 30, NULL, "1@0 " HEADER },
		{ flipped, 0, 0, 30, NULL, "1@#0 " REST " 1-6",
		    "loss, " FROM_7 },
		{ flipped, 0, 0, 70, NULL, "1@#0 " FRAME " 1-6",
		    "loss, " FROM_7 },
		{ flipped, 0, 0, 6, NULL, "1@#0 " STALE },
		{ flipped, 0, END, 1, NULL, "1@end " REST },
		{ cut, 0, END, 0, NULL, "" },
		{ cut, 0, END, 5, NULL, "1@end " REST },
		{ cut, 0, 0, 70, NULL, "1@#0 " FRAME " 1-6", "loss, " FROM_7 },
		{ cut, 0, 0, 0, NULL, "1@#0 " AT_END " 1-6", "loss, " FROM_7 },
		{ removed, 1, 0, 0, NULL, "1@end " AT_END " 7-12",
		    "1, 2, 3, 4, 5, 6, loss, 13, 14, 15, 16" },
	};

	check_rows(*state, rows, COUNT(rows), true);
}

/* Whose lines these are is for somebody to say; times can be put right. */
static void what_is_not_in_its_place_is_found(void **state)
{
	static const struct row rows[] = {
		{ of_another, 0, .found = "1@0 " ANOTHER },
		{ of_another, 1, .found = "7@0 " ANOTHER },
		{ begun_early, 1, .found = "7@0 " EARLY },
		{ begun_early, 2, .found = "13@0 " EARLY },
	};
	struct spool spool = { .folder = *state };
	struct spool_verified verified;
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		bool foreign = rows[i].damage == of_another;

		spool_make(&spool, false);
		rows[i].damage(&spool, &rows[i]);
		assert_string_equal(
		    found_by(spool_verify, &spool, &verified), rows[i].found);
		found_by(spool_repair, &spool, &verified);
		assert_int_equal(verified.repaired, !foreign);
		found_by(spool_verify, &spool, &verified);
		assert_int_equal(verified.damaged, foreign);
	}
}

/* ---- a bit of each byte ---- */

/* Lines that are there, when each number is a line's or a loss's. */
static uint64_t count_lines(struct spool *spool)
{
	const struct spool_line *line;
	enum spool_status status;
	uint64_t n = 0;

	spool_seek(spool->reader, 1);
	while ((status = spool_next(spool->reader, &line)) != SPOOL_END) {
		assert_int_equal(status, SPOOL_LINE);
		n += line->seq != 0;
	}
	return n;
}

/* Of the last commit of all, nobody can say whether it was written whole. */
static void check_byte(
    struct spool *spool, const char *name, uint64_t at, bool last)
{
	struct spool_verified verified;
	uint64_t n;

	spool_make(spool, false);
	flip(folder_file(spool->folder, name), 8 * at + at % 8);
	found_by(spool_repair, spool, &verified);
	if (verified.damaged == 0 || verified.repaired != 1)
		fail_msg("%s, byte %d: %s", name, (int)at, spool->found);
	check_clean(spool);
	n = count_lines(spool);
	if (n + verified.lost != 16 && !(last && n == 14))
		fail_msg("%s, byte %d: %d lines, %s", name, (int)at, (int)n,
		    spool->found);
}

static void a_flipped_bit_is_found_wherever_it_is(void **state)
{
	struct spool spool = { .folder = *state };
	uint64_t at;

	spool.reader = reader_at(spool.folder->path);
	spool_make(&spool, false);
	for (at = 0; at < spool.layouts[0].end; at++)
		check_byte(&spool, ONE, at, false);
	for (at = 0; at < spool.layouts[2].end; at++)
		check_byte(&spool, LAST, at, at >= spool.layouts[2].commits[1]);
	spool_close(spool.reader);
}

/* ---- what is counted and kept ---- */

static void what_is_there_is_counted(void **state)
{
	struct spool spool = { .folder = *state };
	struct spool_verified verified;
	uint64_t bytes = 0;
	int i, sealed;

	for (sealed = 0; sealed < 2; sealed++) {
		spool_make(&spool, sealed);
		for (bytes = i = 0; i < 3; i++) {
			struct stat about;

			folder_file(spool.folder, names[i]);
			assert_int_equal(stat(spool.folder->file, &about), 0);
			bytes += (uint64_t)about.st_size;
		}
		found_by(spool_verify, &spool, &verified);
		assert_int_equal(verified.segments, 3);
		assert_int_equal(verified.sealed, sealed ? 2 : 0);
		assert_int_equal(verified.commits, sealed ? 4 : 8);
		assert_int_equal(verified.lines, 16);
		assert_int_equal(verified.bytes, bytes);
		assert_int_equal(verified.damaged, 0);
		assert_int_equal(verified.lost, 0);
	}
	flip(folder_file(spool.folder, ONE), 8 * 130);
	flip(folder_file(spool.folder, LAST), 8 * 20);
	found_by(spool_verify, &spool, &verified);
	assert_int_equal(verified.sealed, 2);
	assert_int_equal(verified.commits, 3);
	assert_int_equal(verified.lines, 10);
	assert_int_equal(verified.damaged, 2);
	assert_int_equal(verified.lost, 6);
}

static void verifying_touches_nothing(void **state)
{
	struct spool spool = { .folder = *state };
	struct spool_verified verified;
	size_t len, len_after;
	char *before, *after;
	int exit;

	spool_make(&spool, false);
	flip(folder_file(spool.folder, ONE), 8 * 100);
	flip(folder_file(spool.folder, LAST), 8 * 100);
	file_write(folder_file(spool.folder, ".repair"), "left", 4);
	sprintf(spool.found, "cd %s && ls -lAR && cat * .[a-z]* 2>&1",
	    spool.folder->path);
	before = printed_by(spool.found, &exit);
	len = strlen(before);
	found_by(spool_verify, &spool, &verified);
	assert_int_equal(verified.damaged, 2);
	sprintf(spool.found, "cd %s && ls -lAR && cat * .[a-z]* 2>&1",
	    spool.folder->path);
	after = printed_by(spool.found, &exit);
	len_after = strlen(after);
	assert_int_equal(len, len_after);
	assert_memory_equal(before, after, len);
	free(before);
	free(after);
}

static void each_damaged_one_is_kept(void **state)
{
	struct spool spool = { .folder = *state };
	struct spool_verified verified;
	char *damaged[3];
	size_t len[3];
	int i;

	spool_make(&spool, false);
	for (i = 0; i < 3; i++) {
		flip(folder_file(spool.folder, ONE), 8 * 100);
		damaged[i] = file_read(spool.folder->file, &len[i]);
		found_by(spool_repair, &spool, &verified);
		assert_int_equal(verified.repaired, 1);
	}
	for (i = 0; i < 3; i++) {
		char name[64], *bytes;
		size_t n;

		sprintf(
		    name, i == 0 ? ONE ".damaged" : ONE ".damaged.%d", i + 1);
		bytes = file_read(folder_file(spool.folder, name), &n);
		assert_int_equal(n, len[i]);
		assert_memory_equal(bytes, damaged[i], n);
		free(bytes);
		free(damaged[i]);
	}
	assert_int_equal(
	    access(folder_file(spool.folder, ONE ".damaged.4"), F_OK), -1);
}

/* ---- who else is there ---- */

static bool writer_taken(const char *folder)
{
	return spool_writer_open(folder, &settings) != NULL;
}

static bool upkeep_taken(const char *folder)
{
	struct upkeep upkeep;

	return upkeep_begin(&upkeep, &disk_real, folder) == 0;
}

static int repair(struct spool *spool, struct spool_verified *verified)
{
	spool->found[0] = spool->in[0] = '\0';
	errno = 0;
	return spool_repair(
	    spool->folder->path, &disk_real, found, spool, verified);
}

/* datelined runs: what it writes to stays, what is behind it does not. */
static void the_segment_that_grows_is_its_writers(void **state)
{
	struct spool spool = { .folder = *state };
	struct spool_verified verified;
	struct other other;
	char *last, *after;
	size_t len, len_after;

	spool.reader = reader_at(spool.folder->path);
	spool_make(&spool, false);
	flip(folder_file(spool.folder, ONE), 8 * 120);
	flip(folder_file(spool.folder, LAST), 8 * 120);
	last = file_read(spool.folder->file, &len);
	other = other_begin(spool.folder->path, writer_taken);
	assert_int_equal(repair(&spool, &verified), -1);
	assert_int_equal(errno, EWOULDBLOCK);
	assert_string_equal(
	    spool.found, "1@#0 " FRAME " 1-2, 13@#0 " FRAME " 13-14");
	assert_int_equal(verified.repaired, 1);
	after = file_read(folder_file(spool.folder, LAST), &len_after);
	assert_int_equal(len, len_after);
	assert_memory_equal(last, after, len);
	assert_int_equal(
	    access(folder_file(spool.folder, LAST ".damaged"), F_OK), -1);
	assert_string_equal(told_all(spool.reader),
	    "loss, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, damaged " LAST
	    "@56 13-14, 15, 16");
	other_end(&other);

	assert_int_equal(repair(&spool, &verified), 0);
	assert_int_equal(verified.repaired, 1);
	check_clean(&spool);
	assert_string_equal(told_all(spool.reader),
	    "loss, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, loss, 15, 16");
	free(last);
	free(after);
	spool_close(spool.reader);
}

/* What is behind its last commit may be one in the act. */
static void a_commit_in_the_act_is_no_damage(void **state)
{
	static const struct row rows[] = {
		{ nothing, .found = "" },
		{ pending, 2, 1, 0, NULL, "" },
		{ cut, 2, 1, 30, NULL, "" },
		{ cut, 2, 1, 5, NULL, "" },
		{ garbage, 2, END, 0, "a longer text", "" },
		{ consumer, 2, 0, 20, OURS, "" },
	};
	struct spool spool = { .folder = *state };
	struct spool_verified verified;
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		struct other other;

		spool_make(&spool, false);
		rows[i].damage(&spool, &rows[i]);
		other = other_begin(spool.folder->path, writer_taken);
		assert_string_equal(
		    found_by(spool_verify, &spool, &verified), rows[i].found);
		assert_string_equal(
		    found_by(spool_repair, &spool, &verified), rows[i].found);
		assert_int_equal(verified.repaired, 0);
		other_end(&other);
	}
}

static void one_repairs_at_a_time(void **state)
{
	struct spool spool = { .folder = *state };
	struct spool_verified verified;
	struct other other;

	spool_make(&spool, false);
	flip(folder_file(spool.folder, ONE), 8 * 120);
	other = other_begin(spool.folder->path, upkeep_taken);
	assert_int_equal(repair(&spool, &verified), -1);
	assert_int_equal(errno, EWOULDBLOCK);
	assert_string_equal(spool.found, "");
	found_by(spool_verify, &spool, &verified);
	assert_int_equal(verified.damaged, 1);
	other_end(&other);
	assert_int_equal(repair(&spool, &verified), 0);
	check_clean(&spool);
}

static void a_folder_without_a_spool_is_told(void **state)
{
	struct spool spool = { .folder = *state };
	struct spool_verified verified;
	static const char *const made[] = { NULL, "README", ".lock" };
	static const int errors[] = { EMEDIUMTYPE, EMEDIUMTYPE, 0 };
	size_t i;

	for (i = 0; i < COUNT(made); i++) {
		int done;

		if (made[i] != NULL)
			file_write(folder_file(spool.folder, made[i]), "", 0);
		done = spool_verify(
		    spool.folder->path, &disk_real, found, &spool, &verified);
		assert_int_equal(done, errors[i] == 0 ? 0 : -1);
		assert_true(done == 0 || errno == errors[i]);
	}
	folder_file(spool.folder, "none");
	assert_int_equal(spool_verify(spool.folder->file, &disk_real, found,
			     &spool, &verified),
	    -1);
	assert_int_equal(errno, ENOENT);
	assert_int_equal(spool_repair(spool.folder->file, &disk_real, found,
			     &spool, &verified),
	    -1);
	assert_int_equal(errno, ENOENT);
}

/* ---- the disk ---- */

/* While two segments are repaired: readers see what there was, or what there
   is then. */
static void a_failure_costs_no_line(void **state)
{
	static const struct fault faults[] = {
		{ "EIO", EIO, 1 },
		{ "ENOSPC", ENOSPC, 1 },
		{ "short write", .half = 1 },
		{ "killed", EIO, FOREVER },
	};
	struct spool spool = { .folder = *state };
	struct spool_verified verified;
	struct fake fake;
	size_t i;
	bool tried;

	spool.reader = reader_at(spool.folder->path);
	for (i = 0; i < COUNT(faults); i++) {
		int before = 0, done;

		do {
			spool_make(&spool, false);
			flip(folder_file(spool.folder, ONE), 8 * 120);
			flip(folder_file(spool.folder, LAST), 8 * 120);
			fake_begin(&fake);
			fake.fault = faults[i];
			fake.before = before++;
			done = spool_repair(spool.folder->path, &fake.disk,
			    found, &spool, &verified);
			tried = fake.done > fake.before;
			assert_true(tried || done == 0);
			assert_int_equal(repair(&spool, &verified), 0);
			check_clean(&spool);
			assert_string_equal(told_all(spool.reader),
			    "loss, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, loss, "
			    "15, 16");
		} while (tried);
		assert_true(before > 15);
	}
	spool_close(spool.reader);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(what_is_damaged_is_found_and_repaired),
		IN_FOLDER(what_is_sealed_is_repaired_too),
		IN_FOLDER(what_is_not_in_its_place_is_found),
		IN_FOLDER(a_flipped_bit_is_found_wherever_it_is),
		IN_FOLDER(what_is_there_is_counted),
		IN_FOLDER(verifying_touches_nothing),
		IN_FOLDER(each_damaged_one_is_kept),
		IN_FOLDER(the_segment_that_grows_is_its_writers),
		IN_FOLDER(a_commit_in_the_act_is_no_damage),
		IN_FOLDER(one_repairs_at_a_time),
		IN_FOLDER(a_folder_without_a_spool_is_told),
		IN_FOLDER(a_failure_costs_no_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
