#include <limits.h>

#include "check.h"

static int skips(int (*skip)(const char *, size_t, int32_t, ferrule_cfg_scan_result *), const char *text, size_t size,
                 int32_t line, size_t advance, int32_t line_after, int32_t next) {
    ferrule_cfg_scan_result found;
    POISON(found);
    return skip(text, size, line, &found) == 0 && found.advance == advance && found.line_no == line_after && found.ch == next;
}

static int reads(int (*read)(const char *, size_t, ferrule_cfg_int_result *), const char *text, int64_t value,
                 size_t consumed) {
    ferrule_cfg_int_result found;
    POISON(found);
    return read(text, strlen(text), &found) == 0 && found.value == value && found.consumed == consumed;
}

static int word(const char *text) {
    return ferrule_cfg_getword_len(text, strlen(text));
}

static int string(const char *text) {
    return ferrule_cfg_getstr_len(text, strlen(text));
}

static void check_skipping(void) {
    CHECK(skips(ferrule_cfg_skipspc, NULL, 0, 7, 0, 7, 0));
    CHECK(skips(ferrule_cfg_skipspc, " \t\r\n x", 6, 1, 5, 2, 'x'));
    CHECK(skips(ferrule_cfg_skipspc, "#a\n#b\n\nX", 8, 1, 7, 4, 'X'));
    CHECK(skips(ferrule_cfg_skipspc, "# to the end", 12, 1, 12, 1, 0));
    CHECK(skips(ferrule_cfg_skipspc, "#a\0b\nX", 6, 1, 5, 2, 'X'));
    CHECK(skips(ferrule_cfg_skipspc, " \0X", 3, 1, 1, 1, 0));
    CHECK(skips(ferrule_cfg_skipspc, "\vX", 2, 1, 0, 1, '\v'));
    CHECK(skips(ferrule_cfg_skipspc, "\fX", 2, 1, 0, 1, '\f'));
    CHECK(skips(ferrule_cfg_skipspc, " \xff", 2, 1, 1, 1, 0xff));
    CHECK(skips(ferrule_cfg_skspc, NULL, 0, 7, 0, 7, 0));
    CHECK(skips(ferrule_cfg_skspc, " \t\nx", 4, 3, 2, 3, '\n'));
    CHECK(skips(ferrule_cfg_skspc, " #x", 3, 3, 1, 3, '#'));
    ferrule_cfg_scan_result found;
    POISON(found);
    CHECK(ferrule_cfg_skipspc(NULL, 1, 1, &found) == -1 && ferrule_cfg_skspc(NULL, 1, 1, &found) == -1);
    CHECK(IS_POISONED(found));
    CHECK(ferrule_cfg_skipspc("x", 1, 1, NULL) == -1 && ferrule_cfg_skspc("x", 1, 1, NULL) == -1);
}

static void check_lengths(void) {
    CHECK(word("") == 0 && word("  host-1.example_x:80") == 16 && word(";") == 0 && word("\nx") == 0);
    CHECK(word("[2001:db8::1]:443;") == 13 && word("[::1") == 4 && word("[") == 1 && word(" \t[a]b]") == 3);
    CHECK(word("\xd1\x8f") == 0);
    CHECK(string("") == 0 && string("  host:80;") == 7 && string("\"quoted\"") == 1 && string(";") == 0);
    CHECK(string("\xd1\x8f") == 2 && string("\x7f;") == 1 && string("\nx") == 0);
    CHECK(ferrule_cfg_getstr_len("a\0b", 3) == 1 && ferrule_cfg_getword_len("a\0b", 3) == 1);
    CHECK(ferrule_cfg_getword_len(NULL, 0) == 0 && ferrule_cfg_getstr_len(NULL, 0) == 0);
    CHECK(ferrule_cfg_getword_len(NULL, 1) == -1 && ferrule_cfg_getstr_len(NULL, 1) == -1);
}

static void check_integers(void) {
    int (*const all[])(const char *, size_t, ferrule_cfg_int_result *) = {
        ferrule_cfg_getint, ferrule_cfg_getint_zero, ferrule_cfg_getint_signed_zero};
    const int64_t none[] = {0, -1, INT64_MIN};
    for (int which = 0; which < 3; which += 1) {
        CHECK(reads(all[which], " \t12x", 12, 2));
        CHECK(reads(all[which], "0", 0, 1));
        CHECK(reads(all[which], "9223372036854775807", INT64_MAX, 19));
        CHECK(reads(all[which], "9223372036854775808", INT64_MAX, 19));
        CHECK(reads(all[which], "999999999999999999999999", INT64_MAX, 24));
        CHECK(reads(all[which], "x", none[which], 0) && reads(all[which], "+1", none[which], 0));
        CHECK(reads(all[which], "", none[which], 0) && reads(all[which], "\n1", none[which], 0));
        ferrule_cfg_int_result found;
        CHECK(all[which](NULL, 0, &found) == 0 && found.value == none[which] && found.consumed == 0);
        POISON(found);
        CHECK(all[which](NULL, 1, &found) == -1 && IS_POISONED(found));
        CHECK(all[which]("1", 1, NULL) == -1);
    }
    CHECK(reads(ferrule_cfg_getint, "-1", 0, 0) && reads(ferrule_cfg_getint_zero, "-1", -1, 0));
    CHECK(reads(ferrule_cfg_getint_signed_zero, " -12;", -12, 3));
    CHECK(reads(ferrule_cfg_getint_signed_zero, "- 12", INT64_MIN, 0) && reads(ferrule_cfg_getint_signed_zero, "-", INT64_MIN, 0));
    CHECK(reads(ferrule_cfg_getint_signed_zero, "-9223372036854775808", INT64_MIN, 20));
    CHECK(reads(ferrule_cfg_getint_signed_zero, "-9223372036854775809", INT64_MIN, 20));
}

void check_config(void) {
    check_skipping();
    check_lengths();
    check_integers();
}
