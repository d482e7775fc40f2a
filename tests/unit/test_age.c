/* SPDX-License-Identifier: EUPL-1.2 */
/* The age format: known answers, round trips about the size of a piece, and changed bytes.
 * tests/dossier/locked.bats has the age program on the other side. */
#include "unit.h"

#include "base/age.h"
#include "base/age_parts.h"

struct memory {
	uint8_t *data;
	size_t len, at, room;
};

static enum bef_rc put(void *arg, const void *data, size_t len, struct bef_err *err)
{
	struct memory *m = arg;

	(void)err;
	if (len == 0)
		return BEF_OK;
	if (m->len + len > m->room) {
		m->room = 2 * (m->len + len);
		m->data = realloc(m->data, m->room);
	}
	memcpy(m->data + m->len, data, len);
	m->len += len;
	return BEF_OK;
}

static enum bef_rc get(void *arg, void *data, size_t size, size_t *got, struct bef_err *err)
{
	struct memory *m = arg;

	(void)err;
	*got = m->len - m->at < size ? m->len - m->at : size;
	if (*got > 1000)
		*got = 1000;
	if (*got)
		memcpy(data, m->data + m->at, *got);
	m->at += *got;
	return BEF_OK;
}

/* RFC 5869, A.1 to A.3, of which our one block is the start. */
static void hkdf(void **state)
{
	uint8_t key[22], salt[13], out[32];
	char hex[65];

	(void)state;
	memset(key, 0x0b, sizeof(key));
	for (int i = 0; i < 13; i++)
		salt[i] = (uint8_t)i;
	bef_age_hkdf(key, sizeof(key), salt, sizeof(salt), "\xf0\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9", out);
	bef_hex(out, sizeof(out), hex);
	assert_string_equal(hex, "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
	bef_age_hkdf(key, sizeof(key), NULL, 0, "", out);
	bef_hex(out, sizeof(out), hex);
	assert_string_equal(hex, "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
}

/* A pair made by age-keygen; the second half follows from the first (RFC 7748). */
#define SECRET "AGE-SECRET-KEY-1SS778SZUGDW24QKLWDQAVEVPLPW3WHXR2LGW4HCCZX0QW0K5QR9S5J7L6Y"
#define PUBLIC "age1pet2j4qrzgs2vum3wknvuga0kyackugh0ahhh8t9z6t0jaeqksgsmt03cc"

static void keys(void **state)
{
	static const char *const bad[] = { "", "age", "age1", PUBLIC "q", "Age1", "age2", SECRET,
		                           "age1pet2j4qrzgs2vum3wknvuga0kyackugh0ahhh8t9z6t0jaeqksgsmt03cq",
		                           "AGE1PET2J4QRZGS2VUM3WKNVUGA0KYACKUGH0AHHH8T9Z6T0JAEQKSGSMT03CC",
		                           "age1pet2j4qrzgs2vum3wknvuga0kyackugh0ahhh8t9z6t0jaeqksgsmt03c" };
	uint8_t secret[BEF_AGE_KEY], public[BEF_AGE_KEY];

	(void)state;
	assert_true(bef_age_identity_parse(SECRET, secret));
	assert_true(bef_age_recipient_parse(PUBLIC, public));
	for (size_t i = 0; i < ROWS(bad); i++)
		must(!bef_age_recipient_parse(bad[i], public), "%s", bad[i]);
	assert_false(bef_age_identity_parse(PUBLIC, secret));
	assert_false(bef_age_identity_parse("age-secret-key-1ss778szugdw24qklwdqavevplpw3whxr2lgw4hcczx0qw0k5qr9s5j7l6y", secret));
}

static void seal(struct memory *m, const uint8_t *data, size_t len, const struct bef_age_locks *locks)
{
	struct bef_age *age;
	struct bef_sink to;
	struct bef_err err;

	m->len = m->at = 0;
	assert_ok(bef_age_seal((struct bef_sink){ put, m }, locks, &age, &err), err);
	to = bef_age_sink(age);
	for (size_t at = 0; at < len; at += 7777)
		assert_ok(to.put(to.arg, data + at, len - at < 7777 ? len - at : 7777, &err), err);
	assert_ok(bef_age_finish(age, &err), err);
	bef_age_clear(&age);
}

/* What opening and reading to the end gives; the bytes in *out. */
static enum bef_rc open_all(struct memory *m, const struct bef_age_keys *with, struct memory *out)
{
	struct bef_age *age;
	struct bef_err err;
	struct bef_source from;
	char piece[5000];
	size_t got = 1;
	enum bef_rc rc;

	m->at = 0;
	out->len = 0;
	rc = bef_age_open((struct bef_source){ get, m }, with, &age, &err);
	if (rc)
		return rc;
	from = bef_age_source(age);
	while (rc == BEF_OK && got > 0) {
		rc = from.get(from.arg, piece, sizeof(piece), &got, &err);
		if (rc == BEF_OK)
			rc = put(out, piece, got, &err);
	}
	bef_age_clear(&age);
	return rc;
}

static void round_trips_about_the_size_of_a_piece(void **state)
{
	static const size_t sizes[] = { 0, 1, 65535, 65536, 65537, 131071, 131072, 131073, 300000 };
	struct bef_age_locks locks = { .count = 1 };
	struct bef_age_keys with = { .count = 1 };
	struct memory m = { 0 }, out = { 0 };
	uint8_t *data = malloc(300000);

	(void)state;
	bef_random(data, 300000);
	assert_true(bef_age_recipient_parse(PUBLIC, locks.recipient[0]));
	assert_true(bef_age_identity_parse(SECRET, with.identity[0]));
	for (size_t i = 0; i < ROWS(sizes); i++) {
		seal(&m, data, sizes[i], &locks);
		assert_int_equal(open_all(&m, &with, &out), BEF_OK);
		assert_int_equal(out.len, sizes[i]);
		assert_true(sizes[i] == 0 || memcmp(out.data, data, sizes[i]) == 0);
		m.len -= 1 + sizes[i] % 3;
		assert_int_equal(open_all(&m, &with, &out), BEF_BROKEN);
	}
	/* A cut at the very end of a piece, and two pieces exchanged. */
	seal(&m, data, 300000, &locks);
	m.len -= 300000 % 65536 + 16;
	assert_int_equal(open_all(&m, &with, &out), BEF_BROKEN);
	free(data);
	free(m.data);
	free(out.data);
}

static void any_byte_changed_is_seen(void **state)
{
	struct bef_age_locks locks = { .count = 2 };
	struct bef_age_keys with = { .count = 1 };
	struct memory m = { 0 }, out = { 0 };
	enum bef_rc rc;

	(void)state;
	assert_true(bef_age_recipient_parse(PUBLIC, locks.recipient[0]));
	bef_random(locks.recipient[1], BEF_AGE_KEY);
	assert_true(bef_age_identity_parse(SECRET, with.identity[0]));
	seal(&m, (const uint8_t *)"hello, world", 12, &locks);
	for (size_t at = 0; at < m.len; at++) {
		m.data[at] ^= 1;
		rc = open_all(&m, &with, &out);
		must(rc == BEF_BROKEN || rc == BEF_REFUSED, "byte %zu: %d", at, rc);
		m.data[at] ^= 1;
	}
	with.count = 0;
	assert_int_equal(open_all(&m, &with, &out), BEF_REFUSED);
	free(m.data);
	free(out.data);
}

static enum bef_rc say(void *arg, struct bef_text *out, struct bef_err *err)
{
	bef_text_puts(out, arg);
	return bef_text_rc(out, err);
}

static void passphrases(void **state)
{
	struct bef_age_locks locks = { .passphrase = "correct", .work = 10 };
	char right[] = "correct", wrong[] = "Correct";
	struct bef_age_keys with = { .ask = say, .arg = right };
	struct memory m = { 0 }, out = { 0 };

	(void)state;
	seal(&m, (const uint8_t *)"hello", 5, &locks);
	assert_int_equal(open_all(&m, &with, &out), BEF_OK);
	assert_memory_equal(out.data, "hello", 5);
	with.arg = wrong;
	assert_int_equal(open_all(&m, &with, &out), BEF_REFUSED);
	with.ask = NULL;
	assert_int_equal(open_all(&m, &with, &out), BEF_REFUSED);
	free(m.data);
	free(out.data);
}

/* Headers that are none, or ask for too much. */
static void hostile_headers(void **state)
{
	static const char *const bad[] = {
		"", "age-encryption.org/v1", "age-encryption.org/v2\n", "age-encryption.org/v1\n--- AAAA\n",
		"age-encryption.org/v1\n-> X25519\n\n--- AAAA\n",
		"age-encryption.org/v1\n-> X25519 AAAA\nAAAA\n--- AAAA\n",
		"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 31\n"
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n--- AAAA\n",
		"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 018\n"
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n--- AAAA\n",
		"age-encryption.org/v1\n-> x\n\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 10\n"
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n--- AAAA\n",
		"age-encryption.org/v1\n->  x\n\n--- AAAA\n", "age-encryption.org/v1\r\n",
	};
	char phrase[] = "x";
	struct bef_age_keys with = { .ask = say, .arg = phrase };
	struct memory m = { 0 }, out = { 0 };
	struct bef_err err;

	(void)state;
	for (size_t i = 0; i < ROWS(bad); i++) {
		enum bef_rc rc;

		m.len = 0;
		assert_ok(put(&m, bad[i], strlen(bad[i]), &err), err);
		rc = open_all(&m, &with, &out);
		must(rc == BEF_BROKEN || rc == BEF_REFUSED, "row %zu: %d", i, rc);
	}
	m.len = 0;
	assert_ok(put(&m, "age-encryption.org/v1\n-> ", 25, &err), err);
	for (int i = 0; i < 100000; i++)
		assert_ok(put(&m, "x", 1, &err), err);
	assert_int_equal(open_all(&m, &with, &out), BEF_BROKEN);
	free(m.data);
	free(out.data);
}

UNIT_MAIN(unit(hkdf), unit(keys), unit(round_trips_about_the_size_of_a_piece), unit(any_byte_changed_is_seen),
          unit(passphrases), unit(hostile_headers))
