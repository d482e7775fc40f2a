/* SPDX-License-Identifier: EUPL-1.2 */
/* The post's key: drawn at its first use, read at the others.  Declared in desk.h. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "act/desk.h"
#include "base/i18n.h"

/* A key that others may read proves nothing. */
static enum bef_rc read_key(struct bef_desk *desk, struct bef_err *err)
{
	uint8_t secret[BEF_SECRET_SIZE];
	BEF_AUTO(text) text = { 0 };
	struct stat st;
	enum bef_rc rc = bef_file_read(desk->key_path, 2 * BEF_SECRET_SIZE + 2, &text, err);

	if (rc)
		return rc;
	if (stat(desk->key_path, &st) != 0 || st.st_mode & 077 || st.st_uid != geteuid()) {
		bef_fail(err, BEF_REFUSED, tr("the signing key '%.200s' may be read by others"), desk->key_path);
		bef_hint(err, "chmod 600 '%.200s'", desk->key_path);
		return BEF_REFUSED;
	}
	if (text.len > 0 && text.data[text.len - 1] == '\n')
		text.data[--text.len] = '\0';
	if (!bef_unhex(bef_text_str(&text), secret, sizeof(secret)))
		return bef_fail(err, BEF_BROKEN, tr("'%.200s' is not a signing key"), desk->key_path);
	bef_keypair_from_secret(secret, &desk->pen.key);
	explicit_bzero(secret, sizeof(secret));
	explicit_bzero(text.data, text.len);
	desk->has_key = true;
	return BEF_OK;
}

/* Two first commands at once: the first to link its file wins, both use that one. */
static enum bef_rc draw_key(const struct bef_desk *desk, struct bef_err *err)
{
	uint8_t seed[BEF_SEED_SIZE];
	char line[2 * BEF_SECRET_SIZE + 2];
	struct bef_keypair pair;
	char temporary[BEF_PATH];
	char dir[BEF_PATH];
	enum bef_rc rc;

	snprintf(dir, sizeof(dir), "%.*s", (int)(bef_path_name(desk->key_path) - desk->key_path - 1),
	         desk->key_path);
	rc = bef_dir_make(dir, err);
	if (rc)
		return rc;
	snprintf(temporary, sizeof(temporary), "%.4000s.%ld", desk->key_path, (long)getpid());
	bef_random(seed, sizeof(seed));
	bef_keypair_from_seed(seed, &pair);
	bef_hex(pair.secret, sizeof(pair.secret), line);
	bef_keypair_clear(&pair);
	strcat(line, "\n");
	rc = bef_file_write(temporary, line, strlen(line), true, err);
	explicit_bzero(line, sizeof(line));
	explicit_bzero(seed, sizeof(seed));
	if (rc == BEF_OK && link(temporary, desk->key_path) != 0 && errno != EEXIST)
		rc = bef_fail(err, BEF_FAILED, tr("cannot write '%s'"), desk->key_path);
	unlink(temporary);
	return rc ? rc : bef_dir_sync(dir, err);
}

enum bef_rc bef_desk_key(struct bef_desk *desk, struct bef_err *err)
{
	enum bef_rc rc;

	if (desk->has_key)
		return BEF_OK;
	rc = read_key(desk, err);
	if (rc != BEF_NOT_FOUND)
		return rc;
	if (desk->dry_run) {
		uint8_t seed[BEF_SEED_SIZE];

		bef_random(seed, sizeof(seed));
		bef_keypair_from_seed(seed, &desk->pen.key); /* for this once */
		explicit_bzero(seed, sizeof(seed));
		desk->has_key = true;
		return BEF_OK;
	}
	rc = draw_key(desk, err);
	return rc ? rc : read_key(desk, err);
}
