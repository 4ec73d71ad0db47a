/*
 * The fingerprint of a text: 64 bits of which a copy of it has most in common,
 * also one that was shortened, or has another lead, or another number.
 *
 * It is a SimHash (Charikar 2002) of the folded text. Each run of four words is
 * a hash, and for each bit of the fingerprint the hashes vote; of scripts that
 * leave no room between words it is six signs. A run that has a number in it
 * votes twice: of two weather reports all words may be the same, and of two
 * copies most numbers are. How well that tells copies from look-alikes is
 * measured in tests/worker/copies.c.
 */
#include <string.h>

#include "extractors/letters.h"
#include "plugin.h"

enum {
	BITS = 64,
	WORDS = 4, /* in a run */
	SIGNS = 6, /* in a run of them */
	NUMBER_VOTES = 2,
	LEAST_RUNS = 20, /* shorter texts say too little */
	DIGITS = 32,     /* of a number of votes; a text has no more runs */
};

struct unit { /* a word, or a sign that is as good as one */
	uint64_t hash;
	int sign, number;
};

struct count {
	struct unit last[SIGNS]; /* a ring */
	size_t units, runs;
	/* The votes for each bit, of all bits at once: a word has the same
	   digit of 64 numbers. And how many votes there were. */
	uint64_t digits[DIGITS], all;
};

/* Han, kana and Thai. */
static int is_sign(uint32_t point)
{
	return (point >= 0x3041 && point <= 0x9fff) ||
	    (point >= 0xf900 && point <= 0xfaff) || point >= 0x20000 ||
	    (point >= 0xe00 && point <= 0xe7f);
}

/* FNV-1a. Fingerprints are kept: this is never to be changed. */
static uint64_t hash_add(uint64_t hash, const char *bytes, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		hash =
		    (hash ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
	return hash;
}

/* Each bit of what comes out depends on all of what goes in (splitmix64). */
static uint64_t mixed(uint64_t hash)
{
	hash = (hash ^ hash >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	hash = (hash ^ hash >> 27) * UINT64_C(0x94d049bb133111eb);
	return hash ^ hash >> 31;
}

/* Its bytes; 0 at the end. */
static size_t unit_read(const char *text, struct unit *unit)
{
	size_t at = 0, len;
	uint32_t point;

	*unit = (struct unit){ 0 };
	for (; text[at] != '\0' && text[at] != ' '; at += len) {
		point = point_at(text + at, &len);
		if (is_sign(point) && at > 0)
			break;
		unit->sign = is_sign(point);
		unit->number |= point >= '0' && point <= '9';
		if (unit->sign) {
			at = len;
			break;
		}
	}
	unit->hash = hash_add(UINT64_C(0xcbf29ce484222325), text, at);
	return at;
}

/* One more for each bit of the hash: as one adds by hand, what is carried
   goes to the next digit. */
static void votes_add(struct count *count, uint64_t hash)
{
	uint64_t *digit = count->digits, carried;

	for (; hash != 0 && digit < count->digits + DIGITS; digit++) {
		carried = *digit & hash;
		*digit ^= hash;
		hash = carried;
	}
	count->all++;
}

static uint64_t votes_of(const struct count *count, int bit)
{
	uint64_t votes = 0;
	int i;

	for (i = 0; i < DIGITS; i++)
		votes |= (count->digits[i] >> bit & 1) << i;
	return votes;
}

static void run_vote(struct count *count, size_t len)
{
	uint64_t hash = 0;
	int number = 0, vote;
	size_t i;

	for (i = count->units - len; i < count->units; i++) {
		hash = mixed(hash + count->last[i % SIGNS].hash);
		number |= count->last[i % SIGNS].number;
	}
	for (vote = 0; vote < (number ? NUMBER_VOTES : 1); vote++)
		votes_add(count, hash);
	count->runs++;
}

static void count_text(struct count *count, const char *key)
{
	struct unit *unit;
	size_t len, run;

	for (; *key != '\0'; key += len + (key[len] == ' ')) {
		unit = &count->last[count->units++ % SIGNS];
		len = unit_read(key, unit);
		run = unit->sign ? SIGNS : WORDS;
		if (count->units >= run)
			run_vote(count, run);
	}
}

static int is_ascii(const char *text)
{
	while (*text != '\0' && (unsigned char)*text < 0x80)
		text++;
	return *text == '\0';
}

/* As text_key() makes it, but of a text that is folded already. */
static const char *ascii_key(struct dl_job *job, const char *text)
{
	char *key = job_alloc(job, strlen(text) + 1), *out = key;

	for (; *text != '\0'; text++) {
		char small = *text >= 'A' && *text <= 'Z'
		    ? (char)(*text + 'a' - 'A')
		    : *text;

		if ((small >= 'a' && small <= 'z') ||
		    (small >= '0' && small <= '9'))
			*out++ = small;
		else if (out > key && out[-1] != ' ')
			*out++ = ' ';
	}
	return key;
}

/* Folding is dear, and diacritics may have done it. */
static const char *key_of(struct dl_job *job, const struct dl_record *record)
{
	const char *text = text_or(record->text_ascii, record->text);

	if (text == NULL)
		return "";
	return is_ascii(text) ? ascii_key(job, text) : text_key(job, text);
}

static enum dl_verdict transform(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	struct count count = { 0 };
	uint64_t print = 0;
	int bit;

	(void)page;
	count_text(&count, key_of(job, record));
	for (bit = 0; bit < BITS; bit++)
		print |= (uint64_t)(votes_of(&count, bit) * 2 > count.all)
		    << bit;
	if (count.runs >= LEAST_RUNS)
		record_set(job, record, DL_FINGERPRINT,
		    job_printf(job, "%016llx", (unsigned long long)print),
		    DL_FROM_RULE, "runs of words");
	return DL_DONE;
}

DL_PLUGIN = {
	.abi = DL_ABI,
	.name = "fingerprint",
	.version = "1.0",
	.about = "64 bits by which copies of a text are found",
	.transform = transform,
};
