#include <limits.h>

#include "check.h"

/* Whether bytes are these, two digits each. */
static int is(const unsigned char *bytes, const char *hex) {
    char text[129];
    size_t size = strlen(hex) / 2;
    for (size_t at = 0; at < size; at += 1) snprintf(text + 2 * at, 3, "%02x", bytes[at]);
    return memcmp(text, hex, 2 * size) == 0;
}

static const unsigned char *bytes(const char *text) {
    return (const unsigned char *)text;
}

static void check_checksums(void) {
    /* The check values of G. Cook's catalogue, of "123456789"; of 32 zeros and ones RFC 3720, appendix B.4. */
    unsigned char all[32];
    CHECK((ferrule_crc32_partial(bytes("123456789"), 9, 0xffffffffu) ^ 0xffffffffu) == 0xcbf43926u);
    CHECK((ferrule_crc32c_partial(bytes("123456789"), 9, 0xffffffffu) ^ 0xffffffffu) == 0xe3069283u);
    memset(all, 0, sizeof all);
    CHECK((ferrule_crc32c_partial(all, 32, 0xffffffffu) ^ 0xffffffffu) == 0x8a9136aau);
    memset(all, 0xff, sizeof all);
    CHECK((ferrule_crc32c_partial(all, 32, 0xffffffffu) ^ 0xffffffffu) == 0x62a8ab43u);
    /* Neither before nor after is anything inverted. */
    CHECK(ferrule_crc32_partial(bytes("\0"), 1, 0) == 0);
    CHECK(ferrule_crc32_partial(bytes("\1"), 1, 0) == 0x77073096u);

    uint32_t (*const moves[])(const uint8_t *, size_t, uint32_t) = {ferrule_crc32_partial, ferrule_crc32c_partial};
    unsigned char data[700];
    for (size_t at = 0; at < sizeof data; at += 1) data[at] = (unsigned char)(at * 131 + at / 7);
    for (int which = 0; which < 2; which += 1) {
        CHECK(moves[which](NULL, 0, 0x12345678u) == 0x12345678u);
        CHECK(moves[which](NULL, 9, 0x12345678u) == 0x12345678u);
        CHECK(moves[which](data, 0, 0x12345678u) == 0x12345678u);
        CHECK(moves[which](data, SIZE_MAX, 0x12345678u) == 0x12345678u);
        uint32_t whole = moves[which](data, sizeof data, 77);
        for (size_t split = 0; split <= sizeof data; split += 1)
            CHECK(moves[which](data + split, sizeof data - split, moves[which](data, split, 77)) == whole);
    }
}

void check_hash(void) {
    unsigned char out[33];
    char hex[33];
    const size_t too_long = (size_t)INT_MAX + 1;
    unsigned char key[131];

    check_checksums();

    /* RFC 1321, appendix A.5. */
    CHECK(ferrule_md5(NULL, 0, out) == 0 && is(out, "d41d8cd98f00b204e9800998ecf8427e"));
    CHECK(ferrule_md5(bytes("message digest"), 14, out) == 0 && is(out, "f96b697d7cb7938d525a2f31aaf161d0"));
    POISON(hex);
    CHECK(ferrule_md5_hex(bytes("abc"), 3, hex) == 0);
    CHECK(memcmp(hex, "900150983cd24fb0d6963f7d28e17f72", 32) == 0 && hex[32] == 0x5a);
    CHECK(ferrule_md5_hex(NULL, 0, hex) == 0 && memcmp(hex, "d41d8cd98f00b204e9800998ecf8427e", 32) == 0);
    CHECK(ferrule_md5_hex(NULL, 1, hex) == -1 && ferrule_md5_hex(bytes("abc"), 3, NULL) == -1);

    /* FIPS 180-4's examples. */
    const char *const sha1 = "a9993e364706816aba3e25717850c26c9cd0d89d";
    const char *const sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    POISON(out);
    CHECK(ferrule_sha1(bytes("abc"), 3, out) == 0 && is(out, sha1) && out[20] == 0x5a);
    CHECK(ferrule_sha1_two_chunks(bytes("a"), 1, bytes("bc"), 2, out) == 0 && is(out, sha1));
    CHECK(ferrule_sha1_two_chunks(NULL, 0, bytes("abc"), 3, out) == 0 && is(out, sha1));
    CHECK(ferrule_sha1_two_chunks(bytes("abc"), 3, NULL, 0, out) == 0 && is(out, sha1));
    POISON(out);
    CHECK(ferrule_sha256(bytes("abc"), 3, out) == 0 && is(out, sha256) && out[32] == 0x5a);
    CHECK(ferrule_sha256_two_chunks(bytes("ab"), 2, bytes("c"), 1, out) == 0 && is(out, sha256));
    CHECK(ferrule_sha256_two_chunks(NULL, 0, NULL, 0, out) == 0);
    CHECK(is(out, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));

    /* RFC 2202, cases 2 and 6; RFC 4231, cases 2 and 6: the keys of 80 and 131 bytes are longer than a block. */
    const char *const long_key = "Test Using Larger Than Block-Size Key - Hash Key First";
    const char *const question = "what do ya want for nothing?";
    memset(key, 0xaa, sizeof key);
    CHECK(ferrule_md5_hmac(bytes("Jefe"), 4, bytes(question), 28, out) == 0);
    CHECK(is(out, "750c783e6ab0b503eaa86e310a5db738"));
    CHECK(ferrule_md5_hmac(key, 80, bytes(long_key), 54, out) == 0);
    CHECK(is(out, "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd"));
    CHECK(ferrule_sha256_hmac(bytes("Jefe"), 4, bytes(question), 28, out) == 0);
    CHECK(is(out, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    CHECK(ferrule_sha256_hmac(key, 131, bytes(long_key), 54, out) == 0);
    CHECK(is(out, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
    /* No key, no text: `openssl dgst -hmac ''` of nothing. */
    CHECK(ferrule_md5_hmac(NULL, 0, NULL, 0, out) == 0 && is(out, "74e6f7298a9c2d168935f58c001bad88"));
    CHECK(ferrule_sha256_hmac(NULL, 0, NULL, 0, out) == 0);
    CHECK(is(out, "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"));

    /* Nothing is written by what fails. */
    POISON(out);
    CHECK(ferrule_md5(NULL, 1, out) == -1);
    CHECK(ferrule_md5(bytes("abc"), 3, NULL) == -1);
    CHECK(ferrule_md5(bytes("abc"), SIZE_MAX, out) == -1);
    CHECK(ferrule_sha1(NULL, 1, out) == -1);
    CHECK(ferrule_sha1(bytes("abc"), 3, NULL) == -1);
    CHECK(ferrule_sha256(NULL, 1, out) == -1);
    CHECK(ferrule_sha256(bytes("abc"), 3, NULL) == -1);
    CHECK(ferrule_sha1_two_chunks(NULL, 1, bytes("a"), 1, out) == -1);
    CHECK(ferrule_sha1_two_chunks(bytes("a"), 1, NULL, 1, out) == -1);
    CHECK(ferrule_sha1_two_chunks(bytes("a"), 1, bytes("b"), SIZE_MAX, out) == -1);
    CHECK(ferrule_sha1_two_chunks(bytes("a"), 1, bytes("b"), 1, NULL) == -1);
    CHECK(ferrule_sha256_two_chunks(NULL, 1, bytes("a"), 1, out) == -1);
    CHECK(ferrule_sha256_two_chunks(bytes("a"), 1, NULL, 1, out) == -1);
    CHECK(ferrule_sha256_two_chunks(bytes("a"), SIZE_MAX, bytes("b"), 1, out) == -1);
    CHECK(ferrule_sha256_two_chunks(bytes("a"), 1, bytes("b"), 1, NULL) == -1);
    CHECK(ferrule_md5_hmac(NULL, 1, bytes("a"), 1, out) == -1);
    CHECK(ferrule_md5_hmac(key, 1, NULL, 1, out) == -1);
    CHECK(ferrule_md5_hmac(key, 1, bytes("a"), 1, NULL) == -1);
    CHECK(ferrule_md5_hmac(key, too_long, bytes("a"), 1, out) == -1);
    CHECK(ferrule_sha256_hmac(NULL, 1, bytes("a"), 1, out) == -1);
    CHECK(ferrule_sha256_hmac(key, 1, NULL, 1, out) == -1);
    CHECK(ferrule_sha256_hmac(key, 1, bytes("a"), 1, NULL) == -1);
    CHECK(ferrule_sha256_hmac(key, too_long, bytes("a"), 1, out) == -1);
    CHECK(IS_POISONED(out));

    /* A result may lie where its input does. */
    memcpy(out, "abc", 3);
    CHECK(ferrule_sha256(out, 3, out) == 0 && is(out, sha256));
}
