/*
 * `dateline completion`: a script with which a shell completes commands. All
 * that it knows stands in the tables of commands: their usages name options,
 * what these take, verbs and operands.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "core/base/buf.h"
#include "core/tool/tool.h"

/* Options of the tool itself. */
#define OWN "help --help --version"

/* What a placeholder of a usage stands for, as the scripts call it. */
static const struct {
	const char *placeholder, *kind;
} kinds[] = {
	{ "S", "sources" },
	{ "SOURCE", "sources" },
	{ "FILE", "files" },
	{ "FILE.opml", "files" },
	{ "M.jsonl", "files" },
	{ "DIR", "folders" },
	{ "FOLDER", "folders" },
};

#define N_KINDS (sizeof(kinds) / sizeof(kinds[0]))

struct piece {
	const char *text;
	size_t len;
};

/* Of a usage: an option with what it takes, a verb, or an operand. */
struct word {
	struct piece is;
	struct piece takes; /* empty: it is no option that takes anything */
};

/* ---- reading usages ---- */

static bool same(struct piece piece, const char *text)
{
	return strlen(text) == piece.len &&
	    memcmp(piece.text, text, piece.len) == 0;
}

static bool is_option(struct piece piece)
{
	return piece.len > 0 && piece.text[0] == '-';
}

/* "FILE..." is as good as "FILE". */
static struct piece piece_at(const char *at)
{
	struct piece piece = { at, strcspn(at, " \n[]") };

	while (piece.len > 0 && at[piece.len - 1] == '.')
		piece.len--;
	return piece;
}

/* The word behind `at`; NULL: there is none, else what follows it. */
static const char *word_next(const char *at, struct word *word)
{
	const char *end;

	do {
		at += strspn(at, " \n[]|.");
		if (*at == '\0')
			return NULL;
		*word = (struct word){ .is = piece_at(at) };
		at += strcspn(at, " \n[]");
	} while (word->is.len == 0);
	end = at + strspn(at, " \n");
	if (!is_option(word->is) || strchr("[]|-", *end) != NULL)
		return at;
	word->takes = piece_at(end);
	return end + strcspn(end, " \n[]");
}

/* The usages of all verbs of a command that has a table of them. */
static const char *usage_of(const struct command *command, struct buf *joined)
{
	const struct command *verb = command->verbs;

	if (verb == NULL)
		return command->usage;
	for (; verb->name != NULL; verb++)
		buf_printf(joined, "| %s %s ", verb->name, verb->usage);
	return joined->bytes;
}

/* Whether it is there before; usages say --json once for each verb. */
static bool is_twice(const char *usage, const struct word *word)
{
	struct word before;

	while ((usage = word_next(usage, &before)) != NULL &&
	    before.is.text != word->is.text) {
		if (before.is.len == word->is.len &&
		    memcmp(before.is.text, word->is.text, word->is.len) == 0)
			return true;
	}
	return false;
}

/* The choice in "a|b|c" that follows this one; false: that was all. */
static bool choice_next(struct piece all, struct piece *choice)
{
	size_t begin = 0;

	if (choice->text != NULL)
		begin = (size_t)(choice->text - all.text) + choice->len + 1;
	if (begin >= all.len)
		return false;
	choice->text = all.text + begin;
	choice->len = strcspn(choice->text, "|");
	if (choice->len > all.len - begin)
		choice->len = all.len - begin;
	return true;
}

/* NULL: it is anything, or a word that is typed as it stands there. */
static const char *kind_of(struct piece choice)
{
	size_t i = 0;

	while (i < N_KINDS && !same(choice, kinds[i].placeholder))
		i++;
	return i < N_KINDS ? kinds[i].kind : NULL;
}

static void add_words(struct buf *words, struct piece all)
{
	struct piece choice = { 0 };

	while (choice_next(all, &choice)) {
		if (islower((unsigned char)choice.text[0]) || is_option(choice))
			buf_printf(words, "%s%.*s", words->len > 0 ? " " : "",
			    (int)choice.len, choice.text);
	}
}

static void add_kinds(struct buf *names, struct piece all)
{
	struct piece choice = { 0 };
	const char *kind;

	while (choice_next(all, &choice)) {
		kind = kind_of(choice);
		if (kind != NULL &&
		    (names->len == 0 || strstr(names->bytes, kind) == NULL))
			buf_printf(
			    names, "%s%s", names->len > 0 ? " " : "", kind);
	}
}

/* In quotes, as all three shells read them. */
static void quoted(const char *text)
{
	putchar('\'');
	for (; *text != '\0'; text++) {
		if (*text == '\'')
			fputs("'\\''", stdout);
		else
			putchar(*text);
	}
	putchar('\'');
}

/* ---- bash and zsh ---- */

static void row(const struct buf *words, const struct buf *names)
{
	if (words->len > 0)
		printf(" list='%s'", words->bytes);
	if (names->len > 0)
		printf(" kinds='%s'", names->bytes);
	printf(" ;;\n");
}

static void option_row(const struct command *command, const struct word *word)
{
	struct buf words = { 0 }, names = { 0 };

	add_words(&words, word->takes);
	add_kinds(&names, word->takes);
	printf("\t'%s %.*s')", command->name, (int)word->is.len, word->is.text);
	row(&words, &names);
	buf_free(&words);
	buf_free(&names);
}

static void command_rows(const struct command *command)
{
	struct buf joined = { 0 }, words = { 0 }, names = { 0 };
	const char *usage = usage_of(command, &joined), *at = usage;
	struct word word;

	while ((at = word_next(at, &word)) != NULL) {
		if (is_twice(usage, &word))
			continue;
		if (word.takes.len > 0)
			option_row(command, &word);
		add_words(&words, word.is);
		add_kinds(&names, word.is);
	}
	printf("\t'%s '*)", command->name);
	row(&words, &names);
	buf_free(&joined);
	buf_free(&words);
	buf_free(&names);
}

/* What bash and zsh read alike: the table, and the sources. */
static void table(void)
{
	const struct command *command;

	puts("# COMMAND WORD: what may stand behind them, as $list and "
	     "$kinds.\n"
	     "_dateline_table() {\n"
	     "\tcase \"$1 $2\" in");
	for (command = commands; command->name != NULL; command++)
		command_rows(command);
	puts("\tesac\n"
	     "}\n"
	     "\n"
	     "# PROGRAM WORD...: the sources of the configuration that they "
	     "name.\n"
	     "_dateline_sources() {\n"
	     "\tlocal program=$1 conf='' before='' word\n"
	     "\tshift\n"
	     "\tfor word; do\n"
	     "\t\tif [[ $word == '=' ]]; then continue; fi # bash's\n"
	     "\t\tif [[ $word == --conf=* ]]; then conf=${word#--conf=}; fi\n"
	     "\t\tif [[ $before == --conf ]]; then conf=$word; fi\n"
	     "\t\tbefore=$word\n"
	     "\tdone\n"
	     "\tset -- sources list --json\n"
	     "\tif [[ -n $conf ]]; then set -- \"$@\" --conf \"$conf\"; fi\n"
	     "\t\"$program\" \"$@\" 2>/dev/null |\n"
	     "\t    sed -n 's/^{\"source\":\"\\([^\"]*\\)\".*/\\1/p'\n"
	     "}\n");
}

static void bash(void)
{
	const struct command *command;

	puts("# bash completion of dateline(1), as `dateline completion bash`"
	     " prints it.");
	table();
	puts("_dateline() {\n"
	     "\tlocal word=$2 before=$3 list='' kinds='' name\n"
	     "\tif [[ $before == '=' ]]; then "
	     "before=${COMP_WORDS[COMP_CWORD-2]};"
	     " fi\n"
	     "\tif ((COMP_CWORD > 1)); then\n"
	     "\t\t_dateline_table \"${COMP_WORDS[1]}\" \"$before\"\n"
	     "\telse");
	printf("\t\tlist='%s", OWN);
	for (command = commands; command->name != NULL; command++)
		printf(" %s", command->name);
	puts("'\n"
	     "\tfi\n"
	     "\tmapfile -t COMPREPLY < <(compgen -W \"$list\" -- \"$word\")\n"
	     "\tif [[ $kinds == *sources* ]]; then\n"
	     "\t\twhile read -r name; do\n"
	     "\t\t\tif [[ $name == \"$word\"* ]]; then COMPREPLY+=(\"$name\");"
	     " fi\n"
	     "\t\tdone < <(_dateline_sources \"${COMP_WORDS[@]}\")\n"
	     "\tfi\n"
	     "\tif [[ $kinds == *files* ]]; then _dateline_paths -f; fi\n"
	     "\tif [[ $kinds == *folders* ]]; then _dateline_paths -d; fi\n"
	     "}\n"
	     "\n"
	     "_dateline_paths() {\n"
	     "\tcompopt -o filenames 2>/dev/null\n"
	     "\tmapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY "
	     "< <(compgen \"$1\" -- \"$word\")\n"
	     "}\n"
	     "\n"
	     "complete -F _dateline dateline");
}

static void zsh(void)
{
	const struct command *command;

	puts("#compdef dateline\n"
	     "# zsh completion of dateline(1), as `dateline completion zsh`"
	     " prints it.");
	table();
	puts("_dateline() {\n"
	     "\tlocal list='' kinds=''\n"
	     "\tlocal -a first");
	printf("\tfirst=(%s", OWN);
	for (command = commands; command->name != NULL; command++) {
		printf("\n\t    %s:", command->name);
		quoted(command->about);
	}
	puts(")\n"
	     "\tif ((CURRENT == 2)); then\n"
	     "\t\t_describe command first\n"
	     "\t\treturn\n"
	     "\tfi\n"
	     "\t_dateline_table \"${words[2]}\" \"${words[CURRENT-1]}\"\n"
	     "\tcompadd -- ${=list}\n"
	     "\tif [[ $kinds == *sources* ]]; then\n"
	     "\t\tcompadd -- ${(f)\"$(_dateline_sources \"${words[@]}\")\"}\n"
	     "\tfi\n"
	     "\tif [[ $kinds == *files* ]]; then _files; fi\n"
	     "\tif [[ $kinds == *folders* ]]; then _files -/; fi\n"
	     "}\n"
	     "\n"
	     "_dateline \"$@\"");
}

/* ---- fish ---- */

/* What may stand there, behind its line's beginning. */
static void fish_offers(struct buf *line, struct piece all)
{
	struct buf words = { 0 }, names = { 0 };

	add_words(&words, all);
	add_kinds(&names, all);
	buf_text(&names, ""); /* for strstr() */
	if (words.len > 0)
		buf_printf(line, " -a '%s'", words.bytes);
	if (strstr(names.bytes, "sources") != NULL)
		buf_text(line, " -a '(__dateline_sources)'");
	if (strstr(names.bytes, "files") != NULL)
		buf_text(line, " -F");
	if (strstr(names.bytes, "folders") != NULL)
		buf_text(line, " -a '(__fish_complete_directories)'");
	buf_free(&words);
	buf_free(&names);
}

static void fish_line(const struct command *command, const struct word *word)
{
	bool option = is_option(word->is);
	size_t dashes = word->is.len > 2 ? 2 : 1;
	struct buf line = { 0 };

	if (option)
		buf_printf(&line, " -%c %.*s%s", dashes == 2 ? 'l' : 's',
		    (int)(word->is.len - dashes), word->is.text + dashes,
		    word->takes.len > 0 ? " -r" : "");
	fish_offers(&line, option ? word->takes : word->is);
	if (line.len > 0)
		printf("complete -c dateline -n '__dateline_in %s'%s%s\n",
		    command->name, line.bytes,
		    strstr(line.bytes, " -F") != NULL ? "" : " -f");
	buf_free(&line);
}

static void fish_command(const struct command *command)
{
	struct buf joined = { 0 };
	const char *usage = usage_of(command, &joined), *at = usage;
	struct word word;

	printf("complete -c dateline -n __dateline_first -a %s -d ",
	    command->name);
	quoted(command->about);
	putchar('\n');
	while ((at = word_next(at, &word)) != NULL) {
		if (!is_twice(usage, &word))
			fish_line(command, &word);
	}
	buf_free(&joined);
}

static void fish(void)
{
	const struct command *command;

	puts("# fish completion of dateline(1), as `dateline completion fish`"
	     " prints it.\n"
	     "function __dateline_in\n"
	     "\tset -l words (commandline -opc)\n"
	     "\ttest (count $words) -gt 1; and test $words[2] = $argv[1]\n"
	     "end\n"
	     "\n"
	     "function __dateline_first\n"
	     "\ttest (count (commandline -opc)) -eq 1\n"
	     "end\n"
	     "\n"
	     "function __dateline_sources\n"
	     "\tset -l words (commandline -opc)\n"
	     "\tset -l conf\n"
	     "\tif set -l at (contains -i -- --conf $words)\n"
	     "\t\tset conf --conf $words[(math $at + 1)]\n"
	     "\telse\n"
	     "\t\tset conf (string match -- '--conf=*' $words)\n"
	     "\tend\n"
	     "\t$words[1] sources list --json $conf 2>/dev/null |\n"
	     "\t\tstring replace -rf '^{\"source\":\"([^\"]*)\".*' '$1'\n"
	     "end\n"
	     "\n"
	     "complete -c dateline -f\n"
	     "complete -c dateline -n __dateline_first -a '" OWN "'");
	for (command = commands; command->name != NULL; command++)
		fish_command(command);
}

static const struct {
	const char *shell;
	void (*print)(void);
} scripts[] = {
	{ "bash", bash },
	{ "zsh", zsh },
	{ "fish", fish },
};

#define N_SCRIPTS (sizeof(scripts) / sizeof(scripts[0]))

int completion_main(int argc, char **argv)
{
	size_t i = 0;

	if (argc != 2)
		tool_usage("completion");
	while (i < N_SCRIPTS && strcmp(scripts[i].shell, argv[1]) != 0)
		i++;
	if (i == N_SCRIPTS)
		tool_usage("completion");
	scripts[i].print();
	return 0;
}
