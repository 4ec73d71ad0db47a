/*
 * The spool against a model of it: steps at random, and each answer compared.
 * STEPS and SEED in the environment say how many, and which.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <zlib.h>

#include "spool/lock.h"
#include "spool/retention.h"
#include "spool/seal.h"
#include "spool/spool.h"
#include "spool/verify.h"
#include "spool/writer.h"
#include "tests/folder.h"
#include "tests/spool/model.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define BEGIN 1793863203311 /* milliseconds since 1970 */
#define SECOND 1000
#define HOUR (3600 * (int64_t)SECOND)
#define N_READERS 4
#define NOTES 30     /* steps that are told when one fails */
#define ENOUGH 20000 /* steps, for every kind to come */
#define LIVE_MOST 24 /* segments, so that a step stays cheap */
#define CONSUMERS "consumers"
#define A16 "aaaaaaaaaaaaaaaa"
#define LONGEST (A16 A16 A16 A16) /* name of a consumer */
#define TOO_LONG (A16 A16 A16 A16 "a")

/* All kinds of answers, each of which must come. */
enum kind {
	A_LINE,
	A_LOSS,
	A_GAP,
	AN_END,
	A_LINE_OF_A_SEALED_SEGMENT,
	A_LINE_OF_A_REMOVED_SEGMENT,
	A_LINE_BY_TIME,
	AN_END_BY_TIME,
	FULL_OF_BYTES,
	FULL_OF_AGE,
	CLOCK_BEHIND,
	CUT,
	LOST,
	LOST_TO_A_CONSUMER,
	SEALED,
	NOTHING_TO_SEAL,
	REMOVED,
	NOTHING_TO_REMOVE,
	KEPT_FOR_A_CONSUMER,
	NEW_CONSUMER,
	OLD_CONSUMER,
	CONSUMER_HELD,
	CONSUMER_BACK,
	NAME_BAD,
	POSITION_DAMAGED,
	POSITION_LATER,
	POSITION_STALE,
	POSITION_BEYOND,
	WRITER_BUSY,
	UPKEEP_BUSY,
	WOKEN,
	NO_SPOOL,
	N_KINDS
};

static const char *const kinds[N_KINDS] = {
	[A_LINE] = "a line",
	[A_LOSS] = "a loss",
	[A_GAP] = "a gap",
	[AN_END] = "an end",
	[A_LINE_OF_A_SEALED_SEGMENT] = "a line of a sealed segment",
	[A_LINE_OF_A_REMOVED_SEGMENT] = "a line of a removed segment",
	[A_LINE_BY_TIME] = "a line by time",
	[AN_END_BY_TIME] = "an end by time",
	[FULL_OF_BYTES] = "full of bytes",
	[FULL_OF_AGE] = "full of age",
	[CLOCK_BEHIND] = "the clock behind",
	[CUT] = "cut",
	[LOST] = "lost",
	[LOST_TO_A_CONSUMER] = "lost to a consumer",
	[SEALED] = "sealed",
	[NOTHING_TO_SEAL] = "nothing to seal",
	[REMOVED] = "removed",
	[NOTHING_TO_REMOVE] = "nothing to remove",
	[KEPT_FOR_A_CONSUMER] = "kept for a consumer",
	[NEW_CONSUMER] = "a new consumer",
	[OLD_CONSUMER] = "an old consumer",
	[CONSUMER_HELD] = "a consumer held",
	[CONSUMER_BACK] = "a consumer back",
	[NAME_BAD] = "a bad name",
	[POSITION_DAMAGED] = "a position damaged",
	[POSITION_LATER] = "a position of a later version",
	[POSITION_STALE] = "a position stale",
	[POSITION_BEYOND] = "a position beyond",
	[WRITER_BUSY] = "a writer busy",
	[UPKEEP_BUSY] = "upkeep busy",
	[WOKEN] = "woken",
	[NO_SPOOL] = "no spool",
};

struct follower {
	struct spool_reader *reader;
	struct place place;
};

struct taker { /* a consumer */
	const char *name;
	struct spool_consumer *consumer; /* while we hold it */
	bool placed;
	uint64_t seq;
};

struct trial {
	struct model model;
	struct folder *folder;
	struct disk disk;
	struct spool_settings settings;
	struct spool_writer *writer;
	char uuid[37];
	struct follower followers[N_READERS];
	struct taker takers[4];
	uint64_t seed, random;
	uint64_t free; /* bytes of the disk, as it says */
	unsigned long step, kinds[N_KINDS];
	char notes[NOTES][256];
	char text[FILLING_MOST + 256];
};

/* The clock has no place to keep its time in. */
static int64_t now;

static int64_t clock_now(void)
{
	return now;
}

static int no_sync(void *whose, int fd)
{
	(void)whose, (void)fd;
	return 0;
}

static int some_space(void *whose, int folder, uint64_t *bytes)
{
	const struct trial *trial = whose;

	(void)folder;
	*bytes = trial->free;
	return 0;
}

/* ---- chance, and what has been done ---- */

static uint64_t below(struct trial *trial, uint64_t most)
{
	trial->random ^= trial->random << 13;
	trial->random ^= trial->random >> 7;
	trial->random ^= trial->random << 17;
	return (trial->random * 0x2545F4914F6CDD1Du >> 16) % most;
}

static bool one_in(struct trial *trial, uint64_t many)
{
	return below(trial, many) == 0;
}

/* A number of any magnitude, up to one. */
static uint64_t any(struct trial *trial, uint64_t most)
{
	uint64_t bits = 1;

	while (bits < most && !one_in(trial, 8))
		bits *= 2;
	return below(trial, bits < most ? bits : most);
}

__attribute__((format(printf, 2, 3))) static void note(
    struct trial *trial, const char *format, ...)
{
	char *text = trial->notes[trial->step % NOTES];
	size_t len = strlen(text);
	va_list list;

	va_start(list, format);
	vsnprintf(text + len, sizeof(trial->notes[0]) - len, format, list);
	va_end(list);
}

__attribute__((format(printf, 2, 3))) static void wrong(
    struct trial *trial, const char *format, ...)
{
	unsigned long i = trial->step >= NOTES ? trial->step - NOTES + 1 : 0;
	va_list list;

	for (; i <= trial->step; i++)
		print_error("%lu: %s\n", i, trial->notes[i % NOTES]);
	va_start(list, format);
	vprint_error(format, list);
	va_end(list);
	fail_msg("SEED=%" PRIu64 " STEPS=%lu", trial->seed, trial->step + 1);
}

#define SO(trial, what)                                                   \
	if (!(what))                                                      \
	wrong(trial, "%s:%d: not so: %s, errno %d\n", __func__, __LINE__, \
	    #what, errno)

static void count(struct trial *trial, enum kind kind)
{
	trial->kinds[kind]++;
}

/* ---- writing ---- */

static const char *segment_path(const struct trial *trial, uint64_t first)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%020" PRIu64 ".jsonl.zst",
	    trial->folder->path, first);
	return path;
}

static uint64_t segment_bytes(struct trial *trial, size_t segment)
{
	uint64_t first = trial->model.segments[segment].first;
	struct stat about;

	SO(trial, stat(segment_path(trial, first), &about) == 0);
	return (uint64_t)about.st_size;
}

/* What the next commit does to the model's segments. */
static void rotate_if_full(struct trial *trial)
{
	struct model *model = &trial->model;
	const struct spool_settings *settings = &trial->settings;
	uint64_t bytes = 0;

	if (model->n_segments > 0)
		bytes = segment_bytes(trial, model->n_segments - 1);
	if (model_full(model, bytes, settings->segment_bytes, now,
		settings->segment_age)) {
		if (model->n_segments > 0)
			count(trial,
			    bytes >= settings->segment_bytes ? FULL_OF_BYTES
							     : FULL_OF_AGE);
		model_rotate(model, now);
	}
	if (now < model->time)
		count(trial, CLOCK_BEHIND);
	model->time = model_time(model, now);
}

static void check_segment(struct trial *trial)
{
	const struct model *model = &trial->model;
	uint64_t first = model->segments[model->n_segments - 1].first;
	uint64_t next = model->next;
	char uuid[37];

	spool_writer_uuid(trial->writer, uuid);
	if (trial->uuid[0] == '\0')
		strcpy(trial->uuid, uuid); /* with its first segment */
	SO(trial, strcmp(uuid, trial->uuid) == 0);
	SO(trial, spool_writer_next(trial->writer) == next);
	SO(trial, spool_writer_segment(trial->writer) == first);
	SO(trial, access(segment_path(trial, first), F_OK) == 0);
	SO(trial, access(segment_path(trial, next), F_OK) != 0);
}

/* A commit of so many lines, with fillings below `most`. */
static void append_lines(struct trial *trial, uint64_t n, uint64_t most)
{
	struct spool_batch batch = { 0 };
	uint64_t next = trial->model.next, first = 0;

	note(trial, " %" PRIu64 " lines from %" PRIu64, n, next);
	rotate_if_full(trial);
	while (n-- > 0) {
		uint64_t seq = trial->model.next;
		uint32_t filling = (uint32_t)below(trial, most);

		model_json(trial->text, seq, filling);
		spool_add(&batch, trial->text, strlen(trial->text));
		model_add(&trial->model, seq, filling, NULL);
	}
	SO(trial, spool_write(trial->writer, &batch, &first) == 0);
	SO(trial, first == next);
	spool_batch_free(&batch);
	check_segment(trial);
}

static void append(struct trial *trial)
{
	append_lines(trial, 1 + below(trial, one_in(trial, 4) ? 20 : 3),
	    1 + (one_in(trial, 30) ? any(trial, 12000) : 60));
}

/* Sealing makes more than one commit of a segment with such. */
static void append_much(struct trial *trial)
{
	append_lines(trial, 10 + below(trial, 10), FILLING_MOST);
}

static void clock_moves(struct trial *trial)
{
	int64_t by = (int64_t)any(trial, HOUR);

	if (one_in(trial, 4))
		by = -by;
	now += by;
	note(trial, " by %" PRId64, by);
}

/* A writer that knows more than the spool writes a loss. */
static void lose(struct trial *trial, uint64_t next, const char *why)
{
	if (next <= trial->model.next)
		return;
	note(trial, ", lost up to %" PRIu64, next - 1);
	rotate_if_full(trial);
	model_add(&trial->model, next - 1, 0, why);
}

/* What the state knows is more than what the spool has, or not. */
static void state_resumes(struct trial *trial)
{
	uint64_t next = below(trial, trial->model.next + 1);

	if (one_in(trial, 3)) {
		next = trial->model.next + 1 + below(trial, 12);
		count(trial, LOST);
	}
	lose(trial, next, "a test");
	SO(trial, spool_resume(trial->writer, next, NULL, "a test") == 0);
}

static void writer_starts(struct trial *trial, uint64_t cut, uint64_t known)
{
	struct spool_recovered found;

	trial->settings.segment_bytes = 400 + any(trial, 12000);
	trial->settings.segment_age = SECOND + (int64_t)any(trial, HOUR);
	trial->writer =
	    spool_writer_open(trial->folder->path, &trial->settings);
	SO(trial, trial->writer != NULL);
	lose(trial, known, "lines that a consumer had are not in the spool");
	SO(trial, spool_recover(trial->writer, &found) == 0);
	SO(trial, found.next == trial->model.next);
	SO(trial, found.published == 0);
	SO(trial, found.cut == cut);
	SO(trial, strcmp(found.uuid, trial->uuid) == 0);
	state_resumes(trial);
	if (trial->model.n_segments > 0)
		check_segment(trial);
}

/* Bytes that no commit begins with, at the end of the last segment. */
static uint64_t tear(struct trial *trial)
{
	const struct model *model = &trial->model;
	uint8_t bytes[100];
	size_t i, n = 1 + below(trial, sizeof(bytes));
	int fd;

	if (model->n_segments == 0)
		return 0;
	for (i = 0; i < n; i++)
		bytes[i] = (uint8_t)(0x80 | below(trial, 128));
	fd = open(
	    segment_path(trial, model->segments[model->n_segments - 1].first),
	    O_WRONLY | O_APPEND);
	SO(trial, write(fd, bytes, n) == (ssize_t)n);
	close(fd);
	note(trial, ", %zu bytes torn", n);
	count(trial, CUT);
	return n;
}

static void restart(struct trial *trial)
{
	spool_writer_close(trial->writer);
	writer_starts(trial, one_in(trial, 2) ? tear(trial) : 0, 0);
}

static void second_writer(struct trial *trial)
{
	SO(trial,
	    spool_writer_open(trial->folder->path, &trial->settings) == NULL);
	SO(trial, errno == EWOULDBLOCK);
	count(trial, WRITER_BUSY);
}

/* ---- reading ---- */

static struct follower *any_follower(struct trial *trial)
{
	size_t i = below(trial, N_READERS);

	note(trial, " %zu", i);
	return &trial->followers[i];
}

static void follower_opens(struct trial *trial, struct follower *follower)
{
	follower->reader = spool_open(trial->folder->path);
	SO(trial, follower->reader != NULL);
	follower->place =
	    (struct place){ .since = INT64_MIN, .held = NONE, .perhaps = NONE };
}

static void reader_opens(struct trial *trial)
{
	struct follower *follower = any_follower(trial);

	spool_close(follower->reader);
	follower_opens(trial, follower);
}

static void seek(struct trial *trial)
{
	struct follower *follower = any_follower(trial);
	uint64_t next = trial->model.next, oldest = model_oldest(&trial->model);
	uint64_t seqs[] = { 0, 1, oldest, next, UINT64_MAX,
		below(trial, next + 1), next + below(trial, 40),
		next - any(trial, next) };
	size_t i = below(trial, 2 * COUNT(seqs));
	uint64_t seq = i < COUNT(seqs)
	    ? seqs[i]
	    : oldest + below(trial, next - oldest + 1);

	note(trial, " to %" PRIu64, seq);
	spool_seek(follower->reader, seq);
	place_seek(&follower->place, seq > 0 ? seq : 1, 0);
}

/* About that of a line, or one at which there is none. */
static int64_t any_time(struct trial *trial)
{
	const struct model *model = &trial->model;
	const int64_t far[] = { INT64_MIN, -1, 0, INT64_MAX,
		now + (int64_t)any(trial, HOUR) };
	size_t i;

	if (model->n_lines == 0 || one_in(trial, 4))
		return far[below(trial, COUNT(far))];
	i = model->n_lines - 1 - any(trial, model->n_lines);
	return model->lines[i].time + (int64_t)below(trial, 3) - 1;
}

static void seek_time(struct trial *trial)
{
	struct follower *follower = any_follower(trial);
	int64_t time = any_time(trial);

	note(trial, " to %" PRId64, time);
	spool_seek_time(follower->reader, time);
	place_seek(&follower->place, 0, time);
}

/* A line that the model has told, as the reader tells it. */
static bool is_line(
    struct trial *trial, size_t index, const struct spool_line *told)
{
	const struct known_line *line = &trial->model.lines[index];

	model_text(trial->text, line);
	return told->seq == (line->why == NULL ? line->first : 0) &&
	    told->len == strlen(trial->text) &&
	    strcmp(told->text, trial->text) == 0;
}

static bool is_right(struct trial *trial, const struct told_one *right,
    enum spool_status status, const struct spool_line *told)
{
	switch (right->told) {
	case TOLD_LINE:
		return status == SPOOL_LINE &&
		    is_line(trial, right->line, told);
	case TOLD_GAP:
		return status == SPOOL_GAP && told->from == right->from &&
		    told->to == right->to;
	default: return status == SPOOL_END;
	}
}

static void count_told(
    struct trial *trial, const struct place *place, const struct told_one *told)
{
	static const enum kind counted[] = { A_LINE, A_GAP, AN_END };
	const struct model *model = &trial->model;
	size_t segment = model_segment(model, told->line);
	bool by_time = place->want == 0;

	count(trial, counted[told->told]);
	if (told->told == TOLD_END && by_time)
		count(trial, AN_END_BY_TIME);
	if (told->told != TOLD_LINE)
		return;
	if (by_time)
		count(trial, A_LINE_BY_TIME);
	if (model->lines[told->line].why != NULL)
		count(trial, A_LOSS);
	if (segment < model->oldest)
		count(trial, A_LINE_OF_A_REMOVED_SEGMENT);
	else if (model->segments[segment].sealed)
		count(trial, A_LINE_OF_A_SEALED_SEGMENT);
}

static void told_wrong(struct trial *trial, const struct told_one *right, int n,
    enum spool_status status, const struct spool_line *told)
{
	static const char *const names[] = { "line", "gap", "end" };
	int i;

	for (i = 0; i < n; i++) {
		if (right[i].told == TOLD_LINE)
			model_text(
			    trial->text, &trial->model.lines[right[i].line]);
		note(trial, ", not %s %" PRIu64 "-%" PRIu64 " %.60s",
		    names[right[i].told], right[i].from, right[i].to,
		    right[i].told == TOLD_LINE ? trial->text : "");
	}
	wrong(trial,
	    "status %d: seq %" PRIu64 ", %" PRIu64 "-%" PRIu64 ": %s\n", status,
	    told->seq, told->from, told->to,
	    status == SPOOL_LINE ? told->text : "");
}

/* One line, gap or end; false at an end. */
static bool next_is_right(struct trial *trial, struct follower *follower)
{
	static const struct spool_line nothing;
	const struct spool_line *told = &nothing;
	struct told_one right[2];
	int i, n = place_next(&trial->model, &follower->place, right);
	enum spool_status status = spool_next(follower->reader, &told);

	for (i = 0; i < n; i++) {
		if (is_right(trial, &right[i], status, told))
			break;
	}
	if (i == n)
		told_wrong(trial, right, n, status, told);
	count_told(trial, &follower->place, &right[i]);
	place_told(&trial->model, &follower->place, &right[i]);
	return right[i].told != TOLD_END;
}

static void read_some(struct trial *trial)
{
	struct follower *follower = any_follower(trial);
	uint64_t n = 1 + any(trial, 64);

	note(trial, ", %" PRIu64 " of it", n);
	while (n-- > 0 && next_is_right(trial, follower))
		;
}

static void read_all(struct trial *trial)
{
	struct follower *follower = any_follower(trial);

	while (next_is_right(trial, follower))
		;
}

/* What has happened is told once, and what happens then is told at once. */
static void wake(struct trial *trial)
{
	struct follower *follower = any_follower(trial);
	int times = 0;

	while (spool_wait(follower->reader, 0) == 1)
		SO(trial, ++times < 10);
	append(trial);
	SO(trial, spool_wait(follower->reader, 0) == 1);
	count(trial, WOKEN);
}

/* ---- about the spool ---- */

static void bounds(struct trial *trial)
{
	uint64_t oldest = 0, next = 0;
	char uuid[37];

	SO(trial, spool_bounds(trial->folder->path, &oldest, &next) == 0);
	note(trial, " %" PRIu64 " to %" PRIu64, oldest, next);
	SO(trial, oldest == model_oldest(&trial->model));
	SO(trial, next == trial->model.next);
	if (trial->model.n_segments > 0) {
		SO(trial, spool_uuid(trial->folder->path, uuid) == 0);
		SO(trial, strcmp(uuid, trial->uuid) == 0);
	}
}

static void elsewhere(struct trial *trial)
{
	SO(trial, spool_open(folder_file(trial->folder, "none")) == NULL);
	SO(trial, errno == ENOENT);
	folder_file(trial->folder, CONSUMERS);
	SO(trial, spool_open(trial->folder->file) == NULL);
	SO(trial, errno == EMEDIUMTYPE);
	count(trial, NO_SPOOL);
}

/* ---- consumers ---- */

static struct taker *any_taker(struct trial *trial)
{
	size_t i = below(trial, COUNT(trial->takers));

	note(trial, " %s", trial->takers[i].name);
	return &trial->takers[i];
}

static uint64_t goes_on_with(const struct taker *taker)
{
	return taker->placed ? taker->seq + 1 : 0;
}

static void consumer_opens(struct trial *trial)
{
	struct taker *taker = any_taker(trial);
	struct spool_consumer *consumer;

	errno = 0;
	consumer = spool_consumer_open(trial->folder->path, taker->name);
	if (taker->consumer != NULL) {
		SO(trial, consumer == NULL && errno == EWOULDBLOCK);
		count(trial, CONSUMER_HELD);
		return;
	}
	SO(trial, consumer != NULL);
	taker->consumer = consumer;
	SO(trial, spool_consumer_next(consumer) == goes_on_with(taker));
	count(trial, taker->placed ? OLD_CONSUMER : NEW_CONSUMER);
}

/* All that there is, a part of it, or up to about the end of a segment. */
static uint64_t any_position(struct trial *trial, uint64_t from)
{
	const struct model *model = &trial->model;
	uint64_t left = model->next - 1 - from;
	size_t live = model->n_segments - model->oldest;
	uint64_t seq;

	if (one_in(trial, 3))
		return model->next - 1;
	if (one_in(trial, 2))
		return from + below(trial, left + 1);
	seq = model->segments[model->oldest + below(trial, live)].first +
	    below(trial, 2);
	return seq < from + 2 ? from : seq - 2;
}

static void consumer_goes_back(struct trial *trial, struct taker *taker)
{
	uint64_t seq = below(trial, taker->seq);

	SO(trial, spool_consumer_ack(taker->consumer, seq) == -1);
	SO(trial, errno == EINVAL);
	count(trial, CONSUMER_BACK);
}

static void consumer_acks(struct trial *trial)
{
	struct taker *taker = any_taker(trial);

	if (taker->consumer == NULL || trial->model.n_segments == 0)
		return;
	if (taker->seq > 0 && one_in(trial, 8)) {
		consumer_goes_back(trial, taker);
	} else {
		taker->seq = any_position(trial, taker->seq);
		taker->placed = true;
		note(trial, " %" PRIu64, taker->seq);
		SO(trial, spool_consumer_ack(taker->consumer, taker->seq) == 0);
	}
	SO(trial, spool_consumer_next(taker->consumer) == goes_on_with(taker));
}

static void consumer_closes(struct trial *trial)
{
	struct taker *taker = any_taker(trial);

	spool_consumer_close(taker->consumer);
	taker->consumer = NULL;
}

static const char *consumer_path(struct trial *trial, const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), CONSUMERS "/%s", name);
	return folder_file(trial->folder, path);
}

/* Somebody does not want it any more. */
static void consumer_forgotten(struct trial *trial)
{
	struct taker *taker = any_taker(trial);

	if (taker->consumer != NULL)
		return;
	unlink(consumer_path(trial, taker->name));
	taker->placed = false;
	taker->seq = 0;
}

static void bad_name(struct trial *trial)
{
	static const char *const names[] = { "", ".", "..", ".a", "a/b", "a b",
		"\xc3\xa4", "a\n", "*", TOO_LONG };
	const char *name = names[below(trial, COUNT(names))];

	note(trial, " \"%s\"", name);
	SO(trial, spool_consumer_open(trial->folder->path, name) == NULL);
	SO(trial, errno == EINVAL);
	count(trial, NAME_BAD);
}

/* A file as README.md has it. */
static void forge(struct trial *trial, int version, const char *uuid,
    uint64_t seq, bool damaged)
{
	char text[200];
	int len = sprintf(text,
	    "dateline-consumer %d %s %020" PRIu64 " 2026-11-22T03:00:00.123Z ",
	    version, uuid, seq);

	len += sprintf(text + len, "%08x\n",
	    (unsigned)crc32(0, (const Bytef *)text, (uInt)len));
	if (damaged)
		text[20 + below(trial, (uint64_t)len - 20)] ^= 1;
	file_write(consumer_path(trial, "forged"), text, (size_t)len);
}

static void forged(struct trial *trial)
{
	static const struct {
		int version;
		const char *uuid; /* NULL: the right one */
		bool beyond, damaged;
		int error;
		enum kind kind;
	} rows[] = {
		{ 1, NULL, false, false, 0, OLD_CONSUMER },
		{ 1, NULL, true, false, ERANGE, POSITION_BEYOND },
		{ 1, NULL, false, true, EBADMSG, POSITION_DAMAGED },
		{ 2, NULL, false, false, EPROTONOSUPPORT, POSITION_LATER },
		{ 1, "01234567-89ab-cdef-0123-456789abcdef", false, false,
		    ESTALE, POSITION_STALE },
	};
	size_t i = below(trial, COUNT(rows));
	struct spool_consumer *consumer;

	if (trial->model.n_segments == 0)
		return;
	forge(trial, rows[i].version,
	    rows[i].uuid != NULL ? rows[i].uuid : trial->uuid,
	    rows[i].beyond ? trial->model.next + any(trial, 1000)
			   : below(trial, trial->model.next),
	    rows[i].damaged);
	errno = 0;
	consumer = spool_consumer_open(trial->folder->path, "forged");
	SO(trial, (consumer == NULL) == (rows[i].error != 0));
	SO(trial, consumer != NULL || errno == rows[i].error);
	spool_consumer_close(consumer);
	unlink(consumer_path(trial, "forged"));
	count(trial, rows[i].kind);
}

/* An older copy of the spool was put back: a consumer knows more. */
static void restart_behind_a_consumer(struct trial *trial)
{
	uint64_t seq = trial->model.next + below(trial, 20);

	if (trial->model.n_segments == 0)
		return;
	forge(trial, 1, trial->uuid, seq, false);
	spool_writer_close(trial->writer);
	writer_starts(trial, 0, seq + 1);
	unlink(consumer_path(trial, "forged"));
	count(trial, LOST_TO_A_CONSUMER);
}

/* ---- upkeep ---- */

static void seal(struct trial *trial)
{
	struct spool_sealed sealed;
	size_t n = model_seal(&trial->model);

	note(trial, " %zu", n);
	SO(trial, spool_seal(trial->folder->path, &trial->disk, &sealed) == 0);
	SO(trial, sealed.segments == n);
	SO(trial, sealed.left == 0);
	count(trial, n > 0 ? SEALED : NOTHING_TO_SEAL);
}

static uint64_t live_bytes(struct trial *trial)
{
	uint64_t bytes = 0;
	size_t i;

	for (i = trial->model.oldest; i < trial->model.n_segments; i++)
		bytes += segment_bytes(trial, i);
	return bytes;
}

/* No line of a segment is newer than the first one of its successor. */
static int64_t newest(const struct model *model, size_t segment)
{
	return model->segments[segment + 1].created;
}

static bool is_needed(const struct trial *trial, size_t segment)
{
	uint64_t next = trial->model.segments[segment + 1].first;
	size_t i;

	for (i = 0; i < COUNT(trial->takers); i++) {
		if (trial->takers[i].placed && trial->takers[i].seq + 1 < next)
			return true;
	}
	return false;
}

/* 0: no limit. */
static bool too_much(
    uint64_t bytes, uint64_t bytes_most, int64_t age, int64_t age_most)
{
	return (bytes_most > 0 && bytes > bytes_most) ||
	    (age_most > 0 && age > age_most);
}

/* Whether the oldest segment goes, of so many bytes, with so many free. */
static bool goes(struct trial *trial, const struct spool_limits *limits,
    uint64_t bytes, uint64_t room)
{
	const struct model *model = &trial->model;
	int64_t age;

	if (model->oldest + 1 >= model->n_segments)
		return false;
	age = now - newest(model, model->oldest);
	if (!too_much(bytes, limits->bytes, age, limits->age) &&
	    room >= limits->free)
		return false;
	if (!is_needed(trial, model->oldest) ||
	    too_much(bytes, limits->consumer_bytes, age, limits->consumer_age))
		return true;
	count(trial, KEPT_FOR_A_CONSUMER);
	return false;
}

static struct spool_limits any_limits(struct trial *trial)
{
	struct spool_limits limits = { 0 };

	if (one_in(trial, 2))
		limits.bytes = 1 + any(trial, 50000);
	if (one_in(trial, 3))
		limits.age = 1 + (int64_t)any(trial, 10 * HOUR);
	if (one_in(trial, 4))
		limits.free = trial->free + any(trial, 20000);
	if (one_in(trial, 2))
		limits.consumer_bytes = 1 + any(trial, 100000);
	if (one_in(trial, 2))
		limits.consumer_age = 1 + (int64_t)any(trial, 10 * HOUR);
	return limits;
}

static void retain_within(
    struct trial *trial, const struct spool_limits *limits)
{
	struct model *model = &trial->model;
	uint64_t bytes = live_bytes(trial), room = trial->free;
	uint64_t from = model_oldest(model);
	struct spool_room left;
	size_t n = 0;

	for (; goes(trial, limits, bytes, room); model->oldest++, n++) {
		uint64_t less = segment_bytes(trial, model->oldest);

		bytes -= less;
		room += less;
	}
	note(trial, " %zu", n);
	SO(trial,
	    spool_retain(
		trial->folder->path, &trial->disk, limits, now, &left) == 0);
	SO(trial, left.removed == n);
	SO(trial, left.segments == model->n_segments - model->oldest);
	SO(trial, left.free == room);
	SO(trial, left.bytes == bytes);
	SO(trial, n == 0 || left.from == from);
	SO(trial, n == 0 || left.to == model_oldest(model) - 1);
	SO(trial,
	    left.oldest == (model->n_segments > 0 ? model_oldest(model) : 0));
	count(trial, n > 0 ? REMOVED : NOTHING_TO_REMOVE);
}

static void retain(struct trial *trial)
{
	const struct model *model = &trial->model;
	struct spool_limits limits = any_limits(trial);

	if (model->n_segments - model->oldest > LIVE_MOST)
		limits =
		    (struct spool_limits){ .bytes = 1, .consumer_bytes = 1 };
	retain_within(trial, &limits);
}

static void upkeep_busy(struct trial *trial)
{
	const struct spool_limits limits = { .bytes = 1 };
	struct spool_sealed sealed;
	struct spool_room room;
	int fd = open(folder_file(trial->folder, LOCK_UPKEEP),
	    O_RDWR | O_CREAT | O_CLOEXEC, 0644);

	SO(trial, lock_hold(fd) == 0);
	SO(trial, spool_seal(trial->folder->path, &trial->disk, &sealed) == -1);
	SO(trial, errno == EWOULDBLOCK);
	SO(trial,
	    spool_retain(
		trial->folder->path, &trial->disk, &limits, now, &room) == -1);
	SO(trial, errno == EWOULDBLOCK);
	close(fd);
	count(trial, UPKEEP_BUSY);
}

static void found_bad(void *whose, const struct spool_finding *finding)
{
	wrong(whose, "%s@%" PRIu64 ": %s\n", finding->file, finding->offset,
	    finding->what);
}

static void verify(struct trial *trial)
{
	const struct model *model = &trial->model;
	struct spool_verified verified;
	uint64_t lines = 0;
	size_t i = 0, sealed = 0;

	if (model->n_segments > 0)
		i = model->segments[model->oldest].line;
	for (; i < model->n_lines; i++)
		lines += model->lines[i].why == NULL;
	for (i = model->oldest; i < model->n_segments; i++)
		sealed += model->segments[i].sealed;
	SO(trial,
	    spool_verify(trial->folder->path, &trial->disk, found_bad, trial,
		&verified) == 0);
	SO(trial, verified.segments == model->n_segments - model->oldest);
	SO(trial, verified.sealed == sealed);
	SO(trial, verified.lines == lines);
	SO(trial, verified.bytes == live_bytes(trial));
	SO(trial, verified.damaged == 0 && verified.lost == 0);
}

/* ---- steps ---- */

static const struct {
	const char *name;
	uint64_t weight;
	void (*take)(struct trial *trial);
} steps[] = {
	{ "append", 300, append },
	{ "append much", 1, append_much },
	{ "clock", 60, clock_moves },
	{ "read", 400, read_some },
	{ "read all", 60, read_all },
	{ "seek", 60, seek },
	{ "seek time", 40, seek_time },
	{ "open a reader", 1, reader_opens },
	{ "wake", 6, wake },
	{ "bounds", 20, bounds },
	{ "elsewhere", 1, elsewhere },
	{ "restart", 10, restart },
	{ "restart behind a consumer", 4, restart_behind_a_consumer },
	{ "second writer", 4, second_writer },
	{ "open a consumer", 20, consumer_opens },
	{ "acknowledge", 60, consumer_acks },
	{ "close a consumer", 15, consumer_closes },
	{ "forget a consumer", 1, consumer_forgotten },
	{ "bad name", 4, bad_name },
	{ "forged position", 10, forged },
	{ "seal", 4, seal },
	{ "retain", 20, retain },
	{ "upkeep busy", 4, upkeep_busy },
	{ "verify", 1, verify },
};

static size_t any_step(struct trial *trial)
{
	uint64_t all = 0, at;
	size_t i;

	for (i = 0; i < COUNT(steps); i++)
		all += steps[i].weight;
	at = below(trial, all);
	for (i = 0; at >= steps[i].weight; i++)
		at -= steps[i].weight;
	return i;
}

static uint64_t number_from(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text != NULL ? strtoull(text, NULL, 10) : otherwise;
}

static void begin(struct trial *trial, struct folder *folder)
{
	static const char *const names[] = { "a", "archive", "Search_1.x",
		LONGEST };
	size_t i;

	trial->seed = number_from("SEED", 20261122);
	trial->random = trial->seed * 0x9E3779B97F4A7C15u + 1;
	trial->folder = folder;
	trial->free = 1000000;
	trial->disk = disk_real;
	trial->disk.whose = trial;
	trial->disk.fdatasync = trial->disk.fsync = no_sync;
	trial->disk.space = some_space;
	trial->settings =
	    (struct spool_settings){ .now = clock_now, .disk = &trial->disk };
	now = BEGIN;
	model_begin(&trial->model);
	writer_starts(trial, 0, 0);
	for (i = 0; i < N_READERS; i++)
		follower_opens(trial, &trial->followers[i]);
	for (i = 0; i < COUNT(trial->takers); i++)
		trial->takers[i].name = names[i];
}

static void end(struct trial *trial)
{
	size_t i;

	for (i = 0; i < N_READERS; i++)
		spool_close(trial->followers[i].reader);
	for (i = 0; i < COUNT(trial->takers); i++)
		spool_consumer_close(trial->takers[i].consumer);
	spool_writer_close(trial->writer);
	model_free(&trial->model);
}

static void what_is_told_is_what_was_written(void **state)
{
	struct trial *trial = calloc(1, sizeof(*trial));
	uint64_t n = number_from("STEPS", ENOUGH);
	unsigned long taken[COUNT(steps)] = { 0 };
	size_t i;

	begin(trial, *state);
	for (; trial->step < n; trial->step++) {
		i = any_step(trial);
		taken[i]++;
		trial->notes[trial->step % NOTES][0] = '\0';
		note(trial, "%s", steps[i].name);
		steps[i].take(trial);
	}
	for (i = 0; i < COUNT(steps) && n >= ENOUGH; i++) {
		if (taken[i] == 0)
			wrong(trial, "never: %s\n", steps[i].name);
	}
	for (i = 0; i < N_KINDS && n >= ENOUGH; i++) {
		if (trial->kinds[i] == 0)
			wrong(trial, "never: %s\n", kinds[i]);
	}
	end(trial);
	free(trial);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(what_is_told_is_what_was_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
