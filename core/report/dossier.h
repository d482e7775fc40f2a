/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * The sealed dossier: one archive (base/tar.h) that holds all there is of an
 * incident and that anybody can check, with this program, with the script that
 * is in it, or by hand.  All its members are in one folder, REF-dossier/:
 *
 *     LISEZMOI.txt README.txt      what this is and how to check it
 *     verify.sh journal/verify.sh  the independent check
 *     journal/journal.ndjson       the incident's entries, a line each (model/line.h)
 *     journal/organisation.ndjson  the headers of the organisation's journal, with the
 *                                  texts of those entries that speak of this incident
 *     evidence/SHA256              the files collected, under their digest
 *     evidence/index.txt           what they are
 *     documents/NAME.html          the documents, made of what the dossier holds
 *     playbooks/DIGEST.json        each version that was followed
 *     SHA256SUMS                   of all of those, for sha256sum -c
 *     manifest.json                of all of those: canonical JSON, see below
 *     manifest.sig                 the post's Ed25519 signature, 64 bytes, of the 32 bytes
 *                                  of the SHA-256 of manifest.json
 *     manifest.tsr                 an RFC 3161 answer for manifest.json; or not there
 *
 * The manifest comes last, so that everything passes through once and is hashed
 * on its way: memory does not grow with the evidence.  Its members: v (1), type
 * ("beffroi.dossier"), created_at (UTC ms), tool, lang, post, incident (ref,
 * uuid), organisation (uuid, or absent), entries, heads, members (name, size,
 * sha256, in the archive's order), left_out (entries with number and id, parts,
 * reason).
 */
#include "base/age.h"
#include "base/tar.h"
#include "model/case.h"
#include "model/chain.h"

enum {
	BEF_DOSSIER_MEMBERS_MOST = 100000,
	BEF_DOSSIER_LEFT_OUT_MOST = 1000,
	BEF_DOSSIER_FOLDER = 40,
	BEF_DOSSIER_HURRY = 4 << 20, /* bytes from which the fast digest is worth its start (base/crypto.h) */
	BEF_DOSSIER_STAMP_MOST = 1 << 16,
};

struct bef_dossier_member {
	char name[BEF_TAR_NAME]; /* without the folder */
	int64_t size;
	struct bef_hash sha256;
};

struct bef_dossier_members {
	struct bef_dossier_member *item;
	size_t count;
};

/* An entry whose text is kept back. */
struct bef_left_out {
	struct bef_hash id;
	int64_t number;
};

struct bef_manifest {
	char ref[BEF_REF_SIZE], tool[64], lang[8], reason[500];
	struct bef_uuid incident, organisation;
	bool has_organisation, no_evidence, no_memory; /* the last: for whom reads it */
	int64_t created_at_ms, entries;
	uint8_t post[BEF_KEY_SIZE];
	struct bef_hash head[BEF_PARENTS_MOST];
	unsigned head_count;
	struct bef_left_out left_out[BEF_DOSSIER_LEFT_OUT_MOST];
	size_t left_out_count;
	struct bef_dossier_members members;
};

/* In canonical form.  BEF_USAGE: the reason is not text. */
enum bef_rc bef_manifest_write(const struct bef_manifest *manifest, struct bef_text *out, struct bef_err *err)
	BEF_MUST_CHECK;
/* BEF_BROKEN: it is not a manifest in canonical form. */
enum bef_rc bef_manifest_read(const struct bef_text *text, struct bef_manifest *out) BEF_MUST_CHECK;
void bef_manifest_clear(struct bef_manifest *manifest);

/* SHA256SUMS, for all the members so far but itself. */
void bef_dossier_sums(const struct bef_dossier_members *members, struct bef_text *out);

/* --- writing --- */

/* Zero it (it is large: off the stack); set tar.to, tar.mtime_s and manifest's facts; add members; seal. */
struct bef_dossier {
	struct bef_tar tar;
	struct bef_manifest manifest;
	char name[BEF_TAR_NAME]; /* of the member at hand */
	int64_t size;
	/* Gets an RFC 3161 answer for this digest of the manifest, into `out`; or NULL. */
	enum bef_rc (*stamp)(void *arg, const struct bef_hash *digest, struct bef_text *out, struct bef_err *err);
	void *arg;
};

enum bef_rc bef_dossier_begin(struct bef_dossier *dossier, const char *name, int64_t size, struct bef_err *err)
	BEF_MUST_CHECK;
/* The member's digest is in *digest, which may be NULL. */
enum bef_rc bef_dossier_end(struct bef_dossier *dossier, struct bef_hash *digest, struct bef_err *err) BEF_MUST_CHECK;
/* A whole member at once. */
enum bef_rc bef_dossier_text(struct bef_dossier *dossier, const char *name, const char *data, size_t len,
                             struct bef_err *err) BEF_MUST_CHECK;
/* True if a member of that name is there already. */
bool bef_dossier_has(const struct bef_dossier *dossier, const char *name);
/* Frees what it holds; the archive is whole only if it was sealed before. */
void bef_dossier_clear(struct bef_dossier *dossier);
/* SHA256SUMS, the manifest, the signature, the time stamp, the end. */
enum bef_rc bef_dossier_seal(struct bef_dossier *dossier, const struct bef_keypair *key, struct bef_err *err)
	BEF_MUST_CHECK;

/* --- checking --- */

struct bef_dossier_verdict {
	bool broken;
	char place[BEF_TAR_NAME + 40]; /* member, and line within it; "" for the archive as a whole */
	char flaw[300];                /* translated */
	int64_t entries, erased, signatures, evidence, evidence_absent, members;
	int64_t organisation;          /* entries of the organisation's journal */
	int64_t by_post;               /* entries that the post which sealed it wrote */
	struct bef_hash digest;        /* of manifest.json */
	bool has_stamp, stamp_checked; /* the latter by who asked for the verdict */
	struct bef_text manifest_text, stamp;
	struct bef_manifest manifest;  /* good as far as it was read */
};
void bef_dossier_verdict_clear(struct bef_dossier_verdict *verdict);

/* Pass over a dossier once.  BEF_OK: *out says whether it is sound.  Other codes: it could not be read
 * (BEF_BROKEN: the encryption around it does not hold; the message says where). */
enum bef_rc bef_dossier_check(struct bef_source from, bool all_signatures, struct bef_dossier_verdict *out,
                              struct bef_err *err) BEF_MUST_CHECK;
