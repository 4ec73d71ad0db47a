/* `dateline state rebuild`: datelined does it, for it has the state's format.
 */
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/tool/tool.h"

static const char *options(int argc, char **argv)
{
	static const struct option known[] = {
		{ "conf", required_argument, NULL, 'c' },
		{ NULL, 0, NULL, 0 },
	};
	const char *conf = NULL;
	int option;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		if (option != 'c')
			tool_usage("state");
		conf = optarg;
	}
	if (optind + 1 != argc || strcmp(argv[optind], "rebuild") != 0)
		tool_usage("state");
	return conf;
}

int state_main(int argc, char **argv)
{
	struct conf *conf = tool_conf(options(argc, argv));
	char program[PATH_MAX];

	tool_daemon(program);
	execl(program, program, "--rebuild-state", "--conf", conf->path,
	    (char *)NULL);
	tool_die(EX_UNAVAILABLE, "%s: %s", program, strerror(errno));
}
