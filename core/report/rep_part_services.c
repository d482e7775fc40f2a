/* SPDX-License-Identifier: EUPL-1.2 */
/* What was out of service, when it came back, and what was admissible.  Declared in parts.h. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "report/figure.h"
#include "report/parts.h"

/* A service is what this reader missed; the name of a machine is a detail. */
static const char *name_of(const struct part *p, const struct bef_asset *asset)
{
	const char *name = asset->name ? asset->name : tr("[erased]");

	return strcmp(asset->type, "service") == 0 ? name : bef_part_or_withheld(p, BEF_MATTER_DETAILS, name);
}

struct drawn {
	const struct part *p;
	char number[24];
};

/* In the picture the number stands for a name withheld, which the table below counts. */
static const char *drawn_name(void *how, const struct bef_outage *outage)
{
	struct drawn *drawn = how;
	const struct bef_asset *asset = &drawn->p->c->asset[outage->asset];

	if (asset->name && (strcmp(asset->type, "service") == 0 || bef_readership_shows(drawn->p->in->audience, BEF_MATTER_DETAILS)))
		return bef_readership_text(drawn->p->in->audience, asset->name, &drawn->p->doc->out->failed);
	snprintf(drawn->number, sizeof(drawn->number), "S%d", outage->asset + 1);
	return drawn->number;
}

static bool is_of_now(const struct bef_outage *one)
{
	return one->now != BEF_RUNNING || one->rto_missed || one->rpo_missed;
}

/* Only what is not back or went beyond; the others are let go. */
static void keep_of_now(struct bef_outages *outages)
{
	size_t kept = 0;

	for (size_t i = 0; i < outages->count; i++) {
		struct bef_outage one = outages->one[i];

		if (!is_of_now(&one))
			continue;
		outages->one[i] = outages->one[kept];
		outages->one[kept++] = one;
	}
	for (size_t i = kept; i < outages->count; i++)
		bef_outage_clear(&outages->one[i]);
	outages->count = kept;
}

static bool was_hit(const struct bef_outages *outages)
{
	for (size_t i = 0; i < outages->count; i++)
		if (outages->one[i].stretch_count)
			return true;
	return false;
}

static void draw(const struct part *p, const struct bef_outages *outages)
{
	struct drawn how = { .p = p };
	BEF_AUTO(text) svg = { .max = 4 << 20 };

	bef_figure_services(p->c, outages, p->in->now_ms, drawn_name, &how, &svg);
	p->doc->out->failed = p->doc->out->failed || svg.failed;
	p->doc->format->figure(p->doc, bef_text_str(&svg));
	if (outages->count > BEF_SERVICES_DRAWN)
		bef_doc_paragraph(p->doc, tr("The picture shows the first %d; the table has them all."), BEF_SERVICES_DRAWN);
}

static void put_rows(const struct part *p, const struct bef_outages *outages)
{
	bef_doc_table(p->doc, "", COLUMNS(tr("No."), tr("Service"), tr("State"), tr("Out of service"), tr("Back"),
	                                  tr("Interruption (RTO)"), tr("Data lost (RPO)"), tr("Degraded for")));
	for (size_t i = 0; i < outages->count; i++) {
		const struct bef_outage *one = &outages->one[i];
		const struct bef_asset *asset = &p->c->asset[one->asset];
		char when[BEF_DATE_SIZE], said[BEF_OUTAGE_SAY];

		bef_doc_cell(p->doc, "S%d", one->asset + 1);
		bef_doc_cell(p->doc, "%s", name_of(p, asset));
		bef_doc_cell(p->doc, "%s", bef_word_label(&bef_asset_states, asset->status));
		bef_doc_cell(p->doc, "%s", one->down_at_ms ? bef_part_when(p, one->down_at_ms, when) : tr("never"));
		bef_doc_cell(p->doc, "%s", one->back_at_ms ? bef_part_when(p, one->back_at_ms, when) : one->down_at_ms ? tr("not yet") : "");
		bef_doc_cell(p->doc, "%s", bef_outage_say_rto(p->c, one, said));
		bef_doc_cell(p->doc, "%s", bef_outage_say_rpo(p->c, one, said));
		bef_doc_cell(p->doc, "%s", one->degraded_ms ? bef_span_format(one->degraded_ms, when) : "");
	}
	bef_doc_table_end(p->doc);
	bef_doc_paragraph(p->doc, "%s", tr("Interruption: the longest one, and what is admissible (RTO). Data lost: age of the data got back when the service stopped, and what is admissible (RPO)."));
}

void bef_part_services(const struct part *p, bool now)
{
	struct bef_outages outages;

	if (!bef_outages_of(p->c, p->in->now_ms, &outages))
		p->doc->out->failed = true;
	if (now)
		keep_of_now(&outages);
	if (outages.count) {
		bef_doc_heading(p->doc, 3, tr("Services down and restored"));
		if (was_hit(&outages))
			draw(p, &outages);
		put_rows(p, &outages);
	}
	bef_outages_clear(&outages);
}
