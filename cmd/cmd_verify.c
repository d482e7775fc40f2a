/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "dossier.h"
#include "out.h"
#include "store/verify.h"

struct verify_opts {
	const char *head, *key, *passphrase_file;
	bool all, no_evidence;
};

static const struct bef_opt verify_options[] = {
	BEF_TEXT(struct verify_opts, head, 0, "head", "tete", N_("HEAD"), N_("a head that was printed or written down: its entry must still be there")),
	BEF_FLAG(struct verify_opts, all, 0, "all-signatures", "toutes", N_("check every signature, not only the last of each post")),
	BEF_FLAG(struct verify_opts, no_evidence, 0, "no-evidence", "sans-pieces", N_("do not read the evidence files again")),
	BEF_FILE(struct verify_opts, key, 0, "key", "cle", N_("FILE"), N_("of a locked dossier: the key file of an age recipient")),
	BEF_FILE(struct verify_opts, passphrase_file, 0, "passphrase-file", "fichier-phrase", N_("FILE"), N_("of a locked dossier: the file whose first line is its passphrase")),
	BEF_OPT_END,
};

static void progress(void *arg, int percent)
{
	const struct bef_app *app = arg;

	if (app->err_tty && !app->g.quiet)
		fprintf(stderr, percent < 100 ? "\r%3d %%" : "\r     \r", percent);
}

static enum bef_rc broken(struct bef_verdict *verdict, struct bef_err *err)
{
	if (verdict->number && *verdict->ref)
		bef_fail(err, BEF_BROKEN, tr("BROKEN at %s #%lld: %.300s"), verdict->ref, (long long)verdict->number,
		         verdict->flaw);
	else if (*verdict->ref)
		bef_fail(err, BEF_BROKEN, tr("BROKEN in %s: %.300s"), verdict->ref, verdict->flaw);
	else
		bef_fail(err, BEF_BROKEN, tr("BROKEN: %.300s"), verdict->flaw);
	bef_hint(err, "%s", *verdict->remedy ? verdict->remedy
	                                     : tr("touch nothing; copy the whole directory before anything else"));
	return BEF_BROKEN;
}

/* The furthest end this account has seen must still be there: an older copy put back is noticed. */
static enum bef_rc check_memory(void *arg, const struct bef_incident_row *row, struct bef_err *err)
{
	struct bef_app *app = ((void **)arg)[0];
	struct bef_store *store = ((void **)arg)[1];
	struct bef_hash head, found;
	char hex[BEF_HASH_HEX];
	int64_t entries;
	enum bef_rc rc;

	if (!bef_desk_head(&app->desk, &row->uuid, &entries, &head))
		return BEF_OK;
	bef_hex(head.byte, sizeof(head.byte), hex);
	rc = bef_store_head_like(store, row->log, hex, &found, err);
	if (rc != BEF_NOT_FOUND)
		return rc;
	bef_fail(err, BEF_BROKEN, tr("BROKEN in %s: this account saw %lld entries up to head %.20s, which is gone"), row->ref,
	         (long long)entries, hex);
	bef_hint(err, "%s", tr("its end was cut off, or an older copy was put back"));
	return BEF_BROKEN;
}

static enum bef_rc check_head(struct bef_app *app, struct bef_store *store, const char *text, struct bef_err *err)
{
	char digits[BEF_HASH_HEX];
	struct bef_hash id;
	int64_t log;
	enum bef_rc rc;

	if (!bef_head_parse(text, digits)) {
		bef_fail(err, BEF_USAGE, tr("'%.60s' is not a head"), text);
		bef_hint(err, "%s", tr("a head is twenty digits, like 7F3A-09C1-22B0-4E5D-81AA"));
		return BEF_USAGE;
	}
	rc = bef_desk_resolve(&app->desk, store, &log, err);
	if (rc)
		return rc;
	rc = bef_store_head_like(store, log, digits, &id, err);
	if (rc != BEF_NOT_FOUND)
		return rc;
	bef_fail(err, BEF_BROKEN, tr("BROKEN: the entry with head %.60s is not in this journal"), text);
	bef_hint(err, "%s", tr("its end was cut off, or this is another incident (-i N)"));
	return BEF_BROKEN;
}

static enum bef_rc put_verdict(struct bef_app *app, const struct bef_verdict *v, struct bef_err *err)
{
	BEF_AUTO(text) text = { .max = 2000 };
	json_t *object;
	bool ok = true;

	if (app->g.json) {
		object = bef_json_begin("verdict");
		bef_json_put_bool(object, "sound", !v->broken, &ok);
		bef_json_put_int(object, "entries", v->entries, &ok);
		bef_json_put_int(object, "erased", v->erased, &ok);
		bef_json_put_int(object, "journals", v->logs, &ok);
		bef_json_put_int(object, "signatures", v->signatures, &ok);
		bef_json_put_int(object, "evidence", v->evidence, &ok);
		if (v->broken)
			bef_json_put(object, "broken", json_pack("{s:s, s:I, s:s}", "incident", v->ref, "number",
			                                         (json_int_t)v->number, "flaw", v->flaw), &ok);
		return bef_put_json(object, err);
	}
	if (v->broken)
		return BEF_OK;
	bef_put(app, BEF_GOOD, tr("Sound: "));
	bef_text_printf(&text, tr("%lld entries in %lld journals, chain whole, %lld signatures checked"),
	                (long long)v->entries, (long long)v->logs, (long long)v->signatures);
	if (v->evidence)
		bef_text_printf(&text, tr(", %lld evidence files match"), (long long)v->evidence);
	if (v->erased)
		bef_text_printf(&text, tr(", %lld texts erased by an entry that says so"), (long long)v->erased);
	bef_text_putc(&text, '.');
	bef_wrap_text(app, BEF_PLAIN, (int)bef_text_width(tr("Sound: ")), 2, &text);
	return BEF_OK;
}

static enum bef_rc verify_run(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	const struct verify_opts *opts = opts_;
	const struct bef_verify_options how = { .all_signatures = opts->all, .evidence = !opts->no_evidence,
		                                .progress = progress, .arg = app };
	BEF_AUTO_STORE *store = NULL;
	struct bef_verdict verdict;
	enum bef_rc rc;

	if (count > 0)
		return bef_verify_dossier(app, words[0], &(struct bef_verify_dossier_opts){ opts->key, opts->passphrase_file,
		                                                                            opts->all }, err);
	rc = bef_app_read(app, &store, err);
	if (rc == BEF_OK)
		rc = bef_store_verify(store, &how, &verdict, err);
	if (rc)
		return rc;
	/* What is known from elsewhere comes first: nothing is called sound before it was asked. */
	if (!verdict.broken)
		rc = bef_store_incidents(store, true, BEF_NO_LIMIT, check_memory, (void *[]){ app, store }, err);
	if (rc == BEF_OK && !verdict.broken && opts->head)
		rc = check_head(app, store, opts->head, err);
	if (rc == BEF_OK)
		rc = put_verdict(app, &verdict, err);
	if (rc == BEF_OK && verdict.broken)
		return broken(&verdict, err);
	return rc;
}

const struct bef_cmd bef_cmd_verify = {
	.en = "verify", .fr = "verifier",
	.group = BEF_GROUP_PROOF,
	.summary = N_("recompute everything: chain, signatures, evidence"),
	.about = N_("Says the first broken entry; exit status 5. A journal whose end was cut off is caught by a head known elsewhere: give the one printed in a report or written on paper with --head.\n\nFILE: a sealed dossier ('report dossier'), checked by itself: no journal is needed."),
	.examples_en = "beffroi verify\nbeffroi verify --head 7F3A-09C1-22B0-4E5D-81AA\nbeffroi verify INC-2026-001-dossier.tar\n",
	.examples_fr = "beffroi verifier\nbeffroi verifier --tete 7F3A-09C1-22B0-4E5D-81AA\nbeffroi verifier INC-2026-001-dossier.tar\n",
	.args = N_("[FILE]"),
	.most_words = 1,
	.opts = verify_options, .opts_size = sizeof(struct verify_opts),
	.run = verify_run,
};
