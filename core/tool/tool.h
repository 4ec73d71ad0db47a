/* What the subcommands of `dateline` share. */
#ifndef TOOL_H
#define TOOL_H

#include <limits.h>
#include <stdbool.h>

#include "core/base/conf.h"

struct command {
	const char *name;
	int (*run)(int argc, char **argv); /* its exit status */
	const char *usage;                 /* its options */
	const char *about;
	const struct command *verbs; /* NULL: the usage says them */
};

extern const struct command commands[]; /* the last has no name */

/* Ends with EX_USAGE and how the command is called. */
_Noreturn void tool_usage(const char *command);

/* Ends with `status` and a line on stderr: "dateline: …". */
_Noreturn void tool_die(int status, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Ends with EX_NOINPUT, or EX_DATAERR where it is of a later version: errno
   says why there is no such spool. */
_Noreturn void tool_no_spool(const char *folder);

/*
 * The configuration: of `path`; where that is NULL, of the build tree that
 * this program lies in, or as it was installed, or else the defaults. Ends
 * with EX_CONFIG and the complaints if it cannot be read.
 */
struct conf *tool_conf(const char *path);

/* Likewise, for what only asks the daemon: a file that is wrong will do. */
struct conf *tool_glance(const char *path);

/* The path of a file as seen from the folder that this program lies in, which
   in a build tree is build/; false if there is no such file. */
bool tool_beside(char path[PATH_MAX], const char *file);

/* The path of datelined: beside this program, or where it was installed. */
void tool_daemon(char path[PATH_MAX]);

int tail_main(int argc, char **argv);
int consumers_main(int argc, char **argv);
int verify_main(int argc, char **argv);
int extract_main(int argc, char **argv);
int explain_main(int argc, char **argv);
int feed_main(int argc, char **argv);
int robots_main(int argc, char **argv);
int date_main(int argc, char **argv);
int fold_main(int argc, char **argv);
int places_main(int argc, char **argv);
int dateline_main(int argc, char **argv);
int plugin_main(int argc, char **argv);
int check_main(int argc, char **argv);
int sources_main(int argc, char **argv);
int status_main(int argc, char **argv);
int top_main(int argc, char **argv);
int poll_main(int argc, char **argv);
int pause_main(int argc, char **argv);
int resume_main(int argc, char **argv);
int reload_main(int argc, char **argv);
int replay_main(int argc, char **argv);
int quarantine_main(int argc, char **argv);
int state_main(int argc, char **argv);
int completion_main(int argc, char **argv);

#endif
