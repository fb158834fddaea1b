#include "check.h"

#define INVOKE "\x3d\xdf\x74\x23"
#define INVOKE_KPHP "\xda\x7f\xa3\x99"
#define ERROR "\xf5\x32\xe4\x7a"
#define ERROR_WRAPPED "\xf6\x32\xe4\x7a"
#define RESULT "\x4e\xda\xae\x63"
#define ACTOR "\xbd\xaa\x68\x75"
#define ACTOR_FLAGS "\xf7\xac\xa5\xf0"
#define FLAGS "\x5e\x03\x52\xe3"
#define RESULT_FLAGS "\xe1\x4c\xc8\x8c"
#define NOP "\xc6\xb7\x6b\x16"
#define LONG(low) low "\0\0\0\0\0\0\0"
#define INT(low) low "\0\0\0"

typedef int32_t parser(const uint8_t *, size_t, ferrule_tl_header_parse_result *);

static ferrule_tl_header_parse_result found;

static int parsed(parser *parse, const char *packet, size_t size) {
    POISON(found);
    return parse((const uint8_t *)packet, size, &found);
}
#define PARSE(parse, packet) parsed(parse, packet, sizeof(packet) - 1)

/* Whether it was refused with this text, and with nothing else in the result. */
static int refused(parser *parse, const char *packet, size_t size, const char *text) {
    ferrule_tl_header_parse_result expected;
    memset(&expected, 0, sizeof expected);
    expected.status = -1;
    expected.errnum = -1002;
    expected.error_len = (int32_t)strlen(text);
    memcpy(expected.error, text, strlen(text));
    const int code = parsed(parse, packet, size);
    return code == 0 && found.status == -1 && found.consumed == 0 && found.op == 0 && found.real_op == 0 && found.flags == 0 &&
           found.qid == 0 && found.actor_id == 0 && found.errnum == -1002 && found.error_len == expected.error_len &&
           memcmp(found.error, expected.error, sizeof found.error) == 0;
}
#define REFUSED(parse, packet, text) refused(parse, packet, sizeof(packet) - 1, text)

static int is(int32_t consumed, uint32_t op, uint32_t real_op, int64_t qid, int64_t actor) {
    return found.status == 0 && found.consumed == consumed && (uint32_t)found.op == op && (uint32_t)found.real_op == real_op &&
           found.flags == 0 && found.qid == qid && found.actor_id == actor && found.errnum == 0 && found.error_len == 0 &&
           found.error[0] == 0 && found.error[191] == 0;
}

static void check_queries(void) {
    parser *const query = ferrule_tl_parse_query_header;
    const uint32_t invoke = 0x2374df3du, kphp = 0x99a37fdau;
    const char *const expected = "Expected RPC_INVOKE_REQ or RPC_INVOKE_KPHP_REQ";
    CHECK(PARSE(query, INVOKE LONG("\7") NOP) == 0 && is(12, invoke, invoke, 7, 0));
    CHECK(PARSE(query, INVOKE "\xff\xff\xff\xff\xff\xff\xff\xff" NOP) == 0 && is(12, invoke, invoke, -1, 0));
    CHECK(PARSE(query, INVOKE LONG("\7") ACTOR LONG("\5") ACTOR LONG("\6") NOP) == 0 && is(36, invoke, invoke, 7, 6));
    CHECK(PARSE(query, INVOKE LONG("\7") ACTOR_FLAGS LONG("\5") INT("\0") FLAGS INT("\0") FLAGS INT("\0") NOP) == 0);
    CHECK(is(12 + 16 + 16, invoke, invoke, 7, 5));
    CHECK(PARSE(query, INVOKE_KPHP LONG("\7")) == 0 && is(12, kphp, kphp, 7, 0));
    CHECK(PARSE(query, INVOKE_KPHP LONG("\7") ACTOR LONG("\5")) == 0 && is(12, kphp, kphp, 7, 0));

    const char whole[] = INVOKE LONG("\7") ACTOR LONG("\5") NOP;
    for (size_t size = 0; size < sizeof whole - 1; size += 1) CHECK(refused(query, whole, size, expected));
    CHECK(refused(query, NULL, 0, expected) && REFUSED(query, RESULT LONG("\7") NOP, expected));
    CHECK(REFUSED(query, INVOKE LONG("\7") FLAGS "\0\0\0", "Trying to read 4 bytes at header flags"));
    CHECK(REFUSED(query, INVOKE LONG("\7") FLAGS INT("\1") NOP, "Unsupported flags in header 0x00000001"));
    CHECK(REFUSED(query, INVOKE LONG("\7") ACTOR_FLAGS LONG("\5") "\xff\xff\xff\xff" NOP, "Unsupported flags in header 0xffffffff"));
}

static void check_answers(void) {
    parser *const answer = ferrule_tl_parse_answer_header;
    const uint32_t error = 0x7ae432f5u, wrapped = 0x7ae432f6u, result = 0x63aeda4eu;
    const char *const expected = "Expected RPC_REQ_ERROR or RPC_REQ_RESULT";
    CHECK(PARSE(answer, RESULT LONG("\7") NOP) == 0 && is(12, result, result, 7, 0));
    CHECK(PARSE(answer, ERROR LONG("\7")) == 0 && is(12, error, error, 7, 0));
    CHECK(PARSE(answer, RESULT LONG("\7") ERROR LONG("\x8") INT("\1")) == 0 && is(24, wrapped, result, 7, 0));
    CHECK(PARSE(answer, RESULT LONG("\7") ERROR LONG("\x8") RESULT_FLAGS INT("\0") NOP) == 0 && is(32, wrapped, result, 7, 0));
    /* The original's C goes round for ever here. */
    CHECK(PARSE(answer, RESULT LONG("\7") ERROR_WRAPPED) == 0 && is(12, wrapped, result, 7, 0));

    const char whole[] = RESULT LONG("\7") ERROR LONG("\x8") NOP;
    for (size_t size = 0; size < sizeof whole - 1; size += 1) CHECK(refused(answer, whole, size, expected));
    CHECK(refused(answer, NULL, 0, expected) && REFUSED(answer, ERROR_WRAPPED LONG("\7") NOP, expected));
    CHECK(REFUSED(answer, RESULT LONG("\7") RESULT_FLAGS "\0", "Trying to read 4 bytes at header flags"));
    CHECK(REFUSED(answer, RESULT LONG("\7") RESULT_FLAGS "\0\0\0\x80" NOP, "Unsupported flags in header 0x80000000"));
}

void check_tl(void) {
    parser *const both[] = {ferrule_tl_parse_query_header, ferrule_tl_parse_answer_header};
    check_queries();
    check_answers();
    for (int which = 0; which < 2; which += 1) {
        POISON(found);
        CHECK(both[which](NULL, 4, &found) == -1 && IS_POISONED(found));
        CHECK(both[which]((const uint8_t *)"", 0, NULL) == -1);
    }
}
