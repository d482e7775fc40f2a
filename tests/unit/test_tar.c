/* SPDX-License-Identifier: EUPL-1.2 */
/* Archives: names, headers, and one changed byte at a time. */
#include "unit.h"

#include "base/tar.h"

struct memory {
	uint8_t data[8192];
	size_t len, at;
};

static enum bef_rc put(void *arg, const void *data, size_t len, struct bef_err *err)
{
	struct memory *m = arg;

	if (len > sizeof(m->data) - m->len)
		return bef_fail(err, BEF_FAILED, "full");
	memcpy(m->data + m->len, data, len);
	m->len += len;
	return BEF_OK;
}

/* In small pieces of odd sizes. */
static enum bef_rc get(void *arg, void *data, size_t size, size_t *got, struct bef_err *err)
{
	struct memory *m = arg;
	size_t piece = 1 + m->at % 97;

	(void)err;
	*got = m->len - m->at < size ? m->len - m->at : size;
	if (*got > piece)
		*got = piece;
	memcpy(data, m->data + m->at, *got);
	m->at += *got;
	return BEF_OK;
}

static const struct {
	const char *name, *data;
} members[] = { { "d/empty", "" }, { "d/one", "x" }, { "d/sub/two", "hello, world" } };

static void make(struct memory *m)
{
	struct bef_tar tar = { .to = { put, m }, .mtime_s = 1700000000 };
	struct bef_hash digest, expected;
	struct bef_err err;

	m->len = m->at = 0;
	for (size_t i = 0; i < ROWS(members); i++) {
		size_t len = strlen(members[i].data);

		assert_ok(bef_tar_begin(&tar, members[i].name, (int64_t)len, &err), err);
		assert_ok(bef_tar_put(&tar, members[i].data, len, &err), err);
		assert_ok(bef_tar_end(&tar, &digest, &err), err);
		bef_sha256(members[i].data, len, NULL, 0, &expected);
		assert_true(bef_hash_equal(&digest, &expected));
	}
	assert_ok(bef_tar_finish(&tar, &err), err);
}

/* What ends the reading: BEF_NOT_FOUND for a sound archive. */
static enum bef_rc read_all(struct memory *m, int *count)
{
	struct bef_tar_reader tar = { .from = { get, m } };
	struct bef_err err;
	enum bef_rc rc;

	*count = 0;
	m->at = 0;
	while ((rc = bef_tar_next(&tar, &err)) == BEF_OK) {
		char piece[5];
		size_t got;

		do
			rc = bef_tar_get(&tar, piece, sizeof(piece), &got, &err);
		while (rc == BEF_OK && got > 0);
		if (rc)
			return rc;
		++*count;
	}
	return rc;
}

static void what_was_written_is_read(void **state)
{
	static struct memory m;
	int count;

	(void)state;
	make(&m);
	assert_int_equal(m.len, 512 * (3 + 2 + 2));
	assert_int_equal(read_all(&m, &count), BEF_NOT_FOUND);
	assert_int_equal(count, ROWS(members));
}

/* Content is not the archive's business, all else is. */
static void any_byte_changed_outside_the_contents_is_seen(void **state)
{
	static struct memory m;
	int count;

	(void)state;
	for (size_t at = 0; at < 512 * 7; at++) {
		bool content = at == 512 * 2 || (at >= 512 * 4 && at < 512 * 4 + strlen(members[2].data));

		make(&m);
		m.data[at] ^= 1;
		must((read_all(&m, &count) == BEF_NOT_FOUND) == content, "byte %zu", at);
	}
}

static void any_cut_and_any_addition_is_seen(void **state)
{
	static struct memory m;
	int count;

	(void)state;
	for (size_t len = 0; len < 512 * 7; len++) {
		make(&m);
		m.len = len;
		must(read_all(&m, &count) == BEF_BROKEN, "%zu bytes", len);
	}
	make(&m);
	m.data[m.len++] = 0;
	assert_int_equal(read_all(&m, &count), BEF_BROKEN);
}

static void names(void **state)
{
	static const char *const good[] = { "a", "a/b", "a-b/c_d/e.f", "INC-2026-001-dossier/evidence/0a" };
	static const char *const bad[] = { "", "/", "/a", "a/", "a//b", ".", "..", "a/..", "../a", "a/../b", "./a", "a/.b", "-a",
		                           "a/-b", "a b", "a\nb", "a\\b", "\xc3\xa9", "a:b", "a*" };
	char hundred[102];

	(void)state;
	for (size_t i = 0; i < ROWS(good); i++)
		must(bef_tar_name_ok(good[i]), "%s", good[i]);
	for (size_t i = 0; i < ROWS(bad); i++)
		must(!bef_tar_name_ok(bad[i]), "%s", bad[i]);
	memset(hundred, 'a', sizeof(hundred));
	hundred[100] = '\0';
	assert_true(bef_tar_name_ok(hundred));
	hundred[100] = 'a';
	hundred[101] = '\0';
	assert_false(bef_tar_name_ok(hundred));
}

static void large_sizes_are_binary(void **state)
{
	uint8_t header[BEF_TAR_BLOCK];

	(void)state;
	assert_true(bef_tar_header("a", 077777777777, 1, header));
	assert_memory_equal(header + 124, "77777777777", 12);
	assert_true(bef_tar_header("a", 0100000000000, 1, header));
	assert_memory_equal(header + 124, "\x80\0\0\0\0\0\0\x02\0\0\0\0", 12);
	assert_false(bef_tar_header("a", -1, 1, header));
	assert_false(bef_tar_header("a", 1, -1, header));
}

static void a_member_has_the_size_announced(void **state)
{
	static struct memory m;
	struct bef_tar tar = { .to = { put, &m } };
	struct bef_hash digest;
	struct bef_err err;

	(void)state;
	assert_ok(bef_tar_begin(&tar, "a", 3, &err), err);
	assert_int_equal(bef_tar_put(&tar, "abcd", 4, &err), BEF_REFUSED);
	assert_ok(bef_tar_put(&tar, "ab", 2, &err), err);
	assert_int_equal(bef_tar_end(&tar, &digest, &err), BEF_REFUSED);
	assert_int_equal(bef_tar_begin(&tar, "../a", 3, &err), BEF_REFUSED);
}

UNIT_MAIN(unit(what_was_written_is_read), unit(any_byte_changed_outside_the_contents_is_seen),
          unit(any_cut_and_any_addition_is_seen), unit(names), unit(large_sizes_are_binary),
          unit(a_member_has_the_size_announced))
