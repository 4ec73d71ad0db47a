/* The pages that datelined(8) has kept: of each story the newest. */
#include <errno.h>
#include <stdlib.h>

#include "core/tool/keptpages.h"
#include "core/tool/lines.h"
#include "core/tool/tool.h"
#include "core/tool/worker.h"

struct taking {
	struct keptpages *kept;
	void (*taken)(void *whose);
	void *whose;
};

/* NULL: there are none. */
static struct spool_reader *pages_open(const struct keptpages *kept)
{
	struct spool_reader *reader = spool_open(kept->folder.bytes);

	if (reader != NULL)
		spool_seek_time(reader, kept->since);
	else if (errno != ENOENT && errno != EMEDIUMTYPE)
		tool_no_spool(kept->folder.bytes);
	return reader;
}

static void page_note(void *whose, const struct spool_line *line)
{
	struct keptpages *kept = whose;

	pick_note(&kept->pick, line->seq, line->text, line->len);
}

bool keptpages_note(struct keptpages *kept, const struct conf *conf)
{
	struct spool_reader *reader;

	buf_printf(&kept->folder, "%s/pages", conf->state);
	reader = pages_open(kept);
	if (reader == NULL)
		return false;
	lines_each(reader, kept->folder.bytes, true, page_note, kept);
	spool_close(reader);
	return true;
}

static void page_take(void *whose, const struct spool_line *line)
{
	const struct taking *taking = whose;

	if (pick_take(&taking->kept->pick, line->seq, line->text, line->len))
		taking->taken(taking->whose);
}

void keptpages_take(
    struct keptpages *kept, void (*taken)(void *whose), void *whose)
{
	struct taking taking = { kept, taken, whose };
	struct spool_reader *reader = pages_open(kept);

	if (reader == NULL)
		return;
	/* Damage was told before. */
	lines_each(reader, kept->folder.bytes, false, page_take, &taking);
	spool_close(reader);
}

void keptpages_free(struct keptpages *kept)
{
	pick_free(&kept->pick);
	buf_free(&kept->folder);
}

struct order keptpages_order(
    const struct keptpages *kept, const struct source *source)
{
	struct order order = { .task = TASK_EXTRACT,
		.pages = kept->pick.pages,
		.n_pages = kept->pick.n,
		.entry = &kept->pick.first.entry };

	worker_about(&order, source);
	return order;
}
