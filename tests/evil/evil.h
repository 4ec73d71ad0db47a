/*
 * What the evil plugins share: their discover() is an ordinary one. Each is a
 * source whose extract() does one thing that a worker must survive or not.
 */
#ifndef EVIL_H
#define EVIL_H

#include "plugin.h"

#define EVIL(name_, about_)                 \
	DL_PLUGIN = { .abi = DL_ABI,        \
		.name = name_,              \
		.version = "1.0",           \
		.about = about_,            \
		.zone = "Asia/Ho_Chi_Minh", \
		.discover = feed_discover,  \
		.extract = extract }

#endif
