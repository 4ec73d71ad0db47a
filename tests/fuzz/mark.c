/*
 * From one commit to the next, through any bytes and from any offset: each step
 * goes on or comes to the end, and what it found is there.
 */
#include <errno.h>

#include "spool/frame.h"
#include "tests/fuzz/fuzz.h"

#define BYTES_MOST 600 /* it takes the square of them */

static void check_commit(const struct disk *disk, const struct step *step)
{
	const struct mark *mark = &step->mark;
	const struct bytes *bytes = disk->whose;

	MUST(mark->next > mark->first);
	MUST(mark->padding < 4);
	MUST(step->at + SEGMENT_MARK <= bytes->size);
}

static enum found check_step(
    const struct disk *disk, uint64_t at, struct step *step)
{
	enum found found = segment_step(disk, 0, at, step);
	const struct bytes *bytes = disk->whose;
	struct step behind;

	MUST(found != FOUND_ERROR);
	MUST(step->at >= at);
	switch (found) {
	case FOUND_COMMIT:
		MUST(!step->mark.pending);
		MUST(step->next ==
		    step->at + mark_size(&step->mark) + step->mark.frame);
		check_commit(disk, step);
		break;
	case FOUND_PENDING:
		MUST(step->mark.pending);
		check_commit(disk, step);
		break;
	case FOUND_DAMAGE:
		MUST(step->next > step->at);
		found = segment_step(disk, 0, step->next, &behind);
		MUST(found == FOUND_COMMIT || found == FOUND_PENDING);
		MUST(behind.at == step->next);
		return FOUND_DAMAGE;
	case FOUND_TORN: MUST(step->at < bytes->size); break;
	default: MUST(step->at >= bytes->size);
	}
	return found;
}

/* To the end; damage and a commit, again and again, are the most there is. */
static void check_way(const struct disk *disk, uint64_t at)
{
	const struct bytes *bytes = disk->whose;
	size_t most = 2 * (bytes->size / SEGMENT_MARK + 1), steps = 0;
	struct step step = { .next = at };
	enum found found;

	do {
		found = check_step(disk, step.next, &step);
		MUST(steps++ <= most);
	} while (found == FOUND_COMMIT || found == FOUND_DAMAGE);
}

/* Of the commits on the way from the header on: lines, or why there are none.
 */
static void check_frames(const struct disk *disk)
{
	struct step step = { .next = SEGMENT_HEADER };
	struct frame_in in = { 0 };

	while (segment_step(disk, 0, step.next, &step) == FOUND_COMMIT) {
		errno = 0;
		if (frame_read(&in, disk, 0, step.at, &step.mark) != 0) {
			MUST(errno == EBADMSG || errno == ENODATA);
			continue;
		}
		MUST(in.len > 0 && in.lines[in.len - 1] == '\n');
		MUST(in.lines[in.len] == '\0');
	}
	frame_in_free(&in);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes bytes = { data, size < BYTES_MOST ? size : BYTES_MOST };
	struct disk disk = { .whose = &bytes, .pread = bytes_pread };
	struct header header;
	uint64_t at;

	if (header_read(&disk, 0, &header) != 0)
		MUST(errno == EBADMSG || errno == EPROTONOSUPPORT);
	for (at = 0; at <= bytes.size + 1; at++)
		check_way(&disk, at);
	check_frames(&disk);
	return 0;
}

size_t LLVMFuzzerCustomMutator(
    uint8_t *data, size_t size, size_t most, unsigned int seed)
{
	size = LLVMFuzzerMutate(data, size, most);
	if (seed % 4 != 0)
		sums_mend(data, size);
	return size;
}
