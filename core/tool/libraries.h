/* The libraries that the tool has, as loaded; inih does not say which it is. */
#ifndef TOOL_LIBRARIES_H
#define TOOL_LIBRARIES_H

#include "core/base/version.h"

extern const struct library tool_libraries[]; /* the last has no name */

#endif
