/* How a value is written. Where real sites differ, so do these. */
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "tests/wire/file.h"
#include "tests/wire/filter.h"

static const char *entity(utf8proc_int32_t letter)
{
	static const struct {
		char letter;
		const char *text;
	} entities[] = {
		{ '&', "&amp;" },
		{ '<', "&lt;" },
		{ '>', "&gt;" },
		{ '"', "&quot;" },
		{ '~', "\u00A0" },
	};

	for (size_t i = 0; i < sizeof(entities) / sizeof(*entities); i++) {
		if (entities[i].letter == letter)
			return entities[i].text;
	}
	return NULL;
}

/* Letters from `low` to `high` as numbers, the others as they are. */
static void escape(
    FILE *out, const char *value, int low, int high, const char *number)
{
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)value;
	utf8proc_int32_t letter;
	utf8proc_ssize_t length;

	for (; (length = utf8proc_iterate(at, -1, &letter)) > 0 && letter != 0;
	     at += length) {
		if (entity(letter) != NULL)
			fputs(entity(letter), out);
		else if (letter >= low && letter <= high)
			fprintf(out, number, (unsigned)letter);
		else
			fwrite(at, 1, (size_t)length, out);
	}
}

static void write_raw(FILE *out, const char *value)
{
	fputs(value, out);
}

static void write_html(FILE *out, const char *value)
{
	escape(out, value, 1, 0, "");
}

/* As old ASP.NET does it: only Latin-1 becomes numbers. */
static void write_dec(FILE *out, const char *value)
{
	escape(out, value, 0xA0, 0xFF, "&#%u;");
}

/* As new ASP.NET does it: all but ASCII. */
static void write_hex(FILE *out, const char *value)
{
	escape(out, value, 0x80, 0x10FFFF, "&#x%X;");
}

static void write_json(FILE *out, const char *value)
{
	for (; *value != '\0'; value++) {
		if (*value == '"' || *value == '\\')
			fprintf(out, "\\%c", *value);
		else if ((unsigned char)*value < ' ')
			fprintf(out, "\\u%04x", (unsigned)*value);
		else
			fputc(*value, out);
	}
}

static void write_nfd(FILE *out, const char *value)
{
	utf8proc_uint8_t *text =
	    must(utf8proc_NFD((const utf8proc_uint8_t *)value));

	write_html(out, (const char *)text);
	free(text);
}

time_t time_read(const char *text)
{
	struct tm tm = { .tm_isdst = 0 };

	if (strptime(text, "%Y-%m-%dT%H:%M:%S", &tm) == NULL)
		die("%s: not a time", text);
	return timegm(&tm);
}

static void write_time(FILE *out, const char *how, const char *value)
{
	char text[128];
	struct tm tm;
	time_t when;

	if (*value == '\0')
		return; /* a feed with nothing in it yet */
	when = time_read(value);
	gmtime_r(&when, &tm);
	strftime(text, sizeof(text), how, &tm);
	fputs(text, out);
}

void filter(FILE *out, const char *name, const char *value)
{
	static const struct {
		const char *name;
		void (*write)(FILE *out, const char *value);
	} filters[] = {
		{ "raw", write_raw },
		{ "html", write_html },
		{ "dec", write_dec },
		{ "hex", write_hex },
		{ "json", write_json },
		{ "nfd", write_nfd },
	};

	if (name[0] == '%') {
		write_time(out, name, value);
		return;
	}
	for (size_t i = 0; i < sizeof(filters) / sizeof(*filters); i++) {
		if (strcmp(filters[i].name, name) == 0) {
			filters[i].write(out, value);
			return;
		}
	}
	die("%s: no such filter", name);
}
