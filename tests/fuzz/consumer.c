/*
 * The file of a consumer, of any bytes: what is taken of it is all that it
 * says, for written again it is the same.
 */
#include <errno.h>

#include "spool/consumer.h"
#include "tests/fuzz/fuzz.h"

#define SUM 9 /* bytes at the end: eight digits and a newline */

static void check_text(const char *text, size_t len)
{
	struct position position;
	char again[CONSUMER_TEXT];

	errno = 0;
	if (position_get(text, len, &position) != 0) {
		MUST(errno == EBADMSG || errno == EPROTONOSUPPORT);
		return;
	}
	position_put(again, &position);
	MUST(strlen(again) == len);
	MUST(memcmp(again, text, len) == 0);
}

/* In memory of its own length: not a byte beyond its NUL is looked at. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);

	MUST(text != NULL);
	memcpy(text, data, size);
	text[size] = '\0';
	check_text(text, size);
	free(text);
	return 0;
}

size_t LLVMFuzzerCustomMutator(
    uint8_t *data, size_t size, size_t most, unsigned int seed)
{
	char digits[SUM + 1];

	size = LLVMFuzzerMutate(data, size, most);
	if (seed % 4 == 0 || size <= SUM)
		return size;
	snprintf(digits, sizeof(digits), "%08lx\n",
	    crc32(0, data, (uInt)(size - SUM)));
	memcpy(data + size - SUM, digits, SUM);
	return size;
}
