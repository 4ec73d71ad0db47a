/* Rules of hosts, by name: a control request sets them one at a time. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "tests/wire/file.h"
#include "tests/wire/owner.h"

const struct owner *owner_find(const struct owners *owners, const char *host)
{
	for (unsigned i = 0; i < owners->count; i++) {
		if (strcasecmp(owners->owner[i].host, host) == 0)
			return &owners->owner[i];
	}
	return NULL;
}

struct owner *owner_of(struct owners *owners, const char *host)
{
	const struct owner *found = owner_find(owners, host);
	struct owner *owner;

	if (found != NULL)
		return &owners->owner[found - owners->owner];
	if (owners->count == MAX_OWNERS)
		die("%s: one owner too many", host);
	owner = &owners->owner[owners->count++];
	snprintf(owner->host, sizeof(owner->host), "%s", host);
	return owner;
}

bool owner_rule(struct owner *owner, const char *rule, const char *value)
{
	static const struct {
		const char *name;
		size_t at; /* of an unsigned in struct owner */
	} numbers[] = {
		{ "max-age", offsetof(struct owner, max_age) },
		{ "ttl", offsetof(struct owner, ttl) },
		{ "distrust", offsetof(struct owner, distrust) },
		{ "retry-after", offsetof(struct owner, retry_after) },
	};
	char *end;
	double number = strtod(value, &end);

	if (strcmp(rule, "forbid") == 0) {
		snprintf(owner->forbid, sizeof(owner->forbid), "/%s", value);
		return true;
	}
	if (end == value || *end != '\0' || !(number >= 0 && number < 1e9))
		return false;
	if (strcmp(rule, "crawl-delay") == 0) {
		owner->crawl_delay = number;
		return true;
	}
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		if (strcmp(numbers[i].name, rule) == 0) {
			*(unsigned *)(void *)((char *)owner + numbers[i].at) =
			    (unsigned)number;
			return true;
		}
	}
	return false;
}

double owner_interval(const struct owner *owner)
{
	double ttl = owner->ttl * 60.0;

	return owner->max_age > ttl ? owner->max_age : ttl;
}
