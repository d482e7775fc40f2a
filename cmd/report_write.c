/* SPDX-License-Identifier: EUPL-1.2 */
/* Writing a document or a paper of the incident, and putting any of them where it was asked for.  Declared in report.h. */
#include <stdio.h>
#include <string.h>

#include "act/incident.h"
#include "act/law.h"
#include "base/i18n.h"
#include "base/json.h"
#include "out.h"
#include "report.h"
#include "report/audience.h"
#include "typeset.h"

/* Who it is for is in the name: two documents that do not say the same are never one file. */
static void default_name(const char *word, const char *format, const struct bef_incident_row *row,
                         const struct bef_report_opts *opts, const struct bef_readership *audience, char out[BEF_PATH])
{
	char reader[32] = "";

	if (audience->reader)
		bef_fold(bef_lang() == BEF_FR ? bef_word_label(&bef_audiences, audience->reader) : audience->reader, reader, sizeof(reader));
	snprintf(out, BEF_PATH, "%s%s-%s-%s%s%s%s.%s", row->summary.drill ? tr("DRILL-") : "",
	         bef_lang() == BEF_FR ? "rapport" : "report", row->ref, word, *reader ? "-" : "", reader,
	         opts->anonymous ? tr("-anonymous") : "", format);
}

static enum bef_rc answer(struct bef_app *app, const char *path, const struct bef_text *text, int missing,
                          struct bef_err *err)
{
	struct bef_hash digest;
	char hex[BEF_HASH_HEX], size[32];
	json_t *object;
	bool ok = true;

	bef_sha256(bef_text_str(text), text->len, NULL, 0, &digest);
	bef_hex(digest.byte, sizeof(digest.byte), hex);
	if (app->g.json) {
		object = bef_json_begin("report");
		bef_json_put_text(object, "file", path, &ok);
		bef_json_put_int(object, "size", (int64_t)text->len, &ok);
		bef_json_put_text(object, "sha256", hex, &ok);
		bef_json_put_int(object, "to_complete", missing, &ok);
		return bef_put_json(object, err);
	}
	bef_put(app, BEF_STRONG, "%s", path);
	bef_put(app, BEF_PLAIN, "  %s  sha256 %.8s...%s\n", bef_size_format((int64_t)text->len, size), hex, hex + 56);
	if (missing)
		bef_talk(app, trn("%d item to complete, marked [to complete]", "%d items to complete, marked [to complete]", missing), missing);
	return BEF_OK;
}

enum bef_rc bef_report_deliver(struct bef_app *app, const struct bef_report_opts *opts, const char *name,
                               struct bef_text *text, int missing, struct bef_err *err)
{
	const char *path = opts->output ? opts->output : name;
	enum bef_rc rc = BEF_OK;

	if (opts->tagged)
		rc = bef_typeset_tagged(app, text, err);
	else if (opts->format && strcmp(opts->format, "pdf") == 0)
		rc = bef_typeset(app, text, err);
	if (rc == BEF_OK)
		rc = bef_put_file(app, path, opts->overwrite, text, err);

	return rc || strcmp(path, "-") == 0 ? rc : answer(app, path, text, missing, err);
}

void bef_report_witness(struct bef_app *app, const struct bef_report_opts *opts, const char *name)
{
	struct bef_err err = { 0 };
	char occasion[64];

	if (app->g.dry_run || (opts->output && strcmp(opts->output, "-") == 0))
		return;
	snprintf(occasion, sizeof(occasion), "report %s", name);
	bef_app_tick(app);
	if (bef_act_witness(&app->desk, occasion, &err) != BEF_OK)
		bef_talk(app, tr("no checkpoint was written: %s"), err.msg);
}

/* --- one of them --- */

static const char *word_of(const struct bef_report_choice *choice)
{
	if (choice->paper)
		return bef_paper_word(choice->paper);
	return bef_lang() == BEF_FR ? choice->report->fr : choice->report->en;
}

static enum bef_rc write_choice(struct bef_app *app, const struct bef_report_choice *choice, const char *format,
                                struct bef_report_input *in, struct bef_text *text, int *missing, struct bef_err *err)
{
	BEF_AUTO(legal) legal = { 0 };
	BEF_AUTO_STORE *store = NULL;
	enum bef_rc rc;

	if (choice->report && !choice->report->needs_profile)
		return bef_report_write(choice->report, format, in, text, missing, err);
	rc = bef_app_read(app, &store, err);
	if (rc == BEF_OK)
		rc = bef_legal_load(&app->desk, store, &legal, err);
	in->profile = legal.profile;
	in->law = legal.law;
	if (rc == BEF_OK && choice->report)
		rc = bef_report_write(choice->report, format, in, text, missing, err);
	else if (rc == BEF_OK)
		rc = bef_paper_write(choice->paper, format, in, text, missing, err);
	return rc;
}

/* Only a document for people can leave something out. */
static enum bef_rc check_opts(const struct bef_report_opts *opts, const struct bef_report_choice *choice, const char *format,
                              struct bef_err *err)
{
	bool decides = opts->audience || opts->anonymous;

	if (decides && choice->paper)
		return bef_fail(err, BEF_USAGE, "%s", tr("a paper names whoever answers for the organisation: --audience and --anonymous are for documents"));
	if (decides && strcmp(format, "json") == 0)
		return bef_fail(err, BEF_USAGE, "%s", tr("the JSON form holds everything: --audience and --anonymous are for html and md"));
	if (opts->since && (!choice->report || strcmp(choice->report->en, "handover") != 0))
		return bef_fail(err, BEF_USAGE, "%s", tr("--since is for a handover: beffroi report handover --since 08:00"));
	return BEF_OK;
}

/* Who it is for, and since when; warns before the file is there that the marking does not allow that reader. */
static enum bef_rc choose(struct bef_app *app, const struct bef_report_opts *opts, const struct bef_case *c,
                          struct bef_readership *audience, int64_t *since_ms, struct bef_err *err)
{
	const char *reader = NULL;
	enum bef_rc rc = bef_app_word(&bef_audiences, opts->audience, NULL, &reader, err);

	if (rc == BEF_OK)
		rc = bef_app_time(app, opts->since, BEF_WHEN_FACT, since_ms, err);
	if (rc == BEF_OK)
		rc = bef_readership_init(audience, reader, opts->anonymous, c, err);
	if (rc == BEF_OK && !bef_readership_may_read(reader, c->tlp))
		bef_talk(app, tr("%s does not allow this reader: decide first, then beffroi qualify --tlp"), bef_word_label(&bef_tlps, c->tlp));
	return rc;
}

enum bef_rc bef_report_one(struct bef_app *app, const struct bef_report_opts *opts, const struct bef_report_choice *choice,
                             struct bef_err *err)
{
	const char *format = opts->format ? opts->format : "html";
	BEF_AUTO(text) text = { .max = 1 << 30 };
	BEF_AUTO_CASE *c = NULL;
	struct bef_incident_row row;
	BEF_AUTO(readership) audience = { .reader = NULL };
	struct bef_report_input in;
	char path[BEF_PATH];
	int64_t since_ms = 0;
	int missing = 0;
	enum bef_rc rc = check_opts(opts, choice, format, err);

	if (rc == BEF_OK)
		rc = bef_app_case(app, &c, &row, err);
	if (rc == BEF_OK)
		rc = choose(app, opts, c, &audience, &since_ms, err);
	if (rc)
		return rc;
	in = (struct bef_report_input){ .c = c, .ref = row.ref, .organisation = app->desk.organisation,
		                        .author = app->desk.pen.author, .now_ms = app->desk.pen.now_ms,
		                        .audience = &audience, .since_ms = since_ms };
	rc = write_choice(app, choice, format, &in, &text, &missing, err);
	default_name(word_of(choice), opts->tagged ? "pdf" : format, &row, opts, &audience, path);
	if (rc == BEF_OK)
		rc = bef_report_deliver(app, opts, path, &text, missing, err);
	if (rc == BEF_OK)
		bef_report_witness(app, opts, choice->report ? choice->report->en : choice->paper->id);
	return rc;
}
