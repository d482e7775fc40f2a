/* SPDX-License-Identifier: EUPL-1.2 */
/* The table of sources, and those that stand in the head of the case. */
#include "report/paper_source.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"

void bef_paper_instant(const struct bef_report_input *in, int64_t at_ms, struct bef_text *out)
{
	char when[BEF_DATE_SIZE], utc[BEF_DATE_SIZE];

	if (at_ms)
		bef_text_printf(out, "%s (%s, %s)", bef_date_format(at_ms, in->c->zone, BEF_DATE_FULL, when), in->c->zone,
		                bef_date_utc(at_ms, utc));
}

const char *bef_paper_who(const struct bef_line *line)
{
	return bef_json_text_or(bef_line_body(line), "by", line->entry->author);
}

void bef_paper_line(struct bef_text *out, const char *fmt, ...)
{
	char *text = NULL;
	va_list args;

	va_start(args, fmt);
	if (vasprintf(&text, fmt, args) < 0) {
		text = NULL;
		out->failed = true;
	}
	va_end(args);
	if (text && out->len)
		bef_text_putc(out, '\n');
	if (text)
		bef_text_tame(out, text, true);
	free(text);
}

static void add(struct bef_text *out, const char *text)
{
	if (text)
		bef_text_puts(out, text);
}

static void add_org(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	const struct bef_answer *name = bef_case_answer(in->profile, "org-name");

	(void)of;
	add(out, name && name->text ? name->text : in->organisation);
}

static void add_ref(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	(void)of;
	add(out, in->ref);
}

static void add_title(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	(void)of;
	add(out, in->c->title);
}

/* "Not known yet" is an absence, not a type. */
static void add_type(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	(void)of;
	if (in->c->type && strcmp(in->c->type, "undetermined") != 0)
		add(out, bef_word_label(&bef_types, in->c->type));
}

static void add_severity(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	(void)of;
	if (in->c->severity)
		bef_text_printf(out, "%s - %s", in->c->severity, bef_word_label(&bef_severities, in->c->severity));
}

static void add_tlp(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	(void)of;
	add(out, bef_word_label(&bef_tlps, in->c->tlp));
}

static void add_summary(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	(void)of;
	add(out, in->c->summary);
}

static void add_reporter(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	(void)of;
	add(out, in->c->reporter);
}

static void add_phase(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	(void)of;
	add(out, bef_word_label(&bef_phases, in->c->phase));
}

static void add_state(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	(void)of;
	add(out, bef_word_label(&bef_states, in->c->state));
}

static void add_drill(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	(void)of;
	if (in->c->drill)
		add(out, tr("This is an exercise: nothing of it happened."));
}

static void add_cause(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	const char *why = in->c->caused ? bef_line_text(in->c->caused, "reason") : NULL;

	(void)of;
	if (in->c->cause)
		bef_paper_line(out, "%s%s%s", bef_word_label(&bef_causes, in->c->cause), why ? tr(": ") : "", why ? why : "");
}

static void add_opened(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	(void)of;
	bef_paper_instant(in, in->c->opened_at_ms, out);
}

static void add_detected(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	(void)of;
	bef_paper_instant(in, in->c->detected_at_ms, out);
}

static void add_aware(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	(void)of;
	bef_paper_instant(in, in->c->aware_at_ms, out);
}

static void add_closed(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	(void)of;
	bef_paper_instant(in, in->c->closed_at_ms, out);
}

/* When it was handled says more than when the file was closed. */
static void add_ended(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	const struct bef_instant *handled = bef_case_instant(in->c, "handled");

	(void)of;
	if (handled && handled->at_ms)
		bef_paper_decided(in, "handled", out);
	else if (in->c->closed_at_ms)
		bef_paper_instant(in, in->c->closed_at_ms, out);
	else if (in->c->opened)
		add(out, tr("ongoing"));
}

static void add_head(const struct bef_report_input *in, const char *of, struct bef_text *out)
{
	char head[32];

	(void)of;
	for (unsigned i = 0; i < in->c->head_count; i++) {
		bef_head_format(&in->c->head[i], head);
		bef_paper_line(out, "%s", head);
	}
}

/* Read by tests/papers too: one row a line. */
const struct bef_paper_source bef_paper_sources[] = {
	{ "fact", true, bef_paper_fact },             /* the answer to a legal question */
	{ "answer", true, bef_paper_answer },         /* the same, with who answered, when and why */
	{ "org", false, add_org },                    /* the organisation's name */
	{ "ref", false, add_ref },
	{ "title", false, add_title },
	{ "type", false, add_type },
	{ "severity", false, add_severity },
	{ "tlp", false, add_tlp },
	{ "cause", false, add_cause },
	{ "summary", false, add_summary },
	{ "reporter", false, add_reporter },
	{ "phase", false, add_phase },
	{ "state", false, add_state },
	{ "drill", false, add_drill },
	{ "opened", false, add_opened },
	{ "detected", false, add_detected },
	{ "aware", false, add_aware },
	{ "closed", false, add_closed },
	{ "instant", true, bef_paper_decided },       /* a decided instant, with who decided and why */
	{ "ended", false, add_ended },
	{ "timeline", false, bef_paper_timeline },    /* facts, phases, decisions */
	{ "measures", false, bef_paper_measures },    /* what was done */
	{ "todo", false, bef_paper_todo },            /* what is still to be done */
	{ "decisions", false, bef_paper_decisions },
	{ "evidence", false, bef_paper_evidence },
	{ "costs", false, bef_paper_costs },
	{ "authors", false, bef_paper_authors },      /* who wrote in the journal */
	{ "told", false, bef_paper_told },            /* every notification sent */
	{ "not-told", false, bef_paper_not_told },    /* rules that somebody dismissed, and why */
	{ "not-applicable", false, bef_paper_off },   /* rules that the answers put aside */
	{ "undecided", false, bef_paper_undecided },  /* rules that hang on an answer */
	{ "sent", true, bef_paper_sent },             /* of a rule: when, reference, channel */
	{ "dismissed", true, bef_paper_dismissed },   /* of a rule: why it does not apply, and who says so */
	{ "clock", true, bef_paper_clock },           /* of a rule: where it stands, and the limit while it is open */
	{ "complaint", false, bef_paper_complaint },
	{ "deadline", true, bef_paper_limit },        /* of a rule: the prudent limit */
	{ "reasons-for-delay", false, bef_paper_delay },
	{ "because", true, bef_paper_because },       /* of a rule: the answers that decided */
	{ "head", false, add_head },
	{ NULL, false, NULL },
};

size_t bef_paper_source_cut(const char *from, const char **next)
{
	size_t len = strcspn(from, "|");

	*next = from[len] ? from + len + 1 : NULL;
	return len;
}

const struct bef_paper_source *bef_paper_source_find(const char *from, size_t len, char of[64])
{
	const char *colon = memchr(from, ':', len);
	size_t name = colon ? (size_t)(colon - from) : len;
	size_t rest = colon ? len - name - 1 : 0;

	if (rest >= 64 || (colon && !rest))
		return NULL;
	memcpy(of, from + len - rest, rest);
	of[rest] = '\0';
	for (const struct bef_paper_source *source = bef_paper_sources; source->name; source++)
		if (strlen(source->name) == name && memcmp(source->name, from, name) == 0)
			return source->takes == (colon != NULL) ? source : NULL;
	return NULL;
}

void bef_paper_source_add(const struct bef_report_input *in, const char *from, struct bef_text *out)
{
	BEF_AUTO(text) one = { .max = BEF_PAPER_VALUE_MOST };

	while (from && !one.len) {
		const char *next;
		size_t len = bef_paper_source_cut(from, &next);
		char of[64];
		const struct bef_paper_source *source = bef_paper_source_find(from, len, of);

		if (source)
			source->add(in, of, &one);
		from = next;
	}
	if (one.len && out->len)
		bef_text_putc(out, '\n');
	bef_text_puts(out, bef_text_str(&one));
	out->failed = out->failed || one.failed;
}
