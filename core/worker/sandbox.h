/* The lock-in: after it a worker can compute and answer, and nothing else. */
#ifndef SANDBOX_H
#define SANDBOX_H

/* NULL, or a sentence on what could not be done. */
const char *sandbox_enter(void);

#endif
