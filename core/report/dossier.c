/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/dossier.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"

void bef_dossier_sums(const struct bef_dossier_members *members, struct bef_text *out)
{
	char hex[BEF_HASH_HEX];

	for (size_t i = 0; i < members->count; i++) {
		if (strcmp(members->item[i].name, "SHA256SUMS") == 0)
			continue;
		bef_hex(members->item[i].sha256.byte, BEF_HASH_SIZE, hex);
		bef_text_printf(out, "%s  %s\n", hex, members->item[i].name);
	}
}

bool bef_dossier_has(const struct bef_dossier *dossier, const char *name)
{
	const struct bef_dossier_members *members = &dossier->manifest.members;

	for (size_t i = 0; i < members->count; i++)
		if (strcmp(members->item[i].name, name) == 0)
			return true;
	return false;
}

enum bef_rc bef_dossier_begin(struct bef_dossier *dossier, const char *name, int64_t size, struct bef_err *err)
{
	char path[BEF_DOSSIER_FOLDER + BEF_TAR_NAME];

	snprintf(dossier->name, sizeof(dossier->name), "%s", name);
	dossier->size = size;
	snprintf(path, sizeof(path), "%s-dossier/%s", dossier->manifest.ref, name);
	return bef_tar_begin(&dossier->tar, path, size, err);
}

enum bef_rc bef_dossier_end(struct bef_dossier *dossier, struct bef_hash *digest, struct bef_err *err)
{
	struct bef_dossier_members *members = &dossier->manifest.members;
	struct bef_dossier_member *member = bef_case_grow(&members->item, &members->count, sizeof(*member));
	struct bef_hash unused;
	enum bef_rc rc = bef_tar_end(&dossier->tar, digest ? digest : &unused, err);

	if (!member)
		return bef_no_memory(err);
	member->size = dossier->size;
	member->sha256 = digest ? *digest : unused;
	memcpy(member->name, dossier->name, sizeof(member->name));
	if (rc == BEF_OK && members->count > BEF_DOSSIER_MEMBERS_MOST)
		rc = bef_fail(err, BEF_REFUSED, tr("a dossier holds at most %d files"), BEF_DOSSIER_MEMBERS_MOST);
	return rc;
}

enum bef_rc bef_dossier_text(struct bef_dossier *dossier, const char *name, const char *data, size_t len,
                             struct bef_err *err)
{
	enum bef_rc rc = bef_dossier_begin(dossier, name, (int64_t)len, err);

	if (rc == BEF_OK)
		rc = bef_tar_put(&dossier->tar, data, len, err);
	return rc ? rc : bef_dossier_end(dossier, NULL, err);
}

static enum bef_rc put_stamp(struct bef_dossier *dossier, const struct bef_hash *digest, struct bef_err *err)
{
	BEF_AUTO(text) answer = { .max = BEF_DOSSIER_STAMP_MOST };
	enum bef_rc rc = dossier->stamp(dossier->arg, digest, &answer, err);

	return rc ? rc : bef_dossier_text(dossier, "manifest.tsr", bef_text_str(&answer), answer.len, err);
}

enum bef_rc bef_dossier_seal(struct bef_dossier *dossier, const struct bef_keypair *key, struct bef_err *err)
{
	BEF_AUTO(text) sums = { .max = 1 << 30 };
	BEF_AUTO(text) manifest = { .max = 1 << 30 };
	struct bef_hash digest;
	uint8_t sig[BEF_SIG_SIZE];
	enum bef_rc rc;

	bef_dossier_sums(&dossier->manifest.members, &sums);
	rc = bef_text_rc(&sums, err);
	if (rc == BEF_OK)
		rc = bef_dossier_text(dossier, "SHA256SUMS", bef_text_str(&sums), sums.len, err);
	memcpy(dossier->manifest.post, key->public_key, sizeof(key->public_key));
	if (rc == BEF_OK)
		rc = bef_manifest_write(&dossier->manifest, &manifest, err);
	if (rc == BEF_OK)
		rc = bef_dossier_text(dossier, "manifest.json", bef_text_str(&manifest), manifest.len, err);
	if (rc)
		return rc;
	bef_sha256(manifest.data, manifest.len, NULL, 0, &digest);
	bef_sign(key, &digest, sig);
	rc = bef_dossier_text(dossier, "manifest.sig", (const char *)sig, sizeof(sig), err);
	if (rc == BEF_OK && dossier->stamp)
		rc = put_stamp(dossier, &digest, err);
	return rc ? rc : bef_tar_finish(&dossier->tar, err);
}

void bef_dossier_clear(struct bef_dossier *dossier)
{
	bef_tar_clear(&dossier->tar);
	bef_manifest_clear(&dossier->manifest);
}
