/*
 * What a spool is, told a second time and without its code: lines and segments
 * in arrays, and what readers, consumers and retention make of them. Nothing is
 * ever taken out of the arrays: who has a removed segment open reads on in it.
 */
#ifndef TESTS_MODEL_H
#define TESTS_MODEL_H

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define NONE SIZE_MAX
#define FILLING_MOST 100000 /* bytes of a line's filling */
#define NOISE_MOST 8000     /* bytes of that, in which there is noise */

struct known_line {
	uint64_t first, last; /* numbers: one, or those of a loss */
	int64_t time;
	uint32_t filling; /* bytes of a record's filling */
	const char *why;  /* of a loss; NULL: a record */
};

struct known_segment {
	uint64_t first; /* number in its name */
	size_t line;    /* index of its first line */
	int64_t created;
	bool sealed;
};

struct model {
	struct known_line *lines;
	size_t n_lines, lines_room;
	struct known_segment *segments;
	size_t n_segments, segments_room;
	size_t oldest; /* index of the first segment that is still there */
	uint64_t next;
	int64_t time; /* of the last commit */
};

static inline void *one_more(void *array, size_t n, size_t *room, size_t size)
{
	if (n < *room)
		return array;
	*room = 2 * n + 64;
	array = realloc(array, *room * size);
	if (array == NULL)
		abort();
	return array;
}

static inline void model_begin(struct model *model)
{
	*model = (struct model){ .next = 1 };
}

static inline void model_free(struct model *model)
{
	free(model->lines);
	free(model->segments);
}

/* ---- writing ---- */

static inline int64_t model_time(const struct model *model, int64_t now)
{
	return now > model->time ? now : model->time;
}

/* Whether the next commit begins a segment. */
static inline bool model_full(const struct model *model, uint64_t bytes,
    uint64_t most, int64_t now, int64_t age)
{
	return model->n_segments == 0 || bytes >= most ||
	    model_time(model, now) -
		model->segments[model->n_segments - 1].created >=
	    age;
}

static inline void model_rotate(struct model *model, int64_t now)
{
	model->segments = one_more(model->segments, model->n_segments,
	    &model->segments_room, sizeof(*model->segments));
	model->segments[model->n_segments++] =
	    (struct known_segment){ .first = model->next,
		    .line = model->n_lines,
		    .created = model_time(model, now) };
}

static inline void model_add(
    struct model *model, uint64_t last, uint32_t filling, const char *why)
{
	model->lines = one_more(model->lines, model->n_lines,
	    &model->lines_room, sizeof(*model->lines));
	model->lines[model->n_lines++] = (struct known_line){
		.first = model->next,
		.last = last,
		.time = model->time,
		.filling = filling,
		.why = why,
	};
	model->next = last + 1;
}

/* What a writer is given for a number. Half of it is noise, so that segments
   become full; but lines of more make a commit long and its frame small. */
static inline void model_json(char *json, uint64_t seq, uint32_t filling)
{
	uint64_t noise = seq * 0x9E3779B97F4A7C15u + 1;
	uint32_t i;

	json += sprintf(json, "{\"n\":%" PRIu64 ",\"x\":\"", seq);
	memset(json, 'x', filling);
	for (i = 0; i < filling && i < NOISE_MOST; i += 2) {
		noise ^= noise << 13;
		noise ^= noise >> 7;
		noise ^= noise << 17;
		json[i] = (char)('A' + noise % 26);
	}
	json += filling;
	strcpy(json, "\"}");
}

static inline void model_text(char *text, const struct known_line *line)
{
	time_t seconds = (time_t)(line->time / 1000);
	struct tm day;

	if (line->why != NULL) {
		sprintf(text,
		    "{\"v\":1,\"kind\":\"loss\",\"from\":%" PRIu64
		    ",\"to\":%" PRIu64 ",\"why\":\"%s\"}",
		    line->first, line->last, line->why);
		return;
	}
	gmtime_r(&seconds, &day);
	text +=
	    sprintf(text, "{\"seq\":%" PRIu64 ",\"spooled\":\"", line->first);
	text += strftime(text, 32, "%Y-%m-%dT%H:%M:%S", &day);
	text += sprintf(text, ".%03dZ\",", (int)(line->time % 1000));
	model_json(text, line->first, line->filling);
	memmove(text, text + 1, strlen(text)); /* its brace stands in front */
}

/* ---- reading ---- */

/* Index of the first line from `from` on that is not all before a number, or
   not before a time; n_lines: there is none. */
static inline size_t model_find(
    const struct model *model, size_t from, uint64_t seq, int64_t time)
{
	size_t end = model->n_lines;

	while (from < end) {
		size_t middle = from + (end - from) / 2;
		const struct known_line *line = &model->lines[middle];

		if (line->last < seq || line->time < time)
			from = middle + 1;
		else
			end = middle;
	}
	return from;
}

/* Index of the segment that a line is in, one that exists. */
static inline size_t model_segment(const struct model *model, size_t line)
{
	size_t from = 0, end = model->n_segments;

	while (end - from > 1) {
		size_t middle = from + (end - from) / 2;

		if (model->segments[middle].line <= line)
			from = middle;
		else
			end = middle;
	}
	return from;
}

static inline uint64_t model_oldest(const struct model *model)
{
	return model->n_segments > 0 ? model->segments[model->oldest].first : 1;
}

enum told { TOLD_LINE, TOLD_GAP, TOLD_END };

struct told_one {
	enum told told;
	size_t line;       /* of a LINE: its index */
	uint64_t from, to; /* of a GAP */
};

/*
 * Where a reader stands. It keeps the segment open that its last line came
 * from, and reads on there when that is removed. Which one it has open before
 * its first line is its own affair: so there are two right answers sometimes.
 */
struct place {
	uint64_t want; /* number of the line to come; 0: */
	int64_t since; /* the first of this time or later */
	size_t held, perhaps;
};

static inline struct told_one told_line(const struct model *model, size_t line)
{
	return (struct told_one){ .told = line < model->n_lines ? TOLD_LINE
								: TOLD_END,
		.line = line };
}

/* The right answers, at most two of them; how many. */
static inline int place_next(const struct model *model,
    const struct place *place, struct told_one right[2])
{
	bool by_time = place->want == 0;
	size_t from = by_time && model->n_segments > 0
	    ? model->segments[model->oldest].line
	    : 0;
	size_t line = model_find(
	    model, from, place->want, by_time ? place->since : INT64_MIN);
	size_t segment = model_segment(model, line);
	size_t other = place->perhaps;
	int n = 0;

	if (line == model->n_lines || segment >= model->oldest ||
	    segment == place->held || segment == place->perhaps)
		right[n++] = told_line(model, line);
	if (line < model->n_lines && segment < model->oldest &&
	    segment != place->held)
		right[n++] = (struct told_one){ .told = TOLD_GAP,
			.from = place->want,
			.to = model_oldest(model) - 1 };
	if (!by_time || other == NONE || other >= model->oldest)
		return n;
	line = model_find(model, model->segments[other].line, 0, place->since);
	if (model_segment(model, line) == other)
		right[n++] = told_line(model, line);
	return n;
}

static inline void place_told(
    const struct model *model, struct place *place, const struct told_one *told)
{
	size_t last = model->n_segments - 1;

	switch (told->told) {
	case TOLD_LINE:
		place->want = model->lines[told->line].last + 1;
		place->held = model_segment(model, told->line);
		place->perhaps = NONE;
		break;
	case TOLD_GAP:
		place->want = told->to + 1;
		place->held = NONE;
		place->perhaps = model->oldest;
		break;
	default:
		if (place->held != last)
			place->perhaps = last; /* NONE where there is none */
	}
}

/* Before that, too, it may have had one open. */
static inline void place_seek(struct place *place, uint64_t want, int64_t since)
{
	if (place->held != NONE)
		place->perhaps = place->held;
	place->held = NONE;
	place->want = want;
	place->since = since;
}

/* ---- sealing ---- */

/* Segments that sealing has to do with. */
static inline size_t model_seal(struct model *model)
{
	size_t i, n = 0;

	for (i = model->oldest; i + 1 < model->n_segments; i++) {
		n += !model->segments[i].sealed;
		model->segments[i].sealed = true;
	}
	return n;
}

#endif
