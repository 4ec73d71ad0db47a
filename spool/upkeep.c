/* Who rewrites or removes segments. */
#include <errno.h>
#include <fcntl.h>

#include "spool/lock.h"
#include "spool/segment.h"
#include "spool/upkeep.h"

int upkeep_begin(
    struct upkeep *upkeep, const struct disk *disk, const char *folder)
{
	*upkeep = (struct upkeep){ .disk = disk, .lock = -1 };
	upkeep->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (upkeep->folder >= 0 && spool_is_there(disk, upkeep->folder) == 0)
		upkeep->lock = disk_open(
		    disk, upkeep->folder, LOCK_UPKEEP, O_RDWR | O_CREAT);
	if (upkeep->lock >= 0 && lock_hold(upkeep->lock) == 0)
		return 0;
	upkeep_end(upkeep);
	return -1;
}

void upkeep_end(struct upkeep *upkeep)
{
	disk_close(upkeep->disk, upkeep->lock);
	disk_close(&disk_real, upkeep->folder);
}
