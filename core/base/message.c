/* What the daemon and a worker say to each other: writes beside reads. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "core/base/hash.h"
#include "core/base/limits.h"
#include "core/base/message.h"

#define NOTHING UINT32_MAX /* the length of a text that is NULL */

struct cursor { /* over the fields of a message that is read */
	struct arena *arena;
	const char *at;
	size_t left;
	bool bad;
};

static void put_number(struct buf *out, int64_t number)
{
	buf_add(out, &number, sizeof(number));
}

static int64_t get_number(struct cursor *in)
{
	int64_t number = 0;

	if (in->left < sizeof(number)) {
		in->bad = true;
		return 0;
	}
	memcpy(&number, in->at, sizeof(number));
	in->at += sizeof(number);
	in->left -= sizeof(number);
	return number;
}

/* A number of things that each take at least so many bytes of what is left. */
static size_t get_count(struct cursor *in, size_t least)
{
	int64_t count = get_number(in);

	if (count < 0 || (uint64_t)count > in->left / least)
		in->bad = true;
	return in->bad ? 0 : (size_t)count;
}

static void put_bytes(struct buf *out, const char *bytes, size_t len)
{
	uint32_t size = bytes != NULL ? (uint32_t)len : NOTHING;

	buf_add(out, &size, sizeof(size));
	if (bytes != NULL) {
		buf_add(out, bytes, len);
		buf_add(out, "", 1);
	}
}

/* Bytes stay where they are: a NUL follows them there. */
static const char *get_bytes(struct cursor *in, size_t *len)
{
	const char *bytes;
	uint32_t size;

	*len = 0;
	if (in->left < sizeof(size)) {
		in->bad = true;
		return NULL;
	}
	memcpy(&size, in->at, sizeof(size));
	in->at += sizeof(size);
	in->left -= sizeof(size);
	if (size == NOTHING)
		return NULL;
	if ((size_t)size >= in->left || in->at[size] != '\0') {
		in->bad = true;
		return NULL;
	}
	bytes = in->at;
	in->at += (size_t)size + 1;
	in->left -= (size_t)size + 1;
	*len = size;
	return bytes;
}

static void put_text(struct buf *out, const char *text)
{
	put_bytes(out, text, text != NULL ? strlen(text) : 0);
}

static const char *get_text(struct cursor *in)
{
	size_t len;
	const char *text = get_bytes(in, &len);

	if (text != NULL && memchr(text, '\0', len) != NULL)
		in->bad = true;
	return text;
}

static void put_list(struct buf *out, const struct dl_list *list)
{
	for (; list != NULL; list = list->next)
		put_text(out, list->text);
	put_text(out, NULL);
}

static const struct dl_list *get_list(struct cursor *in)
{
	const struct dl_list *first = NULL, **end = &first;
	const char *text;

	while ((text = get_text(in)) != NULL && !in->bad) {
		struct dl_list *one = arena_alloc(in->arena, sizeof(*one));

		one->text = text;
		*end = one;
		end = &one->next;
	}
	return first;
}

static void put_moment(struct buf *out, const struct dl_moment *moment)
{
	put_text(out, moment != NULL ? text_or(moment->raw, "?") : NULL);
	if (moment == NULL)
		return;
	put_number(out, moment->seconds);
	put_number(out, moment->offset);
	put_number(out, moment->precision);
	put_number(out, moment->zone);
	put_number(out, moment->from);
}

static const struct dl_moment *get_moment(struct cursor *in)
{
	const char *raw = get_text(in);
	struct dl_moment *moment;

	if (raw == NULL)
		return NULL;
	moment = arena_alloc(in->arena, sizeof(*moment));
	moment->raw = raw;
	moment->seconds = get_number(in);
	moment->offset = (int32_t)get_number(in);
	moment->precision = (enum dl_precision)get_number(in);
	moment->zone = (enum dl_zone)get_number(in);
	moment->from = (enum dl_from)get_number(in);
	if (moment->from > DL_FROM_RULE || moment->precision > DL_SECOND ||
	    moment->zone > DL_ZONE_ASSUMED)
		in->bad = true;
	return moment;
}

static void put_entry(struct buf *out, const struct dl_entry *entry)
{
	put_text(out, entry->url);
	put_text(out, entry->id);
	put_text(out, entry->title);
	put_text(out, entry->summary);
	put_text(out, entry->author);
	put_text(out, entry->html);
	put_moment(out, entry->published);
	put_moment(out, entry->updated);
}

static const struct dl_entry *get_entry(struct cursor *in)
{
	struct dl_entry *entry = arena_alloc(in->arena, sizeof(*entry));

	entry->url = get_text(in);
	entry->id = get_text(in);
	entry->title = get_text(in);
	entry->summary = get_text(in);
	entry->author = get_text(in);
	entry->html = get_text(in);
	entry->published = get_moment(in);
	entry->updated = get_moment(in);
	return entry;
}

static size_t text_size(const char *text)
{
	return sizeof(uint32_t) + (text != NULL ? strlen(text) + 1 : 0);
}

static size_t moment_size(const struct dl_moment *moment)
{
	if (moment == NULL)
		return text_size(NULL);
	return text_size(text_or(moment->raw, "?")) + 5 * sizeof(int64_t);
}

size_t message_entry_size(const struct dl_entry *entry)
{
	return text_size(entry->url) + text_size(entry->id) +
	    text_size(entry->title) + text_size(entry->summary) +
	    text_size(entry->author) + text_size(entry->html) +
	    moment_size(entry->published) + moment_size(entry->updated);
}

/* A message's head is known when all of it is written. */
static size_t put_head(struct buf *out, enum message kind)
{
	uint32_t head[2] = { 0, kind };
	size_t at = out->len;

	buf_add(out, head, sizeof(head));
	return at;
}

static void put_end(struct buf *out, size_t at)
{
	uint32_t fields = (uint32_t)(out->len - at - MESSAGE_HEAD);

	memcpy(out->bytes + at, &fields, sizeof(fields));
}

/* What was built apart may mean something else by the same bytes: a worker that
   was installed over that of a daemon at work. Most changes change a size. */
static int64_t build(void)
{
	static const size_t sizes[] = { sizeof(struct setup),
		sizeof(struct ready), sizeof(struct loaded),
		sizeof(struct order), sizeof(struct order_page),
		sizeof(struct result), sizeof(struct result_record),
		sizeof(struct litter), sizeof(struct dl_entry) };
	uint64_t hash = hash_bytes(HASH_BEGIN, VERSION, sizeof(VERSION));

	return (int64_t)hash_bytes(hash, (const char *)sizes, sizeof(sizes));
}

void message_put_setup(struct buf *out, const struct setup *setup)
{
	size_t at = put_head(out, MESSAGE_SETUP);

	put_number(out, build());
	put_list(out, setup->folders);
	put_list(out, setup->plugins);
	put_list(out, setup->zones);
	put_text(out, setup->gazetteer);
	put_list(out, setup->values);
	put_end(out, at);
}

bool message_get_setup(
    struct arena *arena, const char *bytes, size_t len, struct setup *setup)
{
	struct cursor in = { arena, bytes, len, false };

	in.bad = get_number(&in) != build();
	setup->folders = get_list(&in);
	setup->plugins = get_list(&in);
	setup->zones = get_list(&in);
	setup->gazetteer = get_text(&in);
	setup->values = get_list(&in);
	return !in.bad && in.left == 0;
}

void message_put_loading(struct buf *out, const char *plugin)
{
	size_t at = put_head(out, MESSAGE_LOADING);

	put_text(out, plugin);
	put_end(out, at);
}

bool message_get_loading(
    struct arena *arena, const char *bytes, size_t len, const char **plugin)
{
	struct cursor in = { arena, bytes, len, false };

	*plugin = get_text(&in);
	return !in.bad && in.left == 0;
}

static void put_loaded(struct buf *out, const struct loaded *plugin)
{
	size_t i;

	put_text(out, plugin->name);
	put_text(out, plugin->path);
	put_text(out, plugin->refused);
	put_text(out, plugin->version);
	put_text(out, plugin->about);
	put_text(out, plugin->agency);
	put_text(out, plugin->zone);
	put_number(out, plugin->abi);
	put_number(out, plugin->source);
	put_number(out, (int64_t)plugin->n_options);
	for (i = 0; i < plugin->n_options; i++) {
		put_text(out, plugin->options[i].name);
		put_text(out, plugin->options[i].standard);
		put_text(out, plugin->options[i].about);
		put_number(out, plugin->options[i].kind);
	}
}

static void get_loaded(struct cursor *in, struct loaded *plugin)
{
	struct loaded_option *options;
	size_t i;

	plugin->name = get_text(in);
	plugin->path = get_text(in);
	plugin->refused = get_text(in);
	plugin->version = get_text(in);
	plugin->about = get_text(in);
	plugin->agency = get_text(in);
	plugin->zone = get_text(in);
	plugin->abi = (uint32_t)get_number(in);
	plugin->source = get_number(in) != 0;
	plugin->n_options = get_count(in, 8);
	options = arena_alloc(in->arena, plugin->n_options * sizeof(*options));
	for (i = 0; i < plugin->n_options && !in->bad; i++) {
		options[i].name = get_text(in);
		options[i].standard = get_text(in);
		options[i].about = get_text(in);
		options[i].kind = (enum dl_option_kind)get_number(in);
		in->bad = in->bad || options[i].name == NULL;
	}
	plugin->options = options;
	in->bad = in->bad || plugin->name == NULL;
}

void message_put_ready(struct buf *out, const struct ready *ready)
{
	size_t at = put_head(out, MESSAGE_READY), i;

	put_text(out, ready->refused);
	put_number(out, (int64_t)ready->n_plugins);
	for (i = 0; i < ready->n_plugins; i++)
		put_loaded(out, &ready->plugins[i]);
	put_list(out, ready->zones);
	put_list(out, ready->no_selectors);
	put_end(out, at);
}

bool message_get_ready(
    struct arena *arena, const char *bytes, size_t len, struct ready *ready)
{
	struct cursor in = { arena, bytes, len, false };
	struct loaded *plugins;
	size_t i;

	ready->refused = get_text(&in);
	ready->n_plugins = get_count(&in, 32);
	plugins = arena_alloc(arena, ready->n_plugins * sizeof(*plugins));
	for (i = 0; i < ready->n_plugins && !in.bad; i++)
		get_loaded(&in, &plugins[i]);
	ready->plugins = plugins;
	ready->zones = get_list(&in);
	ready->no_selectors = get_list(&in);
	return !in.bad && in.left == 0;
}

void message_not_ready(struct arena *arena, const char *plugin, const char *why,
    struct ready *ready)
{
	*ready = (struct ready){ 0 };
	ready->refused = arena_printf(arena,
	    "plugin %s: as it was loaded, %s: look at its constructors and its "
	    "prepare()",
	    plugin, why);
}

static void put_page(struct buf *out, const struct order_page *page)
{
	put_text(out, page->url);
	put_text(out, page->type);
	put_text(out, page->charset);
	put_text(out, page->etag);
	put_number(out, page->status);
	put_number(out, page->fetched);
	put_bytes(out, page->len > 0 ? page->bytes : "", page->len);
}

static void get_page(struct cursor *in, struct order_page *page)
{
	page->url = get_text(in);
	page->type = get_text(in);
	page->charset = get_text(in);
	page->etag = get_text(in);
	page->status = (uint32_t)get_number(in);
	page->fetched = get_number(in);
	page->bytes = get_bytes(in, &page->len);
	in->bad = in->bad || page->bytes == NULL;
}

void message_put_order(struct buf *out, const struct order *order)
{
	size_t at = put_head(out, MESSAGE_ORDER), i;

	put_number(out, order->task);
	put_number(out, (int64_t)order->number);
	put_number(out, order->explain);
	put_text(out, order->source);
	put_text(out, order->plugin);
	put_text(out, order->agency);
	put_text(out, order->zone);
	put_text(out, order->robots);
	put_list(out, order->extractors);
	put_number(out, (int64_t)order->n_options);
	for (i = 0; i < order->n_options; i++) {
		put_text(out, order->options[i].name);
		put_text(out, order->options[i].value);
	}
	put_number(out, (int64_t)order->n_pages);
	for (i = 0; i < order->n_pages; i++)
		put_page(out, &order->pages[i]);
	put_entry(out, order->entry);
	put_end(out, at);
}

bool message_get_order(
    struct arena *arena, const char *bytes, size_t len, struct order *order)
{
	struct cursor in = { arena, bytes, len, false };
	struct setting *options;
	struct order_page *pages;
	size_t i;

	order->task = (enum task_kind)get_number(&in);
	order->number = (uint64_t)get_number(&in);
	order->explain = get_number(&in) != 0;
	order->source = get_text(&in);
	order->plugin = get_text(&in);
	order->agency = get_text(&in);
	order->zone = get_text(&in);
	order->robots = get_text(&in);
	order->extractors = get_list(&in);
	order->n_options = get_count(&in, 8);
	options = arena_alloc(arena, order->n_options * sizeof(*options));
	for (i = 0; i < order->n_options; i++) {
		options[i].name = get_text(&in);
		options[i].value = get_text(&in);
	}
	order->options = options;
	order->n_pages = get_count(&in, 32);
	pages = arena_alloc(arena, order->n_pages * sizeof(*pages));
	for (i = 0; i < order->n_pages && !in.bad; i++)
		get_page(&in, &pages[i]);
	order->pages = pages;
	order->entry = get_entry(&in);
	return !in.bad && in.left == 0 && order->n_pages > 0 &&
	    order->source != NULL && order->plugin != NULL;
}

static void put_hints(struct buf *out, const struct hints *hints)
{
	put_number(out, hints->ttl);
	put_number(out, hints->skip_hours);
	put_number(out, hints->skip_days);
}

static void get_hints(struct cursor *in, struct hints *hints)
{
	int64_t ttl = get_number(in), hours = get_number(in);
	int64_t days = get_number(in);

	if (ttl < 0 || ttl > LIMIT_TTL || hours < 0 || hours >> 24 != 0 ||
	    days < 0 || days >> 7 != 0)
		in->bad = true;
	hints->ttl = ttl;
	hints->skip_hours = (uint32_t)hours;
	hints->skip_days = (uint8_t)days;
}

void message_put_result(struct buf *out, const struct result *result)
{
	size_t at = put_head(out, MESSAGE_RESULT), i;

	put_number(out, result->verdict);
	put_number(out, (int64_t)result->number);
	put_number(out, result->last);
	put_text(out, result->reason);
	put_number(out, result->not_a_feed);
	put_hints(out, &result->hints);
	put_number(out, (int64_t)result->n_entries);
	for (i = 0; i < result->n_entries; i++)
		put_entry(out, result->entries[i]);
	put_number(out, (int64_t)result->n_wanted);
	for (i = 0; i < result->n_wanted; i++) {
		put_text(out, result->wanted[i].url);
		put_number(out, result->wanted[i].role);
	}
	put_number(out, (int64_t)result->n_records);
	for (i = 0; i < result->n_records; i++) {
		put_text(out, result->records[i].id);
		put_text(out, result->records[i].url);
		put_text(out, result->records[i].json);
		put_text(out, result->records[i].trace);
	}
	put_number(out, (int64_t)result->n_litter);
	for (i = 0; i < result->n_litter; i++) {
		put_text(out, result->litter[i].plugin);
		put_number(out, result->litter[i].statics);
		put_number(out, result->litter[i].heap);
		put_number(out, result->litter[i].spoilt);
	}
	put_end(out, at);
}

static void get_entries(struct cursor *in, struct result *result)
{
	const struct dl_entry **entries;
	size_t i;

	result->n_entries = get_count(in, 32);
	entries = arena_alloc(
	    in->arena, result->n_entries * sizeof(struct dl_entry *));
	for (i = 0; i < result->n_entries && !in->bad; i++) {
		entries[i] = get_entry(in);
		in->bad = in->bad || entries[i]->url == NULL ||
		    entries[i]->id == NULL;
	}
	result->entries = entries;
}

static void get_wanted(struct cursor *in, struct result *result)
{
	struct wanted *wanted;
	size_t i;

	result->n_wanted = get_count(in, 8);
	wanted = arena_alloc(in->arena, result->n_wanted * sizeof(*wanted));
	for (i = 0; i < result->n_wanted && !in->bad; i++) {
		wanted[i].url = get_text(in);
		wanted[i].role = (enum dl_role)get_number(in);
		in->bad = in->bad || wanted[i].url == NULL;
	}
	result->wanted = wanted;
}

static void get_records(struct cursor *in, struct result *result)
{
	struct result_record *records;
	size_t i;

	result->n_records = get_count(in, 8);
	records = arena_alloc(in->arena, result->n_records * sizeof(*records));
	for (i = 0; i < result->n_records && !in->bad; i++) {
		records[i].id = get_text(in);
		records[i].url = get_text(in);
		records[i].json = get_text(in);
		records[i].trace = get_text(in);
		in->bad =
		    in->bad || records[i].id == NULL || records[i].json == NULL;
	}
	result->records = records;
}

static void get_litter(struct cursor *in, struct result *result)
{
	struct litter *litter;
	size_t i;

	result->n_litter = get_count(in, 16);
	litter = arena_alloc(in->arena, result->n_litter * sizeof(*litter));
	for (i = 0; i < result->n_litter && !in->bad; i++) {
		litter[i].plugin = get_text(in);
		litter[i].statics = get_number(in);
		litter[i].heap = get_number(in);
		litter[i].spoilt = get_number(in) != 0;
		in->bad = in->bad || litter[i].plugin == NULL;
	}
	result->litter = litter;
}

bool message_get_result(
    struct arena *arena, const char *bytes, size_t len, struct result *result)
{
	struct cursor in = { arena, bytes, len, false };
	int64_t verdict = get_number(&in);

	if (verdict < DL_DONE || verdict > DL_FAIL)
		return false;
	result->verdict = (enum dl_verdict)verdict;
	result->number = (uint64_t)get_number(&in);
	result->last = get_number(&in) != 0;
	result->reason = get_text(&in);
	result->not_a_feed = get_number(&in) != 0;
	get_hints(&in, &result->hints);
	get_entries(&in, result);
	get_wanted(&in, result);
	get_records(&in, result);
	get_litter(&in, result);
	return !in.bad && in.left == 0;
}

bool message_head(
    const char *bytes, size_t len, enum message *kind, size_t *fields)
{
	uint32_t head[2];

	if (len < MESSAGE_HEAD)
		return false;
	memcpy(head, bytes, sizeof(head));
	*fields = head[0];
	*kind = (enum message)head[1];
	return true;
}

bool message_send(
    int fd, char through[MESSAGE_PIECE], const struct buf *message)
{
	size_t done = 0;

	while (done < message->len) {
		size_t len = message->len - done;
		ssize_t n;

		if (len > MESSAGE_PIECE)
			len = MESSAGE_PIECE;
		memcpy(through, message->bytes + done, len);
		n = write(fd, through, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		done += (size_t)n;
	}
	return true;
}

/* Adds so many bytes to `bytes`. */
static bool receive(
    int fd, char through[MESSAGE_PIECE], struct buf *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = read(
		    fd, through, len < MESSAGE_PIECE ? len : MESSAGE_PIECE);

		if (n < 0 && errno == EINTR)
			continue;
		if (n == 0)
			errno = 0;
		if (n <= 0)
			return false;
		buf_add(bytes, through, (size_t)n);
		len -= (size_t)n;
	}
	return true;
}

bool message_receive(
    int fd, char through[MESSAGE_PIECE], struct buf *fields, enum message *kind)
{
	size_t len = 0;

	fields->len = 0;
	if (!receive(fd, through, fields, MESSAGE_HEAD))
		return false;
	message_head(fields->bytes, fields->len, kind, &len);
	fields->len = 0;
	if (len > LIMIT_MESSAGE) {
		errno = EMSGSIZE;
		return false;
	}
	return receive(fd, through, fields, len);
}
