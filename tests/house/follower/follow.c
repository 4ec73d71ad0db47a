/* Prints what is in a spool, from a number on, and what it is told besides;
   with a consumer it goes on where that was. */
#include <dateline/spool.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
	struct spool_reader *reader = argc > 1 ? spool_open(argv[1]) : NULL;
	struct spool_consumer *consumer = NULL;
	const struct spool_line *line;
	enum spool_status status;
	uint64_t last = 0;

	if (argc > 2)
		consumer = spool_consumer_open(argv[1], argv[2]);
	if (reader == NULL || (argc > 2 && consumer == NULL)) {
		perror(argc > 1 ? argv[1] : "usage: follow SPOOL [CONSUMER]");
		return 1;
	}
	if (consumer != NULL)
		spool_seek(reader, spool_consumer_next(consumer));
	while ((status = spool_next(reader, &line)) != SPOOL_END) {
		if (status == SPOOL_LINE)
			puts(line->text);
		else
			return 1;
		if (line->seq > 0)
			last = line->seq;
	}
	if (consumer != NULL && last > 0)
		spool_consumer_ack(consumer, last);
	spool_consumer_close(consumer);
	spool_close(reader);
	return 0;
}
