/* SPDX-License-Identifier: EUPL-1.2 */
/* What one pass over a dossier amounts to.  Declared in dossier_parts.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "report/dossier_parts.h"

/* The place of a member that the dossier cannot do without, or -1. */
static int64_t find(const struct bef_dossier_members *members, const char *name)
{
	for (size_t i = 0; i < members->count; i++)
		if (strcmp(members->item[i].name, name) == 0)
			return (int64_t)i;
	return -1;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void check_twice(struct bef_dossier_pass *pass)
{
	const char **names = calloc(pass->seen.count + 1, sizeof(*names));

	pass->no_memory = !names;
	for (size_t i = 0; names && i < pass->seen.count; i++)
		names[i] = pass->seen.item[i].name;
	if (names)
		qsort(names, pass->seen.count, sizeof(*names), by_name);
	for (size_t i = 1; names && i < pass->seen.count; i++)
		if (strcmp(names[i - 1], names[i]) == 0)
			bef_dossier_flaw(pass, names[i], 0, "%s", tr("it is in the archive twice"));
	free(names);
}

/* --- the manifest --- */

static void check_seal(struct bef_dossier_pass *pass)
{
	struct bef_dossier_verdict *v = pass->verdict;
	enum bef_rc rc;
	static const char *const needed[] = { "manifest.json", "manifest.sig", "SHA256SUMS", "journal/journal.ndjson" };

	for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++)
		if (find(&pass->seen, needed[i]) < 0)
			bef_dossier_flaw(pass, needed[i], 0, "%s", tr("it is missing"));
	if (v->broken)
		return;
	rc = bef_manifest_read(&v->manifest_text, &v->manifest);
	pass->no_memory = pass->no_memory || rc == BEF_FAILED;
	if (rc) {
		bef_dossier_flaw(pass, "manifest.json", 0, "%s", tr("it is not a manifest in canonical form"));
		return;
	}
	bef_sha256(v->manifest_text.data, v->manifest_text.len, NULL, 0, &v->digest);
	v->signatures++;
	if (!bef_signature_ok(v->manifest.post, &v->digest, pass->sig))
		bef_dossier_flaw(pass, "manifest.json", 0, "%s",
		                 tr("the signature in manifest.sig is not that of the post over it"));
}

static void check_folder(struct bef_dossier_pass *pass)
{
	char folder[BEF_TAR_NAME];

	snprintf(folder, sizeof(folder), "%s-dossier", pass->verdict->manifest.ref);
	if (strcmp(folder, pass->folder) != 0 || pass->tar.first_mtime_s != pass->verdict->manifest.created_at_ms / 1000)
		bef_dossier_flaw(pass, "manifest.json", 0, "%s", tr("it is the manifest of another archive"));
}

/* --- the members --- */

static int by_digest(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct bef_hash)); /* the digest comes first in all that is sorted here */
}

/* Which texts may be missing is in the manifest; of the organisation's journal, any. */
static void check_chain(struct bef_dossier_pass *pass, struct bef_chain *chain, const char *name)
{
	const struct bef_manifest *m = &pass->verdict->manifest;
	struct bef_hash *left_out = calloc(m->left_out_count + 1, sizeof(*left_out));
	struct bef_chain_gaps gaps = { .any = chain == &pass->organisation, .id = left_out,
		                       .count = left_out ? m->left_out_count : 0 };

	pass->no_memory = pass->no_memory || !left_out;
	for (size_t i = 0; i < gaps.count; i++)
		left_out[i] = m->left_out[i].id;
	if (gaps.count)
		qsort(left_out, gaps.count, sizeof(*left_out), by_digest);
	bef_chain_finish(chain, &gaps);
	free(left_out);
	if (*chain->flaw)
		bef_dossier_flaw(pass, name, chain->flaw_line, "%s", chain->flaw);
	pass->verdict->signatures += chain->signatures;
}

/* A journal whose bytes changed: the line says more than the digest. */
static void bad_digest(struct bef_dossier_pass *pass, const char *name)
{
	if (strcmp(name, "journal/journal.ndjson") == 0)
		check_chain(pass, &pass->journal, name);
	else if (strcmp(name, "journal/organisation.ndjson") == 0)
		check_chain(pass, &pass->organisation, name);
	bef_dossier_flaw(pass, name, 0, "%s", tr("it does not match its digest in the manifest"));
}

/* The same files, in the same order, then the seal. */
static void check_members(struct bef_dossier_pass *pass)
{
	const struct bef_dossier_members *listed = &pass->verdict->manifest.members;
	static const char *const seal[] = { "manifest.json", "manifest.sig", "manifest.tsr" };
	size_t i;

	for (i = 0; i < listed->count || i < pass->seen.count; i++) {
		const struct bef_dossier_member *is = i < pass->seen.count ? &pass->seen.item[i] : NULL;
		const struct bef_dossier_member *said = i < listed->count ? &listed->item[i] : NULL;
		size_t of_seal = i - listed->count;

		if (said && (!is || strcmp(is->name, said->name) != 0) && find(&pass->seen, said->name) < 0)
			bef_dossier_flaw(pass, said->name, 0, "%s", tr("it is missing"));
		else if (said ? strcmp(is->name, said->name) != 0 : of_seal > 2 || strcmp(is->name, seal[of_seal]) != 0)
			bef_dossier_flaw(pass, is->name, 0, "%s", tr("the manifest does not have it, or not in this place"));
		else if (said && (is->size != said->size || !bef_hash_equal(&is->sha256, &said->sha256)))
			bad_digest(pass, said->name);
		if (pass->verdict->broken)
			return;
	}
	pass->verdict->members = (int64_t)listed->count;
	pass->verdict->has_stamp = pass->seen.count == listed->count + 3;
}

static void check_sums(struct bef_dossier_pass *pass)
{
	BEF_AUTO(text) sums = { .max = 1 << 30 };
	struct bef_hash digest;

	bef_dossier_sums(&pass->verdict->manifest.members, &sums);
	pass->no_memory = pass->no_memory || sums.failed;
	bef_sha256(bef_text_str(&sums), sums.len, NULL, 0, &digest);
	if (!bef_hash_equal(&digest, &pass->seen.item[find(&pass->seen, "SHA256SUMS")].sha256))
		bef_dossier_flaw(pass, "SHA256SUMS", 0, "%s", tr("it does not say what the manifest says"));
}

/* --- the journals --- */

static bool is_head(const struct bef_manifest *m, const struct bef_hash *id)
{
	for (unsigned i = 0; i < m->head_count; i++)
		if (bef_hash_equal(&m->head[i], id))
			return true;
	return false;
}

/* What the manifest says of the journal, against the journal. */
static void check_end(struct bef_dossier_pass *pass)
{
	const struct bef_manifest *m = &pass->verdict->manifest;
	const struct bef_chain *chain = &pass->journal;
	unsigned heads = 0;

	for (size_t i = 0; i < chain->count; i++) {
		heads += !chain->item[i].followed;
		if (!chain->item[i].followed && !is_head(m, &chain->item[i].id))
			bef_dossier_flaw(pass, "journal/journal.ndjson", chain->item[i].line, "%s",
			                 tr("it ends the journal, and the manifest names another end"));
	}
	if (heads != m->head_count || (int64_t)chain->count != m->entries ||
	    memcmp(&chain->log, &m->incident, sizeof(chain->log)) != 0)
		bef_dossier_flaw(pass, "journal/journal.ndjson", 0, "%s",
		                 tr("it is not the journal that the manifest describes: its end was cut off, or it is another's"));
	for (size_t i = 0; i < m->left_out_count; i++) {
		const struct bef_chain_item *item = bef_chain_find(chain, &m->left_out[i].id);

		if (!item || item->line != m->left_out[i].number)
			bef_dossier_flaw(pass, "manifest.json", 0, tr("entry #%lld, which it says is left out, is not in the journal"),
			                 (long long)m->left_out[i].number);
	}
}

static void check_journal(struct bef_dossier_pass *pass)
{
	check_chain(pass, &pass->journal, "journal/journal.ndjson");
	if (!pass->verdict->broken)
		check_end(pass);
}

/* The organisation's journal saw this incident's opening and heads: they must be there. */
static void check_witness(struct bef_dossier_pass *pass)
{
	const char *name = "journal/organisation.ndjson";
	bool is_there = find(&pass->seen, name) >= 0;

	if (is_there != pass->verdict->manifest.has_organisation)
		bef_dossier_flaw(pass, name, 0, "%s", tr("the manifest says otherwise of whether it is there"));
	if (!is_there)
		return;
	check_chain(pass, &pass->organisation, name);
	if (memcmp(&pass->organisation.log, &pass->verdict->manifest.organisation, sizeof(struct bef_uuid)) != 0)
		bef_dossier_flaw(pass, name, 0, "%s", tr("it is not the journal that the manifest names"));
	for (size_t i = 0; i < pass->witness.count; i++)
		if (!bef_chain_find(&pass->journal, &pass->witness.item[i].sha256))
			bef_dossier_flaw(pass, name, pass->witness.item[i].line, "%s",
			                 tr("it saw an entry of this incident that the journal does not have: its end was cut off"));
	pass->verdict->organisation = (int64_t)pass->organisation.count;
}

/* --- the files that the journal names --- */

static bool claimed(const struct bef_claims *claims, const struct bef_hash *digest)
{
	return claims->count && bsearch(digest, claims->item, claims->count, sizeof(*claims->item), by_digest);
}

static void sort(struct bef_claims *claims)
{
	if (claims->count)
		qsort(claims->item, claims->count, sizeof(*claims->item), by_digest);
}

/* The name of each file is its digest, and an entry speaks of it. */
static void check_files(struct bef_dossier_pass *pass, const char *folder, size_t digits, const struct bef_claims *claims)
{
	size_t start = strlen(folder);
	char hex[BEF_HASH_HEX];

	for (size_t i = 0; i < pass->seen.count; i++) {
		const struct bef_dossier_member *member = &pass->seen.item[i];

		if (strncmp(member->name, folder, start) != 0 || strcmp(member->name, "evidence/index.txt") == 0)
			continue;
		bef_hex(member->sha256.byte, BEF_HASH_SIZE, hex);
		if (strncmp(member->name + start, hex, digits) != 0)
			bef_dossier_flaw(pass, member->name, 0, "%s", tr("its name is not its digest: it was changed"));
		else if (!claimed(claims, &member->sha256))
			bef_dossier_flaw(pass, member->name, 0, "%s", tr("no entry of the journal speaks of it"));
	}
}

/* Digests of the evidence that is there, sorted, to look for each that should be. */
static void check_evidence(struct bef_dossier_pass *pass)
{
	struct bef_dossier_verdict *v = pass->verdict;
	struct bef_claims there = { .count = 0 };

	for (size_t i = 0; i < pass->seen.count; i++) {
		const struct bef_dossier_member *member = &pass->seen.item[i];
		struct bef_claim *place;

		if (strncmp(member->name, "evidence/", 9) != 0 || strcmp(member->name, "evidence/index.txt") == 0)
			continue;
		place = bef_case_grow(&there.item, &there.count, sizeof(*place));
		pass->no_memory = pass->no_memory || !place;
		if (place)
			*place = (struct bef_claim){ member->sha256, 0 };
	}
	sort(&there);
	v->evidence = (int64_t)there.count;
	for (size_t i = 0; i < pass->evidence.count; i++) {
		bool twin = i > 0 && by_digest(&pass->evidence.item[i - 1], &pass->evidence.item[i]) == 0;

		if (twin || claimed(&there, &pass->evidence.item[i].sha256))
			continue;
		v->evidence_absent++;
		if (!v->manifest.no_evidence)
			bef_dossier_flaw(pass, "journal/journal.ndjson", pass->evidence.item[i].line, "%s",
			                 tr("the file that it collected is not in evidence/"));
	}
	free(there.item);
}

void bef_dossier_judge(struct bef_dossier_pass *pass)
{
	struct bef_dossier_verdict *v = pass->verdict;
	void (*const checks[])(struct bef_dossier_pass *) = { check_twice,  check_seal,    check_folder, check_members,
		                                              check_sums,   check_journal, check_witness };

	for (size_t i = 0; i < sizeof(checks) / sizeof(*checks) && !v->broken && !pass->no_memory; i++)
		checks[i](pass);
	if (v->broken || pass->no_memory)
		return;
	sort(&pass->evidence);
	sort(&pass->playbooks);
	check_files(pass, "evidence/", 64, &pass->evidence);
	check_files(pass, "playbooks/", 16, &pass->playbooks);
	check_evidence(pass);
	v->entries = (int64_t)pass->journal.count;
	v->erased = pass->journal.gone - (int64_t)v->manifest.left_out_count;
	for (size_t i = 0; i < pass->posts; i++)
		if (memcmp(pass->post[i].post, v->manifest.post, BEF_KEY_SIZE) == 0)
			v->by_post = pass->post[i].entries;
}
