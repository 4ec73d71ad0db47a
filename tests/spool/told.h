/* What a reader of a spool is told, as one line of text; lines for a writer. */
#ifndef TESTS_TOLD_H
#define TESTS_TOLD_H

#include <inttypes.h>

#include "spool/spool.h"
#include "spool/writer.h"
#include "tests/folder.h"

/* A batch of `n` lines whose own numbers begin with `from`. */
static inline struct spool_batch lines(uint64_t from, int n)
{
	struct spool_batch batch = { 0 };
	char json[64];
	int i;

	for (i = 0; i < n; i++) {
		snprintf(json, sizeof(json), "{\"n\":%" PRIu64 "}", from + i);
		spool_add(&batch, json, strlen(json));
	}
	return batch;
}

/* Writes a commit of `n` lines that know their numbers. */
static inline int write_lines(struct spool_writer *writer, int n)
{
	struct spool_batch batch = lines(spool_writer_next(writer), n);
	uint64_t next = spool_writer_next(writer), first = 0;
	int done = spool_write(writer, &batch, &first);

	if (done == 0) {
		assert_int_equal(first, next);
		assert_int_equal(spool_writer_next(writer), next + (uint64_t)n);
	} else {
		assert_int_equal(spool_writer_next(writer), next);
	}
	spool_batch_free(&batch);
	return done;
}

static inline struct spool_writer *writer_at(
    const char *folder, const struct spool_settings *settings)
{
	struct spool_writer *writer = spool_writer_open(folder, settings);
	struct spool_recovered found;

	assert_non_null(writer);
	assert_int_equal(spool_recover(writer, &found), 0);
	assert_int_equal(found.next, spool_writer_next(writer));
	return writer;
}

/* Of a folder that may be empty: its first writer makes it a spool. */
static inline struct spool_reader *reader_at(const char *folder)
{
	struct spool_settings settings = { 0 };
	struct spool_reader *reader;

	spool_writer_close(spool_writer_open(folder, &settings));
	reader = spool_open(folder);
	assert_non_null(reader);
	return reader;
}

static inline void flip(const char *path, uint64_t bit)
{
	int fd = open(path, O_RDWR);
	char byte;

	assert_int_equal(pread(fd, &byte, 1, (off_t)(bit / 8)), 1);
	byte = (char)(byte ^ 1 << bit % 8);
	assert_int_equal(pwrite(fd, &byte, 1, (off_t)(bit / 8)), 1);
	close(fd);
}

/* The mark at an offset is as it was before it was published. */
static inline void unpublish(const char *path, uint64_t at)
{
	int fd = open(path, O_RDWR);
	struct step step;
	uint8_t size[4];

	assert_int_equal(segment_step(&disk_real, fd, at, &step), FOUND_COMMIT);
	step.mark.pending = true;
	mark_put_size(size, &step.mark);
	assert_int_equal(pwrite(fd, size, 4, (off_t)at + 4), 4);
	close(fd);
}

/* "3" of a line, if it knows its number; "loss" of such; "gap 4-6"; "damaged
   00000000000000000001.jsonl.zst@56 7-9". */
static inline void tell(char *told, size_t room, enum spool_status status,
    const struct spool_line *line)
{
	const char *n;

	switch (status) {
	case SPOOL_LINE:
		assert_int_equal(strlen(line->text), line->len);
		n = strstr(line->text, "\"n\":");
		if (line->seq == 0)
			snprintf(told, room, "loss");
		else if (n != NULL && strtoull(n + 4, NULL, 10) == line->seq)
			snprintf(told, room, "%" PRIu64, line->seq);
		else
			snprintf(told, room, "%" PRIu64 "=%s", line->seq,
			    line->text);
		break;
	case SPOOL_GAP:
		snprintf(told, room, "gap %" PRIu64 "-%" PRIu64, line->from,
		    line->to);
		break;
	case SPOOL_DAMAGED:
		snprintf(told, room,
		    "damaged %s@%" PRIu64 " %" PRIu64 "-%" PRIu64, line->file,
		    line->offset, line->from, line->to);
		break;
	default: snprintf(told, room, "error");
	}
}

/* All up to the end, parted by commas; until the next call. */
static inline const char *told(struct spool_reader *reader)
{
	static char text[8192];
	const size_t room = sizeof(text);
	const struct spool_line *line;
	enum spool_status status;
	size_t at = 0;

	text[0] = '\0';
	while ((status = spool_next(reader, &line)) != SPOOL_END) {
		if (at > 0)
			at += (size_t)snprintf(text + at, room - at, ", ");
		tell(text + at, room - at, status, line);
		at += strlen(text + at);
		if (status == SPOOL_ERROR || at + 200 > room)
			break;
	}
	return text;
}

/* The same, from the oldest line on. Opening a reader is slow (closing what
   watches a folder is), so tests share one. */
static inline const char *told_all(struct spool_reader *reader)
{
	spool_seek(reader, 1);
	return told(reader);
}

/* What zstdcat(1) makes of all segments is what a reader gets, line by line;
   it must not complain. */
static inline void check_zstdcat(
    struct folder *folder, struct spool_reader *reader)
{
	const struct spool_line *line;
	enum spool_status status;
	char command[256], *all, *at;
	int exit;

	snprintf(command, sizeof(command), "zstdcat %s/*.jsonl.zst 2>&1",
	    folder->path);
	at = all = printed_by(command, &exit);
	assert_int_equal(exit, 0);
	spool_seek(reader, 1);
	while ((status = spool_next(reader, &line)) != SPOOL_END) {
		if (status != SPOOL_LINE)
			continue;
		if (strncmp(at, line->text, line->len) != 0 ||
		    at[line->len] != '\n')
			fail_msg("zstdcat: %.80s, not %s", at, line->text);
		at += line->len + 1;
	}
	assert_string_equal(at, "");
	free(all);
}

#endif
