/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/register.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "report/paper_source.h"

/* What the law asks for at least (facts, effects, remedial action), and what an inspection looks for. */
static const struct column {
	const char *id, *label;
	const char *from[4];
	bool required; /* unless no personal data were hit */
} columns[] = {
	{ "reference", N_("Reference"), { "ref" }, false },
	{ "title", N_("Incident"), { "title" }, false },
	{ "exercise", N_("Exercise"), { "drill" }, false },
	{ "breach", N_("Personal data hit"), { "answer:personal-data" }, true },
	{ "opened", N_("Recorded"), { "opened" }, false },
	{ "reported_by", N_("Reported by"), { "reporter" }, false },
	{ "start", N_("Start"), { "instant:occurred" }, false },
	{ "end", N_("End"), { "ended" }, false },
	{ "detected", N_("First sign"), { "detected" }, false },
	{ "aware", N_("Awareness"), { "instant:aware.rgpd|aware" }, true },
	{ "loss", N_("Confidentiality, integrity, availability"), { "fact:cnil-loss" }, true },
	{ "origin", N_("Origin"), { "fact:cnil-origin|type" }, false },
	{ "cause", N_("Cause"), { "fact:cnil-cause|cause" }, false },
	{ "facts", N_("Facts"), { "fact:cnil-description|summary" }, true },
	{ "systems", N_("Systems and processing"), { "fact:hit-systems" }, false },
	{ "data", N_("Data"), { "fact:cnil-nature" }, true },
	{ "sensitive", N_("Sensitive data"), { "fact:cnil-sensitive" }, false },
	{ "records", N_("Records"), { "fact:cnil-records" }, false },
	{ "people_kinds", N_("People concerned"), { "fact:cnil-people-kinds" }, true },
	{ "people_count", N_("Number of people"), { "fact:cnil-people-count" }, false },
	{ "bodies", N_("Processor, joint controller"), { "fact:cnil-bodies", "instant:processor-told" }, false },
	{ "before", N_("Protection before"), { "fact:cnil-before" }, false },
	{ "effects", N_("Effects"), { "fact:cnil-impacts", "fact:cnil-harm" }, true },
	{ "gravity", N_("Gravity"), { "fact:cnil-gravity" }, false },
	{ "likelihood", N_("Likelihood"), { "fact:cnil-likelihood" }, false },
	{ "risk", N_("Risk for people, and why"), { "answer:risk", "fact:no-risk-reasons" }, true },
	{ "high_risk", N_("High risk"), { "answer:high-risk" }, false },
	{ "cnil", N_("CNIL notified"), { "sent:rgpd33.initiale|clock:rgpd33.initiale", "sent:rgpd33.complementaire" }, false },
	{ "cnil_late", N_("Reasons for the delay"), { "reasons-for-delay" }, false },
	{ "cnil_not", N_("CNIL not notified, because"), { "dismissed:rgpd33.initiale" }, false },
	{ "people", N_("People told"), { "sent:rgpd34|clock:rgpd34", "fact:art34-channel" }, false },
	{ "people_not", N_("People not told, because"), { "dismissed:rgpd34", "fact:art34-reason" }, false },
	{ "others", N_("All notifications"), { "told" }, false },
	{ "measures", N_("Remedial action"), { "measures", "fact:cnil-after" }, true },
	{ "planned", N_("Still to be done"), { "todo" }, false },
	{ "lessons", N_("Lessons"), { "fact:lessons" }, false },
	{ "closed", N_("Closed"), { "closed" }, false },
	{ "authors", N_("Authors"), { "authors" }, false },
	{ "head", N_("Head of the journal"), { "head" }, false },
};

enum { COLUMNS = sizeof(columns) / sizeof(*columns), IN_HEADING = 2 };

static void fill(const struct bef_report_input *in, const struct column *column, struct bef_text *out)
{
	for (size_t i = 0; i < sizeof(column->from) / sizeof(*column->from) && column->from[i]; i++)
		bef_paper_source_add(in, column->from[i], out);
}

/* Nothing is owed to the register by an incident of which somebody said that no personal data were hit. */
static bool is_wanted(const struct bef_report_input *in, const struct column *column)
{
	const struct bef_answer *answer = bef_case_answer(in->c, "personal-data");

	return column->required && !(answer && answer->truth == BEF_FALSE);
}

/* --- CSV --- */

/* A list stays one in a cell of one line. */
static void flatten(struct bef_text *text)
{
	BEF_AUTO(text) flat = { .max = text->max };

	for (const char *c = bef_text_str(text); *c; c++) {
		if (*c == '\n')
			bef_text_puts(&flat, "; ");
		else
			bef_text_putc(&flat, *c);
	}
	bef_text_clear(text);
	bef_text_puts(text, bef_text_str(&flat));
	text->failed = text->failed || flat.failed;
}

static void csv_row(struct bef_register *r, const struct bef_report_input *in)
{
	for (size_t i = 0; i < COLUMNS; i++) {
		BEF_AUTO(text) value = { .max = BEF_PAPER_VALUE_MOST };
		bool missing;

		fill(in, &columns[i], &value);
		missing = !value.len && is_wanted(in, &columns[i]);
		r->missing += missing;
		flatten(&value);
		r->out->failed = r->out->failed || value.failed;
		bef_csv_cell(&r->csv, missing ? tr("[to complete]") : bef_text_str(&value));
	}
	bef_csv_row_end(&r->csv);
}

static void csv_begin(struct bef_register *r)
{
	bef_csv_begin(&r->csv);
	for (size_t i = 0; i < COLUMNS; i++)
		bef_csv_cell(&r->csv, tr(columns[i].label));
	bef_csv_row_end(&r->csv);
}

/* --- JSON --- */

static json_t *fields_json(struct bef_register *r, const struct bef_report_input *in)
{
	json_t *object = json_object();
	bool ok = object != NULL;

	for (size_t i = 0; i < COLUMNS && ok; i++) {
		BEF_AUTO(text) value = { .max = BEF_PAPER_VALUE_MOST };

		fill(in, &columns[i], &value);
		r->missing += !value.len && is_wanted(in, &columns[i]);
		if (value.len)
			bef_json_put_text(object, columns[i].id, bef_text_str(&value), &ok);
		ok = ok && !value.failed;
	}
	if (ok)
		return object;
	json_decref(object);
	return NULL;
}

static void put_instant(json_t *object, const char *key, int64_t at_ms, bool *ok)
{
	char date[BEF_DATE_SIZE];

	if (at_ms)
		bef_json_put_text(object, key, bef_date_utc(at_ms, date), ok);
}

/* The instants once more, for those who compute with them. */
static enum bef_rc json_row(struct bef_register *r, const struct bef_report_input *in, struct bef_err *err)
{
	json_t *object = json_object();
	int before = r->missing;
	bool ok = object != NULL;
	char *bytes;

	bef_json_put_int(object, "v", 1, &ok);
	bef_json_put_text(object, "type", "register", &ok);
	bef_json_put_text(object, "incident", in->ref, &ok);
	if (in->c->drill)
		bef_json_put_bool(object, "drill", true, &ok);
	put_instant(object, "opened_at", in->c->opened_at_ms, &ok);
	put_instant(object, "detected_at", in->c->detected_at_ms, &ok);
	put_instant(object, "aware_at", in->c->aware_at_ms, &ok);
	put_instant(object, "closed_at", in->c->closed_at_ms, &ok);
	bef_json_put(object, "fields", fields_json(r, in), &ok);
	bef_json_put_int(object, "to_complete", r->missing - before, &ok);
	bytes = ok ? json_dumps(object, JSON_COMPACT) : NULL;
	json_decref(object);
	if (!bytes)
		return bef_no_memory(err);
	bef_text_puts(r->out, bytes);
	bef_text_putc(r->out, '\n');
	free(bytes);
	return BEF_OK;
}

/* --- documents: a form an incident, since forty columns fit on no page --- */

static void doc_begin(struct bef_register *r, const struct bef_report_input *in, const char *zone)
{
	char when[BEF_DATE_SIZE];

	bef_text_init(&r->subtitle, 4096);
	bef_text_init(&r->footer, 4096);
	bef_text_printf(&r->subtitle, tr("GDPR, article 33(5), written %s (%s) by %s"),
	                bef_date_format(in->now_ms, zone, BEF_DATE_FULL, when), zone, in->author);
	if (*in->organisation)
		bef_text_printf(&r->subtitle, ", %s", in->organisation);
	bef_text_puts(&r->footer, tr("All incidents, open and closed, notified or not, from their journals. To check them: beffroi verify"));
	r->doc.out = r->out;
	r->doc.title = tr("Register of personal data breaches");
	r->doc.subtitle = bef_text_str(&r->subtitle);
	r->doc.footer = bef_text_str(&r->footer);
	r->doc.tlp = tr("Confidential");
	r->out->failed = r->out->failed || r->subtitle.failed || r->footer.failed;
	r->doc.format->begin(&r->doc);
}

static void doc_row(struct bef_register *r, const struct bef_report_input *in)
{
	BEF_AUTO(text) heading = { .max = 4096 };

	bef_text_printf(&heading, "%s%s  %s", in->c->drill ? tr("[DRILL] ") : "", in->ref, bef_case_title(in->c));
	bef_doc_heading(&r->doc, 2, bef_text_str(&heading));
	for (size_t i = IN_HEADING; i < COLUMNS; i++) {
		BEF_AUTO(text) value = { .max = BEF_PAPER_VALUE_MOST };
		bool wanted = is_wanted(in, &columns[i]);

		fill(in, &columns[i], &value);
		r->out->failed = r->out->failed || value.failed;
		if (value.len || wanted)
			bef_doc_field(&r->doc, tr(columns[i].label), "", bef_text_str(&value), wanted);
	}
	r->out->failed = r->out->failed || heading.failed;
	r->missing = r->doc.missing;
}

/* --- --- */

enum bef_rc bef_register_begin(struct bef_register *r, const char *format, const struct bef_report_input *in,
                               const char *zone, struct bef_text *out, struct bef_err *err)
{
	*r = (struct bef_register){ .format = format, .out = out, .csv = { .out = out } };
	r->doc.format = bef_doc_format_find(format);
	if (r->doc.format)
		doc_begin(r, in, zone);
	else if (bef_csv_dialect(&r->csv, format))
		csv_begin(r);
	else if (strcmp(format, "json") != 0) {
		bef_fail(err, BEF_USAGE, tr("unknown format '%.40s'"), format);
		bef_hint(err, tr("one of: %s"), "html, md, pdf, csv, csv-intl, json");
		return BEF_USAGE;
	}
	return bef_text_rc(out, err);
}

enum bef_rc bef_register_row(struct bef_register *r, const struct bef_report_input *in, struct bef_err *err)
{
	if (r->doc.format)
		doc_row(r, in);
	else if (r->csv.separator)
		csv_row(r, in);
	else {
		enum bef_rc rc = json_row(r, in, err);

		if (rc)
			return rc;
	}
	return bef_text_rc(r->out, err);
}

void bef_register_end(struct bef_register *r)
{
	if (r->doc.format)
		r->doc.format->end(&r->doc);
}

void bef_register_clear(struct bef_register *r)
{
	bef_text_clear(&r->subtitle);
	bef_text_clear(&r->footer);
}
