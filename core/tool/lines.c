/* The lines of a spool, one after the other. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "core/tool/lines.h"
#include "core/tool/tool.h"

void lines_each(struct spool_reader *reader, const char *folder, bool tells,
    void (*line_read)(void *whose, const struct spool_line *line), void *whose)
{
	const struct spool_line *line;
	enum spool_status status;

	while ((status = spool_next(reader, &line)) != SPOOL_END) {
		if (status == SPOOL_ERROR)
			tool_die(EX_IOERR, "%s: %s", folder, strerror(errno));
		if (status == SPOOL_DAMAGED && tells)
			fprintf(stderr,
			    "dateline: %s: %s: damaged, see dateline verify\n",
			    folder, line->file);
		if (status == SPOOL_LINE)
			line_read(whose, line);
	}
}
