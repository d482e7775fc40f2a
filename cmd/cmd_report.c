/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "act/incident.h"
#include "ask.h"
#include "base/i18n.h"
#include "base/json.h"
#include "out.h"
#include "report/report.h"

struct report_opts {
	const char *format, *output;
	bool overwrite;
};

static const struct bef_opt report_options[] = {
	BEF_TEXT(struct report_opts, format, 'f', "format", "format", N_("FORMAT"), N_("html (default), md or json")),
	BEF_FILE(struct report_opts, output, 'o', "output", "sortie", N_("FILE"), N_("where to; - is standard output")),
	BEF_FLAG(struct report_opts, overwrite, 0, "overwrite", "ecraser", N_("replace a file that is there")),
	BEF_OPT_END,
};

static void default_name(const struct bef_report *report, const char *format, const struct bef_incident_row *row,
                         char out[BEF_PATH])
{
	bool fr = bef_lang() == BEF_FR;

	snprintf(out, BEF_PATH, "%s%s-%s-%s.%s", row->summary.drill ? tr("DRILL-") : "", fr ? "rapport" : "report", row->ref,
	         fr ? report->fr : report->en, format);
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

/* From now on the organisation's journal witnesses where this incident's ended; a reader without
 * write access still gets the report. */
static void witness(struct bef_app *app, const struct bef_report *report)
{
	struct bef_err err = { 0 };
	char occasion[64];

	snprintf(occasion, sizeof(occasion), "report %s", report->en);
	bef_app_tick(app);
	if (bef_act_witness(&app->desk, occasion, &err) != BEF_OK)
		bef_talk(app, tr("no checkpoint was written: %s"), err.msg);
}

static enum bef_rc report_run(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	const struct report_opts *opts = opts_;
	const char *format = opts->format ? opts->format : "html";
	const struct bef_report *report = bef_report_find(count > 0 ? words[0] : "full");
	BEF_AUTO(text) text = { .max = 1 << 30 };
	BEF_AUTO_CASE *c = NULL;
	struct bef_incident_row row;
	struct bef_report_input in;
	char path[BEF_PATH];
	int missing;
	enum bef_rc rc;

	if (!report) {
		bef_fail(err, BEF_USAGE, tr("there is no report '%.40s'"), words[0]);
		bef_hint(err, "%s", tr("one of: full"));
		return BEF_USAGE;
	}
	rc = bef_app_case(app, &c, &row, err);
	if (rc)
		return rc;
	in = (struct bef_report_input){ .c = c, .ref = row.ref, .organisation = app->desk.organisation,
		                        .author = app->desk.pen.author, .now_ms = app->desk.pen.now_ms };
	rc = bef_report_write(report, format, &in, &text, &missing, err);
	if (rc)
		return rc;
	if (opts->output && strcmp(opts->output, "-") == 0)
		return bef_put_file(app, "-", false, &text, err);
	default_name(report, format, &row, path);
	if (opts->output)
		snprintf(path, sizeof(path), "%.4000s", opts->output);
	rc = bef_put_file(app, path, opts->overwrite, &text, err);
	if (rc == BEF_OK)
		rc = answer(app, path, &text, missing, err);
	if (rc == BEF_OK && !app->g.dry_run)
		witness(app, report);
	return rc;
}

const struct bef_cmd bef_cmd_report = {
	.en = "report", .fr = "rapport",
	.group = BEF_GROUP_GESTURES,
	.summary = N_("write the report"),
	.args = N_("[full]"),
	.about = N_("The HTML form is one file that fetches nothing: open it in any browser, print it, hand it over. What is not known says so and is counted."),
	.examples_en = "beffroi report\nbeffroi report full -f md -o -\nbeffroi report -f json            the whole case for machines\n",
	.examples_fr = "beffroi rapport\nbeffroi rapport complet -f md -o -\nbeffroi rapport -f json            tout le dossier, pour les machines\n",
	.most_words = 1,
	.opts = report_options, .opts_size = sizeof(struct report_opts),
	.run = report_run,
};
