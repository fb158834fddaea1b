#define _GNU_SOURCE
#include <sys/prctl.h>
#include <unistd.h>

#include "check.h"

#define REST \
    "S 1 2 3 4 -5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41"

static int stat_of(const char *line, size_t size, ferrule_proc_stats *stats) {
    POISON(*stats);
    const int code = ferrule_parse_proc_stat_line(line, size, stats);
    if (code != 0) CHECK(IS_POISONED(*stats));
    return code;
}

static void check_stat(void) {
    ferrule_proc_stats stats;
    const char whole[] = "4711 (node) " REST " 42 43\n";
    CHECK(stat_of(whole, sizeof whole - 1, &stats) == 0);
    CHECK(stats.pid == 4711 && strcmp(stats.comm, "(node)") == 0 && stats.state == 'S' && stats.ppid == 1);
    CHECK(stats.pgrp == 2 && stats.session == 3 && stats.tty_nr == 4 && stats.tpgid == -5 && stats.flags == 6);
    CHECK(stats.minflt == 7 && stats.cminflt == 8 && stats.majflt == 9 && stats.cmajflt == 10 && stats.utime == 11);
    CHECK(stats.stime == 12 && stats.cutime == 13 && stats.cstime == 14 && stats.priority == 15 && stats.nice == 16);
    CHECK(stats.num_threads == 17 && stats.itrealvalue == 18 && stats.starttime == 19 && stats.vsize == 20);
    CHECK(stats.rss == 21 && stats.rlim == 22 && stats.startcode == 23 && stats.endcode == 24 && stats.startstack == 25);
    CHECK(stats.kstkesp == 26 && stats.kstkeip == 27 && stats.signal == 28 && stats.blocked == 29);
    CHECK(stats.sigignore == 30 && stats.sigcatch == 31 && stats.wchan == 32 && stats.nswap == 33 && stats.cnswap == 34);
    CHECK(stats.exit_signal == 35 && stats.processor == 36 && stats.rt_priority == 37 && stats.policy == 38);
    CHECK(stats.delayacct_blkio_ticks == 39);
    for (size_t at = 6; at < sizeof stats.comm; at += 1) CHECK(stats.comm[at] == 0);

    /* What the original refuses: blanks, parentheses and other bytes in a name. */
    const char *const names[] = {"tmux: server", "a) S 1 (b", "(sd-pam)", "", ")", "\xff\n x", "\xc2\xa0"};
    char line[1024], expected[300];
    for (size_t at = 0; at < sizeof names / sizeof *names; at += 1) {
        snprintf(line, sizeof line, "1 (%s) " REST, names[at]);
        snprintf(expected, sizeof expected, "(%s)", names[at]);
        CHECK(stat_of(line, strlen(line), &stats) == 0 && strcmp(stats.comm, expected) == 0 && stats.state == 'S');
    }
    char name[301];
    memset(name, 'n', 300);
    name[300] = 0;
    snprintf(line, sizeof line, "1 (%s) " REST, name);
    CHECK(stat_of(line, strlen(line), &stats) == 0 && strlen(stats.comm) == 255 && memcmp(stats.comm, "(nnn", 4) == 0);

    const char *const wrong[] = {"", "1", "1 (a)", "1 (a) S", "x (a) " REST, "1 (a) S 1 2 3 4 5 -6", "1 (a) S 99999999999",
                                 "1 (a) S 0x1", "1 a " REST, ")1( " REST};
    for (size_t at = 0; at < sizeof wrong / sizeof *wrong; at += 1) CHECK(stat_of(wrong[at], strlen(wrong[at]), &stats) == -1);
    /* Signs are numbers' own, newlines are blanks. */
    const char signs[] = "+1 (a)\n+S\n+1 2 3 4 5 +6" " 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39";
    CHECK(stat_of(signs, sizeof signs - 1, &stats) == 0 && stats.state == '+' && stats.ppid == 1 && stats.flags == 6);
    CHECK(stat_of(NULL, 0, &stats) == -1 && stat_of(NULL, 1, &stats) == -1);
    CHECK(ferrule_parse_proc_stat_line(whole, sizeof whole - 1, NULL) == -1);
}

static void check_live(void) {
    ferrule_proc_stats stats, thread;
    const int32_t pid = (int32_t)getpid();
    CHECK(prctl(PR_SET_NAME, "a) b (c") == 0);
    CHECK(ferrule_read_proc_stat_file(pid, 0, &stats) == 0);
    CHECK(stats.pid == pid && stats.ppid == (int32_t)getppid() && strcmp(stats.comm, "(a) b (c)") == 0 && stats.state == 'R');
    CHECK(ferrule_read_proc_stat_file(pid, -1, &stats) == 0 && stats.pid == pid);
    CHECK(ferrule_read_proc_stat_file(pid, pid, &thread) == 0 && thread.starttime == stats.starttime);
    POISON(stats);
    CHECK(ferrule_read_proc_stat_file(-1, 0, &stats) == -1 && ferrule_read_proc_stat_file(0, 0, &stats) == -1);
    CHECK(ferrule_read_proc_stat_file(INT32_MAX, 0, &stats) == -1 && ferrule_read_proc_stat_file(pid, INT32_MAX, &stats) == -1);
    CHECK(IS_POISONED(stats));
    CHECK(ferrule_read_proc_stat_file(pid, 0, NULL) == -1);
}

static void check_statm(void) {
    int64_t values[8];
    const char text[] = "1 2\t3\n4 5 6 7 8";
    POISON(values);
    CHECK(ferrule_parse_statm(text, sizeof text - 1, 7, 4096, values) == 0);
    CHECK(values[0] == 4096 && values[6] == 28672);
    CHECK(poisoned(&values[7], sizeof values[7]));
    CHECK(ferrule_parse_statm("-1 +2", 5, 2, 10, values) == 0 && values[0] == -10 && values[1] == 20);
    CHECK(ferrule_parse_statm("9223372036854775807 -9223372036854775808", 40, 2, 4096, values) == 0);
    CHECK(values[0] == INT64_MAX && values[1] == INT64_MIN);
    /* What stands before a fault has been written. */
    POISON(values);
    CHECK(ferrule_parse_statm("1 2 10abc 4", 11, 4, 10, values) == -1);
    CHECK(values[0] == 10 && values[1] == 20 && poisoned(&values[2], sizeof values[2]));
    POISON(values);
    CHECK(ferrule_parse_statm(text, sizeof text - 1, 0, 1, values) == -1);
    CHECK(ferrule_parse_statm(text, sizeof text - 1, -1, 1, values) == -1);
    CHECK(ferrule_parse_statm(text, sizeof text - 1, 8, 1, values) == -1);
    CHECK(ferrule_parse_statm(text, sizeof text - 1, 1, 0, values) == -1);
    CHECK(ferrule_parse_statm(text, sizeof text - 1, 1, -1, values) == -1);
    CHECK(ferrule_parse_statm("1 \xff", 3, 1, 1, values) == -1);
    CHECK(ferrule_parse_statm(NULL, 0, 1, 1, values) == -1 && ferrule_parse_statm(NULL, 1, 1, 1, values) == -1);
    CHECK(IS_POISONED(values));
    CHECK(ferrule_parse_statm(text, sizeof text - 1, 1, 1, NULL) == -1);
}

static int meminfo(const char *free, ferrule_meminfo_summary *found) {
    char text[256];
    snprintf(text, sizeof text, "MemTotal: 9 kB\n%s\nCached:\t2 kB junk\r\n  SwapTotal: 3 kB\nSwapFree: 4 kB\n", free);
    POISON(*found);
    return ferrule_parse_meminfo_summary(text, strlen(text), found);
}

static void check_meminfo(void) {
    ferrule_meminfo_summary found;
    CHECK(meminfo("MemFree: 1 kB", &found) == 0 && found.mem_free == 1024 && found.found_mask == 15);
    CHECK(found.mem_cached == 2048 && found.swap_total == 3072 && found.swap_free == 4096);
    CHECK(meminfo("MemFree: 1 kB\nMemFree: 5 kB", &found) == 0 && found.mem_free == 5120);
    CHECK(meminfo("MemFree: 9223372036854775807 kB", &found) == 0 && found.mem_free == INT64_MAX);
    const char *const wrong[] = {"MemFree:1 kB", "MemFree: 1kB", "MemFree: 1 KB", "MemFree: 1", "MemFree: x kB", "memfree: 1 kB", "", "\xff"};
    for (size_t at = 0; at < sizeof wrong / sizeof *wrong; at += 1)
        CHECK(meminfo(wrong[at], &found) == -1 && IS_POISONED(found));
    CHECK(meminfo("MemFree:1 kB\nMemFree: 7 kB", &found) == 0 && found.mem_free == 7168);
    CHECK(ferrule_parse_meminfo_summary(NULL, 0, &found) == -1 && ferrule_parse_meminfo_summary(NULL, 1, &found) == -1);
    CHECK(ferrule_parse_meminfo_summary("x", 1, NULL) == -1);
}

static void check_prefix(void) {
    char text[128];
    const char expected[] = "[7][2026-01-02 03:04:05.000006 local] ";
    const int32_t size = sizeof expected - 1;
    POISON(text);
    CHECK(ferrule_format_log_prefix(7, 2026, 1, 2, 3, 4, 5, 6, text, sizeof text) == size && strcmp(text, expected) == 0);
    CHECK(text[size + 1] == 0x5a);
    CHECK(ferrule_format_log_prefix(7, 12345, 100, 2, 3, 4, 5, 1234567, text, sizeof text) > 0);
    CHECK(strcmp(text, "[7][12345-100-02 03:04:05.1234567 local] ") == 0);
    CHECK(ferrule_format_log_prefix(-1, 7, 1, 2, 3, 4, 5, 6, text, sizeof text) > 0);
    CHECK(strcmp(text, "[-1][0007-01-02 03:04:05.000006 local] ") == 0);
    /* As many as there is room for: not as many as there would be. */
    POISON(text);
    CHECK(ferrule_format_log_prefix(7, 2026, 1, 2, 3, 4, 5, 6, text, 5) == 4 && strcmp(text, "[7][") == 0 && text[5] == 0x5a);
    CHECK(ferrule_format_log_prefix(7, 2026, 1, 2, 3, 4, 5, 6, text, 1) == 0 && text[0] == 0);
    CHECK(ferrule_format_log_prefix(7, 2026, 1, 2, 3, 4, 5, 6, text, (size_t)size) == size - 1);
    CHECK(ferrule_format_log_prefix(7, 2026, 1, 2, 3, 4, 5, 6, text, (size_t)size + 1) == size);
    const int32_t least = INT32_MIN;
    char longest[128];
    snprintf(longest, sizeof longest, "[%d][%d-%d-%d %d:%d:%d.%d local] ", least, least, least, least, least, least, least, least);
    CHECK(ferrule_format_log_prefix(least, least, least, least, least, least, least, least, text, sizeof text) == (int32_t)strlen(longest));
    CHECK(strcmp(text, longest) == 0);
    CHECK(ferrule_format_log_prefix(7, 2026, 1, 2, 3, 4, 5, 6, NULL, 9) == -1);
    CHECK(ferrule_format_log_prefix(7, 2026, 1, 2, 3, 4, 5, 6, text, 0) == -1);
}

void check_observe(void) {
    check_stat();
    check_live();
    check_statm();
    check_meminfo();
    check_prefix();
}
