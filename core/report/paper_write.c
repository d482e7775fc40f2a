/* SPDX-License-Identifier: EUPL-1.2 */
/* A paper as a document, and for machines. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "report/paper.h"
#include "report/paper_source.h"

/* The words of the form itself, then what each source gives. */
static void fill(const struct bef_report_input *in, const json_t *field, struct bef_text *out)
{
	const json_t *from = json_object_get(field, "from");
	const char *words = bef_both(field, "text");

	bef_text_puts(out, words ? words : "");
	for (size_t i = 0; i < json_array_size(from); i++)
		bef_paper_source_add(in, json_string_value(json_array_get(from, i)), out);
}

/* --- for people --- */

/* The first question whose answer would fill the field: its id in `out`; false if there is none. */
static bool question_for(const json_t *field, char out[64])
{
	const json_t *from = json_object_get(field, "from");

	for (size_t i = 0; i < json_array_size(from); i++) {
		const char *at = json_string_value(json_array_get(from, i));

		while (at) {
			const char *next;
			size_t len = bef_paper_source_cut(at, &next);
			const struct bef_paper_source *source = bef_paper_source_find(at, len, out);

			if (source && (source->add == bef_paper_fact || source->add == bef_paper_answer))
				return true;
			at = next;
		}
	}
	return false;
}

/* What to write there (the field's own word, else the question's), and how to keep it in the journal. */
static void add_help(const struct bef_report_input *in, const json_t *field, struct bef_text *out)
{
	const char *help = bef_both(field, "help");
	char id[64];
	bool asked = question_for(field, id);
	const struct bef_question *question = asked && in->law ? bef_law_question(in->law, id) : NULL;

	if (!help && question)
		help = bef_both(question->json, "why");
	bef_text_puts(out, help ? help : "");
	if (asked)
		bef_text_printf(out, tr("%s-> beffroi deadline answer %s \"...\""), help ? "\n" : "", id);
}

static void write_field(struct bef_doc *doc, const struct bef_report_input *in, const json_t *field, bool numbered)
{
	BEF_AUTO(text) value = { .max = BEF_PAPER_VALUE_MOST };
	BEF_AUTO(text) label = { .max = 4096 };
	BEF_AUTO(text) help = { .max = 4096 };
	const char *section = bef_both(field, "section");

	if (section)
		bef_doc_heading(doc, 2, section);
	if (numbered)
		bef_text_printf(&label, "%lld. ", (long long)bef_json_int(field, "n", 0));
	bef_text_puts(&label, bef_both(field, "label"));
	fill(in, field, &value);
	add_help(in, field, &help);
	doc->out->failed = doc->out->failed || value.failed || label.failed || help.failed;
	bef_doc_field(doc, bef_text_str(&label), bef_text_str(&help), bef_text_str(&value), bef_json_bool(field, "required"));
}

/* Where its clock stands. */
static void write_clock(struct bef_doc *doc, const struct bef_report_input *in, const char *rule)
{
	const struct bef_clock *clock = bef_case_clock(in->c, rule);
	BEF_AUTO(text) state = { .max = 4096 };

	if (!clock)
		return;
	bef_paper_clock(in, rule, &state);
	doc->out->failed = doc->out->failed || state.failed;
	bef_doc_paragraph(doc, tr("%s: %s"), bef_clock_name(clock), bef_text_str(&state));
}

/* Of rules that are not law yet, first of all: why they are shown at all. */
static void write_banner(struct bef_doc *doc, const struct bef_report_input *in, const struct bef_paper *paper)
{
	const char *id = bef_paper_rule(paper, 0);
	const struct bef_rule *rule = id && in->law ? bef_law_rule(in->law, id) : NULL;
	const char *banner = rule ? bef_both(rule->file, "banner") : NULL;

	if (banner)
		bef_doc_paragraph(doc, "%s", banner);
}

/* What the text of law is, and when it was last read. */
static void write_basis(struct bef_doc *doc, const struct bef_rule *rule)
{
	bef_doc_paragraph(doc, tr("%s: %s, checked on %s. To be confirmed by a lawyer."), bef_both(rule->json, "name"),
	                  bef_json_text_or(rule->json, "article", ""), bef_json_text_or(rule->json, "checked_on", ""));
}

static void write_filing(struct bef_doc *doc, const struct bef_report_input *in, const struct bef_paper *paper)
{
	const char *rule;

	bef_doc_heading(doc, 2, tr("Filing"));
	bef_doc_paragraph(doc, tr("To: %s"), bef_both(paper->json, "for"));
	bef_doc_paragraph(doc, "%s", tr("This is a draft made from the journal. beffroi sends it to nobody: somebody who answers for the organisation reads it again, completes it and files it."));
	for (size_t i = 0; (rule = bef_paper_rule(paper, i)) != NULL; i++) {
		const struct bef_rule *known = in->law ? bef_law_rule(in->law, rule) : NULL;

		bef_doc_paragraph(doc, tr("Once sent: beffroi deadline %s sent --reference NUMBER --proof RECEIPT"), rule);
		if (known)
			write_basis(doc, known);
	}
	if (doc->missing)
		bef_doc_paragraph(doc, trn("%d item is still to complete.", "%d items are still to complete.", doc->missing),
		                  doc->missing);
}

static void write_body(struct bef_doc *doc, const struct bef_report_input *in, const void *what)
{
	const struct bef_paper *paper = what;
	const json_t *fields = json_object_get(paper->json, "fields");
	const json_t *numbered = json_object_get(paper->json, "numbered");
	const char *intro = bef_both(paper->json, "intro");
	const char *rule;

	write_banner(doc, in, paper);
	for (size_t i = 0; (rule = bef_paper_rule(paper, i)) != NULL; i++)
		write_clock(doc, in, rule);
	if (intro)
		bef_doc_paragraph(doc, "%s", intro);
	for (size_t i = 0; i < json_array_size(fields); i++)
		write_field(doc, in, json_array_get(fields, i), !json_is_false(numbered));
	write_filing(doc, in, paper);
}

/* --- for machines --- */

static json_t *field_json(const struct bef_report_input *in, const json_t *field, int *missing)
{
	BEF_AUTO(text) value = { .max = BEF_PAPER_VALUE_MOST };
	json_t *object = json_object();
	bool required = bef_json_bool(field, "required");
	bool ok = object != NULL;

	fill(in, field, &value);
	*missing += required && !value.len;
	bef_json_put_int(object, "n", bef_json_int(field, "n", 0), &ok);
	bef_json_put_text(object, "id", bef_json_text(field, "id"), &ok);
	bef_json_put_text(object, "label", bef_both(field, "label"), &ok);
	bef_json_put_text(object, "value", value.len ? bef_text_str(&value) : NULL, &ok);
	bef_json_put_bool(object, "required", required, &ok);
	if (ok && !value.failed)
		return object;
	json_decref(object);
	return NULL;
}

static json_t *paper_json(const struct bef_paper *paper, const struct bef_report_input *in, int *missing)
{
	const json_t *fields = json_object_get(paper->json, "fields");
	json_t *object = json_object();
	json_t *list = json_array();
	bool ok = object && list;

	bef_json_put_int(object, "v", 1, &ok);
	bef_json_put_text(object, "type", "paper", &ok);
	bef_json_put_text(object, "paper", paper->id, &ok);
	bef_json_put_text(object, "name", bef_both(paper->json, "name"), &ok);
	bef_json_put_text(object, "incident", in->ref, &ok);
	if (in->c->drill)
		bef_json_put_bool(object, "drill", true, &ok);
	bef_json_put_text(object, "rule", bef_paper_rule_of(paper, in->c), &ok);
	for (size_t i = 0; i < json_array_size(fields) && ok; i++)
		ok = json_array_append_new(list, field_json(in, json_array_get(fields, i), missing)) == 0;
	bef_json_put(object, "fields", list, &ok);
	bef_json_put_int(object, "to_complete", *missing, &ok);
	if (ok)
		return object;
	json_decref(object);
	return NULL;
}

static enum bef_rc write_json(const struct bef_paper *paper, const struct bef_report_input *in, struct bef_text *out,
                              int *missing, struct bef_err *err)
{
	return bef_json_line(paper_json(paper, in, missing), out, err);
}

enum bef_rc bef_paper_write(const struct bef_paper *paper, const char *format, const struct bef_report_input *in,
                            struct bef_text *out, int *missing, struct bef_err *err)
{
	*missing = 0;
	if (strcmp(format, "json") == 0)
		return write_json(paper, in, out, missing, err);
	return bef_report_frame(bef_both(paper->json, "name"), format, in, write_body, paper, out, missing, err);
}
