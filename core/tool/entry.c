/* An entry of a feed or listing, as JSON. */
#include "core/base/time.h"
#include "core/tool/entry.h"

static void put_text(json_t *object, const char *key, const char *text)
{
	if (text != NULL && *text != '\0')
		json_object_set_new(object, key, json_string(text));
}

static void put_moment(
    json_t *object, const char *key, const struct dl_moment *moment)
{
	char text[TIME_TEXT];

	if (moment != NULL)
		put_text(object, key,
		    time_rfc3339(text, moment->seconds, moment->offset, false));
}

json_t *entry_json(const struct dl_entry *entry)
{
	json_t *line = json_object();

	put_text(line, "id", entry->id);
	put_text(line, "url", entry->url);
	put_text(line, "title", entry->title);
	put_moment(line, "published", entry->published);
	put_moment(line, "updated", entry->updated);
	put_text(line, "summary", entry->summary);
	put_text(line, "author", entry->author);
	return line;
}
