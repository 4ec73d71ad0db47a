/* Reads stories. A line is a field, then a block; what is wrong ends us. */
#include <stdlib.h>
#include <string.h>

#include "tests/wire/file.h"
#include "tests/wire/story.h"

static void field_read(
    const struct story *story, struct edition *edition, char *line)
{
	char *value = strchr(line, ':');
	unsigned i;

	if (value == NULL)
		die("%s: not a field: %s", story->name, line);
	*value++ = '\0';
	for (i = 0; i < edition->fields; i++) {
		if (strcmp(edition->field[i].name, line) == 0)
			break;
	}
	if (i == MAX_FIELDS)
		die("%s: too many fields", story->name);
	edition->field[i] = (struct field){ line, trimmed(value) };
	if (i == edition->fields)
		edition->fields++;
}

/* "[figure] A bridge" is a figure, "[3] Text" the third block said anew. */
static void block_read(
    const struct story *story, struct edition *edition, char *line)
{
	struct block block = { "paragraph", line };
	char *end = line[0] == '[' ? strchr(line, ']') : NULL;
	unsigned number = 0;

	if (end != NULL) {
		*end = '\0';
		block = (struct block){ line + 1, trimmed(end + 1) };
		number = (unsigned)strtoul(block.kind, NULL, 10);
	}
	if (number > edition->blocks || edition->blocks == MAX_BLOCKS)
		die("%s: no room for [%s]", story->name, block.kind);
	if (number > 0)
		edition->block[number - 1].text = block.text;
	else
		edition->block[edition->blocks++] = block;
}

static void story_parse(struct story *story)
{
	char *rest = story->bytes, *line;
	struct edition *edition = &story->edition[0];
	bool head = true;

	story->editions = 1;
	while ((line = line_next(&rest)) != NULL) {
		line = trimmed(line);
		if (strcmp(line, "== correction ==") == 0) {
			edition = &story->edition[1];
			*edition = story->edition[0];
			story->editions = 2;
			head = true;
		} else if (*line == '\0') {
			head = false;
		} else if (head) {
			field_read(story, edition, line);
		} else {
			block_read(story, edition, line);
		}
	}
}

/* Nobody corrects a story before it is told, so `updated` may be missing. */
static void story_check(const struct story *story)
{
	static const char *const needed[] = { "host", "source", "published",
		"title", "slug", NULL };

	for (unsigned i = 0; needed[i] != NULL; i++) {
		if (edition_field(&story->edition[0], needed[i]) == NULL)
			die("%s: has no %s", story->name, needed[i]);
	}
	if (story->editions == 2 &&
	    edition_field(&story->edition[1], "updated") == NULL)
		die("%s: its correction has no updated", story->name);
}

struct story *story_from(const char *name, char *text)
{
	struct story *story = must(calloc(1, sizeof(*story)));

	story->name = must(strdup(name));
	story->bytes = text;
	story_parse(story);
	story_check(story);
	return story;
}

void story_free(struct story *story)
{
	free(story->name);
	free(story->bytes);
	free(story);
}

static void story_read(void *whose, const char *path)
{
	struct stories *stories = whose;

	if (stories->count == MAX_STORIES)
		die("%s: one story too many", path);
	stories->story[stories->count++] = story_from(path, file_read(path));
}

/* Times are all of one form; that zones differ by hours does no harm here. */
static int by_time(const void *one, const void *other)
{
	const struct story *a = *(struct story *const *)one;
	const struct story *b = *(struct story *const *)other;

	return strcmp(story_field(a, "published"), story_field(b, "published"));
}

void stories_read(struct stories *stories, const char *dir)
{
	char *pattern = format("%s/*/*.story", dir);

	files_each(pattern, story_read, stories);
	free(pattern);
	qsort(
	    stories->story, stories->count, sizeof(stories->story[0]), by_time);
}

void stories_free(struct stories *stories)
{
	for (unsigned i = 0; i < stories->count; i++)
		story_free(stories->story[i]);
}

const char *edition_field(const struct edition *edition, const char *name)
{
	for (unsigned i = 0; i < edition->fields; i++) {
		if (strcmp(edition->field[i].name, name) == 0)
			return edition->field[i].value;
	}
	return NULL;
}

const struct edition *story_edition(const struct story *story)
{
	return &story->edition[story->out == 2];
}

const char *story_field(const struct story *story, const char *name)
{
	return edition_field(story_edition(story), name);
}

const char *story_updated(const struct story *story)
{
	const char *updated = story_field(story, "updated");

	return updated != NULL ? updated : story_field(story, "published");
}
