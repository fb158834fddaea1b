/* What is expected of the library. A check that fails says where, and the others go on. */
#ifndef CHECK_H
#define CHECK_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "ferrule.h"

extern int checks_made;
extern int checks_failed;

#define CHECK(holds) \
    do { \
        checks_made += 1; \
        if (!(holds)) { \
            checks_failed += 1; \
            printf("%s:%d: %s\n", __FILE__, __LINE__, #holds); \
        } \
    } while (0)

/* So that what was not written to is told from what was. */
#define POISON(place) memset(&(place), 0x5a, sizeof(place))

static inline int poisoned(const void *place, size_t size) {
    const unsigned char *bytes = (const unsigned char *)place;
    for (size_t at = 0; at < size; at += 1)
        if (bytes[at] != 0x5a) return 0;
    return 1;
}
#define IS_POISONED(place) poisoned(&(place), sizeof(place))

void check_boundary(void);
void check_hash(void);
void check_identity(void);
void check_clocks(void);
void check_config(void);
void check_observe(void);
void check_tl(void);
void check_network(void);

#endif
