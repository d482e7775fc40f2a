/* SPDX-License-Identifier: EUPL-1.2 */
/* The instants that limits count from: which there are, who says when they were, what they are called. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "model/law.h"

enum origin {
	OURS,    /* stands in the record */
	DECIDED, /* somebody has to say when it was */
	AWAITED, /* somebody says so if and when it comes */
};

static const struct {
	const char *event, *label;
	enum origin origin;
} events[] = {
	{ "detected", N_("first sign"), OURS },
	{ "aware", N_("awareness"), OURS },
	{ "aware.rgpd", N_("awareness that personal data were compromised"), DECIDED },
	{ "aware.nis2", N_("awareness of the significant incident"), DECIDED },
	{ "aware.cra", N_("awareness of the exploited vulnerability or severe incident"), DECIDED },
	{ "aware.dora", N_("awareness of the incident (DORA)"), DECIDED },
	{ "aware.cer", N_("awareness of the incident (CER)"), DECIDED },
	{ "aware.telecom", N_("detection of the breach (telecoms)"), DECIDED },
	{ "aware.trust", N_("awareness of the incident (trust services)"), DECIDED },
	{ "processor-told", N_("the processor told us"), AWAITED },
	{ "classified.major", N_("classified as major"), DECIDED },
	{ "fix-available", N_("fix available"), AWAITED },
	{ "known-harm", N_("the victim knows of the attack"), DECIDED },
	{ "ordered", N_("the authority asked"), AWAITED },
	{ "risk-high", N_("the risk was found to be high"), DECIDED },
	{ "significant", N_("found to be significant"), DECIDED },
	{ "occurred", N_("the incident began"), AWAITED },
	{ "handled", N_("the incident is handled"), AWAITED },
	{ NULL, NULL, OURS },
};

static enum origin origin_of(const char *event)
{
	for (size_t i = 0; events[i].event; i++)
		if (strcmp(events[i].event, event) == 0)
			return events[i].origin;
	return OURS;
}

bool bef_event_is_known(const char *event)
{
	return origin_of(event) != OURS;
}

const char *bef_event_names(void)
{
	static char names[400];
	size_t len = 0;

	for (size_t i = 0; events[i].event; i++)
		if (events[i].origin != OURS)
			len += (size_t)snprintf(names + len, sizeof(names) - len, "%s%s", len ? ", " : "", events[i].event);
	return names;
}

bool bef_event_is_decided(const char *event)
{
	return origin_of(event) == DECIDED;
}

void bef_event_say(const struct bef_law *law, const char *event, struct bef_text *out)
{
	const char *colon = strchr(event, ':');
	const struct bef_rule *rule = colon ? bef_law_rule(law, colon + 1) : NULL;
	const char *name = rule ? bef_both(rule->json, "name") : colon ? colon + 1 : NULL;

	for (size_t i = 0; events[i].event; i++)
		if (strcmp(events[i].event, event) == 0)
			name = tr(events[i].label);
	if (colon)
		bef_text_printf(out, strncmp(event, "due:", 4) == 0 ? tr("limit of: %s") : tr("sending of: %s"), name);
	else
		bef_text_puts(out, name ? name : event);
}
