/* All zones of this machine: a megabyte, read in three milliseconds. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/xalloc.h"
#include "core/base/zones.h"

#define DEEPEST 3 /* names in a name: America/Argentina/Ushuaia */

struct zones {
	struct zone **open; /* by their names */
	size_t n_open;
};

static void zone_add(struct zones *zones, struct zone *zone)
{
	/* Room doubles. */
	if ((zones->n_open & (zones->n_open - 1)) == 0)
		zones->open = xrealloc(zones->open,
		    (2 * zones->n_open + 1) * sizeof(*zones->open));
	zones->open[zones->n_open++] = zone;
}

/* Files that are no zones, and zones twice over ("posix/Asia/Baku") or that
   count leap seconds, have small letters. */
static bool is_part(const char *name)
{
	return *name >= 'A' && *name <= 'Z';
}

static void folder_read(struct zones *zones, const char *name, int depth)
{
	char path[sizeof(ZONE_FOLDER) + ZONE_NAME], inner[ZONE_NAME];
	const struct dirent *entry;
	DIR *folder;

	snprintf(path, sizeof(path), "%s%s", ZONE_FOLDER, name);
	folder = depth < DEEPEST ? opendir(path) : NULL;
	while (folder != NULL && (entry = readdir(folder)) != NULL) {
		struct zone *zone;
		size_t len = (size_t)snprintf(inner, sizeof(inner), "%s%s%s",
		    name, *name != '\0' ? "/" : "", entry->d_name);

		if (!is_part(entry->d_name) || len >= sizeof(inner))
			continue;
		zone = zone_open(inner);
		if (zone != NULL)
			zone_add(zones, zone);
		else
			folder_read(zones, inner, depth + 1);
	}
	if (folder != NULL)
		closedir(folder);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(zone_name(*(struct zone *const *)a),
	    zone_name(*(struct zone *const *)b));
}

struct zones *zones_open(void)
{
	struct zones *zones = xcalloc(1, sizeof(*zones));

	folder_read(zones, "", 0);
	if (zones->n_open > 0)
		qsort(
		    zones->open, zones->n_open, sizeof(*zones->open), by_name);
	return zones;
}

void zones_close(struct zones *zones)
{
	size_t i;

	for (i = 0; zones != NULL && i < zones->n_open; i++)
		zone_close(zones->open[i]);
	if (zones != NULL)
		free(zones->open);
	free(zones);
}

/* As strcmp() of the bytes and the name. */
static int compare(const char *bytes, size_t len, const char *name)
{
	int order = strncmp(bytes, name, len);

	return order == 0 && name[len] != '\0' ? -1 : order;
}

const struct zone *zones_find(
    const struct zones *zones, const char *name, size_t len)
{
	size_t low = 0,
	       high = zones != NULL && name != NULL ? zones->n_open : 0;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct zone *zone = zones->open[middle];
		int order = compare(name, len, zone_name(zone));

		if (order == 0)
			return zone;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
