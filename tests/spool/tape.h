/*
 * A disk whose operations are noted, and what a file system may have kept of
 * them when the power goes.
 *
 *     tape:  open write sync rename sync-folder write ...
 *                                   ^ the power goes here: `past` has what
 *                                     lasts, and what may have been lost
 *
 * What lasts is what was synced. Of the rest each sector of each write may have
 * come to the disk or not, a file may have grown before its bytes came, and
 * names may have changed or not: those of one folder in their order, and some
 * independently of others. What an fsync() that failed was to keep may be lost
 * for good, however often another one succeeds: Linux takes it for written.
 */
#ifndef TESTS_TAPE_H
#define TESTS_TAPE_H

#include <inttypes.h>
#include <stdbool.h>

#include "spool/disk.h"
#include "tests/folder.h"

#define TAPE_NAME 96  /* bytes of "consumers/name" and a NUL */
#define TAPE_PATH 192 /* of such in a folder of a test */
#define TAPE_NAMES 256
#define TAPE_FILES 1024
#define TAPE_FDS 1024
#define TAPE_FOLDER 0 /* the number of the folder of consumers, as a file */
#define SECTOR 512

enum op_kind {
	OP_WRITE,
	OP_CUT,  /* or made longer, to `at` */
	OP_FLIP, /* damage at `at`, which comes to the disk at once */
	OP_SYNC,
	OP_SYNC_FAILED,
	OP_CREATE, /* also a link, or a folder */
	OP_RENAME,
	OP_UNLINK,
	OP_SYNC_FOLDER,
};

static const char *const op_names[] = { "write", "cut", "flip", "sync",
	"sync failed", "name", "rename", "unlink", "sync folder" };

struct op {
	enum op_kind kind;
	int file; /* that it is done to, or that gets a name */
	char name[TAPE_NAME], to[TAPE_NAME];
	int folder; /* that the name is in: 0, or 1 for that of consumers */
	uint8_t *bytes;
	size_t len;
	uint64_t at;
};

struct names {
	struct {
		char name[TAPE_NAME];
		int file;
	} all[TAPE_NAMES];
	int n;
};

struct tape {
	struct disk disk;
	const struct disk *under;
	struct names names; /* as they are now */
	struct op *ops;
	size_t n, room;
	int n_files;
	int files[TAPE_FDS]; /* that are open; -1: it is no file */
	ino_t folders[2];
};

/* ---- names ---- */

static inline int names_find(const struct names *names, const char *name)
{
	int i = 0;

	while (i < names->n && strcmp(names->all[i].name, name) != 0)
		i++;
	return i < names->n ? i : -1;
}

static inline void names_put(struct names *names, const char *name, int file)
{
	int i = names_find(names, name);

	if (i < 0)
		i = names->n++;
	assert_true(i < TAPE_NAMES);
	strcpy(names->all[i].name, name);
	names->all[i].file = file;
}

/* Only if it is that of this file. */
static inline void names_drop(struct names *names, const char *name, int file)
{
	int i = names_find(names, name);

	if (i >= 0 && names->all[i].file == file)
		names->all[i] = names->all[--names->n];
}

static inline void names_apply(struct names *names, const struct op *op)
{
	switch (op->kind) {
	case OP_CREATE: names_put(names, op->name, op->file); break;
	case OP_UNLINK: names_drop(names, op->name, op->file); break;
	case OP_RENAME:
		names_drop(names, op->name, op->file);
		names_put(names, op->to, op->file);
		break;
	default: break;
	}
}

/* ---- noting ---- */

static inline struct op *tape_note(struct tape *tape, enum op_kind kind)
{
	if (tape->n == tape->room) {
		tape->room = tape->room * 2 + 256;
		tape->ops = realloc(tape->ops, tape->room * sizeof(struct op));
		assert_non_null(tape->ops);
	}
	tape->ops[tape->n] = (struct op){ .kind = kind, .file = -1 };
	return &tape->ops[tape->n++];
}

static inline struct op *tape_note_file(
    struct tape *tape, enum op_kind kind, int fd, uint64_t at)
{
	struct op *op = tape_note(tape, kind);

	assert_true(fd >= 0 && fd < TAPE_FDS);
	op->file = tape->files[fd];
	op->at = at;
	return op;
}

static inline void op_bytes(struct op *op, const void *bytes, size_t len)
{
	op->bytes = malloc(len + 1);
	memcpy(op->bytes, bytes, len);
	op->len = len;
}

/* 0: the spool's folder, 1: that of consumers, -1: it is no folder of ours. */
static inline int tape_folder(const struct tape *tape, int fd)
{
	struct stat about;

	assert_int_equal(fstat(fd, &about), 0);
	if (about.st_ino == tape->folders[0])
		return 0;
	return about.st_ino == tape->folders[1] ? 1 : -1;
}

static inline struct op *tape_note_name(struct tape *tape, enum op_kind kind,
    int fd, const char *name, const char *to)
{
	const char *in = tape_folder(tape, fd) == 1 ? "consumers/" : "";
	struct op *op = tape_note(tape, kind);
	int i;

	snprintf(op->name, TAPE_NAME, "%s%s", in, name);
	snprintf(op->to, TAPE_NAME, "%s%s", in, to);
	op->folder = strchr(op->name, '/') != NULL;
	i = names_find(&tape->names, op->name);
	op->file = i >= 0 ? tape->names.all[i].file : -1;
	return op;
}

static inline int tape_open(
    void *whose, int folder, const char *name, int flags)
{
	struct tape *tape = whose;
	int fd = tape->under->open(tape->under->whose, folder, name, flags);
	struct stat about;
	struct op *op;

	if (fd < 0 || fstat(fd, &about) != 0)
		return fd;
	assert_true(fd < TAPE_FDS);
	tape->files[fd] = -1;
	if (S_ISDIR(about.st_mode))
		return fd;
	op = tape_note_name(tape, OP_CREATE, folder, name, "");
	if (op->file < 0) {
		op->file = tape->n_files++;
		assert_true(op->file < TAPE_FILES);
		names_apply(&tape->names, op);
	} else if ((flags & O_TRUNC) != 0) {
		op->kind = OP_CUT;
	} else {
		tape->n--; /* nothing has changed */
	}
	tape->files[fd] = op->file;
	return fd;
}

static inline ssize_t tape_pread(
    void *whose, int fd, void *bytes, size_t len, off_t at)
{
	const struct disk *under = ((struct tape *)whose)->under;

	return under->pread(under->whose, fd, bytes, len, at);
}

static inline ssize_t tape_pwrite(
    void *whose, int fd, const void *bytes, size_t len, off_t at)
{
	const struct disk *under = ((struct tape *)whose)->under;
	ssize_t n = under->pwrite(under->whose, fd, bytes, len, at);

	if (n > 0)
		op_bytes(tape_note_file(whose, OP_WRITE, fd, (uint64_t)at),
		    bytes, (size_t)n);
	return n;
}

static inline int tape_fdatasync(void *whose, int fd)
{
	const struct disk *under = ((struct tape *)whose)->under;
	int done = under->fdatasync(under->whose, fd);

	if (done == 0 || errno == EIO)
		tape_note_file(
		    whose, done == 0 ? OP_SYNC : OP_SYNC_FAILED, fd, 0);
	return done;
}

static inline int tape_fsync(void *whose, int fd)
{
	const struct disk *under = ((struct tape *)whose)->under;
	int folder = tape_folder(whose, fd), done;

	if (folder < 0)
		return tape_fdatasync(whose, fd);
	done = under->fsync(under->whose, fd);
	if (done == 0)
		tape_note(whose, OP_SYNC_FOLDER)->folder = folder;
	return done;
}

static inline int tape_ftruncate(void *whose, int fd, off_t size)
{
	const struct disk *under = ((struct tape *)whose)->under;
	int done = under->ftruncate(under->whose, fd, size);

	if (done == 0)
		tape_note_file(whose, OP_CUT, fd, (uint64_t)size);
	return done;
}

static inline int tape_rename(
    void *whose, int folder, const char *from, const char *to)
{
	struct tape *tape = whose;
	int done = tape->under->rename(tape->under->whose, folder, from, to);

	if (done == 0)
		names_apply(&tape->names,
		    tape_note_name(tape, OP_RENAME, folder, from, to));
	return done;
}

static inline int tape_link(
    void *whose, int folder, const char *from, const char *to)
{
	struct tape *tape = whose;
	int done = tape->under->link(tape->under->whose, folder, from, to);
	struct op *op;
	int i;

	if (done != 0)
		return done;
	op = tape_note_name(tape, OP_CREATE, folder, to, "");
	i = names_find(&tape->names, from);
	assert_true(i >= 0);
	op->file = tape->names.all[i].file;
	names_apply(&tape->names, op);
	return done;
}

static inline int tape_unlink(void *whose, int folder, const char *name)
{
	struct tape *tape = whose;
	int done = tape->under->unlink(tape->under->whose, folder, name);

	if (done == 0)
		names_apply(&tape->names,
		    tape_note_name(tape, OP_UNLINK, folder, name, ""));
	return done;
}

/* The only one is that of consumers. */
static inline int tape_mkdir(void *whose, int folder, const char *name)
{
	struct tape *tape = whose;
	int done = tape->under->mkdir(tape->under->whose, folder, name);
	struct stat about;
	struct op *op;

	if (done != 0)
		return done;
	op = tape_note_name(tape, OP_CREATE, folder, name, "");
	op->file = TAPE_FOLDER;
	names_apply(&tape->names, op);
	assert_int_equal(fstatat(folder, name, &about, 0), 0);
	tape->folders[1] = about.st_ino;
	return done;
}

static inline int tape_close(void *whose, int fd)
{
	const struct disk *under = ((struct tape *)whose)->under;

	return under->close(under->whose, fd);
}

static inline int tape_stat(
    void *whose, int folder, const char *name, struct stat *about)
{
	const struct disk *under = ((struct tape *)whose)->under;

	return under->stat(under->whose, folder, name, about);
}

static inline int tape_list(void *whose, int folder,
    void (*found)(void *to, const char *name), void *to)
{
	const struct disk *under = ((struct tape *)whose)->under;

	return under->list(under->whose, folder, found, to);
}

static inline int tape_space(void *whose, int folder, uint64_t *bytes)
{
	const struct disk *under = ((struct tape *)whose)->under;

	return under->space(under->whose, folder, bytes);
}

/* A bit of a file turns over, and stays so. */
static inline void tape_flip(
    struct tape *tape, int folder, const char *name, uint64_t at)
{
	int fd = openat(folder, name, O_RDWR);
	char byte;

	assert_int_equal(pread(fd, &byte, 1, (off_t)at), 1);
	byte ^= 0x10;
	assert_int_equal(pwrite(fd, &byte, 1, (off_t)at), 1);
	close(fd);
	tape_note_name(tape, OP_FLIP, folder, name, "")->at = at;
}

/* Of a folder that nothing is in yet. */
static inline void tape_begin(
    struct tape *tape, const char *folder, const struct disk *under)
{
	struct stat about;

	*tape = (struct tape){ .under = under, .n_files = TAPE_FOLDER + 1 };
	tape->disk = (struct disk){ tape, tape_open, tape_pread, tape_pwrite,
		tape_fdatasync, tape_fsync, tape_ftruncate, tape_rename,
		tape_link, tape_unlink, tape_close, tape_stat, tape_list,
		tape_space, tape_mkdir };
	assert_int_equal(stat(folder, &about), 0);
	tape->folders[0] = about.st_ino;
}

static inline void tape_free(struct tape *tape)
{
	size_t i;

	for (i = 0; i < tape->n; i++)
		free(tape->ops[i].bytes);
	free(tape->ops);
	*tape = (struct tape){ 0 };
}

/* ---- what lasts ---- */

#define PAST_OPS 512 /* operations that are not on the disk for good */

enum fate {
	UNSURE,  /* a sync makes it last */
	LIMBO,   /* a sync has failed: no other makes it last */
	CERTAIN, /* it lasts, but what came before it may not have */
};

struct bytes {
	uint8_t *bytes;
	size_t len;
};

struct past {
	const struct tape *tape;
	size_t at; /* operations that were done */
	struct bytes files[TAPE_FILES];
	struct names names;
	const struct op *data[PAST_OPS]; /* of files */
	enum fate fates[PAST_OPS];
	const struct op *renames[PAST_OPS]; /* of folders */
	int n_data, n_renames;
};

static inline void bytes_cut(struct bytes *bytes, size_t len)
{
	if (len > bytes->len) {
		bytes->bytes = realloc(bytes->bytes, len);
		memset(bytes->bytes + bytes->len, 0, len - bytes->len);
	}
	bytes->len = len;
}

/* Of a write those sectors whose bits are set; without the others the file may
   have grown all the same. */
static inline void bytes_apply(
    struct bytes *bytes, const struct op *op, uint64_t sectors, bool grown)
{
	size_t i;

	if (op->kind == OP_CUT)
		bytes_cut(bytes, op->at);
	if (op->kind == OP_FLIP && op->at < bytes->len)
		bytes->bytes[op->at] ^= 0x10;
	if (op->kind != OP_WRITE)
		return;
	if (grown && bytes->len < op->at + op->len)
		bytes_cut(bytes, op->at + op->len);
	for (i = 0; i < op->len; i++) {
		size_t at = op->at + i;
		size_t sector = at / SECTOR - op->at / SECTOR;

		if ((sectors >> sector % 64 & 1) == 0)
			continue;
		if (bytes->len <= at)
			bytes_cut(bytes, at + 1);
		bytes->bytes[at] = op->bytes[i];
	}
}

/* What was done to a file now lasts, but for what is in limbo, and what comes
   behind that. */
static inline void past_sync(struct past *past, int file)
{
	bool limbo = false;
	int i, left = 0;

	for (i = 0; i < past->n_data; i++) {
		const struct op *op = past->data[i];
		enum fate fate = past->fates[i];

		if (op->file == file) {
			limbo = limbo || fate == LIMBO;
			if (!limbo) {
				bytes_apply(
				    &past->files[file], op, UINT64_MAX, false);
				continue;
			}
			if (fate == UNSURE)
				fate = CERTAIN;
		}
		past->data[left] = op;
		past->fates[left++] = fate;
	}
	past->n_data = left;
}

static inline void past_sync_folder(struct past *past, int folder)
{
	int i, left = 0;

	for (i = 0; i < past->n_renames; i++) {
		if (past->renames[i]->folder == folder)
			names_apply(&past->names, past->renames[i]);
		else
			past->renames[left++] = past->renames[i];
	}
	past->n_renames = left;
}

/* One operation on. */
static inline void past_step(struct past *past)
{
	const struct op *op = &past->tape->ops[past->at++];
	int i;

	assert_true(past->n_data < PAST_OPS && past->n_renames < PAST_OPS);
	switch (op->kind) {
	case OP_WRITE:
	case OP_CUT:
	case OP_FLIP:
		past->fates[past->n_data] =
		    op->kind == OP_FLIP ? CERTAIN : UNSURE;
		past->data[past->n_data++] = op;
		break;
	case OP_SYNC: past_sync(past, op->file); break;
	case OP_SYNC_FAILED:
		for (i = 0; i < past->n_data; i++) {
			if (past->data[i]->file == op->file &&
			    past->fates[i] == UNSURE)
				past->fates[i] = LIMBO;
		}
		break;
	case OP_CREATE:
	case OP_RENAME:
	case OP_UNLINK: past->renames[past->n_renames++] = op; break;
	case OP_SYNC_FOLDER: past_sync_folder(past, op->folder); break;
	}
}

static inline struct past *past_begin(const struct tape *tape)
{
	struct past *past = calloc(1, sizeof(*past));

	past->tape = tape;
	return past;
}

static inline void past_free(struct past *past)
{
	int i;

	for (i = 0; i < TAPE_FILES; i++)
		free(past->files[i].bytes);
	free(past);
}

/* ---- what may be there ---- */

struct chance { /* what has come to the disk of what was not synced */
	uint64_t sectors[PAST_OPS];
	bool grown[PAST_OPS];
	bool renames[PAST_OPS];
};

static inline uint64_t chance_random(uint64_t *seed)
{
	uint64_t noise = *seed += UINT64_C(0x9E3779B97F4A7C15);

	noise = (noise ^ noise >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	noise = (noise ^ noise >> 27) * UINT64_C(0x94D049BB133111EB);
	return noise ^ noise >> 31;
}

static inline void chance_data(
    const struct past *past, struct chance *chance, bool come)
{
	int i;

	for (i = 0; i < past->n_data; i++) {
		chance->sectors[i] = come ? UINT64_MAX : 0;
		chance->grown[i] = come;
	}
}

/* The first `n` of the changes of names. */
static inline void chance_renames(
    const struct past *past, struct chance *chance, int n)
{
	int i;

	for (i = 0; i < past->n_renames; i++)
		chance->renames[i] = i < n;
}

/* Also what removes files: journals keep the order of names, and retention
   relies on it. */
static inline bool op_shares(const struct op *a, const struct op *b)
{
	return a->file == b->file || strcmp(a->name, b->name) == 0 ||
	    strcmp(a->name, b->to) == 0 || strcmp(a->to, b->name) == 0 ||
	    (a->to[0] != '\0' && strcmp(a->to, b->to) == 0) ||
	    (a->kind == OP_UNLINK && b->kind == OP_UNLINK);
}

/* Changes that have to do with each other come in their order. */
static inline void chance_renames_random(
    const struct past *past, struct chance *chance, uint64_t *seed)
{
	int i, k;

	for (i = 0; i < past->n_renames; i++) {
		chance->renames[i] = chance_random(seed) % 3 != 0;
		for (k = 0; k < i; k++) {
			if (!chance->renames[k] &&
			    op_shares(past->renames[k], past->renames[i]))
				chance->renames[i] = false;
		}
	}
}

static inline void chance_data_random(
    const struct past *past, struct chance *chance, uint64_t *seed)
{
	int i;

	for (i = 0; i < past->n_data; i++) {
		uint64_t noise = chance_random(seed);
		uint64_t some = chance_random(seed) | chance_random(seed);

		chance->grown[i] = noise >> 40 & 1;
		chance->sectors[i] = noise % 4 == 0 ? 0
		    : noise % 4 == 1                ? UINT64_MAX
						    : some;
	}
}

/* ---- a folder of it ---- */

struct now { /* the files that there are then */
	struct names names;
	struct bytes files[TAPE_FILES];
	bool made[TAPE_FILES];
};

/* Nothing is in a folder that is not there. */
static inline void now_names(
    struct now *now, const struct past *past, const struct chance *chance)
{
	struct names *names = &now->names;
	int i;

	*names = past->names;
	for (i = 0; i < past->n_renames; i++) {
		if (chance->renames[i])
			names_apply(names, past->renames[i]);
	}
	if (names_find(names, "consumers") >= 0)
		return;
	for (i = names->n - 1; i >= 0; i--) {
		if (strchr(names->all[i].name, '/') != NULL)
			names->all[i] = names->all[--names->n];
	}
}

static inline struct now *now_make(
    const struct past *past, const struct chance *chance)
{
	struct now *now = calloc(1, sizeof(*now));
	int i;

	now_names(now, past, chance);
	for (i = 0; i < now->names.n; i++) {
		int file = now->names.all[i].file;

		if (now->made[file])
			continue;
		now->made[file] = true;
		bytes_cut(&now->files[file], past->files[file].len);
		if (past->files[file].len > 0)
			memcpy(now->files[file].bytes, past->files[file].bytes,
			    past->files[file].len);
	}
	for (i = 0; i < past->n_data; i++) {
		int file = past->data[i]->file;
		bool certain = past->fates[i] == CERTAIN;

		if (!now->made[file])
			continue;
		if (past->data[i]->kind == OP_CUT && !certain &&
		    (chance->sectors[i] & 1) == 0)
			continue;
		bytes_apply(&now->files[file], past->data[i],
		    certain ? UINT64_MAX : chance->sectors[i],
		    certain || chance->grown[i]);
	}
	return now;
}

static inline void now_free(struct now *now)
{
	int i;

	for (i = 0; i < TAPE_FILES; i++)
		free(now->files[i].bytes);
	free(now);
}

static inline uint64_t hash(uint64_t hash, const void *bytes, size_t len)
{
	const uint8_t *at = bytes;

	for (; len > 0; len--)
		hash = (hash ^ *at++) * UINT64_C(0x100000001B3);
	return hash;
}

/* The same for the same names and bytes, in whatever order. */
static inline uint64_t now_hash(const struct now *now)
{
	uint64_t sum = 0;
	int i;

	for (i = 0; i < now->names.n; i++) {
		const char *name = now->names.all[i].name;
		const struct bytes *bytes = &now->files[now->names.all[i].file];
		uint64_t one =
		    hash(UINT64_C(0xCBF29CE484222325), name, strlen(name) + 1);

		sum += hash(one, bytes->bytes, bytes->len) * 2 + 1;
	}
	return sum;
}

/* Into a folder that nothing is in. */
static inline void now_write(const struct now *now, const char *folder)
{
	char first[TAPE_FILES][TAPE_PATH] = { "" }, path[TAPE_PATH];
	int i;

	snprintf(path, sizeof(path), "%s/consumers", folder);
	if (names_find(&now->names, "consumers") >= 0)
		assert_int_equal(mkdir(path, 0755), 0);
	for (i = 0; i < now->names.n; i++) {
		int file = now->names.all[i].file;
		const struct bytes *bytes = &now->files[file];

		if (file == TAPE_FOLDER)
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder,
		    now->names.all[i].name);
		if (first[file][0] != '\0') {
			assert_int_equal(link(first[file], path), 0);
			continue;
		}
		strcpy(first[file], path);
		file_write(path, bytes->len > 0 ? (char *)bytes->bytes : "",
		    bytes->len);
	}
}

/* ---- where it went wrong ---- */

#define SHOWN 40 /* operations before the power went */

static inline void op_print(const struct op *op, size_t i)
{
	fprintf(stderr, "%5zu %s", i, op_names[op->kind]);
	if (op->file >= 0)
		fprintf(stderr, " file %d", op->file);
	if (op->kind == OP_WRITE)
		fprintf(stderr, " %zu bytes", op->len);
	if (op->kind <= OP_FLIP)
		fprintf(stderr, " at %" PRIu64, op->at);
	if (op->kind >= OP_CREATE)
		fprintf(stderr, " %d: %s %s", op->folder, op->name, op->to);
	fprintf(stderr, "\n");
}

/* Kept, to be looked at. */
static inline void now_keep(const struct now *now, const char *what)
{
	char path[] = "/dev/shm/dateline-state-XXXXXX";

	assert_non_null(mkdtemp(path));
	now_write(now, path);
	fprintf(stderr, "%s: %s\n", what, path);
}

static inline void past_print(const struct past *past, const struct now *now)
{
	size_t i = past->at > SHOWN ? past->at - SHOWN : 0;
	static const struct chance none;
	struct now *lasting = now_make(past, &none);

	for (; i < past->at; i++)
		op_print(&past->tape->ops[i], i);
	now_keep(now, "as the power cut left it");
	now_keep(lasting, "what was sure to last");
	now_free(lasting);
}

#endif
