/*
 * A robots.txt, after a line with our name and one with an address: a verdict
 * has a rule that is there, which says the same alone; what does not count in
 * the file changes nothing.
 */
#include <strings.h>

#include "core/base/buf.h"
#include "core/base/robots.h"
#include "tests/fuzz/fuzz.h"

#define DAY 86400000 /* ms */

struct question {
	char *agent, *url;
	const char *bytes;
	size_t len;
};

struct answer {
	bool allowed;
	int line;
	char *rule; /* NULL: none */
	int64_t delay;
};

static struct answer ask(
    const struct question *question, const char *bytes, size_t len)
{
	struct robots *robots = robots_read(bytes, len, question->agent);
	struct robots_verdict verdict;
	struct answer answer;

	robots_ask(robots, question->url, &verdict);
	answer.allowed = verdict.allowed;
	answer.line = verdict.line;
	answer.rule = verdict.rule != NULL ? strdup(verdict.rule) : NULL;
	answer.delay = robots_delay(robots);
	robots_free(robots);
	return answer;
}

/* How the file is changed, and how many lines more there are in front. */
static void check_same(const struct question *question,
    const struct answer *answer, const struct buf *changed, int more)
{
	struct answer again = ask(question, changed->bytes, changed->len);

	MUST(again.allowed == answer->allowed);
	MUST(again.delay == answer->delay);
	MUST((again.rule == NULL) == (answer->rule == NULL));
	if (again.rule != NULL) {
		MUST(again.line == answer->line + more);
		MUST(strcmp(again.rule, answer->rule) == 0);
	}
	free(again.rule);
}

static void check_answer(
    const struct question *question, const struct answer *answer)
{
	MUST(answer->delay >= 0 && answer->delay <= DAY);
	MUST((answer->rule == NULL) == (answer->line == 0));
	if (answer->rule == NULL) {
		MUST(answer->allowed);
		return;
	}
	MUST(answer->line > 0 && (size_t)answer->line <= question->len);
	MUST(answer->allowed == (strncasecmp(answer->rule, "a", 1) == 0));
	MUST(memmem(question->bytes, question->len, answer->rule,
		 strlen(answer->rule)) != NULL);
}

/* The rule that decides, and nothing else. */
static void check_alone(
    const struct question *question, const struct answer *answer)
{
	struct buf file = { 0 };
	struct answer alone;

	if (answer->rule == NULL)
		return;
	buf_printf(&file, "User-agent: *\n%s", answer->rule);
	alone = ask(question, file.bytes, file.len);
	MUST(alone.line == 2 && alone.allowed == answer->allowed);
	MUST(strcmp(alone.rule, answer->rule) == 0);
	free(alone.rule);
	buf_free(&file);
}

/* Rules for others in front, what is no rule behind. A byte order mark is one
   at the beginning only. */
static void check_around(
    const struct question *question, const struct answer *answer)
{
	struct buf file = { 0 };

	if (strncasecmp(question->agent, "nobody", 6) == 0 ||
	    (question->len > 0 && (question->bytes[0] & 0x80) != 0))
		return;
	buf_text(&file, "# one\r\n\rUser-agent: nobody\nAllow: /\n");
	buf_text(&file, "Crawl-delay: 1\n");
	buf_add(&file, question->bytes, question->len);
	buf_text(&file, "\n# none\nSitemap: /\nDisallowed: /\n");
	check_same(question, answer, &file, 5);
	buf_free(&file);
}

/* Each end of a line as another one. */
static void check_ends(const struct question *question,
    const struct answer *answer, const char *end)
{
	struct buf file = { 0 };
	size_t i;

	for (i = 0; i < question->len; i++) {
		char c = question->bytes[i];

		if (c == '\r' && i + 1 < question->len &&
		    question->bytes[i + 1] == '\n')
			continue;
		if (c == '\r' || c == '\n')
			buf_text(&file, end);
		else
			buf_add(&file, &c, 1);
	}
	check_same(question, answer, &file, 0);
	buf_free(&file);
}

static void check_whole_url(
    const struct question *question, const struct answer *answer)
{
	struct question whole = *question;
	struct buf url = { 0 }, file = { 0 };

	if (question->url[0] != '/' || question->url[1] == '/')
		return;
	buf_printf(&url, "https://news.example%s#fragment", question->url);
	buf_add(&file, question->bytes, question->len);
	whole.url = url.bytes;
	check_same(&whole, answer, &file, 0);
	buf_free(&url);
	buf_free(&file);
}

static char *line_take(const uint8_t **data, size_t *size)
{
	const uint8_t *end = *size > 0 ? memchr(*data, '\n', *size) : NULL;
	size_t len = end != NULL ? (size_t)(end - *data) : *size;
	char *line = strndup((const char *)*data, len);

	MUST(line != NULL);
	len += end != NULL;
	*data += len;
	*size -= len;
	return line;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct question question;
	struct answer answer;

	if (size == 0)
		return 0;
	question.agent = line_take(&data, &size);
	question.url = line_take(&data, &size);
	question.bytes = (const char *)data;
	question.len = size;
	answer = ask(&question, question.bytes, question.len);
	check_answer(&question, &answer);
	check_alone(&question, &answer);
	check_around(&question, &answer);
	check_ends(&question, &answer, "\n");
	check_ends(&question, &answer, "\r");
	check_ends(&question, &answer, "\r\n");
	check_whole_url(&question, &answer);
	free(question.agent);
	free(question.url);
	free(answer.rule);
	return 0;
}
