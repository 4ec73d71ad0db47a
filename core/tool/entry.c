/* An entry of a feed or listing, and a further page that is wanted, as JSON. */
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

static const char *role_name(enum dl_role role)
{
	switch (role) {
	case DL_WANT_FEED: return "feed";
	case DL_WANT_OLDER: return "older";
	default: return "next";
	}
}

json_t *wanted_json(const struct wanted *wanted)
{
	return json_pack(
	    "{s:s, s:s}", "want", wanted->url, "role", role_name(wanted->role));
}
