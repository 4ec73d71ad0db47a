/* The places that a story names: in its dateline first, then as they come. */
#include <string.h>

#include "plugin.h"

static int places_add(struct dl_job *job, struct dl_record *record,
    const char *text, const char *in)
{
	const struct dl_mention *mention = NULL;
	int n = 0;

	while ((mention = place_next(job, text, mention)) != NULL) {
		record_place(job, record, mention->place, mention->as, in);
		n++;
	}
	return n;
}

/* The city as it is printed, also where running text would not be sure of it:
   "HUE, Oct. 12". */
static const char *dateline_city(struct dl_job *job, const char *text)
{
	size_t len = strcspn(text, ",(/");

	while (len > 0 && text[len - 1] == ' ')
		len--;
	text = job_copy(job, text, len);
	return place_named(job, text) != NULL ? text : NULL;
}

static void dateline_add(struct dl_job *job, struct dl_record *record,
    const struct dl_dateline *dateline)
{
	if (dateline == NULL || dateline->place == NULL)
		return;
	if (places_add(job, record, dateline->text, "dateline") == 0)
		record_place(job, record, dateline->place,
		    dateline_city(job, dateline->text), "dateline");
}

static enum dl_verdict transform(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	const struct dl_image *image = record->images;

	(void)page;
	dateline_add(job, record, record->dateline);
	places_add(job, record, record->title, "title");
	places_add(job, record, record->text, "text");
	for (; image != NULL; image = image->next)
		places_add(job, record, image->caption, "caption");
	return DL_DONE;
}

DL_PLUGIN = {
	.abi = DL_ABI,
	.name = "places",
	.version = "1.0",
	.about = "the places a story names, by their codes of ISO 3166",
	.transform = transform,
};
