/*
 * Secrets that are not written into a configuration: systemd puts each into a
 * file of $CREDENTIALS_DIRECTORY, for the service alone (LoadCredential=).
 */
#ifndef CREDENTIAL_H
#define CREDENTIAL_H

#include <stdbool.h>

#include "core/base/arena.h"

/* Stands in a value before the name of a credential, which ends the value. */
#define CREDENTIAL "@credential:"

/* Whether there are any: outside of the service there are none. */
bool credential_any(void);

/* Its one line, without the newline, which is the arena's; NULL, and a sentence
   that does not tell it, in *why. */
const char *credential_read(
    struct arena *arena, const char *name, const char **why);

#endif
