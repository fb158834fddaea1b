/* Calls what it is told to: a line of input is a function's name and its arguments, a line of output what came of it. Bytes are
   written x and two hexadecimal digits each. */
#define _GNU_SOURCE
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ferrule.h"

enum { MOST_ARGUMENTS = 12 };

/* An argument: bytes, or text of a number. */
typedef struct {
    const char *text;
    unsigned char *bytes;
    size_t size;
} argument;

static argument given[MOST_ARGUMENTS];

static const uint8_t *bytes(int index) {
    return given[index].bytes;
}
static const char *chars(int index) {
    return (const char *)given[index].bytes;
}
static size_t size(int index) {
    return given[index].size;
}
static int32_t int32(int index) {
    return (int32_t)strtoll(given[index].text, NULL, 10);
}
static int64_t int64(int index) {
    return strtoll(given[index].text, NULL, 10);
}

static void hex(const void *place, size_t length) {
    for (size_t at = 0; at < length; at += 1) printf("%02x", ((const unsigned char *)place)[at]);
}

static void digest(int32_t code, const unsigned char *out, size_t length) {
    printf("%" PRId32 " ", code);
    hex(out, length);
}

static void scanned(int32_t code, ferrule_cfg_scan_result found) {
    printf("%" PRId32 " %zu %" PRId32 " %" PRId32, code, found.advance, found.line_no, found.ch);
}

static void integer(int32_t code, ferrule_cfg_int_result found) {
    printf("%" PRId32 " %" PRId64 " %zu", code, found.value, found.consumed);
}

static void header(int32_t code, ferrule_tl_header_parse_result found) {
    printf("%" PRId32 " %" PRId32 " %" PRId32 " %" PRId32 " %" PRId32 " %" PRId32 " %" PRId64 " %" PRId64 " %" PRId32 " %" PRId32 " %s",
           code, found.status, found.consumed, found.op, found.real_op, found.flags, found.qid, found.actor_id, found.errnum,
           found.error_len, found.error);
}

static ferrule_process_id identity(int index) {
    ferrule_process_id made = {(uint32_t)int64(index), (int16_t)int32(index + 1), (uint16_t)int32(index + 2), int32(index + 3)};
    return made;
}

static void statistics(int32_t code, const ferrule_proc_stats *s) {
    printf("%" PRId32, code);
    if (code != 0) return;
    printf(" %" PRId32 " %" PRId8 " ", s->pid, s->state);
    hex(s->comm, strlen(s->comm));
    const int32_t ints[] = {s->ppid, s->pgrp, s->session, s->tty_nr, s->tpgid};
    for (int at = 0; at < 5; at += 1) printf(" %" PRId32, ints[at]);
    printf(" %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64, s->flags, s->minflt, s->cminflt, s->majflt, s->cmajflt);
    printf(" %" PRIu64 " %" PRIu64 " %" PRId64 " %" PRId64 " %" PRId64, s->utime, s->stime, s->cutime, s->cstime, s->priority);
    printf(" %" PRId64 " %" PRId64 " %" PRId64 " %" PRIu64 " %" PRIu64, s->nice, s->num_threads, s->itrealvalue, s->starttime, s->vsize);
    printf(" %" PRId64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64, s->rss, s->rlim, s->startcode, s->endcode, s->startstack);
    printf(" %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64, s->kstkesp, s->kstkeip, s->signal, s->blocked, s->sigignore);
    printf(" %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64, s->sigcatch, s->wchan, s->nswap, s->cnswap);
    printf(" %" PRId32 " %" PRId32 " %" PRIu64 " %" PRIu64 " %" PRIu64, s->exit_signal, s->processor, s->rt_priority, s->policy,
           s->delayacct_blkio_ticks);
}

#define IS(what) (strcmp(name, what) == 0)

static int of_hash(const char *name) {
    unsigned char out[32];
    if (IS("crc32_partial")) printf("%" PRIu32, ferrule_crc32_partial(bytes(0), size(0), (uint32_t)int64(1)));
    else if (IS("crc32c_partial")) printf("%" PRIu32, ferrule_crc32c_partial(bytes(0), size(0), (uint32_t)int64(1)));
    else if (IS("md5")) digest(ferrule_md5(bytes(0), size(0), out), out, 16);
    else if (IS("md5_hex")) printf("%" PRId32 " %.32s", ferrule_md5_hex(bytes(0), size(0), (char *)out), (char *)out);
    else if (IS("md5_hmac")) digest(ferrule_md5_hmac(bytes(0), size(0), bytes(1), size(1), out), out, 16);
    else if (IS("sha1")) digest(ferrule_sha1(bytes(0), size(0), out), out, 20);
    else if (IS("sha1_two_chunks")) digest(ferrule_sha1_two_chunks(bytes(0), size(0), bytes(1), size(1), out), out, 20);
    else if (IS("sha256")) digest(ferrule_sha256(bytes(0), size(0), out), out, 32);
    else if (IS("sha256_two_chunks")) digest(ferrule_sha256_two_chunks(bytes(0), size(0), bytes(1), size(1), out), out, 32);
    else if (IS("sha256_hmac")) digest(ferrule_sha256_hmac(bytes(0), size(0), bytes(1), size(1), out), out, 32);
    else return 0;
    return 1;
}

static int of_config(const char *name) {
    ferrule_cfg_scan_result scan;
    ferrule_cfg_int_result value;
    if (IS("cfg_skipspc")) scanned(ferrule_cfg_skipspc(chars(0), size(0), int32(1), &scan), scan);
    else if (IS("cfg_skspc")) scanned(ferrule_cfg_skspc(chars(0), size(0), int32(1), &scan), scan);
    else if (IS("cfg_getword_len")) printf("%" PRId32, ferrule_cfg_getword_len(chars(0), size(0)));
    else if (IS("cfg_getstr_len")) printf("%" PRId32, ferrule_cfg_getstr_len(chars(0), size(0)));
    else if (IS("cfg_getint")) integer(ferrule_cfg_getint(chars(0), size(0), &value), value);
    else if (IS("cfg_getint_zero")) integer(ferrule_cfg_getint_zero(chars(0), size(0), &value), value);
    else if (IS("cfg_getint_signed_zero")) integer(ferrule_cfg_getint_signed_zero(chars(0), size(0), &value), value);
    else return 0;
    return 1;
}

static int of_system(const char *name) {
    ferrule_process_id x, y;
    ferrule_proc_stats stats;
    ferrule_meminfo_summary memory;
    char text[256] = "";
    if (IS("matches_pid")) printf("%" PRId32, ferrule_matches_pid((x = identity(0), &x), (y = identity(4), &y)));
    else if (IS("process_id_is_newer")) printf("%" PRId32, ferrule_process_id_is_newer((x = identity(0), &x), (y = identity(4), &y)));
    else if (IS("parse_proc_stat_line")) statistics(ferrule_parse_proc_stat_line(chars(0), size(0), &stats), &stats);
    else if (IS("parse_statm")) {
        int64_t values[7] = {0};
        printf("%" PRId32, ferrule_parse_statm(chars(0), size(0), int32(1), int64(2), values));
        for (int at = 0; at < 7; at += 1) printf(" %" PRId64, values[at]);
    } else if (IS("parse_meminfo_summary")) {
        const int32_t code = ferrule_parse_meminfo_summary(chars(0), size(0), &memory);
        printf("%" PRId32, code);
        if (code == 0)
            printf(" %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId32, memory.mem_free, memory.mem_cached, memory.swap_total,
                   memory.swap_free, memory.found_mask);
    } else if (IS("format_log_prefix")) {
        const size_t room = (size_t)int64(8);
        printf("%" PRId32 " ", ferrule_format_log_prefix(int32(0), int32(1), int32(2), int32(3), int32(4), int32(5), int32(6), int32(7),
                                                        text, room));
        printf("%s", text);
    } else return 0;
    return 1;
}

static int of_network(const char *name, int count) {
    ferrule_tl_header_parse_result found;
    if (IS("tl_parse_query_header")) header(ferrule_tl_parse_query_header(bytes(0), size(0), &found), found);
    else if (IS("tl_parse_answer_header")) header(ferrule_tl_parse_answer_header(bytes(0), size(0), &found), found);
    else if (IS("net_epoll_conv_flags")) printf("%" PRId32, ferrule_net_epoll_conv_flags(int32(0)));
    else if (IS("net_epoll_unconv_flags")) printf("%" PRId32, ferrule_net_epoll_unconv_flags(int32(0)));
    else if (IS("net_timers_wait_msec"))
        printf("%" PRId32, ferrule_net_timers_wait_msec(strtod(given[0].text, NULL), strtod(given[1].text, NULL)));
    else if (IS("msg_buffers_pick_size_index")) {
        int32_t sizes[MOST_ARGUMENTS];
        for (int at = 1; at < count; at += 1) sizes[at - 1] = int32(at);
        printf("%" PRId32, ferrule_msg_buffers_pick_size_index(sizes, count - 1, int32(0)));
    } else return 0;
    return 1;
}

static int digit(char letter) {
    return letter <= '9' ? letter - '0' : letter - 'a' + 10;
}

/* Each argument has bytes of its own, so that a tool that watches memory sees a step beyond them. */
static argument read_argument(const char *text) {
    argument made = {text, NULL, 0};
    if (*text != 'x') return made;
    made.size = (strlen(text) - 1) / 2;
    if (made.size == 0) return made;
    made.bytes = malloc(made.size);
    for (size_t at = 0; at < made.size; at += 1)
        made.bytes[at] = (unsigned char)(digit(text[1 + 2 * at]) << 4 | digit(text[2 + 2 * at]));
    return made;
}

int main(void) {
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, stdin) > 0) {
        char *rest = NULL;
        const char *name = strtok_r(line, " \n", &rest);
        int count = 0;
        for (char *text; count < MOST_ARGUMENTS && (text = strtok_r(NULL, " \n", &rest)) != NULL; count += 1)
            given[count] = read_argument(text);
        if (!of_hash(name) && !of_config(name) && !of_system(name) && !of_network(name, count)) {
            fprintf(stderr, "%s is no function\n", name);
            return 1;
        }
        printf("\n");
        for (int at = 0; at < count; at += 1) free(given[at].bytes);
    }
    free(line);
    return 0;
}
