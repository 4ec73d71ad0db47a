/* The daemon's control socket, from its other end. */
#ifndef TOOL_CONTROL_H
#define TOOL_CONTROL_H

#include <jansson.h>

/* Seconds: who hangs says nothing. What has work to do may take as long as
   that takes. */
#define CONTROL_SOON 10
#define CONTROL_WHENEVER 0

/* The daemon's answer to a word, waited for so many seconds; the caller's. Ends
   with EX_UNAVAILABLE where there is no daemon, or no answer. */
json_t *control_ask(const char *path, const char *word, int seconds);

/* The same, but NULL wherever there is no answer. */
json_t *control_look(const char *path, const char *word, int seconds);

/* The same, but NULL where nobody serves the socket. */
json_t *control_try(const char *path, const char *word, int seconds);

#endif
