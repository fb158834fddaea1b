#include <math.h>
#include <limits.h>

#include "check.h"

static void check_events(void) {
    const uint32_t table[16] = {0,          0x8000200au, 0x8000000cu, 0x8000200eu, 0x80000009u, 0x8000200bu,
                                0x8000000d, 0x8000200fu, 0x8,         0x200a,      0xc,         0x200e,
                                0x9,        0x200b,      0xd,         0x200f};
    for (int events = 0; events < 16; events += 1) CHECK((uint32_t)ferrule_net_epoll_conv_flags(events) == table[events]);
    CHECK((uint32_t)ferrule_net_epoll_conv_flags(0x10) == 0x80000008u);

    CHECK(ferrule_net_epoll_unconv_flags(0) == 0x400);
    CHECK(ferrule_net_epoll_unconv_flags(0x10) == 0x400);
    CHECK(ferrule_net_epoll_unconv_flags(0x1) == 0x404 && ferrule_net_epoll_unconv_flags(0x8) == 0x404);
    CHECK(ferrule_net_epoll_unconv_flags(0x4) == 0x402);
    CHECK(ferrule_net_epoll_unconv_flags(0x2) == 0x401 && ferrule_net_epoll_unconv_flags(0x2000) == 0x401);
    CHECK(ferrule_net_epoll_unconv_flags(-1) == 0x407);
}

static void check_timers(void) {
    CHECK(ferrule_net_timers_wait_msec(1, 1) == 0 && ferrule_net_timers_wait_msec(0, 1) == 0);
    CHECK(ferrule_net_timers_wait_msec(1e-9, 0) == 1 && ferrule_net_timers_wait_msec(0.0015, 0) == 2);
    CHECK(ferrule_net_timers_wait_msec(1, 0) == 1001);
    CHECK(ferrule_net_timers_wait_msec(2147483.6, 0) == 2147483601);
    CHECK(ferrule_net_timers_wait_msec(2147483.646, 0) == INT_MAX && ferrule_net_timers_wait_msec(1e9, 0) == INT_MAX);
    CHECK(ferrule_net_timers_wait_msec(INFINITY, 0) == INT_MAX && ferrule_net_timers_wait_msec(-INFINITY, 0) == 0);
    CHECK(ferrule_net_timers_wait_msec(NAN, 0) == INT_MAX && ferrule_net_timers_wait_msec(0, NAN) == INT_MAX);
    CHECK(ferrule_net_timers_wait_msec(INFINITY, INFINITY) == INT_MAX);
}

static void check_sizes(void) {
    const int32_t sizes[] = {48, 512, 2048, 16384, 262144}, unordered[] = {9, 1}, equal[] = {5, 5, 5};
    CHECK(ferrule_msg_buffers_pick_size_index(sizes, 5, 0) == 0 && ferrule_msg_buffers_pick_size_index(sizes, 5, 48) == 0);
    CHECK(ferrule_msg_buffers_pick_size_index(sizes, 5, 49) == 1);
    CHECK(ferrule_msg_buffers_pick_size_index(sizes, 5, 262144) == 4);
    CHECK(ferrule_msg_buffers_pick_size_index(sizes, 5, 262145) == 4);
    CHECK(ferrule_msg_buffers_pick_size_index(sizes, 5, INT_MAX) == 4);
    CHECK(ferrule_msg_buffers_pick_size_index(sizes, 5, -1) == 4 && ferrule_msg_buffers_pick_size_index(sizes, 5, INT_MIN) == 4);
    CHECK(ferrule_msg_buffers_pick_size_index(sizes, 1, 1000) == 0);
    CHECK(ferrule_msg_buffers_pick_size_index(unordered, 2, 5) == 0);
    CHECK(ferrule_msg_buffers_pick_size_index(equal, 3, 5) == 0);
    CHECK(ferrule_msg_buffers_pick_size_index(sizes, 0, 1) == -1 && ferrule_msg_buffers_pick_size_index(sizes, -1, 1) == -1);
    CHECK(ferrule_msg_buffers_pick_size_index(NULL, 5, 1) == -1 && ferrule_msg_buffers_pick_size_index(NULL, 0, 1) == -1);
}

void check_network(void) {
    check_events();
    check_timers();
    check_sizes();
}
