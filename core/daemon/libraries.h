/* The libraries that the daemon has, as loaded; inih does not say which it is.
 */
#ifndef DAEMON_LIBRARIES_H
#define DAEMON_LIBRARIES_H

#include "core/base/version.h"

extern const struct library daemon_libraries[]; /* the last has no name */

#endif
