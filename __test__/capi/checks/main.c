#include "check.h"

int checks_made = 0;
int checks_failed = 0;

int main(void) {
    /* First, so that nothing has asked a clock before. */
    check_clocks();
    check_boundary();
    check_hash();
    check_identity();
    check_config();
    check_observe();
    check_tl();
    check_network();
    printf("%d made, %d failed\n", checks_made, checks_failed);
    return checks_failed == 0 ? 0 : 1;
}
