/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * An incident, its alarms and a destination in every format, with fixed ids,
 * times and secrets: what the unit tests, the golden bodies and the verifiers
 * render.  Every secret but a signing one holds ALERTS_MARK.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alert/format.h"
#include "base/date.h"

#define ALERTS_MARK "s3cr3t"
#define ALERTS_SIGNING "whsec_YmVmZnJvaS10ZXN0LXNlY3JldC0zMi1ieXRlcy1vayE="
#define ALERTS_SIGNING_OLD "whsec_YmVmZnJvaS1mb3JtZXItc2VjcmV0LTMyLWJ5dGVzLSE="
#define ALERTS_ID "msg_0123456789abcdef0123456789abcdef"
/* 2026-11-21T15:00:00Z: Paris is at UTC+1. */
#define ALERTS_AT_MS INT64_C(1795273200000)

/* What each kind says in the test, in both languages. */
static const struct {
	const char *kind, *level, *text, *text_fr;
} alerts_texts[] = {
	{ "opened", "urgent", "Opened by Karim: files end in .locked on SRV-FIC.",
	  "Ouvert par Karim : des fichiers finissent en .locked sur SRV-FIC." },
	{ "crisis", "critical", "The crisis is declared. Cell at 16:30, bridge 42.",
	  "La crise est déclarée. Cellule à 16:30, pont 42." },
	{ "severity", "urgent", "Severity goes from 2 to 3: backups are reached too.",
	  "La gravité passe de 2 à 3 : les sauvegardes sont atteintes aussi." },
	{ "overdue", "urgent", "Two steps are overdue, among them: isolate the backups.",
	  "Deux étapes sont en retard, dont : isoler les sauvegardes." },
	{ "deadline", "urgent", "CNIL, art. 33 GDPR: 24 hours are left.", "CNIL, art. 33 RGPD : il reste 24 heures." },
	{ "missed", "critical", "CNIL, art. 33 GDPR: the 72 hours are over.", "CNIL, art. 33 RGPD : les 72 heures sont passées." },
	{ "review", "info", "Decision 3 is to be reviewed: Internet is cut.", "Décision 3 à réexaminer : Internet est coupé." },
	{ "sitrep", "info", "Situation 2 is out: payroll is back tomorrow.", "Point de situation 2 : la paie revient demain." },
	{ "all-clear", "urgent", "The alert is over. Thank you all.", "Fin de l'alerte. Merci à tous." },
	{ "degraded", "critical", "Three destinations are not reached any more.", "Trois destinations ne sont plus jointes." },
	/* What somebody typed: one text, and everything that a service could take for something else. */
	{ "message", "critical",
	  "Ne rallumez rien ! <!channel> @all @here *gras* _x_ `y` & <b>R&D</b> [ici](http://mal.example)\n"
	  "#titre | ~~~ \"c'est\" $x \\ … « œuvre » 👩🏽‍🚒 100 %", NULL },
	{ "correction", "urgent", "The bridge is 43, not 42.", "Le pont est le 43, non le 42." },
	{ "test", "info", "This is a test of the alerts.", "Ceci est un essai des alertes." },
};

struct alerts {
	struct bef_case c;
	struct bef_text json;
	struct bef_alarm alarm;
	struct bef_destination to;
	struct bef_keys keys;
};

static inline void bef_alerts_clear(struct alerts *a)
{
	bef_text_clear(&a->json);
	bef_alarm_clear(&a->alarm);
	bef_destination_clear(&a->to);
	bef_keys_clear(&a->keys);
}
#define BEF_AUTO_ALERTS __attribute__((cleanup(bef_alerts_clear))) struct alerts

static inline void alerts_case(struct bef_case *c)
{
	*c = (struct bef_case){
		.ref = "INC-2026-001",
		.title = "Fichiers chiffrés à l'atelier",
		.type = "ransomware",
		.severity = "3",
		.tlp = "amber",
		.zone = "Europe/Paris",
		.phase = "containment",
		.state = "crisis",
		.opened_at_ms = ALERTS_AT_MS - 2 * BEF_HOUR_MS,
		.line_count = 42,
		.head_count = 1,
	};
	memset(&c->log, 0x5a, sizeof(c->log));
	memset(&c->head[0], 0xc3, sizeof(c->head[0]));
}

static inline size_t alerts_row(const char *kind)
{
	size_t i = 0;

	while (strcmp(alerts_texts[i].kind, kind) != 0)
		i++;
	return i;
}

/* The alarm's JSON; `text` and `title` stand for the usual ones if they are not NULL. */
static inline enum bef_rc alerts_write(struct alerts *a, const struct bef_alarm_kind *kind, const char *title,
                                       const char *text, struct bef_err *err)
{
	size_t row = alerts_row(kind->name);
	struct bef_alarm_words words = {
		.c = &a->c,
		.kind = kind,
		.text = text ? text : alerts_texts[row].text,
		.text_fr = text ? NULL : alerts_texts[row].text_fr,
		.level = alerts_texts[row].level,
		.role = "director",
		.at_ms = ALERTS_AT_MS,
		.seq = 7,
		.corrects = strcmp(kind->name, "correction") == 0 ? 6 : 0,
		.test = strcmp(kind->name, "test") == 0,
	};

	if (title)
		a->c.title = title;
	bef_text_clear(&a->json);
	a->json.max = 8 << 20;
	return bef_alarm_write(&words, &a->json, err);
}

static inline enum bef_rc alerts_read(struct alerts *a, enum bef_lang lang, enum bef_reach reach, struct bef_err *err)
{
	enum bef_rc rc;

	bef_alarm_clear(&a->alarm);
	rc = bef_alarm_read(bef_text_str(&a->json), ALERTS_ID, lang, &a->alarm, err);
	a->alarm.reach = reach;
	a->alarm.now_ms = ALERTS_AT_MS + 5000;
	return rc;
}

/* What a format wants that is not like the others. */
static const struct {
	const char *format, *url, *to, *from, *user;
} alerts_rows[] = {
	{ "mattermost", "https://chat.example/hooks/" ALERTS_MARK "url", NULL, NULL, NULL },
	{ "zulip", "https://zulip.example", "alertes", NULL, "beffroi-bot@zulip.example" },
	{ "discord", "https://discord.example/api/v10/webhooks/123456789/" ALERTS_MARK "url", NULL, NULL, NULL },
	{ "google_chat", "https://chat.google.example/v1/spaces/AAA/messages?key=k&token=" ALERTS_MARK "url", NULL, NULL, NULL },
	{ "matrix", "https://matrix.example", "!cellule:matrix.example", NULL, NULL },
	{ "ntfy", "https://ntfy.example", "beffroi-cellule", NULL, NULL },
	{ "gotify", "https://gotify.example", NULL, NULL, NULL },
	{ "telegram", NULL, "-1001234567890", NULL, NULL },
	{ "pagerduty", NULL, NULL, NULL, NULL },
	{ "alertmanager", "https://alerts.example", NULL, NULL, NULL },
	{ "free_mobile", NULL, NULL, NULL, "12345678" },
	{ "ovh_sms", NULL, "+33612345678", "Menuiserie", "appkey" },
	{ "mail", "smtps://mail.example:465/beffroi.example", "cellule@menuiserie.example", "alertes@menuiserie.example", "alertes" },
	{ NULL, "https://hooks.example/" ALERTS_MARK "url", "cellule", "beffroi", "beffroi" },
};

static inline char *alerts_copy(const char *text)
{
	char *copy = text ? strdup(text) : NULL;

	if (text && !copy) {
		fprintf(stderr, "no memory for the fixture\n");
		exit(1);
	}
	return copy;
}

/* Everything that the format needs is given, and what it can use without needing it: tokens are not. */
static inline void alerts_destination(struct alerts *a, const struct bef_format *format)
{
	static const char *const secrets[BEF_SECRET_COUNT] = {
		[BEF_SECRET_SIGNING] = ALERTS_SIGNING,
		[BEF_SECRET_TOKEN] = "tok-" ALERTS_MARK "-0123456789abcdef",
		[BEF_SECRET_PASSWORD] = "pass-" ALERTS_MARK,
		[BEF_SECRET_CONSUMER] = "consumer-" ALERTS_MARK,
	};
	size_t row = 0;

	bef_destination_clear(&a->to);
	bef_keys_clear(&a->keys);
	while (alerts_rows[row].format && strcmp(alerts_rows[row].format, format->name) != 0)
		row++;
	snprintf(a->to.name, sizeof(a->to.name), "%s", "cellule");
	a->to.format = format;
	for (int i = 0; i < BEF_SECRET_COUNT; i++)
		if (format->needs & 1u << i || (i == BEF_SECRET_PASSWORD && format->is_mail))
			a->keys.value[i] = alerts_copy(secrets[i]);
	free(a->keys.value[BEF_SECRET_URL]);
	a->keys.value[BEF_SECRET_URL] = alerts_copy(alerts_rows[row].url);
	a->to.set[BEF_SET_TO] = alerts_copy(alerts_rows[row].to);
	a->to.set[BEF_SET_FROM] = alerts_copy(alerts_rows[row].from);
	a->to.set[BEF_SET_USER] = alerts_copy(alerts_rows[row].user);
	if (format->needs_set & 1u << BEF_SET_SERVICE)
		a->to.set[BEF_SET_SERVICE] = alerts_copy("sms-ab12345-1");
}

static inline struct bef_rendering alerts_rendering(const struct alerts *a)
{
	return (struct bef_rendering){ .alarm = &a->alarm, .to = &a->to, .keys = &a->keys };
}
