/*
 * Plugins are loaded, or refused with a sentence. Each is loaded in a process
 * of its own, for some of them end it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <elf.h>
#include <signal.h>
#include <sys/wait.h>

#include "core/base/conf.h"
#include "core/worker/load.h"
#include "core/worker/sanitized.h"
#include "tests/folder.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* What all plugins here begin with. */
static const char begin[] =
    "#include \"plugin.h\"\n"
    "__attribute__((unused)) static enum dl_verdict see(struct dl_job *job,\n"
    "    const struct dl_page *page)\n"
    "{ return page_meta(job, page, \"a\") ? DL_DONE : DL_FAIL; }\n"
    "__attribute__((unused)) static enum dl_verdict make(struct dl_job *job,\n"
    "    const struct dl_page *page, struct dl_record *record)\n"
    "{ (void)job, (void)page, (void)record; return DL_DONE; }\n";

#define PLUGIN(name, members) \
	"DL_PLUGIN = { .abi = DL_ABI, .name = \"" name "\", " members " };\n"
#define SOURCE                                                              \
	".version = \"1.2\", .zone = \"UTC\", .discover = see, .extract = " \
	"make"
#define EXTRACTOR ".version = \"3\", .transform = make"
#define OPTIONS(options, name)                                 \
	"static const struct dl_option options[] = { " options \
	", { NULL, 0, NULL, NULL } };\n" PLUGIN(               \
	    name, SOURCE ", .options = options")
#define PREPARE(name, body)                                    \
	"static enum dl_verdict prepare(struct dl_job *job)\n" \
	"{ (void)job; " body                                   \
	" }\n" PLUGIN(name, SOURCE ", .prepare = prepare")
#define FIRST(name, body)                                        \
	"__attribute__((constructor)) static void first(void)\n" \
	"{ " body " }\n" PLUGIN(name, SOURCE)
#define NOWHERE "volatile int *volatile nowhere = 0; *nowhere = 1; "

/* A file whose code wants what no dateline has. */
#define WANTING(abi)                                                      \
	"void page_from_the_future(struct dl_job *job);\n"                \
	"static enum dl_verdict want(struct dl_job *job,\n"               \
	"    const struct dl_page *page)\n"                               \
	"{ (void)page; page_from_the_future(job); return DL_DONE; }\n"    \
	"DL_PLUGIN = { .abi = " abi ", .name = \"wanting\", .version =\n" \
	"    \"1\", .discover = want, .extract = make };\n"

#define STRING(number) #number
#define NUMBERS(major, minor) STRING(major) "." STRING(minor)
#define OURS NUMBERS(DL_ABI_MAJOR, DL_ABI_MINOR)
#define LATER "(DL_ABI_MAJOR << 16 | 999)"
#define LOOK ": look at its constructors and its prepare()"

typedef void make_fn(struct folder *folder, const char *name, const char *text);

static make_fn compiled, written, a_folder, unreadable, for_32_bits,
    for_another_machine, big_endian, no_object, a_program, cut_short,
    without_its_library, with_an_older_library;

static const struct row {
	const char *name, *text;
	const char *refused; /* NULL: it is not. DIR is where the file is */
	make_fn *make;       /* NULL: compiled */
} rows[] = {
	{ "source", PLUGIN("source", SOURCE), NULL, NULL },
	{ "extractor", PLUGIN("extractor", EXTRACTOR), NULL, NULL },
	{ "X-1_y", PLUGIN("X-1_y", SOURCE), NULL, NULL },

	/* The version. */
	{ "major",
	    "DL_PLUGIN = { .abi = 999u << 16, .name = \"major\", " SOURCE
	    " };\n",
	    "it was made for ABI 999.0, this dateline has " OURS
	    ": compile it again "
	    "with this version's plugin.h",
	    NULL },
	{ "early", "DL_PLUGIN = { .abi = 9 };\n",
	    "it was made for ABI 0.9, this dateline has " OURS
	    ": compile it again "
	    "with this version's plugin.h",
	    NULL },
	{ "unsaid", "DL_PLUGIN = { .name = \"unsaid\", " SOURCE " };\n",
	    "it does not say what ABI it was made for: write .abi = DL_ABI",
	    NULL },
	{ "minor",
	    "DL_PLUGIN = { .abi = " LATER ", .name = \"minor\", " SOURCE
	    " };\n",
	    "it was made for ABI " NUMBERS(DL_ABI_MAJOR,
		999) ", this dateline has only " OURS ": install a "
		     "newer dateline",
	    NULL },
	{ "wanting", WANTING(LATER),
	    "it was made for ABI " NUMBERS(DL_ABI_MAJOR,
		999) ", this dateline has only " OURS ": install a "
		     "newer dateline (it wants page_from_the_future)",
	    NULL },
	{ "wanting", WANTING("DL_ABI"),
	    "it wants page_from_the_future, which neither this dateline nor a "
	    "library of the plugin has: install a newer dateline, or link the "
	    "library",
	    NULL },

	/* The symbol. */
	{ "symbol", "const int that_plugin = 1;\n",
	    "it has no symbol this_plugin: declare it with DL_PLUGIN = { ... "
	    "}",
	    NULL },
	{ "small",
	    "extern const unsigned small __asm__(\"this_plugin\");\n"
	    "const unsigned small = DL_ABI;\n",
	    "its this_plugin is no struct dl_plugin: declare it with DL_PLUGIN "
	    "= { ... }",
	    NULL },
	{ "smaller",
	    "extern const char smaller __asm__(\"this_plugin\");\n"
	    "const char smaller = 1;\n",
	    "it does not say what ABI it was made for: write .abi = DL_ABI",
	    NULL },

	/* What it calls itself. */
	{ "alias", PLUGIN("other", SOURCE),
	    "it calls itself \"other\", its file alias.so: rename one of them",
	    NULL },
	{ "nameless", "DL_PLUGIN = { .abi = DL_ABI, " SOURCE " };\n",
	    "it has no name: write .name = \"nameless\"", NULL },
	{ "version", PLUGIN("version", ".transform = make"),
	    "it has no version: write .version = \"1.0\"", NULL },
	{ "empty", PLUGIN("empty", ".version = \"\", .transform = make"),
	    "it has no version: write .version = \"1.0\"", NULL },

	/* What it can do. */
	{ "both", PLUGIN("both", SOURCE ", .transform = make"),
	    "it is both a source and an extractor: make two of it", NULL },
	{ "half", PLUGIN("half", ".version = \"1\", .discover = see"),
	    "it has discover and no extract: a source needs both", NULL },
	{ "rest", PLUGIN("rest", ".version = \"1\", .extract = make"),
	    "it has extract and no discover: a source needs both, and "
	    "feed_discover is one",
	    NULL },
	{ "mixed", PLUGIN("mixed", EXTRACTOR ", .extract = make"),
	    "it has extract and no discover: a source needs both, and "
	    "feed_discover is one",
	    NULL },
	{ "idle", PLUGIN("idle", ".version = \"1\""),
	    "it can do nothing: a source needs discover and extract, an "
	    "extractor needs transform",
	    NULL },

	/* What only its configuration could mend. */
	{ "nowhere",
	    PLUGIN("nowhere",
		".version = \"1\", .discover = see, .extract = make"),
	    "(built in): no zone: write zone = Asia/Ho_Chi_Minh or its like",
	    NULL },
	{ "utopia", PLUGIN("utopia", SOURCE ", .zone = \"Asia/Utopia\""),
	    "(built in): zone = Asia/Utopia: there is no such zone", NULL },

	/* Its options. */
	{ "kind",
	    OPTIONS("{ \"a\", DL_TEXT_OPTION, NULL, NULL }, "
		    "{ \"b\", (enum dl_option_kind)7, NULL, NULL }",
		"kind"),
	    "its option b is of kind 7, which is none of enum dl_option_kind",
	    NULL },
	{ "unkind", OPTIONS("{ \"a\", 0, NULL, NULL }", "unkind"),
	    "its option a is of kind 0, which is none of enum dl_option_kind",
	    NULL },
	{ "twice",
	    OPTIONS("{ \"a\", DL_TEXT_OPTION, NULL, NULL }, "
		    "{ \"b\", DL_TEXT_OPTION, NULL, NULL }, "
		    "{ \"a\", DL_TEXT_OPTION, NULL, NULL }",
		"twice"),
	    "it has two options a: rename one of them", NULL },
	{ "noname", OPTIONS("{ \"\", DL_TEXT_OPTION, NULL, NULL }", "noname"),
	    "it has an option without a name: NULL ends the table, not \"\"",
	    NULL },
	{ "selector",
	    OPTIONS("{ \"a\", DL_SELECTOR_OPTION, \"p > .b, :not(i)\", 0 }, "
		    "{ \"b\", DL_SELECTOR_OPTION, \"p >> b\", NULL }",
		"selector"),
	    "the standard of its option b: bad selector: p >> b: dom_next() in "
	    "plugin.h tells what selectors have",
	    NULL },
	{ "number",
	    OPTIONS("{ \"a\", DL_NUMBER_OPTION, \"-1.5\", NULL }, "
		    "{ \"b\", DL_NUMBER_OPTION, \"5 km\", NULL }",
		"number"),
	    "the standard of its option b is no number: 5 km", NULL },

	/* Its file. */
	{ "text", "no program",
	    "DIR/text.so is no shared object: make it with "
	    "cc -shared -fPIC",
	    written },
	{ "blank", "",
	    "DIR/blank.so is no shared object: make it with cc -shared -fPIC",
	    written },
	{ "object", PLUGIN("object", SOURCE),
	    "DIR/object.so is no shared object: make it with cc -shared -fPIC",
	    no_object },
	{ "program", "int main(void) { return 0; }\n",
	    "DIR/program.so: cannot dynamically load position-independent "
	    "executable: compile it again on this machine",
	    a_program },
	{ "folder", NULL,
	    "DIR/folder.so cannot be read: Is a directory: put a shared object "
	    "there, and let the user that runs dateline read it",
	    a_folder },
	{ "secret", PLUGIN("secret", SOURCE),
	    "DIR/secret.so cannot be read: Permission denied: put a shared "
	    "object there, and let the user that runs dateline read it",
	    unreadable },
	{ "narrow", PLUGIN("narrow", SOURCE),
	    "DIR/narrow.so was compiled for another kind of machine: compile "
	    "it again for this one",
	    for_32_bits },
	{ "strange", PLUGIN("strange", SOURCE),
	    "DIR/strange.so was compiled for another kind of machine: compile "
	    "it again for this one",
	    for_another_machine },
	{ "turned", PLUGIN("turned", SOURCE),
	    "DIR/turned.so was compiled for another kind of machine: compile "
	    "it again for this one",
	    big_endian },
	{ "cut", PLUGIN("cut", SOURCE),
	    "DIR/cut.so is cut short: copy it again", cut_short },
	{ "lonely", PLUGIN("lonely", SOURCE),
	    "it wants the library libnews.so, which is not there: install it",
	    without_its_library },
	{ "modern", PLUGIN("modern", SOURCE),
	    "it was compiled on a newer system, one with NEWS_2: compile it "
	    "again on this one",
	    with_an_older_library },

	/* What its own code says, or does. */
	{ "fails", PREPARE("fails", "return job_fail(job, \"no words\");"),
	    "its prepare() fails: no words", NULL },
	{ "skips", PREPARE("skips", "return DL_SKIP;"),
	    "its prepare() fails and gives no reason: job_fail() takes one",
	    NULL },
	{ "breaks",
	    PREPARE("breaks", "job_option(job, \"words\"); return DL_DONE;"),
	    "its prepare() fails: option words is not in the plugin's table",
	    NULL },
	{ "crash", FIRST("crash", NOWHERE),
	    "plugin crash: as it was loaded, it died" LOOK, NULL },
	{ "leave", "#include <unistd.h>\n" FIRST("leave", "_exit(3);"),
	    "plugin leave: as it was loaded, it died" LOOK, NULL },
	{ "later", PREPARE("later", NOWHERE "return DL_DONE;"),
	    "plugin later: as it was loaded, it died" LOOK, NULL },

	/* Its name. */
	{ "absent", NULL,
	    "there is no absent.so in plugin_path: put it into DIR", written },
	{ "", NULL, "a plugin's name is of letters, digits, - and _: rename it",
	    written },
	{ "two words", "",
	    "a plugin's name is of letters, digits, - and _: rename it",
	    written },
	{ "a:b", "",
	    "a plugin's name is of letters, digits, - and _: rename it",
	    written },
	{ "tin_tức", "",
	    "a plugin's name is of letters, digits, - and _: rename it",
	    written },
	{ "line\nbreak", "",
	    "a plugin's name is of letters, digits, - and _: rename it",
	    written },
	{ "../tmp/a", NULL,
	    "a plugin is called by its name alone, without folder and .so: put "
	    "its folder into plugin_path",
	    written },
	{ "/tmp/a.so", NULL,
	    "a plugin is called by its name alone, without folder and .so: put "
	    "its folder into plugin_path",
	    written },
	{ "vgp.so", NULL,
	    "a plugin is called by its name alone, without folder and .so: put "
	    "its folder into plugin_path",
	    written },
};

static struct arena arena;

/* What is loaded must be where programs may be. */
static int on_disk(void **state)
{
	return folder_make_in(state, "/tmp");
}

static int tidy(void **state)
{
	arena_reset(&arena);
	return folder_drop(state);
}

#define WITH_CC(test) cmocka_unit_test_setup_teardown(test, on_disk, tidy)

/* ---- making files ---- */

/* The file that a plugin of this name is in, until the next call. */
static const char *so(struct folder *folder, const char *name)
{
	return folder_file(folder, arena_printf(&arena, "%s.so", name));
}

static void cc(struct folder *folder, const char *text, const char *flags)
{
	const char *compiler = getenv("CC") != NULL ? getenv("CC") : "cc";
	char *source = arena_printf(&arena, "%s/source.c", folder->path);
	char *command = arena_printf(&arena,
	    "%s -std=c11 -Wall -Wextra -Werror -Wno-missing-field-initializers "
	    "-Wno-override-init -Iplugins -fPIC %s %s",
	    compiler, source, flags);

	file_write(source, text, strlen(text));
	assert_int_equal(system(command), 0);
	assert_int_equal(unlink(source), 0);
}

static void compiled_with(struct folder *folder, const char *name,
    const char *text, const char *flags)
{
	cc(folder, arena_printf(&arena, "%s%s", begin, text),
	    arena_printf(&arena, "%s -o %s", flags, so(folder, name)));
}

static void compiled(struct folder *folder, const char *name, const char *text)
{
	compiled_with(folder, name, text, "-shared");
}

static void written(struct folder *folder, const char *name, const char *text)
{
	if (text != NULL)
		file_write(so(folder, name), text, strlen(text));
}

static void a_folder(struct folder *folder, const char *name, const char *text)
{
	(void)text;
	assert_int_equal(mkdir(so(folder, name), 0755), 0);
}

static void unreadable(
    struct folder *folder, const char *name, const char *text)
{
	compiled(folder, name, text);
	assert_int_equal(chmod(so(folder, name), 0), 0);
	assert_int_equal(chmod(folder->path, 0755), 0);
}

/* With other bytes in its head. */
static void changed(struct folder *folder, const char *name, const char *text,
    size_t at, uint16_t value, size_t size)
{
	size_t len;
	char *bytes;

	compiled(folder, name, text);
	bytes = file_read(so(folder, name), &len);
	memcpy(bytes + at, &value, size);
	file_write(so(folder, name), bytes, len);
	free(bytes);
}

static void for_32_bits(
    struct folder *folder, const char *name, const char *text)
{
	changed(folder, name, text, EI_CLASS, ELFCLASS32, 1);
}

static void for_another_machine(
    struct folder *folder, const char *name, const char *text)
{
	changed(folder, name, text, offsetof(Elf64_Ehdr, e_machine), EM_S390,
	    sizeof(uint16_t));
}

static void big_endian(
    struct folder *folder, const char *name, const char *text)
{
	changed(folder, name, text, EI_DATA, ELFDATA2MSB, 1);
}

static void no_object(struct folder *folder, const char *name, const char *text)
{
	compiled_with(folder, name, text, "-c");
}

static void a_program(struct folder *folder, const char *name, const char *text)
{
	cc(folder, text, arena_printf(&arena, "-pie -o %s", so(folder, name)));
}

static void cut_short(struct folder *folder, const char *name, const char *text)
{
	compiled(folder, name, text);
	assert_int_equal(truncate(so(folder, name), 4096), 0);
}

static void library(struct folder *folder, const char *version)
{
	char *script = arena_printf(&arena, "%s/script", folder->path);

	file_write(script, version, strlen(version));
	cc(folder, "void news(void);\nvoid news(void) {}\n",
	    arena_printf(&arena,
		"-shared -Wl,-soname,libnews.so -Wl,--version-script=%s -o "
		"%s/libnews.so",
		script, folder->path));
}

static void with_library(
    struct folder *folder, const char *name, const char *text)
{
	library(folder, "NEWS_2 { news; };");
	compiled_with(folder, name,
	    arena_printf(&arena,
		"void news(void);\nextern void (*const use)(void);\n"
		"void (*const use)(void) = news;\n%s",
		text),
	    arena_printf(&arena, "-shared -L%s -lnews -Wl,-rpath,%s",
		folder->path, folder->path));
}

static void without_its_library(
    struct folder *folder, const char *name, const char *text)
{
	with_library(folder, name, text);
	assert_int_equal(unlink(folder_file(folder, "libnews.so")), 0);
}

static void with_an_older_library(
    struct folder *folder, const char *name, const char *text)
{
	with_library(folder, name, text);
	library(folder, "NEWS_1 { news; };");
}

/* ---- loading them ---- */

static void load(
    struct folder *folder, const char *name, struct plugins *plugins, at_fn *at)
{
	const struct dl_list folders = { folder->path, NULL },
			     names = { name, NULL };
	const struct setup setup = { .folders = &folders,
		.plugins = name != NULL ? &names : NULL };

	load_plugins(&arena, &setup, plugins, at);
}

static void nobody_listens(const char *name)
{
	(void)name;
}

/* To the test, which reads what this process prints. */
static void tells(const char *name)
{
	printf("@%s\n", text_or(name, ""));
	fflush(stdout);
}

static void settle(const struct plugins *plugins)
{
	static const struct dl_list utc = { "UTC", NULL };
	const struct ready ready = { .plugins = plugins->told,
		.n_plugins = plugins->n_told,
		.zones = &utc };
	struct conf *conf = conf_standard();
	struct source *source = conf_bare(conf, plugins->told->name);

	source->extractors = NULL;
	conf_settle(conf, &ready, stdout);
}

/* As nobody, who may not read everything. */
static _Noreturn void load_and_tell(struct folder *folder, const char *name)
{
	static const int crashes[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE };
	struct plugins plugins;
	size_t i;

	for (i = 0; i < COUNT(crashes); i++)
		signal(crashes[i], SIG_DFL); /* cmocka's would go on with it */
	if (geteuid() == 0)
		assert_int_equal(seteuid(65534), 0);
	load(folder, name, &plugins, tells);
	load_prepare(&arena, &plugins, tells);
	if (plugins.told->refused != NULL)
		printf("%s\n", plugins.told->refused);
	else if (plugins.told->source)
		settle(&plugins);
	fflush(stdout);
	_exit(0);
}

/* The text with another word in the place of each that is there. */
static const char *replaced(
    const char *text, const char *word, const char *other)
{
	const char *at = text != NULL ? strstr(text, word) : NULL;

	if (at == NULL)
		return text;
	return arena_printf(&arena, "%.*s%s%s", (int)(at - text), text, other,
	    replaced(at + strlen(word), word, other));
}

/* What was told last: names have an @ before them. NULL if it was loaded. */
static const char *outcome(char *told, int status)
{
	const char *last = NULL, *name = NULL;
	struct ready ready;
	char *line;

	for (line = strtok(told, "\n"); line != NULL;
	     line = strtok(NULL, "\n")) {
		last = line;
		if (*line == '@')
			name = line + 1;
	}
	if (status == 0)
		return last != NULL && *last != '@' ? last : NULL;
	assert_non_null(name);
	message_not_ready(&arena, name, "it died", &ready);
	return ready.refused;
}

/* In a process of its own. */
static const char *refusal(struct folder *folder, const char *name)
{
	char told[4096] = "";
	int pipes[2], status;
	size_t len = 0;
	ssize_t n = 0;
	pid_t child;

	assert_int_equal(pipe(pipes), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		dup2(pipes[1], STDOUT_FILENO);
		close(pipes[1]);
		load_and_tell(folder, name);
	}
	close(pipes[1]);
	while ((n = read(pipes[0], told + len, sizeof(told) - 1 - len)) > 0)
		len += (size_t)n;
	close(pipes[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	told[len] = '\0';
	return replaced(
	    arena_dup(&arena, outcome(told, status)), folder->path, "DIR");
}

static void each_is_loaded_or_refused(void **state)
{
	struct folder *folder = *state;
	int different = 0;
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		make_fn *make = rows[i].make != NULL ? rows[i].make : compiled;
		const char *said;

		folder_empty(folder);
		assert_int_equal(chmod(folder->path, 0755), 0);
		make(folder, rows[i].name, rows[i].text);
		said = text_or(refusal(folder, rows[i].name), "fine");
		if (strcmp(said, text_or(rows[i].refused, "fine")) != 0) {
			print_error("%s: %s\n", rows[i].name, said);
			different++;
		}
	}
	assert_int_equal(different, 0);
}

/* ---- several at once ---- */

static void a_plugin_is_told_of_with_its_options(void **state)
{
	const struct loaded *told;
	const struct dl_plugin *plugin;
	struct plugins plugins;

	compiled(*state, "site",
	    "static const struct dl_option options[] = {\n"
	    "{ \"body\", DL_SELECTOR_OPTION, \"article\", \"the text\" },\n"
	    "{ \"limit\", DL_NUMBER_OPTION, NULL, NULL }, { NULL } };\n" PLUGIN(
		"site",
		SOURCE ", .about = \"a site\", .agency = \"SITE\", "
		       ".options = options"));
	load(*state, "site", &plugins, nobody_listens);
	told = &plugins.told[0];
	assert_null(told->refused);
	assert_string_equal(told->version, "1.2");
	assert_string_equal(told->about, "a site");
	assert_string_equal(told->agency, "SITE");
	assert_string_equal(told->zone, "UTC");
	assert_int_equal(told->abi, DL_ABI);
	assert_true(told->source);
	assert_int_equal(told->n_options, 2);
	assert_string_equal(told->options[0].name, "body");
	assert_string_equal(told->options[0].standard, "article");
	assert_string_equal(told->options[0].about, "the text");
	assert_int_equal(told->options[0].kind, DL_SELECTOR_OPTION);
	assert_string_equal(told->options[1].name, "limit");
	assert_null(told->options[1].standard);

	plugin = load_find(&plugins, "site");
	assert_non_null(plugin);
	assert_int_equal(plugin->extract(NULL, NULL, NULL), DL_DONE);
	assert_null(load_find(&plugins, "sit"));

	compiled(*state, "word", PLUGIN("word", EXTRACTOR));
	load(*state, "word", &plugins, nobody_listens);
	assert_false(plugins.told[0].source);
	assert_int_equal(plugins.told[0].n_options, 0);
}

/* All that are there; a folder hides those of the same name that lie behind
   it. */
static void all_of_several_folders_are_found(void **state)
{
	struct folder *folder = *state, *second;
	void *other = NULL;
	struct dl_list behind = { NULL, NULL },
		       folders = { folder->path, &behind };
	const struct setup all = { .folders = &folders };
	struct plugins plugins;

	assert_int_equal(on_disk(&other), 0);
	second = other;
	behind.text = second->path;
	compiled(folder, "ours", PLUGIN("ours", EXTRACTOR));
	compiled(folder, "both", PLUGIN("both", EXTRACTOR));
	compiled(second, "both", "const int hidden = 1;\n");
	compiled(second, "theirs", PLUGIN("theirs", SOURCE));
	file_write(folder_file(second, ".hidden.so"), "", 0);
	file_write(folder_file(second, "libthing.so.1"), "", 0);
	file_write(folder_file(second, "two words.so"), "", 0);
	load_plugins(&arena, &all, &plugins, nobody_listens);
	assert_int_equal(plugins.n_told, 4);
	assert_int_equal(plugins.n_loaded, 3);
	assert_non_null(load_find(&plugins, "ours"));
	assert_non_null(load_find(&plugins, "both"));
	assert_non_null(load_find(&plugins, "theirs"));
	folder_drop(&other);
}

static void what_fails_in_prepare_is_out(void **state)
{
	struct plugins plugins;

	compiled(*state, "a", PREPARE("a", "return DL_DONE;"));
	compiled(*state, "b", PREPARE("b", "return DL_FAIL;"));
	compiled(*state, "c", PLUGIN("c", EXTRACTOR));
	load(*state, NULL, &plugins, nobody_listens);
	assert_int_equal(plugins.n_loaded, 3);
	load_prepare(&arena, &plugins, nobody_listens);
	assert_int_equal(plugins.n_loaded, 2);
	assert_non_null(load_find(&plugins, "a"));
	assert_null(load_find(&plugins, "b"));
	assert_non_null(load_find(&plugins, "c"));
	assert_null(plugins.told[0].refused);
	assert_non_null(plugins.told[1].refused);
	assert_null(plugins.told[2].refused);
}

/* What the worker works with is not the plugin's to change. */
static void a_table_is_copied(void **state)
{
	struct plugins plugins;
	const struct dl_plugin *plugin;

	compiled(*state, "shifty",
	    "static enum dl_verdict shift(struct dl_job *, const struct "
	    "dl_page *, struct dl_record *);\n"
	    "struct dl_plugin shifty __asm__(\"this_plugin\");\n"
	    "struct dl_plugin shifty = { .abi = DL_ABI, .name = \"shifty\", "
	    ".version = \"1\", .transform = shift };\n"
	    "static enum dl_verdict shift(struct dl_job *job, const struct "
	    "dl_page *page, struct dl_record *record)\n"
	    "{ (void)job, (void)page, (void)record; shifty.name = NULL; "
	    "shifty.transform = NULL; return DL_DONE; }\n");
	load(*state, "shifty", &plugins, nobody_listens);
	plugin = load_find(&plugins, "shifty");
	assert_non_null(plugin);
	assert_int_equal(plugin->transform(NULL, NULL, NULL), DL_DONE);
	assert_int_equal(plugin->transform(NULL, NULL, NULL), DL_DONE);
	assert_ptr_equal(load_find(&plugins, "shifty"), plugin);
}

/*
 * Functions that a plugin does not keep to itself are its own all the same:
 * beside those of another plugin, of the worker, and of the worker's libraries.
 */
static void helpers_of_one_name_are_each_ones_own(void **state)
{
	static const struct {
		const char *name, *helper;
		enum dl_verdict says;
	} helpers[] = {
		{ "one", "helper", DL_SKIP },
		{ "two", "helper", DL_FAIL },
		{ "json", "json_object", DL_SKIP },
		{ "memory", "arena_reset", DL_SKIP },
		{ "fold", "utf8proc_version", DL_FAIL },
	};
	struct plugins plugins;
	size_t i;

	if (SANITIZED)
		skip(); /* there the worker's names come first */
	for (i = 0; i < COUNT(helpers); i++)
		compiled(*state, helpers[i].name,
		    arena_printf(&arena,
			"enum dl_verdict %s(void);\n"
			"enum dl_verdict %s(void) { return %d; }\n"
			"static enum dl_verdict ask(struct dl_job *job, const "
			"struct dl_page *page, struct dl_record *record)\n"
			"{ (void)job, (void)page, (void)record; return %s(); "
			"}\n"
			"DL_PLUGIN = { .abi = DL_ABI, .name = \"%s\", "
			".version = \"1\", .transform = ask };\n",
			helpers[i].helper, helpers[i].helper, helpers[i].says,
			helpers[i].helper, helpers[i].name));
	load(*state, NULL, &plugins, nobody_listens);
	for (i = 0; i < COUNT(helpers); i++) {
		const struct dl_plugin *plugin =
		    load_find(&plugins, helpers[i].name);

		assert_non_null(plugin);
		assert_int_equal(
		    plugin->transform(NULL, NULL, NULL), helpers[i].says);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_CC(each_is_loaded_or_refused),
		WITH_CC(a_plugin_is_told_of_with_its_options),
		WITH_CC(all_of_several_folders_are_found),
		WITH_CC(what_fails_in_prepare_is_out),
		WITH_CC(a_table_is_copied),
		WITH_CC(helpers_of_one_name_are_each_ones_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
