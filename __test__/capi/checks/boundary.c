#include "check.h"

/* Once more than in the header: by numbers that nobody derived from the sources. */
static void check_sizes(void) {
    CHECK(sizeof(ferrule_process_id) == 12);
    CHECK(sizeof(ferrule_cpuid) == 16);
    CHECK(sizeof(ferrule_cfg_scan_result) == 16);
    CHECK(sizeof(ferrule_cfg_int_result) == 16);
    CHECK(sizeof(ferrule_tl_header_parse_result) == 240);
    CHECK(sizeof(ferrule_proc_stats) == 552);
    CHECK(sizeof(ferrule_meminfo_summary) == 40);
    CHECK(sizeof(ferrule_concurrency_boundary) == 20);
    CHECK(sizeof(ferrule_network_boundary) == 28);
    CHECK(offsetof(ferrule_process_id, port) == 4 && offsetof(ferrule_process_id, pid) == 6);
    CHECK(offsetof(ferrule_cpuid, edx) == 12);
    CHECK(offsetof(ferrule_cfg_scan_result, line_no) == 8 && offsetof(ferrule_cfg_scan_result, ch) == 12);
    CHECK(offsetof(ferrule_cfg_int_result, consumed) == 8);
    CHECK(offsetof(ferrule_tl_header_parse_result, qid) == 24);
    CHECK(offsetof(ferrule_tl_header_parse_result, errnum) == 40);
    CHECK(offsetof(ferrule_tl_header_parse_result, error) == 48);
    CHECK(offsetof(ferrule_proc_stats, comm) == 4 && offsetof(ferrule_proc_stats, state) == 260);
    CHECK(offsetof(ferrule_proc_stats, flags) == 288 && offsetof(ferrule_proc_stats, minflt) == 296);
    CHECK(offsetof(ferrule_proc_stats, cnswap) == 512 && offsetof(ferrule_proc_stats, exit_signal) == 520);
    CHECK(offsetof(ferrule_proc_stats, processor) == 524 && offsetof(ferrule_proc_stats, rt_priority) == 528);
    CHECK(offsetof(ferrule_proc_stats, policy) == 536);
    CHECK(offsetof(ferrule_proc_stats, delayacct_blkio_ticks) == 544);
    CHECK(offsetof(ferrule_meminfo_summary, found_mask) == 32);
}

void check_boundary(void) {
    check_sizes();

    CHECK(ferrule_api_version() == 1 && FERRULE_API_VERSION == 1);
    CHECK(ferrule_startup_handshake(1) == 0);
    CHECK(ferrule_startup_handshake(0) == -1);
    CHECK(ferrule_startup_handshake(2) == -1);
    CHECK(ferrule_startup_handshake(0xffffffffu) == -1);
    CHECK(ferrule_startup_handshake(1) == 0);

    ferrule_concurrency_boundary concurrency;
    POISON(concurrency);
    CHECK(ferrule_get_concurrency_boundary(&concurrency) == 0);
    CHECK(concurrency.boundary_version == 1);
    CHECK(concurrency.mpq_contract_ops == 0x3f && concurrency.mpq_implemented_ops == 0x3f);
    CHECK(concurrency.jobs_contract_ops == 0x7f && concurrency.jobs_implemented_ops == 0x7f);
    CHECK(ferrule_get_concurrency_boundary(NULL) == -1);

    ferrule_network_boundary network;
    POISON(network);
    CHECK(ferrule_get_network_boundary(&network) == 0);
    CHECK(network.boundary_version == 1);
    CHECK(network.net_events_contract_ops == 3 && network.net_events_implemented_ops == 3);
    CHECK(network.net_timers_contract_ops == 1 && network.net_timers_implemented_ops == 1);
    CHECK(network.net_msg_buffers_contract_ops == 1 && network.net_msg_buffers_implemented_ops == 1);
    CHECK(ferrule_get_network_boundary(NULL) == -1);
}
