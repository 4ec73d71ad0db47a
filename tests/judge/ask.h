/* The judge, asked by a test: the program that the Makefile puts beside those
   of the tests. */
#ifndef TESTS_ASK_H
#define TESTS_ASK_H

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct judge {
	FILE *ask, *answer;
	char text[1024]; /* of the last answer, without a newline */
	pid_t pid;
};

/* From build/tests/spool/x to build/judge. */
static inline void judge_run(void)
{
	char path[PATH_MAX] = "";
	int up;

	if (readlink("/proc/self/exe", path, sizeof(path) - 8) < 0)
		_exit(126);
	for (up = 0; up < 3; up++)
		*strrchr(path, '/') = '\0';
	strcat(path, "/judge");
	execl(path, path, (char *)NULL);
	fprintf(stderr, "%s is not built\n", path);
	_exit(127);
}

static inline void judge_open(struct judge *judge)
{
	int ask[2], answer[2];

	assert_int_equal(pipe2(ask, O_CLOEXEC), 0);
	assert_int_equal(pipe2(answer, O_CLOEXEC), 0);
	judge->pid = fork();
	assert_true(judge->pid >= 0);
	if (judge->pid == 0) {
		dup2(ask[0], STDIN_FILENO);
		dup2(answer[1], STDOUT_FILENO);
		judge_run();
	}
	close(ask[0]);
	close(answer[1]);
	judge->ask = fdopen(ask[1], "w");
	judge->answer = fdopen(answer[0], "r");
}

static inline void judge_close(struct judge *judge)
{
	fclose(judge->ask);
	fclose(judge->answer);
	assert_int_equal(waitpid(judge->pid, NULL, 0), judge->pid);
}

/* Whether all is well; the answer's two numbers. */
__attribute__((format(printf, 4, 5))) static inline bool judge_ask(
    struct judge *judge, uint64_t *a, uint64_t *b, const char *command, ...)
{
	va_list more;

	va_start(more, command);
	vfprintf(judge->ask, command, more);
	va_end(more);
	fputc('\n', judge->ask);
	fflush(judge->ask);
	if (fgets(judge->text, sizeof(judge->text), judge->answer) == NULL)
		strcpy(judge->text, "the judge is gone\n");
	judge->text[strcspn(judge->text, "\n")] = '\0';
	return sscanf(judge->text, "ok %" SCNu64 " %" SCNu64, a, b) == 2;
}

#endif
