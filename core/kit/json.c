/* JSON with the mistakes that sites make mended. */
#include <string.h>

#include "core/kit/job.h"
#include "core/kit/json.h"

struct writer { /* on the way to JSON */
	const char *from;
	char *to;
	bool string; /* between quotes */
};

/* In a string: raw line ends and tabs become spaces, and the backslash of an
   escape that JSON has not got is dropped. */
static void mend_string(struct writer *w)
{
	if (*w->from == '\\') {
		if (w->from[1] == '\0' ||
		    strchr("\"\\/bfnrtu", w->from[1]) == NULL) {
			w->from++;
			return;
		}
		*w->to++ = *w->from++;
	} else if (*w->from == '"') {
		w->string = false;
	}
	*w->to++ = (unsigned char)*w->from < ' ' ? ' ' : *w->from;
	w->from++;
}

/* Between strings: a comma before a closing bracket is dropped. */
static void mend_other(struct writer *w)
{
	size_t white;

	if (*w->from == ',') {
		white = strspn(w->from + 1, " \t\r\n");
		if (w->from[1 + white] == ']' || w->from[1 + white] == '}') {
			w->from++;
			return;
		}
	}
	w->string = *w->from == '"';
	*w->to++ = *w->from++;
}

/* The first bracket that is not of the wrapping <![CDATA[. */
static const char *json_start(const char *wrong)
{
	static const char cdata[] = "<![CDATA[";
	const char *wrapped = strstr(wrong, cdata);
	const char *start = strpbrk(wrong, "{[");

	if (wrapped == NULL || start == NULL || start < wrapped)
		return start;
	return strpbrk(wrapped + strlen(cdata), "{[");
}

json_t *json_mended(struct dl_job *job, const char *wrong)
{
	char *text = job_alloc(job, strlen(wrong) + 1);
	struct writer w = { .from = json_start(wrong), .to = text };

	while (w.from != NULL && *w.from != '\0') {
		if (w.string)
			mend_string(&w);
		else
			mend_other(&w);
	}
	return json_loadb(text, (size_t)(w.to - text),
	    JSON_DISABLE_EOF_CHECK | JSON_ALLOW_NUL, NULL);
}

const json_t *json_first(const json_t *value)
{
	while (json_is_array(value))
		value = json_array_get(value, 0);
	return value;
}

const json_t *json_at(const json_t *value, const char *path)
{
	while (*path != '\0' && value != NULL) {
		size_t len = strcspn(path, ".");

		value = json_object_getn(json_first(value), path, len);
		path += len + (path[len] == '.');
	}
	return value;
}

const char *json_text(struct dl_job *job, const json_t *value)
{
	value = json_first(value);
	if (json_is_object(value))
		value = json_object_get(value, "@value");
	if (json_is_string(value))
		return job_copy(
		    job, json_string_value(value), json_string_length(value));
	if (json_is_integer(value))
		return job_printf(
		    job, "%lld", (long long)json_integer_value(value));
	if (json_is_real(value))
		return job_printf(job, "%.15g", json_real_value(value));
	return NULL;
}
