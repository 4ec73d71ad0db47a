/* What systemd is told of the service: sd_notify(3), by a datagram of ours. */
#ifndef NOTIFY_H
#define NOTIFY_H

#include <stdint.h>

/* Nothing happens where nobody listens (NOTIFY_SOCKET is not set). */
void notify_ready(void);
void notify_reloading(void); /* with MONOTONIC_USEC, as systemd wants it */
void notify_stopping(void);

/* Starting takes longer: another minute from now. */
void notify_extend(void);

void notify_status(const char *format, ...)
    __attribute__((format(printf, 1, 2)));
void notify_watchdog(void);

/* How often the watchdog wants to hear of us, in milliseconds; 0: never. */
int64_t notify_watchdog_interval(void);

#endif
