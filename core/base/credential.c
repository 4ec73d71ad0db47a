/* Secrets that are not written into a configuration. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/credential.h"

#define CREDENTIAL_MOST 4096 /* bytes: a key, not a book */

static const char *folder(void)
{
	return getenv("CREDENTIALS_DIRECTORY");
}

bool credential_any(void)
{
	return folder() != NULL;
}

/* One of a file beside the others, and nothing above them. */
static bool is_name(const char *name)
{
	return name[0] != '\0' && name[0] != '.' && strchr(name, '/') == NULL &&
	    strpbrk(name, " \t") == NULL;
}

/* NULL, or what is wrong with it; a newline at its end is taken off. */
static const char *fault(char *text, size_t len)
{
	size_t i;

	if (len > CREDENTIAL_MOST)
		return "it is longer than 4096 bytes";
	if (len > 0 && text[len - 1] == '\n')
		text[--len] = '\0';
	for (i = 0; i < len; i++) {
		if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f)
			return "it is not one line of text";
	}
	return len == 0 ? "it is empty" : NULL;
}

static const char *file_read(
    struct arena *arena, const char *path, const char **why)
{
	char *text = arena_alloc(arena, CREDENTIAL_MOST + 2);
	FILE *file = fopen(path, "r");
	size_t len;

	if (file == NULL) {
		*why = strerror(errno);
		return NULL;
	}
	errno = 0;
	len = fread(text, 1, CREDENTIAL_MOST + 1, file);
	*why = ferror(file) ? strerror(errno) : fault(text, len);
	fclose(file);
	return *why == NULL ? text : NULL;
}

const char *credential_read(
    struct arena *arena, const char *name, const char **why)
{
	struct buf path = { 0 };
	const char *text;

	if (!is_name(name)) {
		*why = "it is no name of a credential";
		return NULL;
	}
	buf_printf(&path, "%s/%s", folder(), name);
	text = file_read(arena, path.bytes, why);
	buf_free(&path);
	return text;
}
