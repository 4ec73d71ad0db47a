/* A source that the plugin "feed" reads: its name and its file. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/fold.h"
#include "core/base/limits.h"
#include "core/base/url.h"
#include "core/tool/newsource.h"
#include "core/tool/scaffold.h"
#include "plugins/plugin.h"

#define NAME_MOST 40 /* bytes: it stands in ids, logs and columns */

/* ---- its name ---- */

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Runs of letters and digits, joined by hyphens. */
static char *hyphened(struct arena *arena, const char *text)
{
	char *name = arena_alloc(arena, strlen(text) + 1), *to = name;

	for (; *text != '\0'; text++) {
		if (is_letter(*text))
			*to++ = *text;
		else if (to > name && to[-1] != '-')
			*to++ = '-';
	}
	while (to > name && to[-1] == '-')
		to--;
	*to = '\0';
	return name;
}

/* Where a word ends, if that is not far away. */
static void shorten(char *name)
{
	char *hyphen;

	if (strlen(name) <= NAME_MOST)
		return;
	name[NAME_MOST] = '\0';
	hyphen = strrchr(name, '-');
	if (hyphen != NULL && hyphen > name + NAME_MOST / 2)
		*hyphen = '\0';
}

const char *newsource_name(struct arena *arena, const struct opml_feed *feed)
{
	const char *title = text_or(feed->title, "");
	const char *host = text_or(url_host(arena, feed->url), "");
	char *name = hyphened(arena, fold_key(arena, title));

	if (strncmp(host, "www.", 4) == 0)
		host += 4;
	if (*name == '\0')
		name = hyphened(arena, host);
	shorten(name);
	return name;
}

/* ---- its file ---- */

/* A line, as far as there is room in one; no character is cut in two. What
   would begin a comment within it does not. */
static void __attribute__((format(printf, 2, 3)))
put_line(struct buf *out, const char *format, ...)
{
	char line[LIMIT_CONF_LINE + 1];
	size_t len;
	va_list args;
	char *sign;

	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	len = strlen(line);
	if (len == LIMIT_CONF_LINE) {
		while (len > 0 && ((unsigned char)line[len - 1] & 0xC0) == 0x80)
			len--;
		if (len > 0 && ((unsigned char)line[len - 1] & 0x80) != 0)
			len--;
	}
	line[len] = '\0';
	while ((sign = strstr(line, " ;")) != NULL)
		sign[1] = ',';
	buf_printf(out, "%s\n", line);
}

static void put_zone(struct buf *out, const char *url)
{
	struct arena arena = { 0 };
	char *guess = scaffold_zone(url_host(&arena, url));

	buf_text(out,
	    "# Look at this: times that do not name their zone are of this "
	    "one.\n");
	if (strcmp(guess, "UTC") != 0)
		put_line(out, "# In the country of its host %s is one.", guess);
	buf_text(out, "zone = UTC\n");
	arena_reset(&arena);
	free(guess);
}

bool newsource_put(
    struct buf *out, const struct opml_feed *feed, const char *file)
{
	const char *slash = strrchr(file, '/');

	if (strlen("feed = ") + strlen(feed->url) > LIMIT_CONF_LINE)
		return false;
	put_line(out, "# %s", text_or(feed->title, feed->url));
	if (feed->folder != NULL)
		put_line(out, "# In the folder %s.", feed->folder);
	if (feed->page != NULL)
		put_line(out, "# Its pages are at %s", feed->page);
	put_line(out, "# Imported from %s.", slash != NULL ? slash + 1 : file);
	buf_text(out, "plugin = feed\n");
	if (feed->title != NULL)
		put_line(out, "agency = %s", feed->title);
	put_zone(out, feed->url);
	buf_printf(out, "feed = %s\n", feed->url);
	return true;
}

/* ---- whether it is there already ---- */

static const char *without_scheme(const char *url)
{
	const char *host = strstr(url, "://");

	return host != NULL ? host : url;
}

bool newsource_same(struct arena *arena, const char *a, const char *b)
{
	return strcmp(without_scheme(url_strip(arena, a)),
		   without_scheme(url_strip(arena, b))) == 0;
}
