/* SPDX-License-Identifier: EUPL-1.2 */
/* Identifiers made from names, patterns, taxonomies: what the exports rest on. */
#include "model/rsit.h"
#include "report/misp.h"
#include "report/stix.h"

#include "unit.h"

static void identifiers_made_from_names_are_those_of_the_standards(void **state)
{
	static const struct { const char *space, *name, *uuid; } rows[] = {
		/* RFC 9562, A.4 */
		{ "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com", "2ed6657d-e927-568b-95e1-2665a8aea6a2" },
		/* Examples of the STIX committee that follow their own recipe. */
		{ "00abedb4-aa42-466c-9c01-fed23315a9b7", "{\"value\":\"evil@decryptyourstuff.zip\"}",
		  "872bd204-384b-548b-a2d2-24eee3b48fe8" },
		{ "00abedb4-aa42-466c-9c01-fed23315a9b7", "{\"account_login\":\"qrzTalker4514\",\"account_type\":\"fake-app\"}",
		  "8692770d-34f4-5681-8628-810d62dbfcb6" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct bef_uuid space, uuid;
		char text[BEF_UUID_TEXT];

		assert_true(bef_uuid_parse(rows[i].space, &space));
		if (!bef_uuid_v5(&space, rows[i].name, &uuid))
			skip(); /* no libcrypto here */
		bef_uuid_format(&uuid, text);
		assert_string_equal(text, rows[i].uuid);
	}
}

static void the_object_of_an_observable_has_the_id_that_stix_prescribes(void **state)
{
	struct bef_case c = { .tlp = "clear" };
	struct stix s = { .c = &c, .objects = json_array(), .seen = json_object(), .ok = true };
	const struct bef_observable mail = { .type = "email", .value = "evil@decryptyourstuff.zip" };
	char id[BEF_EXPORT_ID], again[BEF_EXPORT_ID];
	struct bef_uuid probe;

	(void)state;
	if (!bef_uuid_v5(&bef_export_space, "", &probe))
		skip();
	assert_true(stix_sco(&s, &mail, id) && stix_sco(&s, &mail, again));
	assert_string_equal(id, "email-addr--872bd204-384b-548b-a2d2-24eee3b48fe8");
	assert_string_equal(id, again);
	assert_int_equal(json_array_size(s.objects), 2); /* itself once, and its marking */
	json_decref(s.objects);
	json_decref(s.seen);
}

static void patterns_quote_what_would_end_them(void **state)
{
	static const struct { const char *type, *value, *pattern; } rows[] = {
		{ "domain", "evil.example", "[domain-name:value = 'evil.example']" },
		{ "ipv4", "203.0.113.0/24", "[ipv4-addr:value = '203.0.113.0/24']" },
		{ "hash", "d41d8cd98f00b204e9800998ecf8427e", "[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e']" },
		{ "hash", "da39a3ee5e6b4b0d3255bfef95601890afd80709",
		  "[file:hashes.'SHA-1' = 'da39a3ee5e6b4b0d3255bfef95601890afd80709']" },
		{ "filename", "O'Neil' OR file:name = 'x", "[file:name = 'O\\'Neil\\' OR file:name = \\'x']" },
		{ "registry-key", "HKEY_USERS\\a\\", "[windows-registry-key:key = 'HKEY_USERS\\\\a\\\\']" },
		{ "mutex", "\\'", "[mutex:name = '\\\\\\'']" },
		{ "mutex", "a\nb\t", "[mutex:name = 'a\nb\t']" }, /* the grammar takes them as they are */
		{ "email-subject", "Réf. ]", "[email-message:subject = 'Réf. ]']" },
		{ "user-agent", "x", "[network-traffic:extensions.'http-request-ext'.request_header.'User-Agent' = 'x']" },
		{ "other", "x", NULL },
		{ "cve", "CVE-2024-3400", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		const struct bef_observable one = { .type = rows[i].type, .value = rows[i].value };
		BEF_AUTO(text) pattern = { .max = 1000 };

		assert_int_equal(stix_pattern(&one, &pattern), rows[i].pattern != NULL);
		if (rows[i].pattern)
			assert_string_equal(bef_text_str(&pattern), rows[i].pattern);
	}
}

static void attributes_are_of_the_type_of_their_value(void **state)
{
	static const struct { const char *type, *value, *misp; } rows[] = {
		{ "hash", "d41d8cd98f00b204e9800998ecf8427e", "md5" },
		{ "hash", "da39a3ee5e6b4b0d3255bfef95601890afd80709", "sha1" },
		{ "hostname", "pc-3", "target-machine" },
		{ "hostname", "pc-3.corp.example", "hostname" },
		{ "ipv6", "2001:db8::1", "ip-dst" },
		{ "something new", "x", "other" },
	};
	const struct bef_asset site = { .type = "site" }, data = { .type = "data" };

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		const struct bef_observable one = { .type = rows[i].type, .value = rows[i].value };

		assert_string_equal(misp_observable_kind(&one).type, rows[i].misp);
	}
	assert_string_equal(misp_asset_kind(&site).type, "target-location");
	assert_string_equal(misp_asset_kind(&data).type, "comment");
}

static void what_is_marked_above_the_limit_stays(void **state)
{
	static const char *const order[] = { "clear", "green", "amber", "amber+strict", "red" };
	const struct bef_export_opts none = { 0 };

	(void)state;
	for (size_t most = 0; most < ROWS(order); most++)
		for (size_t i = 0; i < ROWS(order); i++) {
			const struct bef_export_opts opts = { .max_tlp = order[most] };

			assert_int_equal(bef_export_may(&opts, order[i]), i <= most);
			assert_true(bef_export_may(&none, order[i]));
		}
}

static bool rsit_has(const json_t *taxonomy, const char *class_, const char *type)
{
	json_t *value, *entry;
	size_t i, e;

	json_array_foreach (json_object_get(taxonomy, "values"), i, value)
		json_array_foreach (json_object_get(value, "entry"), e, entry)
			if (strcmp(json_string_value(json_object_get(value, "predicate")), class_) == 0 &&
			    strcmp(json_string_value(json_object_get(entry, "value")), type) == 0)
				return true;
	return false;
}

static void every_type_of_incident_has_its_place_in_rsit(void **state)
{
	json_t *taxonomy = json_load_file("../shared/schemas/rsit-machinev1.json", 0, NULL);
	size_t count = 0;

	(void)state;
	for (const struct bef_word *row = bef_types.row; row->name; row++, count++)
		must(strcmp(bef_rsit_find(row->name)->type, row->name) == 0, "%s", row->name);
	assert_null(bef_rsits[count].type);
	assert_string_equal(bef_rsit_find("from a newer version")->rsit, "undetermined");
	assert_string_equal(bef_rsit_find(NULL)->rsit, "undetermined");
	assert_string_equal(bef_rsit_find("ransomware")->rsit, "unauthorised-information-modification");
	if (!taxonomy)
		skip(); /* the taxonomy is not beside the project */
	for (const struct bef_rsit *row = bef_rsits; row->type; row++) {
		must(rsit_has(taxonomy, row->class_, row->rsit), "%s: %s %s", row->type, row->class_, row->rsit);
		/* RSIT's own words mean themselves. */
		must(!rsit_has(taxonomy, row->class_, row->type) || strcmp(row->type, row->rsit) == 0, "%s", row->type);
	}
	json_decref(taxonomy);
}

UNIT_MAIN(unit(identifiers_made_from_names_are_those_of_the_standards),
          unit(the_object_of_an_observable_has_the_id_that_stix_prescribes), unit(patterns_quote_what_would_end_them),
          unit(attributes_are_of_the_type_of_their_value), unit(what_is_marked_above_the_limit_stays),
          unit(every_type_of_incident_has_its_place_in_rsit))
