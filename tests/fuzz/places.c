/*
 * Places in any text: first a table, then what is read by it, parted by an
 * empty line; without one the text is read by a table of every guard. Each
 * mention is where it says, behind the one before it.
 */
#include <string.h>
#include <unistd.h>

#include "core/base/fold.h"
#include "core/kit/gazetteer.h"
#include "core/kit/job.h"
#include "tests/fuzz/must.h"

static const char table[] = "-\t-\tThái Bình Dương\n"
			    "VN\tVN\tViệt Nam\n"
			    "GB\tGB\tUnited Kingdom\t+Anh\n"
			    "FR\tFR\tFrance\t&Pháp\n"
			    "GE\tGE\tGeorgia\t^Georgia\n"
			    "JO\tJO\tJordan\t~Jordan\n"
			    "QA\tQA\tQatar\t%Qatar\n"
			    "TN\tTN\tTunisia\t$Tunis\n"
			    "TR\tTR\tTürkiye\t>Turkish\n"
			    "TR-52\tTR\tOrdu\t?Ordu\n"
			    "OM\tOM\tOman\t=عمان\n"
			    "US-DC\tUS\tWashington, D.C.\t~Washington\n"
			    "US-MI\tUS\tMichigan\t,Mich\t,MI\n"
			    "KR\tKR\tSouth Korea\tЮжная Корея\n"
			    "US-GA\tUS\tGeorgia\t?Georgia\tAtlanta\n"
			    "VN-14\tVN\tHòa Bình\t*Hòa Bình\n"
			    "VN-26\tVN\tThừa Thiên-Huế\t=Huế\n"
			    "VN-SG\tVN\tHồ Chí Minh\t!Hồ Chí Minh\tTP.HCM\n"
			    "AZ-BA\tAZ\tBakı\tБаку\t巴库\n"
			    "@2025-07-01\tVN-SG\tVN-14\n";

static void check_text(struct dl_job *job, const char *text)
{
	const struct dl_mention *mention = NULL;
	size_t end = 0;

	while ((mention = place_next(job, text, mention)) != NULL) {
		MUST(mention->at >= end && mention->len > 0);
		end = mention->at + mention->len;
		MUST(end <= strlen(text));
		MUST(strlen(mention->as) == mention->len);
		MUST(
		    memcmp(mention->as, text + mention->at, mention->len) == 0);
		MUST(gazetteer_on(job->gazetteer, mention->place, 30000) !=
		    NULL);
	}
	place_named(job, text);
}

static struct gazetteer *opened(const char *lines, size_t len)
{
	char path[] = "/tmp/places.XXXXXX";
	int fd = mkstemp(path);
	struct gazetteer *gazetteer;
	const char *why;

	MUST(fd >= 0 && write(fd, lines, len) == (ssize_t)len);
	close(fd);
	gazetteer = gazetteer_open(path, &why);
	unlink(path);
	MUST(gazetteer != NULL || why != NULL);
	free((char *)why);
	return gazetteer;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char border[] = "\n\n";
	const char *bytes = (const char *)data;
	const char *text = memmem(bytes, size, border, 2);
	struct dl_job job;

	job_init(&job);
	job.gazetteer = text == NULL ? opened(table, sizeof(table) - 1)
				     : opened(bytes, (size_t)(text - bytes));
	if (text == NULL)
		text = bytes;
	check_text(
	    &job, fold_clean(&job.arena, text, size - (size_t)(text - bytes)));
	gazetteer_close((struct gazetteer *)job.gazetteer);
	job_finish(&job);
	return 0;
}
