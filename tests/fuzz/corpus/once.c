/*
 * Every seed of a fuzzer through it once, without libFuzzer: for `make test`.
 * The program is called as the fuzzer, and its seeds are in the folder of that
 * name; or they are named.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"

#define CORPUS "tests/fuzz/corpus"

/* Nothing is changed here. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most)
{
	(void)data, (void)most;
	return size;
}

static void run_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	uint8_t *data = NULL;
	size_t size = 0, room = 0, n = 0;

	if (file == NULL) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	do {
		size += n;
		room = size + 65536;
		data = realloc(data, room);
		MUST(data != NULL);
	} while ((n = fread(data + size, 1, room - size, file)) > 0);
	fclose(file);
	printf("%s\n", path);
	fflush(stdout);
	LLVMFuzzerTestOneInput(data, size);
	free(data);
}

static void run_corpus(const char *fuzzer)
{
	char folder[256], path[1024];
	struct dirent **files;
	int n, i;

	snprintf(folder, sizeof(folder), CORPUS "/%s", fuzzer);
	n = scandir(folder, &files, NULL, alphasort);
	if (n < 3) {
		fprintf(stderr, "%s: no seeds\n", folder);
		exit(EXIT_FAILURE);
	}
	for (i = 0; i < n; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, files[i]->d_name);
		if (files[i]->d_name[0] != '.')
			run_file(path);
		free(files[i]);
	}
	free(files);
}

int main(int argc, char **argv)
{
	const char *slash = strrchr(argv[0], '/');
	int i;

	if (argc < 2)
		run_corpus(slash != NULL ? slash + 1 : argv[0]);
	for (i = 1; i < argc; i++)
		run_file(argv[i]);
	return EXIT_SUCCESS;
}
