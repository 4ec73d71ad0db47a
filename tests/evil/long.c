/* Makes a record that no line of the spool has room for. */
#include <string.h>

#include "evil.h"

#define LEN ((size_t)5 << 20)

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	char *text = job_alloc(job, LEN + 1);

	(void)page;
	memset(text, 'a', LEN);
	text[LEN] = '\0';
	record_set(job, record, DL_TEXT, text, DL_FROM_PAGE, "evil");
	return DL_DONE;
}

EVIL("long", "makes a record of five MiB");
