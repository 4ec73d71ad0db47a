/*
 * Verifying, segment by segment and commit by commit:
 *
 *     header > (commit: mark, frame, lines) ... > index and seek table
 *
 * and, to repair, the same walk once more, which takes along what is good.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "spool/consumer.h"
#include "spool/frame.h"
#include "spool/index.h"
#include "spool/lock.h"
#include "spool/moment.h"
#include "spool/rewrite.h"
#include "spool/segment.h"
#include "spool/upkeep.h"
#include "spool/verify.h"

#define TEMPORARY ".repair"
#define REPAIR_LEVEL 3 /* sealing does better later */

struct verifying {
	const struct disk *disk;
	int folder;
	spool_told_fn *told;
	void *whose;
	struct spool_verified *sum;
	struct frame_in in;

	uint64_t *list; /* of segments */
	size_t n;
	uint8_t uuid[16]; /* of the newest one */
	bool has_uuid;    /* its header is good */
	bool written;     /* somebody writes to the last segment */
	uint64_t want;    /* number of the line to come; 0: the first one */
	int64_t last;     /* time of the last commit */
	uint64_t end;     /* offset of what comes behind it */

	char name[SEGMENT_NAME];
	int fd;
	uint64_t first, successor; /* UINT64_MAX: it is the last one */
	struct header header;
	struct rewrite *to; /* repairing; or NULL */
	struct index index; /* as its commits want it */
	size_t commits_bad;
};

/* ---- what is found ---- */

static void tell(struct verifying *verifying, uint64_t offset, const char *what,
    uint64_t from, uint64_t to)
{
	struct spool_finding finding = { .file = verifying->name,
		.offset = offset,
		.what = what,
		.from = from,
		.to = to };

	if (verifying->to != NULL)
		return; /* it was told when it was looked for */
	verifying->sum->damaged++;
	if (to >= from)
		verifying->sum->lost += to - from + 1;
	verifying->told(verifying->whose, &finding);
}

static void tell_no_loss(
    struct verifying *verifying, uint64_t offset, const char *what)
{
	tell(verifying, offset, what, 1, 0);
}

static void note(struct verifying *verifying, const char *file, uint64_t offset,
    const char *what)
{
	struct spool_finding finding = { .file = file,
		.offset = offset,
		.what = what,
		.from = 1,
		.note = true };

	if (verifying->to == NULL)
		verifying->told(verifying->whose, &finding);
}

/* Numbers up to `next` that are not there: told, and where it is repaired put
   down as a loss. */
static int missing(struct verifying *verifying, uint64_t offset,
    const char *what, uint64_t next)
{
	uint64_t from = verifying->want;

	if (next <= from)
		return 0;
	tell(verifying, offset, what, from, next - 1);
	verifying->want = next;
	if (verifying->to == NULL)
		return 0;
	return rewrite_loss(
	    verifying->to, from, next, verifying->last, "damaged");
}

/* ---- a commit ---- */

/* {"seq":N,"spooled":"TIME",… */
static bool line_is(const char *line, uint64_t seq, int64_t *spooled)
{
	static const char sign[] = "\",\"";
	char *end;

	if (strncmp(line, "{\"seq\":", 7) != 0 ||
	    strtoull(line + 7, &end, 10) != seq ||
	    strncmp(end, ",\"spooled\":\"", 12) != 0 ||
	    !moment_get(end + 12, spooled))
		return false;
	return strncmp(end + 12 + MOMENT_LEN, sign, 2) == 0;
}

/* Each line has its number, no time goes back, and the last is the mark's. */
static bool lines_are(
    const struct frame_in *in, const struct mark *mark, int64_t last)
{
	const char *line = in->lines, *end = in->lines + in->len;
	uint64_t seq = mark->first;
	int64_t spooled = last;

	if (mark->kind == MARK_LOSS)
		return memchr(line, '\n', in->len) == end - 1 &&
		    mark->committed >= last;
	for (; line < end; seq++) {
		if (!line_is(line, seq, &spooled) || spooled < last)
			return false;
		last = spooled;
		line =
		    (const char *)memchr(line, '\n', (size_t)(end - line)) + 1;
	}
	return seq == mark->next && spooled == mark->committed;
}

static int commit_good(struct verifying *verifying, const struct step *step)
{
	const struct mark *mark = &step->mark;

	if (step->stale || mark->pending)
		tell_no_loss(verifying, step->at,
		    "its mark says that it is not published: zstdcat does not "
		    "see it");
	verifying->want = mark->next;
	verifying->last = mark->committed;
	if (verifying->to != NULL)
		return rewrite_commit(verifying->to, mark, verifying->in.lines,
		    verifying->in.len);
	verifying->sum->commits++;
	if (mark->kind == MARK_RECORDS)
		verifying->sum->lines += mark->next - mark->first;
	return 0;
}

static int commit_check(struct verifying *verifying, const struct step *step)
{
	const struct mark *mark = &step->mark;
	int done = frame_read(
	    &verifying->in, verifying->disk, verifying->fd, step->at, mark);

	if (done != 0 && errno != EBADMSG && errno != ENODATA)
		return -1;
	index_add(&verifying->index, step->at, mark, verifying->in.len);
	verifying->commits_bad += done != 0;
	if (mark->first < verifying->want) {
		tell_no_loss(verifying, step->at,
		    "a commit whose numbers were used before");
		return 0;
	}
	if (missing(verifying, step->at, "lines are missing before this",
		mark->first) != 0)
		return -1;
	if (done != 0)
		return missing(verifying, step->at,
		    "a commit whose frame is damaged", mark->next);
	if (!lines_are(&verifying->in, mark, verifying->last))
		return missing(verifying, step->at,
		    "a commit whose lines are not what its mark says",
		    mark->next);
	return commit_good(verifying, step);
}

/* ---- a segment ---- */

/* Behind the last commit of a sealed segment stands what its commits say; where
   one of them is damaged it can only be good in itself. As index_check(). */
static int index_is_right(const struct verifying *verifying, uint64_t at)
{
	if (verifying->commits_bad > 0)
		return index_is_there(verifying->disk, verifying->fd);
	return index_check(
	    verifying->disk, verifying->fd, at, &verifying->index);
}

static bool is_last(const struct verifying *verifying)
{
	return verifying->successor == UINT64_MAX;
}

/* What the next start would publish. */
static bool is_whole(struct verifying *verifying, const struct step *step)
{
	return frame_read(&verifying->in, verifying->disk, verifying->fd,
		   step->at, &step->mark) == 0;
}

static int rest_bad(
    struct verifying *verifying, uint64_t offset, const char *what)
{
	if (!is_last(verifying) && verifying->want < verifying->successor)
		return missing(verifying, offset, what, verifying->successor);
	tell_no_loss(verifying, offset, what);
	return 0;
}

/* What comes behind the last commit and may do so: 1 or 0; -1 and errno. */
static int rest_is_good(struct verifying *verifying, uint64_t at,
    enum found found, const struct step *step)
{
	int right;

	if (is_last(verifying) && verifying->written)
		return 1; /* a commit may be in the act */
	if (found == FOUND_PENDING && is_last(verifying) &&
	    is_whole(verifying, step) && !step->mark.odd) {
		note(verifying, verifying->name, step->at,
		    "a commit that is not published yet: the next start of "
		    "datelined does that");
		return 1;
	}
	right = found == FOUND_END ? index_is_right(verifying, at) : 0;
	verifying->sum->sealed += right == 1 && verifying->to == NULL;
	return right;
}

static int rest_check(struct verifying *verifying, uint64_t at,
    enum found found, const struct step *step)
{
	struct stat about;
	int good;

	if (disk_stat(verifying->disk, verifying->fd, "", &about) != 0)
		return -1;
	if ((uint64_t)about.st_size <= at)
		return 0;
	good = rest_is_good(verifying, at, found, step);
	if (good != 0)
		return good == 1 ? 0 : -1;
	return rest_bad(verifying, found == FOUND_END ? at : step->at,
	    is_last(verifying)
		? "no whole commit: cut short by a crash, and cut off by the "
		  "next start of datelined, or damaged"
		: "bytes that are no commit, or a damaged index");
}

/* The numbers that are gone are those up to the next mark's. */
static int damage_check(struct verifying *verifying, const struct step *damage)
{
	static const char what[] = "bytes that are no commit: its mark is "
				   "damaged";
	struct step step;

	verifying->commits_bad++;
	if (segment_step(verifying->disk, verifying->fd, damage->next, &step) ==
	    FOUND_ERROR)
		return -1;
	if (step.mark.first > verifying->want)
		return missing(verifying, damage->at, what, step.mark.first);
	tell_no_loss(verifying, damage->at, what);
	return 0;
}

/* What readers show, see reader.c; to repair, also what the next start would
   publish. */
static bool is_published(
    struct verifying *verifying, enum found found, const struct step *step)
{
	if (found != FOUND_PENDING)
		return found == FOUND_COMMIT;
	if (!is_last(verifying))
		return step->mark.next <= verifying->successor;
	return verifying->to != NULL && is_whole(verifying, step);
}

static int commits_check(struct verifying *verifying)
{
	uint64_t at = SEGMENT_HEADER;
	struct step step;
	int done;

	for (;; at = step.next) {
		enum found found =
		    segment_step(verifying->disk, verifying->fd, at, &step);
		bool published = is_published(verifying, found, &step);

		verifying->end = at;
		if (found == FOUND_ERROR)
			return -1;
		if (!published && found != FOUND_DAMAGE)
			return rest_check(verifying, at, found, &step);
		if (step.at > at)
			tell_no_loss(verifying, at,
			    "a frame that no segment of this version has");
		done = published ? commit_check(verifying, &step)
				 : damage_check(verifying, &step);
		if (done != 0)
			return -1;
	}
}

/* Of a header that is damaged nothing is known but its name. 1: nothing is
   known of the segment at all. */
static int header_bad(struct verifying *verifying)
{
	struct header *header = &verifying->header;

	if (errno == EPROTONOSUPPORT) {
		tell_no_loss(verifying, 0,
		    "it is of a later version of the format: use a newer "
		    "dateline");
		return 1;
	}
	if (errno != EBADMSG)
		return -1;
	tell_no_loss(verifying, 0, "the header is damaged");
	if (!verifying->has_uuid &&
	    header_mend(verifying->disk, verifying->fd, header))
		return 0;
	*header = (struct header){ .created = verifying->last };
	memcpy(header->uuid, verifying->uuid, sizeof(header->uuid));
	return 0;
}

static int header_foreign(struct verifying *verifying)
{
	tell_no_loss(verifying, 0,
	    "it is a segment of another spool: move it away, to where it "
	    "belongs");
	return 1;
}

/* No line of a segment is older than it, be it the line of a loss. */
static void segment_begun(struct verifying *verifying)
{
	if (verifying->header.created > verifying->last)
		verifying->last = verifying->header.created;
}

static int header_check(struct verifying *verifying)
{
	struct header *header = &verifying->header;
	int done = 0;

	if (header_read(verifying->disk, verifying->fd, header) != 0)
		done = header_bad(verifying);
	else if (header->first != verifying->first)
		tell_no_loss(verifying, 0,
		    "the header has another number than the name");
	else if (memcmp(header->uuid, verifying->uuid, sizeof(header->uuid)) !=
	    0)
		done = header_foreign(verifying);
	else if (header->created < verifying->last)
		tell_no_loss(verifying, 0,
		    "it was begun before the one before it was ended");
	header->first = verifying->first;
	segment_begun(verifying);
	return done;
}

/* The last commit of the last segment may be gone without a trace, but for
   consumers that had its lines. */
static int end_check(struct verifying *verifying)
{
	uint64_t next = verifying->successor;

	if (is_last(verifying) && verifying->written)
		return 0;
	if (is_last(verifying) &&
	    consumers_know(verifying->disk, verifying->folder,
		verifying->header.uuid, &next) != 0)
		return -1;
	return missing(
	    verifying, verifying->end, "lines are missing at the end", next);
}

/* 1: it is of a later version, or of another spool, and is left alone. */
static int segment_walk(struct verifying *verifying)
{
	int done = header_check(verifying);

	verifying->index.n = verifying->commits_bad = 0;
	if (done == 0)
		done = commits_check(verifying);
	if (done == 0)
		done = end_check(verifying);
	return done;
}

/* ---- repairing one ---- */

/* Who repairs as root does not take the segment away from the daemon. */
static int owner_keep(const struct disk *disk, int old, int new)
{
	struct stat about;

	if (geteuid() != 0)
		return 0;
	if (disk_stat(disk, old, "", &about) != 0)
		return -1;
	return fchown(new, about.st_uid, about.st_gid);
}

static int segment_rewrite(struct verifying *verifying)
{
	struct rewrite to;
	int done;

	if (verifying->header.created < verifying->last)
		verifying->header.created = verifying->last;
	done = rewrite_begin(&to, verifying->disk, verifying->folder, TEMPORARY,
	    &verifying->header, REPAIR_LEVEL);
	verifying->to = &to;
	segment_begun(verifying);
	if (done == 0)
		done = owner_keep(verifying->disk, verifying->fd, to.fd);
	if (done == 0)
		done = commits_check(verifying);
	if (done == 0)
		done = end_check(verifying);
	verifying->to = NULL;
	if (done == 0)
		done = rewrite_sync(&to);
	if (done == 0)
		done = segment_keep(
		    verifying->disk, verifying->folder, verifying->name);
	if (done == 0)
		done = rewrite_take(&to, verifying->name);
	rewrite_drop(&to);
	verifying->sum->repaired += done == 0;
	return done;
}

/* ---- all ---- */

static int segment_verify(struct verifying *verifying, size_t i, bool repair)
{
	size_t damaged = verifying->sum->damaged;
	bool last = i + 1 == verifying->n;
	uint64_t want;
	int64_t before = verifying->last;
	int done;

	verifying->first = verifying->list[i];
	verifying->successor = last ? UINT64_MAX : verifying->list[i + 1];
	verifying->want = want = verifying->first;
	done = segment_walk(verifying);
	if (done != 0 || !repair || verifying->sum->damaged == damaged)
		return done < 0 ? -1 : 0;
	errno = EWOULDBLOCK;
	if (last && verifying->written)
		return -1;
	verifying->want = want;
	verifying->last = before;
	return segment_rewrite(verifying);
}

static int segment_open(struct verifying *verifying, size_t i)
{
	struct stat about;

	segment_name(verifying->name, verifying->list[i]);
	verifying->fd = disk_open(
	    verifying->disk, verifying->folder, verifying->name, O_RDONLY);
	if (verifying->fd < 0 ||
	    disk_stat(verifying->disk, verifying->fd, "", &about) != 0)
		return -1;
	verifying->sum->segments++;
	verifying->sum->bytes += (uint64_t)about.st_size;
	return 0;
}

/* One that was removed while this was at others is none of our business. */
static int segments_verify(struct verifying *verifying, bool repair)
{
	size_t i;
	int done = 0;

	for (i = 0; i < verifying->n && done == 0; i++) {
		done = segment_open(verifying, i);
		if (done == 0)
			done = segment_verify(verifying, i, repair);
		else if (errno == ENOENT)
			done = 0;
		disk_close(verifying->disk, verifying->fd);
	}
	return done;
}

static void strange(void *to, const char *name)
{
	struct verifying *verifying = to;
	uint64_t first;

	if (!segment_named(name, &first) && name[0] != '.')
		note(verifying, name, 0,
		    strstr(name, SEGMENT_SUFFIX ".damaged") != NULL
			? "a damaged segment that was kept"
			: "a file that is not the spool's");
}

/* Nobody may write to what is repaired: whoever does has this lock, or it is
   ours. -1 and errno, where that cannot be said. */
static int lock_take(struct verifying *verifying, bool repair)
{
	int lock = disk_open(verifying->disk, verifying->folder, LOCK_WRITER,
	    repair ? O_RDWR | O_CREAT : O_RDONLY);

	if (lock >= 0)
		verifying->written =
		    repair ? lock_hold(lock) != 0 : lock_is_held(lock);
	return lock;
}

static int verify(const struct disk *disk, int folder, spool_told_fn *told,
    void *whose, struct spool_verified *sum, bool repair)
{
	struct verifying verifying = { .disk = disk,
		.folder = folder,
		.told = told,
		.whose = whose,
		.sum = sum };
	int lock, done;

	*sum = (struct spool_verified){ 0 };
	lock = lock_take(&verifying, repair);
	if (lock < 0 && repair)
		return -1;
	verifying.list = segment_list(disk, folder, &verifying.n);
	done = verifying.list == NULL && errno != 0 ? -1 : 0;
	if (done == 0)
		done = spool_is_there(disk, folder);
	verifying.has_uuid =
	    done == 0 && segments_uuid(disk, folder, verifying.uuid) == 0;
	if (done == 0 && !verifying.has_uuid && errno != ENODATA)
		done = -1;
	if (done == 0)
		done = disk_list(disk, folder, strange, &verifying);
	if (done == 0)
		done = segments_verify(&verifying, repair);
	if (done == 0 && repair) /* where an earlier one came to nothing, too */
		done = disk_sync_folder(disk, folder);
	disk_close(disk, lock);
	frame_in_free(&verifying.in);
	free(verifying.list);
	index_free(&verifying.index);
	return done;
}

int spool_verify(const char *folder, const struct disk *disk,
    spool_told_fn *told, void *whose, struct spool_verified *verified)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int done = -1;

	if (fd >= 0)
		done = verify(disk, fd, told, whose, verified, false);
	disk_close(&disk_real, fd);
	return done;
}

int spool_repair(const char *folder, const struct disk *disk,
    spool_told_fn *told, void *whose, struct spool_verified *verified)
{
	struct upkeep upkeep;
	int done;

	if (upkeep_begin(&upkeep, disk, folder) != 0)
		return -1;
	done = verify(disk, upkeep.folder, told, whose, verified, true);
	upkeep_end(&upkeep);
	return done;
}
