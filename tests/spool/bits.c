/*
 * Every bit of a small segment, flipped, one after the other: it costs one
 * commit at most, that is told, it is found, and it is repaired.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <zstd.h>

#include "spool/consumer.h"
#include "spool/rewrite.h"
#include "spool/seal.h"
#include "spool/verify.h"
#include "tests/spool/told.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define ONE "00000000000000000001.jsonl.zst"
#define BEHIND "00000000000000000025.jsonl.zst"
#define COMMITS 20
#define LINES 24      /* in them: a commit has one or two */
#define NAME "reader" /* of a consumer */
#define SAMPLE 397    /* bits from one to the next that other tools see */
#define SAMPLES_MOST 100
#define SHOWN "tests/spool/shown.py"
#define NOON INT64_C(1793880000000)

/* Sanitizers take ten times as long: of every byte one bit, another each time.
 */
#if defined(__SANITIZE_ADDRESS__)
#define SLOW true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SLOW true
#endif
#endif
#ifndef SLOW
#define SLOW false
#endif

/* Numbers of lines, as bits. */
typedef uint64_t numbers;

static numbers numbers_of(uint64_t from, uint64_t to)
{
	numbers set = 0;

	assert_true(to < 64);
	for (; from <= to; from++)
		set |= UINT64_C(1) << from;
	return set;
}

struct commit {
	uint64_t at, frame, end; /* offsets */
	numbers lines;
};

/* A spool of one segment, and perhaps another one behind it. */
struct plan {
	struct folder *folder;
	struct spool_reader *reader;
	const char *name;
	bool last; /* it is the last segment: nothing is behind it */

	char *bytes, *behind;
	size_t len, behind_len;
	uint8_t uuid[16];
	struct commit commits[COMMITS];
	size_t n;
	uint64_t most; /* number of the last line */

	uint64_t bit; /* that is flipped */
	int fd;       /* of the segment */
	ZSTD_DCtx *zstd;

	numbers samples[SAMPLES_MOST];  /* lines that were shown of each */
	uint64_t sampled[SAMPLES_MOST]; /* bits */
	size_t n_samples;
};

#define CHECK(plan, what)                                           \
	if (!(what))                                                \
	fail_msg("%s, bit %d of byte %d: not so: %s", (plan)->name, \
	    (int)((plan)->bit % 8), (int)((plan)->bit / 8), #what)

/* ---- the spools ---- */

static int64_t clock_ticks(void)
{
	static int64_t now = NOON;

	return now += 1000;
}

/* Lines of a commit; the last one has two. */
static int lines_of(int commit)
{
	return commit % 5 == 4 ? 2 : 1;
}

static void commits_write(const char *folder, bool single)
{
	const struct spool_settings settings = { .segment_bytes = 1 << 20,
		.segment_age = INT64_MAX,
		.now = clock_ticks };
	struct spool_writer *writer = writer_at(folder, &settings);
	int i;

	for (i = 0; i < (single ? LINES : COMMITS); i++)
		assert_int_equal(
		    write_lines(writer, single ? 1 : lines_of(i)), 0);
	assert_int_equal(spool_writer_next(writer), LINES + 1);
	spool_writer_close(writer);
}

/* In a segment of its own. */
static void successor_write(const char *folder)
{
	const struct spool_settings settings = {
		.segment_bytes = 1, .segment_age = INT64_MAX, .now = clock_ticks
	};
	struct spool_writer *writer = writer_at(folder, &settings);

	assert_int_equal(write_lines(writer, 1), 0);
	spool_writer_close(writer);
}

static void make_live(const char *folder)
{
	commits_write(folder, false);
}

static void make_followed(const char *folder)
{
	commits_write(folder, false);
	successor_write(folder);
}

/* Commits of one line become as many as the others have. */
static void commits_gather(struct rewrite *to, int fd)
{
	struct step step = { .next = SEGMENT_HEADER };
	struct frame_in in = { 0 };
	char lines[512];
	int i, k;

	for (i = 0; i < COMMITS; i++) {
		uint64_t first = 0;
		size_t len = 0;

		for (k = 0; k < lines_of(i); k++) {
			assert_int_equal(
			    segment_step(&disk_real, fd, step.next, &step),
			    FOUND_COMMIT);
			assert_int_equal(frame_read(&in, &disk_real, fd,
					     step.at, &step.mark),
			    0);
			memcpy(lines + len, in.lines, in.len);
			len += in.len;
			first = k == 0 ? step.mark.first : first;
		}
		step.mark.first = first;
		assert_int_equal(rewrite_commit(to, &step.mark, lines, len), 0);
	}
	frame_in_free(&in);
}

/* As sealing does it, but for its frames, which would be one for all. */
static void make_sealed(const char *folder)
{
	int dir = open(folder, O_RDONLY | O_DIRECTORY), fd;
	struct rewrite to;
	struct header header;

	commits_write(folder, true);
	successor_write(folder);
	fd = openat(dir, ONE, O_RDONLY);
	assert_int_equal(header_read(&disk_real, fd, &header), 0);
	assert_int_equal(
	    rewrite_begin(&to, &disk_real, dir, ".sealing", &header, 12), 0);
	commits_gather(&to, fd);
	assert_int_equal(rewrite_index(&to), 0);
	assert_int_equal(rewrite_sync(&to), 0);
	assert_int_equal(rewrite_take(&to, ONE), 0);
	rewrite_drop(&to);
	close(fd);
	close(dir);
}

static void make_sealed_in_one(const char *folder)
{
	struct spool_sealed sealed;

	make_followed(folder);
	assert_int_equal(spool_seal(folder, &disk_real, &sealed), 0);
	assert_int_equal(sealed.segments, 1);
}

/* Where the commits are; a sealed segment has fewer, and lines of others. */
static void plan_look(struct plan *plan)
{
	int fd = open(folder_file(plan->folder, ONE), O_RDONLY);
	struct step step = { .next = SEGMENT_HEADER };
	struct header header;

	assert_int_equal(header_read(&disk_real, fd, &header), 0);
	memcpy(plan->uuid, header.uuid, sizeof(plan->uuid));
	while (segment_step(&disk_real, fd, step.next, &step) == FOUND_COMMIT) {
		assert_true(plan->n < COMMITS);
		plan->commits[plan->n++] = (struct commit){ .at = step.at,
			.frame = step.at + mark_size(&step.mark),
			.end = step.next,
			.lines =
			    numbers_of(step.mark.first, step.mark.next - 1) };
	}
	close(fd);
}

static void plan_make(struct plan *plan, struct folder *folder,
    const char *name, void (*make)(const char *folder))
{
	*plan = (struct plan){ .folder = folder, .name = name };
	make(folder->path);
	plan->bytes = file_read(folder_file(folder, ONE), &plan->len);
	plan->last = access(folder_file(folder, BEHIND), R_OK) != 0;
	if (!plan->last)
		plan->behind =
		    file_read(folder_file(folder, BEHIND), &plan->behind_len);
	plan->most = plan->last ? LINES : LINES + 1;
	plan_look(plan);
	plan->reader = spool_open(folder->path);
	assert_non_null(plan->reader);
	plan->zstd = ZSTD_createDCtx();
	mkdir(folder_file(folder, CONSUMER_FOLDER), 0755);
	plan->fd = open(folder_file(folder, ONE), O_RDWR);
	assert_true(plan->fd >= 0);
}

static void plan_free(struct plan *plan)
{
	close(plan->fd);
	spool_close(plan->reader);
	ZSTD_freeDCtx(plan->zstd);
	free(plan->bytes);
	free(plan->behind);
}

/* ---- what is flipped ---- */

/* The commit that it is in; NULL: it is in the header or the index. */
static const struct commit *commit_hit(const struct plan *plan)
{
	size_t i;

	for (i = 0; i < plan->n; i++) {
		if (plan->bit / 8 >= plan->commits[i].at &&
		    plan->bit / 8 < plan->commits[i].end)
			return &plan->commits[i];
	}
	return NULL;
}

/* In the header, the commit or the index that is hit. */
static bool is_place_hit(const struct plan *plan, uint64_t offset)
{
	const struct commit *hit = commit_hit(plan);

	if (hit != NULL)
		return offset >= hit->at && offset <= hit->frame;
	if (plan->bit / 8 < SEGMENT_HEADER)
		return offset == 0;
	return offset >= plan->commits[plan->n - 1].end;
}

/* Nobody can tell its loss from a commit in the act. */
static bool last_is_hit(const struct plan *plan)
{
	return plan->last && commit_hit(plan) == &plan->commits[plan->n - 1];
}

static void bit_set(struct plan *plan, bool flipped)
{
	char byte = plan->bytes[plan->bit / 8];

	if (flipped)
		byte = (char)(byte ^ 1 << plan->bit % 8);
	assert_int_equal(pwrite(plan->fd, &byte, 1, (off_t)(plan->bit / 8)), 1);
}

/* The spool as it was, but for the bit. */
static void spool_restore(struct plan *plan)
{
	struct folder *folder = plan->folder;

	folder_empty(folder);
	close(plan->fd);
	file_write(folder_file(folder, ONE), plan->bytes, plan->len);
	plan->fd = open(folder->file, O_RDWR);
	bit_set(plan, true);
	if (!plan->last)
		file_write(folder_file(folder, BEHIND), plan->behind,
		    plan->behind_len);
}

static void consumer_write(struct plan *plan, uint64_t acked)
{
	struct position position = { .seq = acked, .acked = NOON };
	char text[CONSUMER_TEXT];

	memcpy(position.uuid, plan->uuid, sizeof(position.uuid));
	position_put(text, &position);
	file_write(folder_file(plan->folder, CONSUMER_FOLDER "/" NAME), text,
	    strlen(text));
}

/* ---- what readers are told ---- */

struct seen {
	numbers lines, losses;
	numbers gone; /* told as damage or as a gap */
};

static uint64_t number_in(const char *text, const char *name)
{
	const char *at = strstr(text, name);

	assert_non_null(at);
	return strtoull(at + strlen(name), NULL, 10);
}

static void line_seen(
    struct plan *plan, struct seen *seen, const struct spool_line *line)
{
	if (line->seq == 0) {
		seen->losses |= numbers_of(number_in(line->text, "\"from\":"),
		    number_in(line->text, "\"to\":"));
		return;
	}
	CHECK(plan, seen->lines < UINT64_C(1) << line->seq);
	CHECK(plan, number_in(line->text, "\"seq\":") == line->seq);
	CHECK(plan, number_in(line->text, "\"n\":") == line->seq);
	seen->lines |= UINT64_C(1) << line->seq;
}

/* Where lines are gone, the place is that of their commit. */
static void damage_seen(
    struct plan *plan, struct seen *seen, const struct spool_line *line)
{
	const struct commit *hit = commit_hit(plan);

	CHECK(plan, strcmp(line->file, ONE) == 0);
	if (line->from > line->to)
		return;
	CHECK(plan, hit != NULL && is_place_hit(plan, line->offset));
	seen->gone |= numbers_of(line->from, line->to);
}

static struct seen read_from(struct plan *plan, uint64_t seq)
{
	const struct spool_line *line;
	enum spool_status status;
	struct seen seen = { 0 };

	spool_seek(plan->reader, seq);
	while ((status = spool_next(plan->reader, &line)) != SPOOL_END) {
		switch (status) {
		case SPOOL_LINE: line_seen(plan, &seen, line); break;
		case SPOOL_DAMAGED: damage_seen(plan, &seen, line); break;
		case SPOOL_GAP:
			seen.gone |= numbers_of(line->from, line->to);
			break;
		default: CHECK(plan, status != SPOOL_ERROR);
		}
	}
	return seen;
}

/* All lines are there, or all but those of one commit, and that is told. */
static numbers check_reading(struct plan *plan)
{
	const struct commit *hit = commit_hit(plan);
	const struct seen seen = read_from(plan, 1);
	const numbers all = numbers_of(1, plan->most);

	if (seen.lines != all)
		CHECK(plan, hit != NULL && seen.lines == (all & ~hit->lines));
	if (seen.gone != (all & ~seen.lines))
		CHECK(plan, last_is_hit(plan) && seen.gone == 0);
	return seen.lines;
}

/* ---- what is found ---- */

struct finds {
	struct plan *plan;
	bool any, damage; /* also a note */
	numbers gone;
};

static void finding_told(void *whose, const struct spool_finding *finding)
{
	struct finds *found = whose;

	if (strcmp(finding->file, ONE) != 0)
		return;
	if (!found->any)
		CHECK(found->plan, is_place_hit(found->plan, finding->offset));
	found->any = true;
	found->damage |= !finding->note;
	if (finding->to >= finding->from)
		found->gone |= numbers_of(finding->from, finding->to);
}

/* The size of a last mark may say just what it says before it is published. */
static void check_finding(struct plan *plan, numbers lines)
{
	const numbers gone = numbers_of(1, plan->most) & ~lines;
	struct finds found = { .plan = plan };
	struct spool_verified verified;

	CHECK(plan,
	    spool_verify(plan->folder->path, &disk_real, finding_told, &found,
		&verified) == 0);
	CHECK(plan, found.any);
	CHECK(plan, found.damage || last_is_hit(plan));
	CHECK(plan, (verified.damaged > 0) == found.damage);
	CHECK(plan, found.gone == gone || last_is_hit(plan));
}

/* ---- what is repaired ---- */

static void finding_ignored(void *whose, const struct spool_finding *finding)
{
	(void)whose, (void)finding;
}

/* What zstdcat(1) prints of a file is added to a text. */
static size_t zstdcat(
    const char *path, ZSTD_DCtx *zstd, char *text, size_t len, size_t room)
{
	ZSTD_inBuffer in = { 0 };
	ZSTD_outBuffer out = { text, room, len };
	char *bytes = file_read(path, &in.size);

	in.src = bytes;
	ZSTD_DCtx_reset(zstd, ZSTD_reset_session_only);
	while (in.pos < in.size)
		assert_false(
		    ZSTD_isError(ZSTD_decompressStream(zstd, &out, &in)));
	free(bytes);
	return out.pos;
}

/* What all other tools for zstd see is what readers see. */
static void check_zstd(struct plan *plan)
{
	static const char *const names[] = { ONE, BEHIND };
	const struct spool_line *line;
	enum spool_status status;
	char text[8192], *at = text;
	size_t len = 0, i;

	for (i = 0; i < (plan->last ? 1 : COUNT(names)); i++)
		len = zstdcat(folder_file(plan->folder, names[i]), plan->zstd,
		    text, len, sizeof(text));
	spool_seek(plan->reader, 1);
	while ((status = spool_next(plan->reader, &line)) != SPOOL_END) {
		CHECK(plan, status == SPOOL_LINE);
		CHECK(plan, strncmp(at, line->text, line->len) == 0);
		at += line->len + 1;
	}
	CHECK(plan, at == text + len);
}

static void check_repaired(struct plan *plan, numbers lines, uint64_t acked)
{
	const char *folder = plan->folder->path;
	const numbers all = numbers_of(1, plan->most);
	struct spool_verified verified;
	struct seen seen;

	CHECK(plan,
	    spool_verify(
		folder, &disk_real, finding_ignored, NULL, &verified) == 0);
	CHECK(plan, verified.damaged == 0);
	seen = read_from(plan, 1);
	CHECK(plan, (seen.lines & lines) == lines);
	CHECK(plan, seen.gone == 0 && (seen.lines & seen.losses) == 0);
	/* Of the last commit only consumers know that it was there. */
	if ((seen.lines | seen.losses) != all)
		CHECK(plan, last_is_hit(plan) && acked < plan->most);
	check_zstd(plan);
}

/* What was there is kept. */
static void check_kept(struct plan *plan)
{
	size_t len;
	char *kept = file_read(folder_file(plan->folder, ONE ".damaged"), &len);

	CHECK(plan, len == plan->len);
	kept[plan->bit / 8] = (char)(kept[plan->bit / 8] ^ 1 << plan->bit % 8);
	CHECK(plan, memcmp(kept, plan->bytes, len) == 0);
	free(kept);
}

/* ---- and afterwards ---- */

/* The daemon's state knows of all lines, or there is none any more. */
static uint64_t lines_append(struct plan *plan, bool state)
{
	char uuid[37];
	const struct spool_settings settings = { .segment_bytes = 1 << 20,
		.segment_age = INT64_MAX,
		.now = clock_ticks };
	struct spool_writer *writer = writer_at(plan->folder->path, &settings);
	uint64_t first;

	uuid_text(uuid, plan->uuid);
	if (state)
		assert_int_equal(
		    spool_resume(writer, plan->most + 1, uuid, "a crash"), 0);
	first = spool_writer_next(writer);
	assert_int_equal(write_lines(writer, 2), 0);
	spool_writer_close(writer);
	return first;
}

/* A consumer goes on with just the lines behind what it had. */
static void check_consumer(
    struct plan *plan, numbers lines, uint64_t acked, uint64_t first)
{
	struct spool_consumer *consumer =
	    spool_consumer_open(plan->folder->path, NAME);
	struct seen seen;

	CHECK(plan, consumer != NULL);
	CHECK(plan, spool_consumer_next(consumer) == acked + 1);
	seen = read_from(plan, spool_consumer_next(consumer));
	spool_consumer_close(consumer);
	lines |= numbers_of(first, first + 1);
	CHECK(plan, seen.lines == (lines & ~numbers_of(0, acked)));
	CHECK(plan, seen.gone == 0);
}

static void check_repair(struct plan *plan, numbers lines, uint64_t acked)
{
	struct spool_verified verified;
	struct seen repaired;
	bool state = plan->bit % 2 == 0;
	uint64_t first;

	consumer_write(plan, acked);
	CHECK(plan,
	    spool_repair(plan->folder->path, &disk_real, finding_ignored, NULL,
		&verified) == 0);
	check_repaired(plan, lines, acked);
	if (verified.repaired > 0)
		check_kept(plan);
	if (state && acked == 0)
		check_zstdcat(plan->folder, plan->reader);
	repaired = read_from(plan, 1);
	first = lines_append(plan, state);
	CHECK(plan, first > acked);
	CHECK(plan, UINT64_C(1) << first > repaired.lines);
	if (state)
		CHECK(plan, first == plan->most + 1);
	check_consumer(plan, repaired.lines, acked, first);
	unlink(folder_file(plan->folder, CONSUMER_FOLDER "/" NAME));
	spool_restore(plan);
}

/* Nothing is repaired, and the daemon starts: it goes on, and what was read
   before is read after it. */
static void check_start(struct plan *plan, numbers lines)
{
	const uint64_t first = lines_append(plan, true);
	const numbers added = numbers_of(first, first + 1);
	const numbers all = numbers_of(1, plan->most);
	const struct seen seen = read_from(plan, 1);

	CHECK(plan, first == plan->most + 1);
	CHECK(plan, (seen.lines & (lines | added)) == (lines | added));
	CHECK(plan, (seen.lines | seen.losses | seen.gone) == (all | added));
	spool_restore(plan);
}

/* ---- a reader in another language ---- */

static void sample_put(
    struct plan *plan, const char *name, const char *bytes, size_t len)
{
	char path[128];

	snprintf(path, sizeof(path), "samples/%zu/%s", plan->n_samples, name);
	file_write(folder_file(plan->folder, path), bytes, len);
}

/* Kept for later: starting Python takes long. */
static void sample_keep(struct plan *plan, numbers lines)
{
	char path[64];

	assert_true(plan->n_samples < SAMPLES_MOST);
	mkdir(folder_file(plan->folder, "samples"), 0755);
	snprintf(path, sizeof(path), "samples/%zu", plan->n_samples);
	assert_int_equal(mkdir(folder_file(plan->folder, path), 0755), 0);
	plan->bytes[plan->bit / 8] ^= (char)(1 << plan->bit % 8);
	sample_put(plan, ONE, plan->bytes, plan->len);
	plan->bytes[plan->bit / 8] ^= (char)(1 << plan->bit % 8);
	if (!plan->last)
		sample_put(plan, BEHIND, plan->behind, plan->behind_len);
	plan->sampled[plan->n_samples] = plan->bit;
	plan->samples[plan->n_samples++] = lines;
}

static void check_samples(struct plan *plan)
{
	char command[256], *shown, *at;
	int status;
	size_t i;

	snprintf(command, sizeof(command), "python3 " SHOWN " %s/samples %zu",
	    plan->folder->path, plan->n_samples);
	at = shown = printed_by(command, &status);
	assert_int_equal(status, 0);
	for (i = 0; i < plan->n_samples; i++) {
		numbers lines = 0;

		for (; *at != '\n'; at += strspn(at, " "))
			lines |= UINT64_C(1) << strtoull(at, &at, 10);
		at++;
		plan->bit = plan->sampled[i];
		CHECK(plan, lines == plan->samples[i]);
	}
	free(shown);
}

/* ---- every bit ---- */

/* Of each byte one bit, another one each time. */
static bool is_turn(const struct plan *plan)
{
	return plan->bit % 8 == plan->bit / 16 % 8;
}

static void check_bits(
    void **state, const char *name, void (*make)(const char *folder))
{
	struct plan plan;
	uint64_t turn = 0;
	numbers lines;

	plan_make(&plan, *state, name, make);
	for (plan.bit = 0; plan.bit < 8 * plan.len; plan.bit++) {
		if (SLOW && !is_turn(&plan))
			continue;
		bit_set(&plan, true);
		lines = check_reading(&plan);
		check_finding(&plan, lines);
		if (plan.bit % SAMPLE == 0)
			sample_keep(&plan, lines);
		if (is_turn(&plan) && plan.bit / 8 % 2 == 0)
			check_repair(&plan, lines, turn++ % (plan.most + 1));
		else if (is_turn(&plan))
			check_start(&plan, lines);
		bit_set(&plan, false);
	}
	if (access("spool/reader.py", R_OK) == 0)
		check_samples(&plan);
	plan_free(&plan);
}

static void a_bit_of_the_last_segment_costs_one_commit(void **state)
{
	check_bits(state, "live", make_live);
}

static void a_bit_before_a_successor_costs_one_commit(void **state)
{
	check_bits(state, "followed", make_followed);
}

static void a_bit_of_a_sealed_segment_costs_one_frame(void **state)
{
	check_bits(state, "sealed", make_sealed);
}

static void a_bit_of_what_was_sealed_costs_one_frame(void **state)
{
	check_bits(state, "sealed in one", make_sealed_in_one);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(a_bit_of_the_last_segment_costs_one_commit),
		IN_FOLDER(a_bit_before_a_successor_costs_one_commit),
		IN_FOLDER(a_bit_of_a_sealed_segment_costs_one_frame),
		IN_FOLDER(a_bit_of_what_was_sealed_costs_one_frame),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
