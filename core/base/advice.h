/* What an operator may do about a source that is not well. */
#ifndef ADVICE_H
#define ADVICE_H

/* A sentence for a state and the class of its failure (both as the daemon's
   status says them, "" for none); NULL: there is nothing to be done. */
const char *advice_of(const char *state, const char *class);

#endif
