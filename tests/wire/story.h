/*
 * A story: what an agency tells, and how it corrects itself. Its file has
 * fields (`name: value`), an empty line, and blocks, one a line; README.md
 * describes it.
 */
#ifndef WIRE_STORY_H
#define WIRE_STORY_H

#include <stdbool.h>

enum {
	MAX_STORIES = 256,
	MAX_FIELDS = 24, /* of a story */
	MAX_BLOCKS = 32, /* of a story: paragraphs, figures, boxes */
	EDITIONS = 2,    /* as it was first told, and as corrected */
};

struct field {
	const char *name, *value;
};

struct block {
	const char *kind; /* "paragraph", or what stood in brackets */
	const char *text;
};

struct edition {
	struct field field[MAX_FIELDS];
	unsigned fields;
	struct block block[MAX_BLOCKS];
	unsigned blocks;
};

struct story {
	char *name;  /* of its file, for messages */
	char *bytes; /* of its file; all strings lie in here */
	struct edition edition[EDITIONS];
	unsigned editions; /* 1, or 2 if it will be corrected */
	unsigned out;      /* 0 not yet published, 1 out, 2 corrected */
};

struct stories {
	struct story *story[MAX_STORIES]; /* oldest first */
	unsigned count;
};

/* Reads DIR/<agency>/<name>.story; ends the program if one is wrong. */
void stories_read(struct stories *stories, const char *dir);
void stories_free(struct stories *stories);

/* One story from the text of its file, which becomes the story's; `name` is for
   messages. */
struct story *story_from(const char *name, char *text);
void story_free(struct story *story);

/* A field of the first, or of the corrected edition; NULL if it has none. */
const char *edition_field(const struct edition *edition, const char *name);

/* The edition that readers see now; the first as long as none is out. */
const struct edition *story_edition(const struct story *story);
const char *story_field(const struct story *story, const char *name);
const char *story_updated(const struct story *story);

#endif
