/* SPDX-License-Identifier: EUPL-1.2 */
/* Documents of the user's own: the templates there are, what they may name, one of them checked or filled. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/i18n.h"
#include "base/json.h"
#include "out.h"
#include "report.h"
#include "report/template.h"
#include "report/variable.h"

enum { TEMPLATE_MOST = 1 << 20, TEMPLATES_MOST = 100, WRITTEN_MOST = 256 << 20 };

/* --- what may be named --- */

static const char *sort_label(enum bef_variable_sort sort)
{
	static const char *const labels[] = {
		[BEF_VAR_TEXT] = N_("text"), [BEF_VAR_NUMBER] = N_("number"), [BEF_VAR_FLAG] = N_("yes or no"),
		[BEF_VAR_INSTANT] = N_("UTC; NAME_local in words"), [BEF_VAR_WORD] = N_("stored word; NAME_label shown"),
		[BEF_VAR_LIST] = N_("list"), [BEF_VAR_ANY] = N_("any member below it"),
	};

	return tr(labels[sort]);
}

enum bef_rc bef_report_variables(struct bef_app *app, struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;

	for (const struct bef_template_variable *v = bef_template_variables; v->path && rc == BEF_OK; v++) {
		json_t *object = app->g.json ? bef_json_begin("variable") : NULL;
		BEF_AUTO(text) text = { .max = 4096 };
		bool ok = true;

		if (app->g.json) {
			bef_json_put_text(object, "name", v->path, &ok);
			bef_json_put_text(object, "sort", sort_label(v->sort), &ok);
			bef_json_put_text(object, "what", tr(v->help), &ok);
			rc = bef_put_json(ok ? object : NULL, err);
			continue;
		}
		bef_put_cell(app, v->sort == BEF_VAR_LIST ? BEF_STRONG : BEF_PLAIN, 32, v->path);
		bef_text_printf(&text, "%s (%s)", tr(v->help), sort_label(v->sort));
		bef_wrap_text(app, BEF_PLAIN, 32, 32, &text);
	}
	return rc;
}

/* --- where templates are --- */

static const char *const endings[] = { ".html", ".md", ".txt", ".csv" };

bool bef_report_template_named(const struct bef_app *app, const char *word, char out[BEF_PATH])
{
	char dir[BEF_PATH];

	if (strchr(word, '/') || *word == '.' || bef_path_join(dir, app->desk.base, "templates", NULL) != BEF_OK)
		return false;
	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		int len = snprintf(out, BEF_PATH, "%.3000s/%.200s%s", dir, word, endings[i]);

		if (len > 0 && len < BEF_PATH && access(out, R_OK) == 0)
			return true;
	}
	return false;
}

static bool is_template(const char *name)
{
	enum bef_template_kind kind;

	return bef_template_kind_of(name, &kind);
}

struct visiting {
	struct bef_app *app;
	bef_report_template_fn *fn;
};

static enum bef_rc visit(void *visiting_, const char *path, const char *name, struct bef_err *err)
{
	const struct visiting *visiting = visiting_;

	(void)path;
	return visiting->fn(visiting->app, name, err);
}

enum bef_rc bef_report_templates(struct bef_app *app, bef_report_template_fn *fn, struct bef_err *err)
{
	struct visiting visiting = { app, fn };

	return bef_folder_each(app->desk.base, "templates", is_template, TEMPLATES_MOST, visit, &visiting, err);
}

/* --- one of them --- */

struct findings {
	struct bef_app *app;
	bool check; /* they are what was asked for */
};

static void tell(void *arg, unsigned line, const char *name, const char *near)
{
	struct findings *f = arg;
	json_t *object = f->app->g.json && f->check ? bef_json_begin("finding") : NULL;
	bool ok = object != NULL;

	if (object) {
		bef_json_put_int(object, "line", line, &ok);
		bef_json_put_text(object, "name", name, &ok);
		bef_json_put_text(object, "near", near, &ok);
		if (bef_put_json(ok ? object : NULL, NULL) != BEF_OK)
			bef_talk(f->app, "%s", tr("out of memory"));
	} else if (f->check && near)
		bef_put(f->app, BEF_PLAIN, tr("line %u: {{%s}} is not known; nearest: {{%s}}\n"), line, name, near);
	else if (f->check)
		bef_put(f->app, BEF_PLAIN, tr("line %u: {{%s}} is not known\n"), line, name);
	else if (near)
		bef_talk(f->app, tr("line %u: {{%s}} is not known; nearest: {{%s}}"), line, name, near);
	else
		bef_talk(f->app, tr("line %u: {{%s}} is not known"), line, name);
}

static enum bef_rc load(const char *path, struct bef_text *text, enum bef_template_kind *kind, struct bef_err *err)
{
	enum bef_rc rc;

	if (!bef_template_kind_of(path, kind)) {
		bef_fail(err, BEF_USAGE, tr("'%.200s' does not say what it is"), path);
		bef_hint(err, "%s", tr("a template's name ends with .html, .md, .txt or .csv"));
		return BEF_USAGE;
	}
	rc = bef_file_read(path, TEMPLATE_MOST, text, err);
	if (rc == BEF_OK && bef_utf8_check(bef_text_str(text), text->len) != text->len)
		rc = bef_fail(err, BEF_USAGE, tr("'%.200s' is not UTF-8"), path);
	return rc;
}

static enum bef_rc check(struct bef_app *app, const struct bef_template *t, const char *path, bool asked, struct bef_err *err)
{
	struct findings f = { app, asked };
	size_t unknown = bef_template_check(t, tell, &f);

	if (unknown) {
		bef_fail(err, BEF_USAGE, trn("%ld name of '%.200s' is not known", "%ld names of '%.200s' are not known", (long)unknown), (long)unknown, path);
		bef_hint(err, "%s", tr("names: beffroi report --variables"));
		return BEF_USAGE;
	}
	if (asked && !app->g.json)
		bef_put(app, BEF_PLAIN, tr("%s: every name is known\n"), path);
	return BEF_OK;
}

/* "templates/mail.md" for INC-2025-001: "report-INC-2025-001-mail.md". */
static void name_of(const char *path, const struct bef_incident_row *row, bool tagged, char out[BEF_PATH])
{
	snprintf(out, BEF_PATH, "%s%s-%s-%.200s%s", row->summary.drill ? tr("DRILL-") : "", bef_lang() == BEF_FR ? "rapport" : "report",
	         row->ref, bef_path_name(path), tagged ? ".pdf" : "");
}

static enum bef_rc fill(struct bef_app *app, const struct bef_report_opts *opts, const struct bef_template *t, const char *path,
                        struct bef_err *err)
{
	BEF_AUTO(text) out = { .max = WRITTEN_MOST };
	BEF_AUTO_CASE *c = NULL;
	struct bef_incident_row row;
	struct bef_report_input in;
	char name[BEF_PATH];
	json_t *data;
	enum bef_rc rc = bef_app_case(app, &c, &row, err);

	if (rc)
		return rc;
	in = (struct bef_report_input){ .c = c, .ref = row.ref, .organisation = app->desk.organisation,
		                        .author = app->desk.pen.author, .now_ms = app->desk.pen.now_ms };
	data = bef_variable_data(&in);
	if (!data)
		return bef_no_memory(err);
	if (t->kind == BEF_TEMPLATE_CSV && strncmp(t->text, "\xef\xbb\xbf", 3) != 0)
		bef_text_puts(&out, "\xef\xbb\xbf");
	rc = bef_template_fill(t, data, &out, err);
	json_decref(data);
	name_of(path, &row, opts->tagged, name);
	return rc ? rc : bef_report_deliver(app, opts, name, &out, 0, err);
}

enum bef_rc bef_report_template(struct bef_app *app, const struct bef_report_opts *opts, const char *path, struct bef_err *err)
{
	BEF_AUTO(text) text = { 0 };
	BEF_AUTO(template) t = { 0 };
	enum bef_template_kind kind;
	enum bef_rc rc = load(path, &text, &kind, err);

	if (rc == BEF_OK && (opts->format || (opts->tagged && kind != BEF_TEMPLATE_HTML))) {
		bef_fail(err, BEF_USAGE, "%s", tr("a template says by its name what it makes"));
		bef_hint(err, "%s", tr("without -f; --pdf-accessible goes with .html"));
		return BEF_USAGE;
	}
	if (rc == BEF_OK)
		rc = bef_template_parse(&t, kind, bef_text_str(&text), err);
	if (rc == BEF_OK)
		rc = check(app, &t, path, opts->check, err);
	return rc || opts->check ? rc : fill(app, opts, &t, path, err);
}
