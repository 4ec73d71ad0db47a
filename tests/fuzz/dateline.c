/*
 * The beginning of a story: whatever it is, a dateline found in it ends in the
 * text, between two characters, and stays the same whatever comes after.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/base/fold.h"
#include "core/kit/gazetteer.h"
#include "core/kit/job.h"
#include "extractors/styles.h"
#include "tests/fuzz/must.h"

/* Bytes of a text that is made longer, which must not be looked at. */
#define LONG 65536

static const char table[] = "VN\tVN\tViệt Nam\tVietnam\n"
			    "US\tUS\tUnited States\tWashington\n"
			    "GE\tGE\tGeorgia\tTbilisi\n"
			    "FR\tFR\tFrance\tParis\n"
			    "VN-HN\tVN\tHà Nội\tHanoi\t河内\n"
			    "CN-BJ\tCN\tBeijing\tПекин\t北京\n"
			    "AZ-BA\tAZ\tBakı\tBaku\tБаку\n";

static struct gazetteer *gazetteer_of(const char *lines)
{
	struct gazetteer *gazetteer;
	const char *why;
	char path[40];
	int fd = memfd_create("gazetteer", 0);

	MUST(fd >= 0 &&
	    write(fd, lines, strlen(lines)) == (ssize_t)strlen(lines));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	gazetteer = gazetteer_open(path, &why);
	close(fd);
	MUST(gazetteer != NULL);
	return gazetteer;
}

static void check_reading(const struct reading *reading, const char *text)
{
	const char *end = reading->end != NULL ? reading->end : reading->at;

	MUST(end > text && end <= reading->at);
	MUST(reading->at <= text + strlen(text));
	MUST(((unsigned char)*reading->at & 0xc0) != 0x80);
	MUST(((unsigned char)*end & 0xc0) != 0x80);
	MUST(reading->places != NULL || reading->agency != NULL ||
	    reading->other != NULL);
	MUST(reading->agency == NULL || *reading->agency->name != '\0');
}

/* A paragraph that goes on and on, behind what is read of it. */
static const char *longer(struct dl_job *job, const char *text)
{
	size_t size = strlen(text);
	char *more = job_alloc(job, size + LONG + 1);

	memcpy(more, text, size);
	memset(more + size, 'a', LONG);
	return more;
}

static void check_text(struct dl_job *job, const char *text)
{
	struct reading reading, again;
	size_t spent, room = strlen(text) + LONG;
	const char *more;
	int found = dateline_read(job, text, &reading);

	if (found)
		check_reading(&reading, text);
	MUST(dateline_read(job, text, &again) == found);
	MUST(!found || again.at == reading.at);
	more = longer(job, text);
	spent = job->arena.taken;
	if (dateline_read(job, more, &again))
		check_reading(&again, more);
	MUST(job->arena.taken - spent <= 4 * room + (1 << 20));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct gazetteer *gazetteer = gazetteer_of(table);
	struct dl_job job;

	job_init(&job);
	job.gazetteer = gazetteer;
	job.agency = "Gazette";
	check_text(&job, fold_clean(&job.arena, (const char *)data, size));
	job_finish(&job);
	gazetteer_close(gazetteer);
	return 0;
}
