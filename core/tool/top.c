/*
 * `dateline top`: how the daemon is, live, in the whole of a terminal. What
 * `dateline status` prints is drawn anew every two seconds, as far as it fits;
 * keys scroll, and end it.
 */
#include <errno.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sysexits.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/time.h"
#include "core/tool/columns.h"
#include "core/tool/control.h"
#include "core/tool/report.h"
#include "core/tool/show.h"
#include "core/tool/tool.h"

#define EVERY 2000 /* ms */
#define PATIENCE 1 /* second: keys wait for the daemon, too */

#define SCREEN_OTHER "\033[?1049h\033[?25l" /* and no cursor */
#define SCREEN_OWN "\033[?25h\033[?1049l"
#define HOME "\033[H"
#define LINE_REST "\033[K"
#define SCREEN_REST "\033[J"

enum key { NOTHING, END, UP, DOWN, PAGE_UP, PAGE_DOWN, FIRST, LAST };

struct screen {
	int rows, columns;
	size_t top; /* the first line that is shown */
	bool colour;
};

/* ---- the terminal ---- */

/* Signals that end it, and that the size has changed, come as bytes. */
static int signals_open(void)
{
	sigset_t wanted;

	sigemptyset(&wanted);
	sigaddset(&wanted, SIGINT);
	sigaddset(&wanted, SIGTERM);
	sigaddset(&wanted, SIGHUP);
	sigaddset(&wanted, SIGWINCH);
	sigprocmask(SIG_BLOCK, &wanted, NULL);
	return signalfd(-1, &wanted, SFD_CLOEXEC);
}

static enum key signal_read(int signals)
{
	struct signalfd_siginfo about;

	if (read(signals, &about, sizeof(about)) != sizeof(about))
		return NOTHING;
	return about.ssi_signo == SIGWINCH ? NOTHING : END;
}

static void screen_measure(struct screen *screen)
{
	struct winsize size = { 0 };

	ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
	screen->rows = size.ws_row > 1 ? size.ws_row : 24;
	screen->columns = size.ws_col > 0 ? size.ws_col : 80;
}

/* Keys come one by one, and are not shown. */
static bool terminal_take(struct termios *before)
{
	struct termios raw;

	if (tcgetattr(STDIN_FILENO, before) != 0)
		return false;
	raw = *before;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	return tcsetattr(STDIN_FILENO, TCSAFLUSH, &raw) == 0;
}

static enum key key_read(void)
{
	static const struct {
		const char *bytes;
		enum key key;
	} keys[] = {
		{ "q", END },
		{ "k", UP },
		{ "j", DOWN },
		{ "\033[A", UP },
		{ "\033[B", DOWN },
		{ "\033[5~", PAGE_UP },
		{ "\033[6~", PAGE_DOWN },
		{ "b", PAGE_UP },
		{ " ", PAGE_DOWN },
		{ "g", FIRST },
		{ "G", LAST },
		{ "\033[H", FIRST },
		{ "\033[F", LAST },
	};
	char bytes[16];
	ssize_t len = read(STDIN_FILENO, bytes, sizeof(bytes) - 1);
	size_t i;

	if (len <= 0)
		return END; /* the terminal has gone */
	bytes[len] = '\0';
	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (strcmp(keys[i].bytes, bytes) == 0)
			return keys[i].key;
	}
	return NOTHING;
}

/* ---- what is drawn ---- */

/* The caller's; NULL: the daemon does not answer. */
static char *text_make(const struct conf *conf, bool colour)
{
	json_t *status = control_look(conf->control, "status", PATIENCE);
	char *text = NULL;
	size_t len;
	FILE *out;

	if (status == NULL)
		return NULL;
	out = open_memstream(&text, &len);
	if (out == NULL)
		exit(EX_OSERR);
	report_show(out, status, time_now(), colour);
	fclose(out);
	json_decref(status);
	return text;
}

static size_t lines_in(const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text++)
		n += *text == '\n';
	return n;
}

static const char *line_at(const char *text, size_t n)
{
	for (; n > 0; n--)
		text = strchrnul(text, '\n') + 1;
	return text;
}

/* Never beyond the last line. */
static void scroll(struct screen *screen, enum key key, size_t lines)
{
	size_t page = (size_t)screen->rows - 1;
	size_t most = lines > page ? lines - page : 0;
	const size_t to[] = { [NOTHING] = screen->top,
		[END] = screen->top,
		[UP] = screen->top > 0 ? screen->top - 1 : 0,
		[DOWN] = screen->top + 1,
		[PAGE_UP] = screen->top > page ? screen->top - page : 0,
		[PAGE_DOWN] = screen->top + page,
		[FIRST] = 0,
		[LAST] = most };

	screen->top = to[key] < most ? to[key] : most;
}

static void draw_line(const struct screen *screen, const char *line, size_t len)
{
	char *copy = strndup(line, len);

	if (copy == NULL)
		exit(EX_OSERR);
	columns_fit(stdout, copy, screen->columns);
	fputs(screen->colour ? "\033[0m" LINE_REST "\r\n" : LINE_REST "\r\n",
	    stdout);
	free(copy);
}

static void draw(const struct screen *screen, const char *text)
{
	size_t lines = lines_in(text), shown = 0;
	const char *line = line_at(text, screen->top);

	fputs(HOME, stdout);
	for (; screen->top + shown < lines && shown + 1 < (size_t)screen->rows;
	     shown++) {
		size_t len = strcspn(line, "\n");

		draw_line(screen, line, len);
		line += len + 1;
	}
	fputs(SCREEN_REST, stdout);
	printf("\033[%d;1H" LINE_REST "lines %zu to %zu of %zu; j k space b "
	       "g G scroll, q ends",
	    screen->rows, screen->top + 1, screen->top + shown, lines);
	fflush(stdout);
}

/* ---- the command ---- */

static enum key key_wait(int signals)
{
	struct pollfd waits[] = { { STDIN_FILENO, POLLIN, 0 },
		{ signals, POLLIN, 0 } };

	if (poll(waits, 2, EVERY) <= 0)
		return NOTHING;
	return waits[1].revents != 0 ? signal_read(signals) : key_read();
}

static void live(const struct conf *conf, struct screen *screen, int signals)
{
	enum key key = NOTHING;
	char *text;

	do {
		text = text_make(conf, screen->colour);
		if (text == NULL &&
		    asprintf(&text, "datelined does not answer at %s\n",
			conf->control) < 0)
			exit(EX_OSERR);
		screen_measure(screen);
		scroll(screen, key, lines_in(text));
		draw(screen, text);
		free(text);
		key = key_wait(signals);
	} while (key != END);
}

int top_main(int argc, char **argv)
{
	static const struct option known[] = {
		{ "conf", required_argument, NULL, 'c' },
		{ NULL, 0, NULL, 0 },
	};
	struct screen screen = { .colour = show_colour(stdout) };
	const char *path = NULL;
	struct termios before;
	struct conf *conf;
	int option;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		if (option != 'c')
			tool_usage("top");
		path = optarg;
	}
	if (optind != argc)
		tool_usage("top");
	conf = tool_glance(path);
	json_decref(control_ask(conf->control, "status", CONTROL_SOON));
	if (!isatty(STDOUT_FILENO) || !terminal_take(&before))
		tool_die(EX_USAGE,
		    "top draws in a terminal: see dateline status elsewhere");
	fputs(SCREEN_OTHER, stdout);
	live(conf, &screen, signals_open());
	fputs(SCREEN_OWN, stdout);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
	conf_free(conf);
	return 0;
}
