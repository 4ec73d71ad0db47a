#include <jansson.h>
#include <stddef.h>

#include "core/daemon/libraries.h"
#include "core/daemon/seen.h"
#include "core/daemon/web.h"
#include "core/net/fetch.h"
#include "spool/frame.h"

const struct library daemon_libraries[] = {
	{ "libcurl", fetch_curl_version },
	{ "libjansson", jansson_version_str },
	{ "libmicrohttpd", web_library_version },
	{ "libsqlite3", seen_library_version },
	{ "libuv", fetch_uv_version },
	{ "libz", frame_zlib_version },
	{ "libzstd", frame_zstd_version },
	{ NULL, NULL },
};
