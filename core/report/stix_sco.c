/* SPDX-License-Identifier: EUPL-1.2 */
/* Observables as STIX cyber-observable objects, and the patterns that find them. */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "model/observable.h"
#include "report/stix.h"

/* The space that STIX 2.1 reserves for the ids of these objects (2.9). */
static const struct bef_uuid sco_space = { { 0x00, 0xab, 0xed, 0xb4, 0xaa, 0x42, 0x46, 0x6c, 0x9c, 0x01, 0xfe, 0xd2, 0x33, 0x15,
	                                     0xa9, 0xb7 } };

/* What has no object of its own is an account of a kind that the open vocabulary leaves room for, or nothing. */
static const struct sco {
	const char *observable, *type;
	const char *property;     /* all of its id, but for account_type */
	const char *account_type; /* or NULL */
	const char *path;         /* in a pattern; or NULL: TYPE:PROPERTY */
} scos[] = {
	{ "ipv4", "ipv4-addr", "value", NULL, NULL },
	{ "ipv6", "ipv6-addr", "value", NULL, NULL },
	{ "domain", "domain-name", "value", NULL, NULL },
	{ "hostname", "domain-name", "value", NULL, NULL },
	{ "url", "url", "value", NULL, NULL },
	{ "email", "email-addr", "value", NULL, NULL },
	{ "mac", "mac-addr", "value", NULL, NULL },
	{ "mutex", "mutex", "name", NULL, NULL },
	{ "registry-key", "windows-registry-key", "key", NULL, NULL },
	{ "filename", "file", "name", NULL, NULL },
	{ "hash", "file", "hashes", NULL, NULL },
	{ "email-subject", "email-message", "subject", NULL, NULL },
	{ "account", "user-account", "account_login", NULL, NULL },
	{ "iban", "user-account", "account_login", "bank-account", NULL },
	{ "btc", "user-account", "account_login", "cryptocurrency-wallet", NULL },
	{ "phone", "user-account", "account_login", "phone-number", NULL },
	{ "user-agent", NULL, NULL, NULL, "network-traffic:extensions.'http-request-ext'.request_header.'User-Agent'" },
};

static const struct sco *sco_of(const char *observable)
{
	for (size_t i = 0; i < sizeof(scos) / sizeof(*scos); i++)
		if (strcmp(scos[i].observable, observable) == 0)
			return &scos[i];
	return NULL;
}

/* The properties that make the id. */
static json_t *contributing(struct stix *s, const struct sco *sco, const char *value)
{
	json_t *object = json_object();

	if (strcmp(sco->property, "hashes") == 0)
		bef_json_put(object, "hashes", json_pack("{s:s}", bef_hash_name(value), value), &s->ok);
	else
		stix_text(s, object, sco->property, value);
	stix_text(s, object, "account_type", sco->account_type);
	return object;
}

bool stix_sco(struct stix *s, const struct bef_observable *observable, char id[BEF_EXPORT_ID])
{
	const struct sco *sco = sco_of(observable->type);
	BEF_AUTO(text) name = { .max = 1 << 14 };
	json_t *part, *object;

	if (!sco || !sco->type)
		return false;
	part = contributing(s, sco, observable->value);
	object = json_object();
	if (!s->ok || bef_json_canonical(part, &name, NULL) != BEF_OK || name.failed ||
	    !bef_export_id(&sco_space, sco->type, bef_text_str(&name), id))
		s->ok = false;
	if (!s->ok)
		id[0] = '\0';
	stix_text(s, object, "type", sco->type);
	stix_text(s, object, "spec_version", "2.1");
	stix_text(s, object, "id", id);
	if (s->ok && json_object_update(object, part) != 0)
		s->ok = false;
	if (strcmp(sco->type, "email-message") == 0)
		bef_json_put_bool(object, "is_multipart", false, &s->ok);
	stix_mark(s, object, bef_observable_tlp(s->c, observable));
	json_decref(part);
	stix_put(s, object);
	return s->ok;
}

/* A string constant of a pattern: between apostrophes, they and the backslash escaped (STIX 2.1, 9.3). */
static void put_constant(struct bef_text *out, const char *value)
{
	bef_text_putc(out, '\'');
	for (; *value; value++)
		bef_text_printf(out, strchr("'\\", *value) ? "\\%c" : "%c", *value);
	bef_text_putc(out, '\'');
}

bool stix_pattern(const struct bef_observable *observable, struct bef_text *out)
{
	const struct sco *sco = sco_of(observable->type);
	const char *hash = strcmp(observable->type, "hash") == 0 ? bef_hash_name(observable->value) : NULL;

	if (!sco)
		return false;
	bef_text_putc(out, '[');
	if (hash)
		/* A name with a dash is quoted. */
		bef_text_printf(out, strchr(hash, '-') ? "file:hashes.'%s'" : "file:hashes.%s", hash);
	else if (sco->path)
		bef_text_puts(out, sco->path);
	else
		bef_text_printf(out, "%s:%s", sco->type, sco->property);
	bef_text_puts(out, " = ");
	put_constant(out, observable->value);
	bef_text_putc(out, ']');
	return !out->failed;
}
