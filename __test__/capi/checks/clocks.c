#define _GNU_SOURCE
#include <math.h>
#include <pthread.h>
#include <time.h>

#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif

#include "check.h"

static const double fixed = 4294967296.0;

static double system_time(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Whether a time that was asked for after another one lies between that and now. */
static int between(double least, double value, clockid_t clock) {
    /* A microsecond of room: seconds since 1970 have no finer steps than a quarter of one. */
    return least - 1e-6 <= value && value <= system_time(clock) + 1e-6;
}

static void *other_thread(void *unused) {
    CHECK(ferrule_precise_now_value() == 0.0 && ferrule_precise_now_rdtsc_value() == 0);
    const double now = ferrule_get_utime_monotonic();
    CHECK(ferrule_precise_now_value() == now && ferrule_precise_now_rdtsc_value() > 0);
    return unused;
}

static void check_steady(void) {
    CHECK(ferrule_precise_now_value() == 0.0 && ferrule_precise_now_rdtsc_value() == 0);
    const double before = system_time(CLOCK_MONOTONIC);
    const double now = ferrule_get_utime_monotonic();
    CHECK(between(before, now, CLOCK_MONOTONIC));
    const int64_t ticks = ferrule_precise_now_rdtsc_value();
    CHECK(ferrule_precise_now_value() == now && ticks > 0);
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, other_thread, NULL) == 0 && pthread_join(thread, NULL) == 0);
    CHECK(ferrule_precise_now_value() == now && ferrule_precise_now_rdtsc_value() == ticks);
    CHECK(ferrule_get_utime_monotonic() >= now && ferrule_precise_now_rdtsc_value() > ticks);
}

static void check_wall(void) {
    /* Clocks other than 0 leave what is remembered as it was: nothing. */
    double before = system_time(CLOCK_MONOTONIC);
    CHECK(between(before, ferrule_get_utime(CLOCK_MONOTONIC), CLOCK_MONOTONIC));
    before = system_time(CLOCK_PROCESS_CPUTIME_ID);
    CHECK(between(before, ferrule_get_utime(CLOCK_PROCESS_CPUTIME_ID), CLOCK_PROCESS_CPUTIME_ID));
    const double whole = ferrule_get_utime(9999);
    CHECK(floor(whole) == whole && fabs(whole - system_time(CLOCK_REALTIME)) < 2);
    CHECK(ferrule_precise_time_value() == 0 && ferrule_precise_time_rdtsc_value() == 0);

    before = system_time(CLOCK_REALTIME);
    const double now = ferrule_get_utime(CLOCK_REALTIME);
    CHECK(between(before, now, CLOCK_REALTIME));
    CHECK(ferrule_precise_time_value() == (int64_t)(now * fixed));
    const int64_t ticks = ferrule_precise_time_rdtsc_value();
    CHECK(ticks > 0);

    const int64_t fresh = ferrule_get_precise_time(0);
    CHECK(fresh >= (int64_t)(now * fixed) && ferrule_precise_time_value() == fresh);
    CHECK(ferrule_precise_time_rdtsc_value() > ticks);
    CHECK(ferrule_get_precise_time(UINT32_MAX) == fresh);
    CHECK(ferrule_get_precise_time(0) >= fresh);

    before = system_time(CLOCK_REALTIME);
    const double first = ferrule_get_double_time();
    CHECK(between(before, first, CLOCK_REALTIME));
    /* Long enough for a million ticks of any processor, and of nanoseconds. */
    const struct timespec pause = {0, 20000000};
    nanosleep(&pause, NULL);
    CHECK(ferrule_get_double_time() >= first + 0.019);
    int stood = 0;
    for (int asked = 0; asked < 100; asked += 1) stood += ferrule_get_double_time() == ferrule_get_double_time();
    CHECK(stood > 0);
}

static void check_cpuid(void) {
    ferrule_cpuid found;
    POISON(found);
#if defined(__x86_64__) || defined(__i386__)
    unsigned eax, ebx, ecx, edx;
    CHECK(__get_cpuid(1, &eax, &ebx, &ecx, &edx) == 1);
    CHECK(ferrule_cpuid_fill(&found) == 0);
    CHECK(found.magic == 0x280147b8 && FERRULE_CPUID_MAGIC == 0x280147b8);
    /* The uppermost byte of ebx is the number of the processor, which may have changed. In ecx, bit 27 is the system's. */
    CHECK(((unsigned)found.ebx & 0xffffff) == (ebx & 0xffffff));
    CHECK((unsigned)found.ecx == ecx && (unsigned)found.edx == edx);
#else
    CHECK(ferrule_cpuid_fill(&found) == -2 && IS_POISONED(found));
#endif
    CHECK(ferrule_cpuid_fill(NULL) == -1);
}

void check_clocks(void) {
    check_steady();
    check_wall();
    check_cpuid();
}
