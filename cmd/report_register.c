/* SPDX-License-Identifier: EUPL-1.2 */
/* The register of personal data breaches: one incident at a time is read, written and forgotten. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/law.h"
#include "base/i18n.h"
#include "out.h"
#include "report.h"
#include "report/register.h"

/* The journals, in the order in which the incidents were opened. */
struct logs {
	struct named {
		int64_t log, opened_at_ms;
		char ref[BEF_REF_SIZE];
	} *item;
	size_t count, room;
};

static enum bef_rc note_log(void *arg, const struct bef_incident_row *row, struct bef_err *err)
{
	struct logs *logs = arg;

	if (logs->count == logs->room) {
		size_t room = logs->room ? 2 * logs->room : 64;
		struct named *more = realloc(logs->item, room * sizeof(*more));

		if (!more)
			return bef_no_memory(err);
		logs->item = more;
		logs->room = room;
	}
	logs->item[logs->count] = (struct named){ .log = row->log, .opened_at_ms = row->summary.opened_at_ms };
	memcpy(logs->item[logs->count++].ref, row->ref, sizeof(row->ref));
	return BEF_OK;
}

static int by_opening(const void *a_, const void *b_)
{
	const struct named *a = a_;
	const struct named *b = b_;

	if (a->opened_at_ms != b->opened_at_ms)
		return a->opened_at_ms < b->opened_at_ms ? -1 : 1;
	return strcmp(a->ref, b->ref);
}

static enum bef_rc collect(struct bef_store *store, struct logs *out, struct bef_err *err)
{
	enum bef_rc rc = bef_store_incidents(store, true, BEF_NO_LIMIT, note_log, out, err);

	if (out->count)
		qsort(out->item, out->count, sizeof(*out->item), by_opening);
	return rc;
}

/* To standard output as it comes; else kept, to be written whole or not at all. */
static void flush(struct bef_app *app, const struct bef_report_opts *opts, struct bef_text *text, struct bef_err *err)
{
	bool typeset = opts->tagged || (opts->format && strcmp(opts->format, "pdf") == 0);

	if (!typeset && opts->output && strcmp(opts->output, "-") == 0 && bef_put_file(app, "-", false, text, err) == BEF_OK)
		bef_text_clear(text);
}

static enum bef_rc write_rows(struct bef_app *app, const struct bef_report_opts *opts, struct bef_store *store,
                              const struct logs *logs, struct bef_register *r, struct bef_report_input *in,
                              struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;

	for (size_t i = 0; i < logs->count && rc == BEF_OK; i++) {
		BEF_AUTO_CASE *c = NULL;

		rc = bef_store_case(store, logs->item[i].log, &c, err);
		in->c = c;
		in->ref = logs->item[i].ref;
		if (rc == BEF_OK)
			rc = bef_register_row(r, in, err);
		if (rc == BEF_OK)
			flush(app, opts, r->out, err);
	}
	return rc;
}

enum bef_rc bef_report_register(struct bef_app *app, const struct bef_report_opts *opts, struct bef_err *err)
{
	const char *format = opts->format ? opts->format : "html";
	struct bef_report_input in = { .organisation = app->desk.organisation, .author = app->desk.pen.author,
		                       .now_ms = app->desk.pen.now_ms };
	BEF_AUTO(text) text = { .max = 1 << 30 };
	BEF_AUTO(legal) legal = { 0 };
	BEF_AUTO(register) r = { 0 };
	BEF_AUTO_STORE *store = NULL;
	struct logs logs = { 0 };
	char name[64];
	enum bef_rc rc = bef_app_read(app, &store, err);

	if (rc == BEF_OK)
		rc = bef_legal_load(&app->desk, store, &legal, err);
	in.profile = legal.profile;
	in.law = legal.law;
	if (rc == BEF_OK)
		rc = bef_register_begin(&r, format, &in, app->desk.pen.zone, &text, err);
	if (rc == BEF_OK)
		rc = collect(store, &logs, err);
	if (rc == BEF_OK)
		rc = write_rows(app, opts, store, &logs, &r, &in, err);
	free(logs.item);
	if (rc)
		return rc;
	bef_register_end(&r);
	snprintf(name, sizeof(name), "%s.%.4s", bef_lang() == BEF_FR ? "registre-des-violations" : "breach-register", opts->tagged ? "pdf" : strncmp(format, "csv", 3) == 0 ? "csv" : format);
	return bef_report_deliver(app, opts, name, &text, r.missing, err);
}
