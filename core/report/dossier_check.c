/* SPDX-License-Identifier: EUPL-1.2 */
/* One pass over a dossier.  Declared in dossier.h. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "report/dossier_parts.h"

enum { PIECE = 1 << 16, MANIFEST_MOST = 64 << 20 };

void bef_dossier_flaw(struct bef_dossier_pass *pass, const char *place, int64_t line, const char *fmt, ...)
{
	struct bef_dossier_verdict *v = pass->verdict;
	va_list args;

	if (v->broken)
		return;
	v->broken = true;
	if (line)
		snprintf(v->place, sizeof(v->place), "%s line %lld", place, (long long)line);
	else
		snprintf(v->place, sizeof(v->place), "%s", place);
	va_start(args, fmt);
	vsnprintf(v->flaw, sizeof(v->flaw), fmt, args);
	va_end(args);
}

/* --- what entries say --- */

static enum bef_rc claim(struct bef_claims *claims, const char *hex, int64_t line, struct bef_err *err)
{
	struct bef_claim *place;
	struct bef_hash digest;

	if (!hex || !bef_unhex(hex, digest.byte, sizeof(digest.byte)))
		return BEF_OK;
	place = bef_case_grow(&claims->item, &claims->count, sizeof(*place));
	if (!place)
		return bef_no_memory(err);
	*place = (struct bef_claim){ digest, line };
	return BEF_OK;
}

static enum bef_rc count_post(struct bef_dossier_pass *pass, const struct bef_entry *entry, struct bef_err *err)
{
	struct bef_post_count *place;

	for (size_t i = 0; i < pass->posts; i++)
		if (memcmp(pass->post[i].post, entry->post, sizeof(entry->post)) == 0) {
			pass->post[i].entries++;
			return BEF_OK;
		}
	place = bef_case_grow(&pass->post, &pass->posts, sizeof(*place));
	if (!place)
		return bef_no_memory(err);
	memcpy(place->post, entry->post, sizeof(place->post));
	place->entries = 1;
	return BEF_OK;
}

static enum bef_rc see_entry(void *arg, int64_t line, const struct bef_entry *entry, const json_t *body,
                             struct bef_err *err)
{
	struct bef_dossier_pass *pass = arg;
	enum bef_rc rc = count_post(pass, entry, err);

	if (rc == BEF_OK && body && strcmp(entry->kind, "evidence.collected") == 0 && bef_json_bool(body, "copied"))
		rc = claim(&pass->evidence, bef_json_text(body, "sha256"), line, err);
	if (rc == BEF_OK && body && bef_json_text(body, "document"))
		rc = claim(&pass->playbooks, bef_json_text(body, "sha256"), line, err);
	return rc;
}

/* The manifest comes later: what is said of other incidents is left for then. */
static enum bef_rc see_witness(void *arg, int64_t line, const struct bef_entry *entry, const json_t *body,
                               struct bef_err *err)
{
	struct bef_dossier_pass *pass = arg;
	const json_t *heads = json_object_get(body, "heads");
	struct bef_uuid incident;
	enum bef_rc rc;

	(void)entry;
	if (!body || !bef_uuid_parse(bef_json_text_or(body, "incident", ""), &incident) ||
	    memcmp(&incident, &pass->journal.log, sizeof(incident)) != 0)
		return BEF_OK;
	rc = claim(&pass->witness, bef_json_text(body, "opened"), line, err);
	for (size_t i = 0; i < json_array_size(heads) && rc == BEF_OK; i++)
		rc = claim(&pass->witness, json_string_value(json_array_get(heads, i)), line, err);
	return rc;
}

/* --- one member --- */

/* What becomes of a member's bytes, besides their digest. */
struct use {
	struct bef_chain *chain; /* lines of a journal; or NULL */
	struct bef_text *keep;   /* or NULL */
	struct bef_text line;    /* the start of one whose end has not come */
	const char *name;
};

static enum bef_rc feed_lines(struct use *use, const char *data, size_t len, struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;

	while (len > 0 && rc == BEF_OK) {
		const char *end = memchr(data, '\n', len);
		size_t piece = end ? (size_t)(end - data) : len;

		bef_text_add(&use->line, data, piece);
		if (use->line.failed)
			return use->line.full ? bef_fail(err, BEF_REFUSED, "%s", tr("a line is too long to be an entry"))
			                      : bef_no_memory(err);
		if (end) {
			rc = bef_chain_line(use->chain, bef_text_str(&use->line), use->line.len, err);
			use->line.len = 0;
		}
		piece += end != NULL;
		data += piece;
		len -= piece;
	}
	return rc;
}

static enum bef_rc feed(struct use *use, const char *data, size_t len, struct bef_err *err)
{
	if (use->chain)
		return feed_lines(use, data, len, err);
	if (!use->keep)
		return BEF_OK;
	bef_text_add(use->keep, data, len);
	if (use->keep->full)
		return bef_fail(err, BEF_REFUSED, "%s", tr("it is too long"));
	return bef_text_rc(use->keep, err);
}

/* To its end, hashing.  BEF_REFUSED: too long for what it is. */
static enum bef_rc read_member(struct bef_dossier_pass *pass, struct use *use, struct bef_hash *digest, struct bef_err *err)
{
	struct bef_sha256_state state;
	char piece[PIECE];
	enum bef_rc rc;
	size_t got;

	bef_sha256_start(&state);
	do {
		rc = bef_tar_get(&pass->tar, piece, sizeof(piece), &got, err);
		bef_sha256_more(&state, piece, got);
		if (rc == BEF_OK)
			rc = feed(use, piece, got, err);
	} while (rc == BEF_OK && got > 0);
	bef_sha256_end(&state, digest);
	if (rc == BEF_OK && use->line.len > 0)
		rc = bef_chain_line(use->chain, use->line.data, use->line.len, err);
	bef_text_clear(&use->line);
	return rc;
}

static void choose_use(struct bef_dossier_pass *pass, const char *name, struct bef_text *sig, struct use *use)
{
	use->name = name;
	use->line.max = BEF_LINE_MOST;
	if (strcmp(name, "journal/journal.ndjson") == 0)
		use->chain = &pass->journal;
	else if (strcmp(name, "journal/organisation.ndjson") == 0)
		use->chain = &pass->organisation;
	else if (strcmp(name, "manifest.json") == 0)
		use->keep = &pass->verdict->manifest_text;
	else if (strcmp(name, "manifest.sig") == 0)
		use->keep = sig;
	else if (strcmp(name, "manifest.tsr") == 0)
		use->keep = &pass->verdict->stamp;
}

/* "REF-dossier/name" -> name; the first member's folder is everybody's. */
static const char *name_in_folder(struct bef_dossier_pass *pass)
{
	const char *slash = strchr(pass->tar.name, '/');
	size_t len = slash ? (size_t)(slash - pass->tar.name) : 0;

	if (!slash)
		return NULL;
	if (!*pass->folder)
		memcpy(pass->folder, pass->tar.name, len);
	return strlen(pass->folder) == len && memcmp(pass->folder, pass->tar.name, len) == 0 ? slash + 1 : NULL;
}

static enum bef_rc see_member(struct bef_dossier_pass *pass, struct bef_err *err)
{
	const char *name = name_in_folder(pass);
	BEF_AUTO(text) sig = { .max = BEF_SIG_SIZE };
	struct use use = { .chain = NULL };
	struct bef_dossier_member *member;
	enum bef_rc rc;

	if (!name)
		return bef_fail(err, BEF_BROKEN, "%s", tr("it is not in the folder of the dossier"));
	if (pass->seen.count >= BEF_DOSSIER_MEMBERS_MOST)
		return bef_fail(err, BEF_BROKEN, "%s", tr("there are too many files in it"));
	member = bef_case_grow(&pass->seen.item, &pass->seen.count, sizeof(*member));
	if (!member)
		return bef_no_memory(err);
	snprintf(member->name, sizeof(member->name), "%s", name);
	member->size = pass->tar.size;
	choose_use(pass, name, &sig, &use);
	if (member->size > BEF_DOSSIER_HURRY)
		bef_sha256_hurry();
	if (use.keep && use.keep->len > 0) /* a second one: told as such at the end */
		use.keep = NULL;
	if (use.chain && use.chain->lines > 0)
		use.chain = NULL;
	rc = read_member(pass, &use, &member->sha256, err);
	if (sig.len == sizeof(pass->sig))
		memcpy(pass->sig, sig.data, sizeof(pass->sig));
	return rc;
}

/* --- all of them --- */

static const char *place_of(const struct bef_dossier_pass *pass)
{
	size_t len = strlen(pass->folder);
	const char *name = pass->tar.name;

	return len && strncmp(name, pass->folder, len) == 0 && name[len] == '/' ? name + len + 1 : name;
}

static enum bef_rc pass_over(struct bef_dossier_pass *pass, struct bef_err *err)
{
	int64_t before;
	enum bef_rc rc;

	do {
		before = pass->tar.offset;
		rc = bef_tar_next(&pass->tar, err);
		if (rc == BEF_OK)
			rc = see_member(pass, err);
	} while (rc == BEF_OK);
	if (rc == BEF_NOT_FOUND)
		return BEF_OK;
	if (rc != BEF_BROKEN && rc != BEF_REFUSED)
		return rc;
	if (*pass->tar.name)
		bef_dossier_flaw(pass, place_of(pass), 0, "%s", err->msg);
	else
		bef_dossier_flaw(pass, "", 0, tr("%s (the member that starts at byte %lld)"), err->msg, (long long)before);
	return BEF_OK;
}

static void let_go(struct bef_dossier_pass *pass)
{
	bef_chain_clear(&pass->journal);
	bef_chain_clear(&pass->organisation);
	free(pass->seen.item);
	free(pass->evidence.item);
	free(pass->playbooks.item);
	free(pass->witness.item);
	free(pass->post);
}

void bef_dossier_verdict_clear(struct bef_dossier_verdict *verdict)
{
	bef_text_clear(&verdict->manifest_text);
	bef_text_clear(&verdict->stamp);
	bef_manifest_clear(&verdict->manifest);
}

enum bef_rc bef_dossier_check(struct bef_source from, bool all_signatures, struct bef_dossier_verdict *out,
                              struct bef_err *err)
{
	struct bef_dossier_pass pass = { .tar = { .from = from }, .verdict = out };
	enum bef_rc rc;

	*out = (struct bef_dossier_verdict){ .manifest_text = { .max = MANIFEST_MOST },
		                             .stamp = { .max = BEF_DOSSIER_STAMP_MOST } };
	pass.journal.all_signatures = pass.organisation.all_signatures = all_signatures;
	pass.journal.each = see_entry;
	pass.organisation.each = see_witness;
	pass.journal.arg = pass.organisation.arg = &pass;
	rc = pass_over(&pass, err);
	if (rc == BEF_OK && !out->broken)
		bef_dossier_judge(&pass);
	if (pass.no_memory)
		rc = bef_no_memory(err);
	let_go(&pass);
	return rc;
}
