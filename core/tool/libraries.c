#include <jansson.h>
#include <stddef.h>

#include "core/net/fetch.h"
#include "core/tool/libraries.h"
#include "core/tool/opml.h"
#include "spool/frame.h"

const struct library tool_libraries[] = {
	{ "libcurl", fetch_curl_version },
	{ "libjansson", jansson_version_str },
	{ "libuv", fetch_uv_version },
	{ "libxml2", opml_library_version },
	{ "libz", frame_zlib_version },
	{ "libzstd", frame_zstd_version },
	{ NULL, NULL },
};
