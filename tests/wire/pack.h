/*
 * What is done to bodies: packed, recoded, grown. What takes a library
 * elsewhere is written here in its simplest form, stored and not compressed,
 * since it is the reading of it that is tested.
 */
#ifndef WIRE_PACK_H
#define WIRE_PACK_H

#include "tests/wire/misdeed.h"

pack_fn pack_gzip, pack_gzip_twice, pack_gzip_cut;
pack_fn pack_deflate; /* without the header of zlib */
pack_fn pack_brotli, pack_zstd;
pack_fn pack_utf16; /* big end first, no mark */
pack_fn pack_cut;   /* the first half of it */
pack_fn pack_nul;   /* a NUL behind the first mark */
pack_fn pack_grow;  /* spaces and line ends up to `number` bytes */
pack_fn pack_feed;  /* instead: a feed of `number` entries */

#endif
