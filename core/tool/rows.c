/* The lines of a file of JSON objects. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/xalloc.h"
#include "core/tool/rows.h"
#include "core/tool/tool.h"

static struct row *row_new(struct rows *rows)
{
	struct row *row;

	rows->rows = xrealloc(rows->rows, (rows->n + 1) * sizeof(*rows->rows));
	row = &rows->rows[rows->n++];
	*row = (struct row){ .text = NULL };
	return row;
}

static void line_read(struct rows *rows, const char *path, const char *text)
{
	struct row *row = row_new(rows);
	json_error_t error;

	row->text = xstrdup(text);
	row->text[strcspn(row->text, "\n")] = '\0';
	if (text[strspn(text, " \t\r\n")] == '\0')
		return;
	row->line = json_loads(text, JSON_REJECT_DUPLICATES, &error);
	if (!json_is_object(row->line))
		tool_die(EX_DATAERR, "%s:%zu: %s", path, rows->n,
		    row->line == NULL ? error.text : "not an object");
}

void rows_read(struct rows *rows, const char *path)
{
	FILE *file = fopen(path, "r");
	char *text = NULL;
	size_t room = 0;

	*rows = (struct rows){ .n = 0 };
	if (file == NULL && errno == ENOENT)
		return;
	if (file == NULL)
		tool_die(EX_NOINPUT, "%s: %s", path, strerror(errno));
	while (getline(&text, &room, file) > 0)
		line_read(rows, path, text);
	if (ferror(file))
		tool_die(EX_NOINPUT, "%s: %s", path, strerror(errno));
	free(text);
	fclose(file);
}

void rows_add(struct rows *rows, json_t *line)
{
	row_new(rows)->line = line;
	rows->changed = true;
}

void rows_change(struct rows *rows, struct row *row, json_t *line)
{
	free(row->text);
	json_decref(row->line);
	*row = (struct row){ .line = line };
	rows->changed = true;
}

static void row_write(const struct row *row, FILE *file)
{
	if (row->text != NULL)
		fputs(row->text, file);
	else
		json_dumpf(row->line, file, 0);
	fputc('\n', file);
}

void rows_write(struct rows *rows, const char *path)
{
	struct buf beside = { .len = 0 };
	FILE *file;
	size_t i;

	buf_printf(&beside, "%s.new", path);
	file = fopen(beside.bytes, "w");
	if (file == NULL)
		tool_die(EX_CANTCREAT, "%s: %s", beside.bytes, strerror(errno));
	for (i = 0; i < rows->n; i++)
		row_write(&rows->rows[i], file);
	if (fclose(file) != 0 || rename(beside.bytes, path) != 0) {
		i = (size_t)errno;
		unlink(beside.bytes);
		tool_die(EX_CANTCREAT, "%s: %s", path, strerror((int)i));
	}
	rows->changed = false;
	buf_free(&beside);
}

void rows_free(struct rows *rows)
{
	size_t i;

	for (i = 0; i < rows->n; i++) {
		free(rows->rows[i].text);
		json_decref(rows->rows[i].line);
	}
	free(rows->rows);
}
