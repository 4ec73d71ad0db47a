/* What an operator may do about a source that is not well. */
#include <stddef.h>
#include <string.h>

#include "core/base/advice.h"

/* Of one that fails that of the class, else that of the state. */
static const struct advice {
	const char *word, *sentence;
} advices[] = {
	{ "dns",
	    "look whether the name in feed = is right, and whether this "
	    "machine resolves others" },
	{ "connect",
	    "look whether this machine may reach it: a firewall, "
	    "proxy =" },
	{ "tls", "look at its certificate, and at ca_file =" },
	{ "timeout", "it is slow: raise timeout =, or wait" },
	{ "broken", "its server ends answers early: wait, or try http2 = no" },
	{ "http-4xx",
	    "it does not want to be asked like that: look at header "
	    "= and user_agent =" },
	{ "http-5xx", "its server is in trouble: wait" },
	{ "not-found",
	    "the feed is not there any more: write feed = with its "
	    "new address" },
	{ "gone", "the feed is gone for good: take it out, or write another" },
	{ "limited",
	    "it is asked too often: raise min_interval = and pause =" },
	{ "blocked",
	    "it does not want us: write contact =, ask more slowly, or "
	    "ask its owner" },
	{ "redirects",
	    "its address leads nowhere: write the one that browsers "
	    "end at" },
	{ "forbidden", "its robots.txt says no: ask its owner" },
	{ "refused",
	    "its address or size is beyond what is allowed: see "
	    "allow_private and page_bytes in datelined.conf(5)" },
	{ "empty",
	    "it answers with nothing: wait, or look at it with a "
	    "browser" },
	{ "no-entries", "it is a feed of nothing: wait, or look for another" },
	{ "not-a-feed",
	    "a page came where a feed should be: look at it with "
	    "a browser" },
	{ "unreadable",
	    "the plugin does not understand it: try dateline plugin "
	    "test --live" },
	{ "ours", "look at the log: it is our disk, or a worker" },
	{ "drifting",
	    "the site may have changed: try dateline plugin test "
	    "--live" },
	{ "stale",
	    "nothing new for long: look whether it has another feed "
	    "now" },
	{ "paused", "an operator lets it rest: dateline resume" },
};

static const char *find(const char *word)
{
	size_t i;

	for (i = 0; i < sizeof(advices) / sizeof(advices[0]); i++) {
		if (strcmp(advices[i].word, word) == 0)
			return advices[i].sentence;
	}
	return NULL;
}

const char *advice_of(const char *state, const char *class)
{
	const char *sentence =
	    strcmp(state, "failing") == 0 ? find(class) : NULL;

	return sentence != NULL ? sentence : find(state);
}
