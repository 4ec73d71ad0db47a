/*
 * What a spool must be, by the words of spool/README.md alone: nothing here
 * includes or links the spool. Reads commands, one a line, and answers each
 * with a line:
 *
 *     live DIR                       > ok OLDEST LAST
 *     judge DIR VISIBLE [FROM TO]    > ok OLDEST NEXT
 *                                    > bad SEGMENT: NUMBER: WHY
 *
 * live: which lines a reader would be shown now, in a spool that nobody has
 * recovered; 0 0 for none. judge: whether a spool is whole after a recovery,
 * and still has all lines up to VISIBLE, but for those that were removed from
 * its beginning, and FROM to TO, which damage may have cost. The lines must be
 * those of line.h.
 */
#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>
#include <zstd.h>

#include "tests/judge/line.h"

#define HEADER 56
#define MARK 56
#define SEGMENTS 4096 /* at most */

struct file {
	uint8_t *bytes;
	size_t len;
};

struct commit {
	size_t at, mark, frame, lines; /* offset; bytes */
	uint64_t first, next;
	int64_t committed;
	uint32_t kind;
	bool published;
};

struct spool {
	const char *folder;
	uint64_t firsts[SEGMENTS];  /* in the names, in order */
	size_t n, i;                /* and the one that is looked at */
	uint64_t visible, from, to; /* of the command */
	uint64_t next;              /* number that must come now */
	uint64_t serial;            /* of the last line */
	int64_t last;               /* its time */
	uint8_t uuid[16];
	char why[256];
};

static bool bad(struct spool *spool, uint64_t number, const char *why)
{
	snprintf(spool->why, sizeof(spool->why), "%" PRIu64 ": %" PRIu64 ": %s",
	    spool->i < spool->n ? spool->firsts[spool->i] : 0, number, why);
	return false;
}

static uint64_t get(const uint8_t *at, int bytes)
{
	uint64_t number = 0;

	while (bytes-- > 0)
		number = number << 8 | at[bytes];
	return number;
}

static uint8_t *put(uint8_t *at, uint64_t number, int bytes)
{
	for (; bytes > 0; bytes--, number >>= 8)
		*at++ = (uint8_t)number;
	return at;
}

static uint32_t crc(const void *bytes, size_t len)
{
	return (uint32_t)crc32(0, bytes, (uInt)len);
}

static struct file file_read(const char *folder, const char *name)
{
	struct file file = { 0 };
	char path[1300];
	FILE *open;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	open = fopen(path, "re");
	if (open == NULL || fseek(open, 0, SEEK_END) != 0)
		exit(2);
	file.len = (size_t)ftell(open);
	rewind(open);
	file.bytes = calloc(1, file.len + HEADER + 1);
	if (fread(file.bytes, 1, file.len, open) != file.len)
		exit(2);
	fclose(open);
	return file;
}

static struct file segment_file(const struct spool *spool)
{
	char name[64];

	sprintf(name, "%020" PRIu64 ".jsonl.zst", spool->firsts[spool->i]);
	return file_read(spool->folder, name);
}

static int by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static void segments_list(struct spool *spool)
{
	DIR *folder = opendir(spool->folder);
	struct dirent *file;

	while (folder != NULL && (file = readdir(folder)) != NULL) {
		if (strspn(file->d_name, "0123456789") == 20 &&
		    strcmp(file->d_name + 20, ".jsonl.zst") == 0 &&
		    spool->n < SEGMENTS)
			spool->firsts[spool->n++] =
			    strtoull(file->d_name, NULL, 10);
	}
	if (folder != NULL)
		closedir(folder);
	qsort(spool->firsts, spool->n, sizeof(uint64_t), by_number);
}

/* A mark at an offset, and behind it all that it speaks of. */
static bool commit_at(const struct file *file, size_t at, struct commit *commit)
{
	const uint8_t *mark = file->bytes + at;
	size_t padding;

	if (at + MARK > file->len || get(mark, 4) != 0x184D2A5B ||
	    memcmp(mark + 8, "DLMK", 4) != 0 ||
	    get(mark + 12, 4) != crc(mark + 16, MARK - 16))
		return false;
	padding = get(mark + 20, 4);
	*commit = (struct commit){ .at = at,
		.mark = MARK + padding,
		.frame = get(mark + 16, 4),
		.first = get(mark + 24, 8),
		.next = get(mark + 32, 8),
		.committed = (int64_t)get(mark + 40, 8),
		.kind = (uint32_t)get(mark + 48, 4),
		.published = get(mark + 4, 4) == MARK - 8 + padding };
	return padding < 4 && (commit->mark + commit->frame) % 4 == 0 &&
	    commit->next > commit->first &&
	    at + commit->mark + commit->frame <= file->len &&
	    get(mark + 52, 4) == crc(mark + MARK, padding + commit->frame);
}

/* ---- what a reader is shown ---- */

static void segment_live(struct spool *spool)
{
	struct file file = segment_file(spool);
	struct commit commit, behind;
	size_t at = HEADER, i = spool->i;

	while (commit_at(&file, at, &commit) && commit.first == spool->next) {
		at += commit.mark + commit.frame;
		if (!commit.published && !commit_at(&file, at, &behind) &&
		    (i + 1 == spool->n || spool->firsts[i + 1] < commit.next))
			break;
		spool->next = commit.next;
	}
	free(file.bytes);
}

static bool live(struct spool *spool)
{
	for (; spool->i < spool->n; spool->i++) {
		if (spool->firsts[spool->i] == spool->next)
			segment_live(spool);
	}
	spool->next--;
	if (spool->n == 0 || spool->next < spool->firsts[0])
		spool->firsts[0] = spool->next = 0;
	return true;
}

/* ---- what a spool must be ---- */

/* "2026-11-05T07:20:03.311Z", and nothing else; or -1. */
static int64_t time_get(const char *text)
{
	struct tm day = { 0 };
	const char *end = strptime(text, "%Y-%m-%dT%H:%M:%S.", &day);

	if (end != text + 20 || strspn(end, "0123456789") != 3 || end[3] != 'Z')
		return -1;
	return (int64_t)timegm(&day) * 1000 + atoi(end);
}

static bool record_judge(
    struct spool *spool, const char *line, size_t len, uint64_t seq)
{
	char want[LINE_ROOM + 96], text[LINE_ROOM], spooled[25] = "";
	uint64_t at, n;

	if (sscanf(line,
		"{\"seq\":%" SCNu64 ",\"spooled\":\"%24[^\"]\",\"n\":%" SCNu64,
		&at, spooled, &n) != 3)
		return bad(spool, seq, "no line of ours");
	line_text(text, n);
	sprintf(want, "{\"seq\":%" PRIu64 ",\"spooled\":\"%s\",%s", seq,
	    spooled, text + 1);
	if (strlen(want) != len || memcmp(want, line, len) != 0)
		return bad(spool, seq, "not as it was written");
	if (time_get(spooled) < spool->last)
		return bad(spool, seq, "its time goes back");
	if (n <= spool->serial)
		return bad(spool, seq, "its serial number goes back");
	if (n >= LINE_AFTER && seq <= spool->visible)
		return bad(
		    spool, seq, "it has the number of one that was seen");
	spool->last = time_get(spooled);
	spool->serial = n;
	return true;
}

static bool loss_judge(struct spool *spool, const struct commit *commit,
    const char *line, size_t len)
{
	uint64_t seq = commit->first;
	char want[128];
	size_t n = (size_t)sprintf(want,
	    "{\"v\":1,\"kind\":\"loss\",\"from\":%" PRIu64 ",\"to\":%" PRIu64
	    ",\"why\":\"",
	    seq, commit->next - 1);
	bool meant = strncmp(line + n, LINE_LOSS, strlen(LINE_LOSS)) == 0;

	if (len < n + 2 || memcmp(line, want, n) != 0 ||
	    strcspn(line + n, "\"\\\n") != len - n - 2 ||
	    memcmp(line + len - 2, "\"}", 2) != 0)
		return bad(spool, seq, "a loss that is none");
	if (commit->committed < spool->last)
		return bad(spool, seq, "the time of the loss goes back");
	for (; seq < commit->next && !meant; seq++) {
		if (seq <= spool->visible &&
		    (seq < spool->from || seq > spool->to))
			return bad(spool, seq, "it was seen, and is lost");
	}
	spool->last = commit->committed;
	return true;
}

static bool lines_judge(
    struct spool *spool, const struct commit *commit, const char *line)
{
	const char *end = line + commit->lines;
	uint64_t seq = commit->first;
	size_t len;

	for (; line < end; line += len + 1, seq++) {
		len = strcspn(line, "\n");
		if (line[len] != '\n')
			return bad(spool, seq, "it has no end");
		if (!(commit->kind == 0 ? record_judge(spool, line, len, seq)
					: loss_judge(spool, commit, line, len)))
			return false;
	}
	if (seq != (commit->kind == 0 ? commit->next : commit->first + 1))
		return bad(spool, seq, "not as many lines as the mark says");
	if (spool->last != commit->committed)
		return bad(spool, seq, "the mark has another time");
	return true;
}

static bool commit_judge(
    struct spool *spool, const struct file *file, struct commit *commit)
{
	const uint8_t *mark = file->bytes + commit->at;
	const uint8_t *frame = mark + commit->mark;
	unsigned long long room =
	    ZSTD_getFrameContentSize(frame, commit->frame);
	char *lines;
	bool good;

	if (commit->first != spool->next)
		return bad(spool, spool->next, "another number comes");
	if (!commit->published)
		return bad(spool, commit->first, "it is pending");
	if (get(mark + MARK, (int)commit->mark - MARK) != 0)
		return bad(spool, commit->first, "its padding is not zero");
	if (commit->kind > 1 || room > 64 << 20 || (frame[4] & 4) == 0 ||
	    ZSTD_findFrameCompressedSize(frame, commit->frame) != commit->frame)
		return bad(spool, commit->first,
		    "no frame of known size with a checksum");
	lines = calloc(1, room + 1);
	commit->lines = ZSTD_decompress(lines, room, frame, commit->frame);
	good = commit->lines == room
	    ? lines_judge(spool, commit, lines)
	    : bad(spool, commit->first, "its frame is damaged");
	free(lines);
	spool->next = commit->next;
	return good;
}

/* What must be behind the commits of a sealed segment. */
static size_t seal_make(uint8_t *bytes, const struct commit *commits, size_t n)
{
	size_t size = 24 + 24 * n, entries = 2 * n + 2, i;
	uint8_t *at = put(put(bytes, 0x184D2A5C, 4), size - 8, 4);

	at = put(put(put(at, 0x58494C44, 4), 0, 4), n, 8); /* "DLIX" */
	for (i = 0; i < n; i++) {
		at = put(put(at, commits[i].at, 8), commits[i].first, 8);
		at = put(at, (uint64_t)commits[i].committed, 8);
	}
	put(bytes + 12, crc(bytes + 16, size - 16), 4);

	at = put(put(at, 0x184D2A5E, 4), 8 * entries + 9, 4);
	at = put(put(at, HEADER, 4), 0, 4);
	for (i = 0; i < n; i++) {
		at = put(put(at, commits[i].mark, 4), 0, 4);
		at = put(put(at, commits[i].frame, 4), commits[i].lines, 4);
	}
	at = put(put(at, size, 4), 0, 4);
	at = put(put(put(at, entries, 4), 0, 1), 0x8F92EAB1, 4);
	return (size_t)(at - bytes);
}

static bool rest_judge(struct spool *spool, const struct file *file, size_t at,
    const struct commit *commits, size_t n)
{
	uint8_t *want = calloc(1, 128 + 64 * n);
	size_t len = n > 0 ? seal_make(want, commits, n) : 0;
	bool good = at == file->len ||
	    (file->len - at == len && memcmp(file->bytes + at, want, len) == 0);

	free(want);
	return good || bad(spool, at, "at this byte is something else");
}

static bool segment_judge(struct spool *spool, const struct file *file)
{
	const uint8_t *header = file->bytes;
	struct commit *commits = calloc(file->len / MARK + 1, sizeof(*commits));
	int64_t begun = (int64_t)get(header + 48, 8);
	size_t n = 0, at = HEADER;
	bool good = true;

	if (spool->i == 0)
		memcpy(spool->uuid, header + 24, 16);
	if (file->len < HEADER || get(header, 4) != 0x184D2A5A ||
	    get(header + 4, 4) != 48 ||
	    memcmp(header + 8, "dateline", 8) != 0 ||
	    get(header + 16, 4) != crc(header + 20, 36) ||
	    get(header + 20, 4) != 1 ||
	    memcmp(spool->uuid, header + 24, 16) != 0 ||
	    get(header + 40, 8) != spool->firsts[spool->i])
		good = bad(spool, 0, "its header is damaged, or of another");
	else if (get(header + 40, 8) != spool->next)
		good = bad(spool, spool->next, "it is missing");
	else if (begun < spool->last)
		good = bad(spool, 0, "older than the end of the one before");
	spool->last = begun; /* and no line is older */
	while (good && commit_at(file, at, &commits[n])) {
		at += commits[n].mark + commits[n].frame;
		good = commit_judge(spool, file, &commits[n++]);
	}
	good = good && rest_judge(spool, file, at, commits, n);
	free(commits);
	return good;
}

/* One line, and nothing else; or nothing, or not yet the bytes of it. */
static bool consumer_judge(struct spool *spool, const struct file *file)
{
	const char *text = (char *)file->bytes;
	char uuid[37] = "", time[25] = "", again[160], hex[33];
	size_t zeros = 0, i, at;
	uint64_t seq = 0;

	while (zeros < file->len && text[zeros] == '\0')
		zeros++;
	if (zeros == file->len)
		return true;
	for (i = 0; i < 16; i++)
		sprintf(hex + 2 * i, "%02x", spool->uuid[i]);
	sprintf(uuid, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12,
	    hex + 16, hex + 20);
	sscanf(text, "dateline-consumer 1 %*s %20" SCNu64 " %24s", &seq, time);
	at = (size_t)sprintf(again, "dateline-consumer 1 %s %020" PRIu64 " %s ",
	    uuid, seq, time);
	sprintf(again + at, "%08x\n", (unsigned)crc(again, at));
	if (time_get(time) < 0 || strlen(again) != file->len ||
	    strcmp(again, text) != 0)
		return bad(
		    spool, seq, "a damaged consumer, or another spool's");
	return seq < spool->next ||
	    bad(spool, seq, "a consumer beyond the end");
}

static bool consumers_judge(struct spool *spool)
{
	char path[1200];
	struct dirent *found;
	struct file file;
	bool good = true;
	DIR *open;

	snprintf(path, sizeof(path), "%s/consumers", spool->folder);
	open = opendir(path);
	while (open != NULL && good && (found = readdir(open)) != NULL) {
		if (found->d_name[0] == '.')
			continue;
		file = file_read(path, found->d_name);
		good = consumer_judge(spool, &file);
		free(file.bytes);
	}
	if (open != NULL)
		closedir(open);
	return good;
}

static bool judge(struct spool *spool)
{
	bool good = true;

	for (; spool->i < spool->n && good; spool->i += good) {
		struct file file = segment_file(spool);

		good = segment_judge(spool, &file);
		free(file.bytes);
	}
	if (!good || !consumers_judge(spool))
		return false;
	return spool->next > spool->visible ||
	    bad(spool, spool->next, "it was seen, and is not there");
}

int main(void)
{
	char command[1200], verb[16], folder[1000];
	int n;

	while (fgets(command, sizeof(command), stdin) != NULL) {
		struct spool spool = { .folder = folder, .from = UINT64_MAX };

		n = sscanf(command,
		    "%15s %999s %" SCNu64 " %" SCNu64 " %" SCNu64, verb, folder,
		    &spool.visible, &spool.from, &spool.to);
		segments_list(&spool);
		spool.next = spool.n > 0 ? spool.firsts[0] : 1;
		if (n == 2 ? live(&spool) : n >= 3 && judge(&spool))
			printf("ok %" PRIu64 " %" PRIu64 "\n",
			    n == 2 || spool.n > 0 ? spool.firsts[0] : 1,
			    spool.next);
		else
			printf("bad %s\n", spool.why);
		fflush(stdout);
	}
	return 0;
}
