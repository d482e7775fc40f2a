/* SPDX-License-Identifier: EUPL-1.2 */
#include "base/tar.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

/* Where the fields of a header are (offset, length). */
enum {
	AT_MODE = 100,
	AT_UID = 108,
	AT_GID = 116,
	AT_SIZE = 124,
	AT_MTIME = 136,
	AT_SUM = 148,
	AT_TYPE = 156,
	AT_MAGIC = 257,
	LONG = 12,
};

static const int64_t octal_most = ((int64_t)1 << 33) - 1;

bool bef_tar_name_ok(const char *name)
{
	static const char alphabet[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/";
	size_t len = strlen(name);

	if (len == 0 || len >= BEF_TAR_NAME || strspn(name, alphabet) != len || name[len - 1] == '/')
		return false;
	for (size_t i = 0; i < len; i++)
		if ((i == 0 || name[i - 1] == '/') && strchr("/.-", name[i]))
			return false;
	return true;
}

/* Eleven octal digits; what they cannot hold is a binary number with the top bit set before it. */
static void put_number(uint8_t *at, int64_t value)
{
	char digits[16 + LONG];

	if (value <= octal_most) {
		snprintf(digits, sizeof(digits), "%011llo", (unsigned long long)value);
		memcpy(at, digits, LONG);
		return;
	}
	memset(at, 0, LONG);
	at[0] = 0x80;
	for (int i = 0; i < 8; i++)
		at[LONG - 1 - i] = (uint8_t)((uint64_t)value >> (8 * i));
}

bool bef_tar_header(const char *name, int64_t size, int64_t mtime_s, uint8_t out[BEF_TAR_BLOCK])
{
	unsigned sum = 0;
	char digits[16];

	if (!bef_tar_name_ok(name) || size < 0 || mtime_s < 0 || mtime_s > octal_most)
		return false;
	memset(out, 0, BEF_TAR_BLOCK);
	memcpy(out, name, strlen(name));
	memcpy(out + AT_MODE, "0000644", 8);
	memcpy(out + AT_UID, "0000000", 8);
	memcpy(out + AT_GID, "0000000", 8);
	put_number(out + AT_SIZE, size);
	put_number(out + AT_MTIME, mtime_s);
	memcpy(out + AT_SUM, "        ", 8);
	out[AT_TYPE] = '0';
	memcpy(out + AT_MAGIC, "ustar\00000", 8);
	for (int i = 0; i < BEF_TAR_BLOCK; i++)
		sum += out[i];
	snprintf(digits, sizeof(digits), "%06o", sum);
	memcpy(out + AT_SUM, digits, 7);
	return true;
}

/* --- writing --- */

static const uint8_t zeroes[2 * BEF_TAR_BLOCK];

static size_t padding(int64_t size)
{
	return (size_t)((BEF_TAR_BLOCK - size % BEF_TAR_BLOCK) % BEF_TAR_BLOCK);
}

enum bef_rc bef_tar_begin(struct bef_tar *tar, const char *name, int64_t size, struct bef_err *err)
{
	uint8_t header[BEF_TAR_BLOCK];

	if (!bef_tar_header(name, size, tar->mtime_s, header))
		return bef_fail(err, BEF_REFUSED, tr("'%.120s' cannot be the name of a member of an archive"), name);
	tar->left = tar->size = size;
	tar->open = true;
	bef_sha256_start(&tar->digest);
	return tar->to.put(tar->to.arg, header, sizeof(header), err);
}

enum bef_rc bef_tar_put(struct bef_tar *tar, const void *data, size_t len, struct bef_err *err)
{
	if ((uint64_t)tar->left < len)
		return bef_fail(err, BEF_REFUSED, "%s", tr("it grew while it was being read"));
	tar->left -= (int64_t)len;
	bef_sha256_more(&tar->digest, data, len);
	return tar->to.put(tar->to.arg, data, len, err);
}

enum bef_rc bef_tar_end(struct bef_tar *tar, struct bef_hash *out, struct bef_err *err)
{
	bef_sha256_end(&tar->digest, out);
	tar->open = false;
	if (tar->left > 0)
		return bef_fail(err, BEF_REFUSED, "%s", tr("it shrank while it was being read"));
	return tar->to.put(tar->to.arg, zeroes, padding(tar->size), err);
}

void bef_tar_clear(struct bef_tar *tar)
{
	struct bef_hash unused;

	if (tar->open)
		bef_sha256_end(&tar->digest, &unused);
	tar->open = false;
}

enum bef_rc bef_tar_finish(struct bef_tar *tar, struct bef_err *err)
{
	return tar->to.put(tar->to.arg, zeroes, sizeof(zeroes), err);
}

/* --- reading --- */

/* -1: neither form.  Whether it is the one form for its value is seen when it is written again. */
static int64_t get_number(const uint8_t *at)
{
	int64_t value = 0;

	if (at[0] == 0x80) {
		for (int i = 1; i < LONG; i++)
			value = i < 4 && at[i] ? -1 : value < 0 || value >> 55 ? -1 : value << 8 | at[i];
		return value;
	}
	for (int i = 0; i < LONG - 1; i++) {
		if (at[i] < '0' || at[i] > '7')
			return -1;
		value = value << 3 | (at[i] - '0');
	}
	return value;
}

static enum bef_rc fill(struct bef_tar_reader *tar, void *data, size_t size, struct bef_err *err)
{
	size_t got;
	enum bef_rc rc = bef_source_fill(&tar->from, data, size, &got, err);

	tar->offset += (int64_t)got;
	if (rc == BEF_OK && got < size)
		rc = bef_fail(err, BEF_BROKEN, tr("the archive is cut off at byte %lld"), (long long)tar->offset);
	return rc;
}

/* Why a header is not ours, in the words that help most. */
static const char *why_not(const uint8_t *header)
{
	switch (header[AT_TYPE]) {
	case '0':
		break;
	case '1':
	case '2':
		return N_("it is a link");
	case '3':
	case '4':
	case '6':
		return N_("it is a device or a pipe");
	case '5':
		return N_("it is a folder of its own");
	case 'S':
		return N_("it is a sparse file");
	default:
		return N_("it is not a plain file");
	}
	if (header[0] == '/' || strstr((const char *)header, ".."))
		return N_("its path leaves the dossier");
	return N_("its header is not written as a dossier's are");
}

/* The name for a message, whatever is there. */
static void copy_name(const uint8_t *header, char out[BEF_TAR_NAME])
{
	memcpy(out, header, BEF_TAR_NAME - 1);
	out[BEF_TAR_NAME - 1] = '\0';
	for (char *c = out; *c; c++)
		if (*c < ' ' || *c > '~')
			*c = '?';
}

/* The two blocks, then nothing. */
static enum bef_rc read_end(struct bef_tar_reader *tar, struct bef_err *err)
{
	uint8_t block[BEF_TAR_BLOCK];
	size_t got;
	enum bef_rc rc;

	*tar->name = '\0';
	rc = fill(tar, block, sizeof(block), err);
	if (rc)
		return rc;
	if (memcmp(block, zeroes, sizeof(block)) != 0)
		return bef_fail(err, BEF_BROKEN, tr("byte %lld and those after it belong to no member"),
		                (long long)tar->offset - BEF_TAR_BLOCK);
	rc = bef_source_fill(&tar->from, block, 1, &got, err);
	if (rc == BEF_OK && got > 0)
		rc = bef_fail(err, BEF_BROKEN, tr("there are bytes after the end of the archive (byte %lld)"),
		              (long long)tar->offset);
	return rc ? rc : BEF_NOT_FOUND;
}

enum bef_rc bef_tar_next(struct bef_tar_reader *tar, struct bef_err *err)
{
	uint8_t header[BEF_TAR_BLOCK + 1] = { 0 }; /* with a NUL, to search in */
	uint8_t again[BEF_TAR_BLOCK];
	enum bef_rc rc;

	*tar->name = '\0';
	rc = fill(tar, header, BEF_TAR_BLOCK, err);
	if (rc)
		return rc;
	if (memcmp(header, zeroes, BEF_TAR_BLOCK) == 0)
		return read_end(tar, err);
	copy_name(header, tar->name);
	tar->size = get_number(header + AT_SIZE);
	tar->mtime_s = get_number(header + AT_MTIME);
	if (header[AT_TYPE] != '0' || !bef_tar_header(tar->name, tar->size, tar->mtime_s, again) ||
	    memcmp(header, again, sizeof(again)) != 0)
		return bef_fail(err, BEF_BROKEN, "%s", tr(why_not(header)));
	if (tar->members++ == 0)
		tar->first_mtime_s = tar->mtime_s;
	if (tar->mtime_s != tar->first_mtime_s)
		return bef_fail(err, BEF_BROKEN, "%s", tr("its header is not written as a dossier's are"));
	tar->left = tar->size;
	return BEF_OK;
}

static enum bef_rc read_padding(struct bef_tar_reader *tar, struct bef_err *err)
{
	uint8_t rest[BEF_TAR_BLOCK];
	size_t len = padding(tar->size);
	enum bef_rc rc = fill(tar, rest, len, err);

	tar->left = -1;
	if (rc == BEF_OK && memcmp(rest, zeroes, len) != 0)
		rc = bef_fail(err, BEF_BROKEN, "%s", tr("the bytes after it are not zeroes"));
	return rc;
}

enum bef_rc bef_tar_get(struct bef_tar_reader *tar, void *data, size_t size, size_t *got, struct bef_err *err)
{
	enum bef_rc rc;

	*got = 0;
	if (tar->left == 0)
		return read_padding(tar, err);
	if (tar->left < 0)
		return BEF_OK;
	if ((uint64_t)tar->left < size)
		size = (size_t)tar->left;
	rc = fill(tar, data, size, err);
	if (rc)
		return rc;
	*got = size;
	tar->left -= (int64_t)size;
	return BEF_OK;
}
