#include <stdio.h>
#include <string.h>

#include "ferrule.h"

int main(void) {
    if (ferrule_startup_handshake(FERRULE_API_VERSION) != 0) return 1;

    const char *text = "123456789";
    uint32_t crc = ferrule_crc32_partial((const uint8_t *)text, strlen(text), 0xffffffffu) ^ 0xffffffffu;
    printf("%08x\n", (unsigned)crc); /* cbf43926 */

    ferrule_proc_stats stats;
    const char line[] = "7 (tmux: server) S";
    if (ferrule_parse_proc_stat_line(line, strlen(line), &stats) != 0) puts("not a whole line");
    return 0;
}
