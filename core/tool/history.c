/* The last revision of each story. */
#include <stdlib.h>
#include <string.h>

#include "core/tool/history.h"

/* The id of a line that has it before anything with members of its own, as
   all of ours: nothing is parsed for it. NULL where it is not that simple. */
static const char *simple_id(const char *line, size_t *len)
{
	static const char key[] = "\"id\":\"";
	const char *at = strstr(line, key);

	if (at == NULL || *line != '{' ||
	    memchr(line + 1, '{', (size_t)(at - line - 1)) != NULL)
		return NULL;
	at += strlen(key);
	*len = strcspn(at, "\"\\");
	return at[*len] == '"' ? at : NULL;
}

/* What a withdrawal leaves out was so before, and is what a story that comes
   back is compared with. */
static json_t *withdrawn(const char *before, const char *line)
{
	json_t *record = json_loads(before, 0, NULL);
	json_t *now = json_loads(line, 0, NULL), *both;
	char *text;

	json_object_update(record, now);
	text = json_dumps(record, JSON_COMPACT);
	both = json_string_nocheck(text != NULL ? text : line);
	free(text);
	json_decref(now);
	json_decref(record);
	return both;
}

/* What is to be remembered of a line. */
static json_t *of_line(const char *line, const json_t *before)
{
	if (before != NULL && strstr(line, "\"status\":\"withdrawn\"") != NULL)
		return withdrawn(json_string_value(before), line);
	return json_string_nocheck(line);
}

static void forget(struct history *history, const char *id, size_t len)
{
	const json_t *line = json_object_getn(history->ids, id, len);

	history->bytes -= json_string_length(line);
	json_object_deln(history->ids, id, len);
}

static void keep_within(struct history *history)
{
	while (history->bytes > HISTORY_BYTES ||
	    json_object_size(history->ids) > HISTORY_IDS) {
		void *oldest = json_object_iter(history->ids);

		forget(history, json_object_iter_key(oldest),
		    json_object_iter_key_len(oldest));
	}
}

/* Members of an object come in the order in which they were set, so the story
   is taken out and set anew. */
static void remember(
    struct history *history, const char *id, size_t len, const char *line)
{
	json_t *now;

	if (history->ids == NULL)
		history->ids = json_object();
	history->before = json_incref(json_object_getn(history->ids, id, len));
	if (history->before != NULL)
		forget(history, id, len);
	now = of_line(line, history->before);
	history->bytes += json_string_length(now);
	json_object_setn_new_nocheck(history->ids, id, len, now);
	keep_within(history);
}

const char *history_next(struct history *history, const char *line)
{
	json_t *json = NULL;
	const char *id;
	size_t len;

	json_decref(history->before);
	history->before = NULL;
	id = simple_id(line, &len);
	if (id == NULL) {
		json = json_loads(line, 0, NULL);
		id = json_string_value(json_object_get(json, "id"));
		len = id != NULL ? strlen(id) : 0;
	}
	if (id != NULL)
		remember(history, id, len, line);
	json_decref(json);
	return json_string_value(history->before);
}

void history_free(struct history *history)
{
	json_decref(history->before);
	json_decref(history->ids);
	*history = (struct history){ .ids = NULL };
}
