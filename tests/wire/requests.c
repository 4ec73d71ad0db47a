/* The log of requests, oldest first, as JSON lines. */
#include "tests/wire/filter.h"
#include "tests/wire/requests.h"

void requests_add(struct requests *requests, const struct request *request)
{
	requests->ring[requests->count++ % MAX_REQUESTS] = *request;
}

static void text_write(FILE *out, const char *name, const char *value)
{
	fprintf(out, "\"%s\":\"", name);
	filter(out, "json", value);
	fputs("\",", out);
}

static void request_write(FILE *out, const struct request *request)
{
	fputc('{', out);
	text_write(out, "host", request->host);
	text_write(out, "path", request->path);
	fprintf(out, "\"status\":%u,", request->status);
	fprintf(
	    out, "\"if_none_match\":%s,", request->match ? "true" : "false");
	if (request->since[0] != '\0')
		text_write(out, "if_modified_since", request->since);
	if (request->agent[0] != '\0')
		text_write(out, "user_agent", request->agent);
	if (request->key[0] != '\0')
		text_write(out, "key", request->key);
	fprintf(out, "\"ms\":%lu}\n", request->ms);
}

void requests_write(FILE *out, const struct requests *requests)
{
	unsigned long first = 0;

	if (requests->count > MAX_REQUESTS)
		first = requests->count - MAX_REQUESTS;
	for (unsigned long i = first; i < requests->count; i++)
		request_write(out, &requests->ring[i % MAX_REQUESTS]);
}
