/* `dateline check`: is this configuration one that the daemon would take? */
#include <getopt.h>
#include <stdio.h>

#include "core/tool/tool.h"
#include "core/tool/worker.h"

int check_main(int argc, char **argv)
{
	static const struct option known[] = {
		{ "conf", required_argument, NULL, 'c' },
		{ NULL, 0, NULL, 0 },
	};
	const struct source *source;
	struct worker worker = { 0 };
	const char *path = NULL;
	struct conf *conf;
	int option, n = 0;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		if (option != 'c')
			tool_usage("check");
		path = optarg;
	}
	if (optind != argc)
		tool_usage("check");
	conf = tool_conf(path);
	worker_start(&worker, conf); /* plugins have a word in it too */
	worker_stop(&worker);
	for (source = conf->sources; source != NULL; source = source->next)
		n += source->enabled;
	printf("%s: fine, %d source%s enabled\n", conf->path, n,
	    n == 1 ? "" : "s");
	conf_free(conf);
	return 0;
}
