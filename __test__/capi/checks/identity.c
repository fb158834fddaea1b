#include <time.h>
#include <unistd.h>

#include "check.h"

static ferrule_process_id identity(uint32_t ip, int port, unsigned pid, int32_t utime) {
    ferrule_process_id made = {ip, (int16_t)port, (uint16_t)pid, utime};
    return made;
}

static int newer(unsigned a, unsigned b) {
    ferrule_process_id one = identity(1, 2, a, 9), other = identity(1, 2, b, 9);
    return ferrule_process_id_is_newer(&one, &other);
}

static int matches(ferrule_process_id x, ferrule_process_id y) {
    return ferrule_matches_pid(&x, &y);
}

static int16_t port_of(int32_t port) {
    ferrule_process_id mine = identity(0, 0, 0, 0);
    CHECK(ferrule_pid_init_server(&mine, 0, port) == 0);
    return mine.port;
}

static void check_init(void) {
    const uint32_t loopback = 0x7f000001u;
    const uint16_t number = (uint16_t)getpid();
    const int32_t before = (int32_t)time(NULL);
    ferrule_process_id mine = identity(0, 0, 0, 0);
    CHECK(ferrule_pid_init_common(&mine) == 0);
    CHECK(mine.pid == number && mine.ip == 0 && mine.port == 0);
    CHECK(mine.utime >= before && mine.utime <= (int32_t)time(NULL));
    ferrule_process_id again = mine;
    CHECK(ferrule_pid_init_common(&again) == 0 && memcmp(&again, &mine, sizeof mine) == 0);

    ferrule_process_id known = identity(5, 6, 7, 8);
    CHECK(ferrule_pid_init_common(&known) == 0 && known.pid == 7 && known.utime == 8);
    CHECK(ferrule_pid_init_client(&known, 0) == 0 && known.ip == 5);
    CHECK(ferrule_pid_init_client(&known, loopback) == 0 && known.ip == 5);
    CHECK(ferrule_pid_init_client(&known, 0x0a000001u) == 0 && known.ip == 0x0a000001u && known.port == 6);
    CHECK(ferrule_pid_init_server(&known, 9, 80) == 0 && known.ip == 9 && known.port == 6);
    CHECK(ferrule_pid_init_server(&known, loopback, 80) == 0 && known.ip == 9);
    CHECK(port_of(80) == 80 && port_of(40000) == -25536 && port_of(65536) == 0 && port_of(65535) == -1 && port_of(-1) == -1);

    CHECK(ferrule_pid_init_common(NULL) == -1);
    CHECK(ferrule_pid_init_client(NULL, 1) == -1);
    CHECK(ferrule_pid_init_server(NULL, 1, 2) == -1);

    /* Packed into something else, it is not aligned. */
    unsigned char packed[13];
    memset(packed, 0, sizeof packed);
    CHECK(ferrule_pid_init_client((ferrule_process_id *)(void *)(packed + 1), 0x01020304u) == 0);
    memcpy(&mine, packed + 1, sizeof mine);
    CHECK(mine.ip == 0x01020304u && mine.pid == number);
}

void check_identity(void) {
    const ferrule_process_id known = identity(1, 2, 3, 4), none = identity(0, 0, 0, 0);
    check_init();

    CHECK(matches(known, none) == 1 && matches(none, known) == 0);
    CHECK(matches(none, none) == 2 && matches(known, known) == 2);
    CHECK(matches(known, identity(1, 0, 3, 0)) == 1 && matches(known, identity(0, 0, 0, 5)) == 0);
    CHECK(matches(identity(1, 0, 3, 4), known) == 0);
    CHECK(ferrule_matches_pid(NULL, &known) == 0 && ferrule_matches_pid(&known, NULL) == 0);
    CHECK(ferrule_matches_pid(NULL, NULL) == 0);

    CHECK(newer(0x8000, 0) == 0 && newer(0x8001, 0) == 1 && newer(0, 0x7fff) == 1 && newer(0x3fff, 0) == 1);
    CHECK(newer(0x4000, 0) == 0 && newer(0, 0xffff) == 1 && newer(0, 0x4001) == 1 && newer(5, 5) == 0);
    ferrule_process_id late = identity(1, 2, 0, 10), early = identity(1, 2, 5, 9), negative = identity(1, 2, 5, -9);
    ferrule_process_id elsewhere = identity(2, 2, 0, 10), another = identity(1, 3, 0, 10);
    CHECK(ferrule_process_id_is_newer(&late, &early) == 1 && ferrule_process_id_is_newer(&early, &late) == 0);
    CHECK(ferrule_process_id_is_newer(&early, &negative) == 1 && ferrule_process_id_is_newer(&negative, &early) == 0);
    CHECK(ferrule_process_id_is_newer(&elsewhere, &early) == 0 && ferrule_process_id_is_newer(&another, &early) == 0);
    CHECK(ferrule_process_id_is_newer(NULL, &early) == 0 && ferrule_process_id_is_newer(&late, NULL) == 0);
}
