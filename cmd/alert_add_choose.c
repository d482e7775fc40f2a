/* SPDX-License-Identifier: EUPL-1.2 */
/* What a destination that is being added is chosen from: services, readers, languages.  Declared in alert.h. */
#include <string.h>

#include "alert.h"
#include "alert/format.h"
#include "audience.h"
#include "base/i18n.h"
#include "help.h"
#include "out.h"

/* --- the service --- */

static void put_services(struct bef_app *app)
{
	bef_talk(app, "%s", tr("The services:"));
	for (size_t i = 0; bef_formats[i]; i++)
		bef_talk(app, "  %-14s %s", bef_formats[i]->name, bef_formats[i]->label);
}

static enum bef_rc unknown_service(const char *typed, struct bef_err *err)
{
	BEF_AUTO(text) all = { .max = 2000 };

	for (size_t i = 0; bef_formats[i]; i++)
		bef_text_printf(&all, "%s%s", i ? ", " : "", bef_formats[i]->name);
	if (*typed)
		bef_fail(err, BEF_USAGE, tr("no format '%s'"), BEF_SHORT(typed, 40));
	else
		bef_fail(err, BEF_USAGE, "%s", tr("which service? say it with --format"));
	bef_hint(err, tr("formats: %s"), bef_text_str(&all));
	return BEF_USAGE;
}

/* By its name, by what its makers call it, or by what is near either. */
static const struct bef_format *find_service(const char *typed, bool nearly)
{
	for (size_t i = 0; bef_formats[i]; i++) {
		const struct bef_format *format = bef_formats[i];

		if (bef_fold_equal(typed, format->name) || bef_fold_equal(typed, format->label) ||
		    (nearly && strlen(typed) > 3 && bef_edit_distance(typed, format->name, 2) <= 2))
			return format;
	}
	return NULL;
}

/* Asked twice at most. */
static enum bef_rc ask_service(struct bef_adding *a, struct bef_text *typed, struct bef_err *err)
{
	put_services(a->app);
	for (int i = 0; i < 2 && !a->format; i++) {
		const struct bef_format *near;
		enum bef_rc rc = bef_adding_ask(a, false, tr("Which one? "), typed, err);

		if (rc || typed->len == 0)
			return rc;
		a->format = find_service(bef_text_str(typed), false);
		near = a->format ? NULL : find_service(bef_text_str(typed), true);
		if (near)
			bef_talk(a->app, tr("did you mean '%s'?"), near->name);
		else if (!a->format && i == 0)
			bef_talk(a->app, tr("no format '%s'"), BEF_SHORT(bef_text_str(typed), 40));
	}
	return BEF_OK;
}

enum bef_rc bef_adding_format(struct bef_adding *a, struct bef_err *err)
{
	BEF_AUTO(text) typed = { .max = 200 };
	enum bef_rc rc = BEF_OK;

	if (a->opts->format) {
		bef_text_puts(&typed, a->opts->format);
		a->format = find_service(a->opts->format, false);
	} else {
		rc = ask_service(a, &typed, err);
	}
	if (rc)
		return rc;
	if (!a->format)
		return unknown_service(bef_text_str(&typed), err);
	bef_talk(a->app, "%s. %s", a->format->label, bef_lang() == BEF_FR ? a->format->help_fr : a->format->help_en);
	return BEF_OK;
}

/* --- who reads --- */

static const enum bef_audience audiences[] = { BEF_AUDIENCE_THIRD_PARTY, BEF_AUDIENCE_ORGANISATION, BEF_AUDIENCE_PERSONS };
enum { AUDIENCES = sizeof(audiences) / sizeof(*audiences) };

static bool understand_audience(struct bef_adding *a, const char *typed)
{
	enum bef_audience named = bef_audience_find(typed);
	int number = bef_number(typed);

	if (number >= 1 && number <= AUDIENCES)
		named = audiences[number - 1];
	if (named == BEF_AUDIENCE_COUNT)
		return !*typed;
	a->audience = named;
	return true;
}

static enum bef_rc ask_audience(struct bef_adding *a, struct bef_err *err)
{
	BEF_AUTO(text) question = { .max = 400 };
	BEF_AUTO(text) typed = { .max = 200 };

	bef_talk(a->app, "%s", tr("Who can read there? With the incident's TLP, it decides what leaves."));
	bef_talk(a->app, "%s", tr("  1  a third party: a service of others, or people outside"));
	bef_talk(a->app, "%s", tr("  2  the organisation: your own server, your own people"));
	bef_talk(a->app, "%s", tr("  3  named persons and nobody else"));
	bef_text_printf(&question, tr("Which number? (Enter: %s) "), bef_audience_label(a->audience));
	for (int i = 0; i < 2; i++) {
		enum bef_rc rc = bef_adding_ask(a, false, bef_text_str(&question), &typed, err);

		if (rc || understand_audience(a, bef_text_str(&typed)))
			return rc;
	}
	return bef_fail(err, BEF_USAGE, "%s '%s'", tr("not third-party, organisation, persons or e2ee:"),
	                BEF_SHORT(bef_text_str(&typed), 40));
}

static enum bef_rc ask_lang(struct bef_adding *a, struct bef_err *err)
{
	BEF_AUTO(text) question = { .max = 400 };
	BEF_AUTO(text) typed = { .max = 200 };

	bef_text_printf(&question, tr("The language of its messages, fr or en (Enter: %s): "), bef_lang_name(a->lang));
	for (int i = 0; i < 2; i++) {
		enum bef_rc rc = bef_adding_ask(a, false, bef_text_str(&question), &typed, err);

		if (rc || typed.len == 0)
			return rc;
		for (int l = 0; l < BEF_LANG_COUNT; l++)
			if (bef_fold_equal(bef_text_str(&typed), bef_lang_name((enum bef_lang)l))) {
				a->lang = (enum bef_lang)l;
				return BEF_OK;
			}
	}
	return bef_fail(err, BEF_USAGE, "%s '%s'", tr("neither fr nor en:"), BEF_SHORT(bef_text_str(&typed), 40));
}

enum bef_rc bef_adding_readers(struct bef_adding *a, struct bef_err *err)
{
	enum bef_rc rc = BEF_OK;

	a->audience = a->format->audience;
	a->lang = bef_lang();
	if (!bef_adding_given(a, "audience", "public"))
		rc = ask_audience(a, err);
	if (rc == BEF_OK && !bef_adding_given(a, "lang", "langue"))
		rc = ask_lang(a, err);
	return rc;
}
