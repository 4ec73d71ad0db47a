/*
 * The state made anew: beside the old one, and in its place only when it is
 * whole.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/log.h"
#include "core/daemon/commit.h"
#include "core/daemon/rebuild.h"

/* A database of SQLite is up to three files. */
static const char *const parts[] = { "", "-wal", "-shm" };
#define N_PARTS (sizeof(parts) / sizeof(parts[0]))

static char *part_path(
    struct buf *path, const char *folder, const char *state, size_t part)
{
	path->len = 0;
	buf_printf(path, "%s/%s%s", folder, state, parts[part]);
	return path->bytes;
}

/* 0, also where there is none; -1 and errno. */
static int state_remove(const char *folder, const char *state)
{
	struct buf path = { 0 };
	int done = 0;
	size_t i;

	for (i = 0; i < N_PARTS && done == 0; i++) {
		done = unlink(part_path(&path, folder, state, i));
		if (done != 0 && errno == ENOENT)
			done = 0;
	}
	buf_free(&path);
	return done;
}

/* In the place of another; where there is none, that one stays. */
static int state_move(const char *folder, const char *from, const char *to)
{
	struct buf old = { 0 }, new = { 0 };
	int done = access(part_path(&old, folder, from, 0), F_OK);
	size_t i;

	if (done != 0 && errno == ENOENT) {
		buf_free(&old);
		return 0;
	}
	if (done == 0)
		done = state_remove(folder, to);
	for (i = 0; i < N_PARTS && done == 0; i++) {
		done = rename(part_path(&old, folder, from, i),
		    part_path(&new, folder, to, i));
		if (done != 0 && errno == ENOENT)
			done = 0;
	}
	buf_free(&old);
	buf_free(&new);
	return done;
}

/* Reads the whole spool into a new state; how many lines that were, or -1. */
static int64_t state_make(const struct conf *conf, struct spool_writer *writer)
{
	struct spool_recovered found = { 0 };
	struct buf path = { 0 };
	struct seen *seen;
	char *why = NULL;
	bool fine = false;

	buf_printf(&path, "%s/state.sqlite.new", conf->state);
	seen = seen_open(path.bytes, &why);
	if (seen != NULL)
		fine = commit_recover(seen, writer, conf->spool, &found, &why);
	if (!fine)
		log_err("%s: %s", path.bytes, why);
	seen_close(seen);
	buf_free(&path);
	free(why);
	return fine ? (int64_t)found.next - 1 : -1;
}

/* Who does this as root does not take the state away from the daemon. */
static int owner_keep(const char *folder)
{
	struct buf path = { 0 };
	struct stat about;
	int done;

	buf_printf(&path, "%s/state.sqlite.new", folder);
	done = stat(folder, &about);
	if (done == 0 && geteuid() == 0)
		done = chown(path.bytes, about.st_uid, about.st_gid);
	buf_free(&path);
	return done;
}

static int disk_failed(const struct conf *conf)
{
	log_err("%s: %s", conf->state, strerror(errno));
	return EX_IOERR;
}

static int state_replace(const struct conf *conf, struct spool_writer *writer)
{
	int64_t lines;

	/* What an earlier try has left is no state. */
	if (state_remove(conf->state, "state.sqlite.new") != 0)
		return disk_failed(conf);
	lines = state_make(conf, writer);
	if (lines < 0)
		return EX_DATAERR;
	if (owner_keep(conf->state) != 0 ||
	    state_move(conf->state, "state.sqlite", "state.sqlite.old") != 0 ||
	    state_move(conf->state, "state.sqlite.new", "state.sqlite") != 0)
		return disk_failed(conf);
	log_info("%s/state.sqlite: made from %s as far as line %" PRId64
		 "; the one before is state.sqlite.old",
	    conf->state, conf->spool, lines);
	return 0;
}

int rebuild(const struct conf *conf)
{
	int status;
	struct spool_writer *writer = commit_writer(conf, &status);

	if (writer != NULL)
		status = state_replace(conf, writer);
	spool_writer_close(writer);
	return status;
}
