/* SPDX-License-Identifier: EUPL-1.2 */
/* In the status: what is out of use, and how much of the admissible interruption is left. */
#include <string.h>

#include "base/i18n.h"
#include "out.h"
#include "status_parts.h"

enum { SHOWN = 5 };

/* Nobody waits for what is lost. */
static bool is_shown(const struct bef_case *c, const struct bef_outage *one)
{
	return one->now != BEF_RUNNING && strcmp(c->asset[one->asset].status, "lost") != 0;
}

static void say_limit(const struct bef_case *c, const struct bef_outage *one, struct bef_text *out)
{
	int64_t rto_ms = c->asset[one->asset].rto_ms;
	int64_t left_ms = rto_ms - one->current_ms;
	char span[BEF_DATE_SIZE];

	if (!rto_ms || one->now != BEF_DOWN)
		return;
	if (left_ms < 0)
		bef_text_printf(out, tr("; BEYOND what is admissible (RTO) by %s"), bef_span_format(-left_ms, span));
	else
		bef_text_printf(out, tr("; %s left of what is admissible (RTO)"), bef_span_format(left_ms, span));
}

static void put_one(struct bef_app *app, const struct bef_case *c, const struct bef_outage *one)
{
	const struct bef_asset *asset = &c->asset[one->asset];
	BEF_AUTO(text) text = { .max = 4096 };
	char span[BEF_DATE_SIZE];

	bef_text_printf(&text, "S%d %s", one->asset + 1, asset->name ? asset->name : tr("[erased]"));
	if (one->now == BEF_DOWN)
		bef_text_printf(&text, tr(": out of service for %s"), bef_span_format(one->current_ms, span));
	else
		bef_text_printf(&text, tr(": %s"), tr("degraded"));
	say_limit(c, one, &text);
	bef_wrap_text(app, bef_outage_is_late(c, one) ? BEF_BAD : BEF_WARN, 12, 12, &text);
}

void bef_status_services(struct bef_app *app, const struct bef_case *c, const struct bef_outages *outages)
{
	const char *label = tr("services");
	int more = -SHOWN;

	for (size_t i = 0; i < outages->count && !c->closed; i++) {
		if (!is_shown(c, &outages->one[i]))
			continue;
		if (++more > 0)
			continue;
		bef_status_label(app, label);
		put_one(app, c, &outages->one[i]);
		label = "";
	}
	if (more > 0) {
		bef_status_label(app, label);
		bef_put(app, BEF_PLAIN, trn("%d more: beffroi asset", "%d more: beffroi asset", more), more);
		bef_put(app, BEF_PLAIN, "\n");
	}
}
