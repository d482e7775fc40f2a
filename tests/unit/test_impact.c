/* SPDX-License-Identifier: EUPL-1.2 */
/* Impacts in STIX: times out of use, personal data, costs; and the report of a MISP event. */
#include "report/export.h"
#include "report/stix.h"

#include "unit.h"

static struct bef_case *fold(struct unit_story *story)
{
	struct bef_case *c = NULL;
	struct bef_err err = { 0 };

	assert_ok(bef_case_fold(&story->journal, &c, &err), err);
	return c;
}

/* The export of a case, read again; NULL: no SHA-1 on this machine. */
static json_t *exported(const struct bef_case *c, const char *name, const struct bef_export_opts *opts)
{
	const struct bef_report_input in = { .c = c, .ref = c->ref, .organisation = "Durand", .author = "lea" };
	BEF_AUTO(text) text = { .max = 1 << 24 };
	struct bef_err err = { 0 };
	struct bef_uuid probe;
	json_t *json = NULL;
	int left_out;

	if (!bef_uuid_v5(&bef_export_space, "", &probe))
		return NULL;
	assert_ok(bef_export_write(bef_export_find(name), &in, opts, &text, &left_out, &err), err);
	assert_ok(bef_json_load(text.data, text.len, &json, &err), err);
	return json;
}

/* "lost:100..", "degraded:50..1" (superseded), "down:100." (ended) of each impact on availability. */
static void availability(const json_t *bundle, struct bef_text *out)
{
	json_t *one;
	size_t i;

	json_array_foreach (json_object_get(bundle, "objects"), i, one) {
		const json_t *ext = json_object_get(json_object_get(one, "extensions"), "availability-ext");

		if (ext)
			bef_text_printf(out, "%s%s:%lld%s%s", out->len ? " " : "",
			                json_string_value(json_array_get(json_object_get(one, "labels"), 0)),
			                (long long)bef_json_int(ext, "availability_impact", -1),
			                bef_json_text(one, "end_time") ? " ended" : "",
			                bef_json_text(one, "superseded_by_ref") ? " superseded" : "");
	}
}

/* A row with a state that the vocabulary does not have is for the version that has it. */
static bool is_of_this_version(const char *const *said, size_t count)
{
	for (size_t i = 0; i < count && said[i]; i++)
		if (!bef_word_find(&bef_asset_states, said[i]))
			return false;
	return true;
}

static void a_time_out_of_use_lasts_until_the_record_says_otherwise(void **state)
{
	static const struct { const char *said[5], *expected; } rows[] = {
		{ { "suspected" }, "" },
		{ { "compromised", "isolated", "cleaned" }, "" },
		{ { "lost" }, "lost:100" },
		{ { "compromised", "lost", "rebuilt" }, "lost:100" },
		{ { "lost", "back-in-service" }, "lost:100 ended" },
		{ { "lost", "not-affected" }, "lost:100 ended" },
		{ { "lost", "down" }, "lost:100" },
		{ { "degraded", "down", "back-in-service" }, "degraded:50 ended superseded down:100 ended" },
		{ { "down", "degraded" }, "down:100 ended superseded degraded:50" },
		{ { "down", "back-in-service", "down" }, "down:100 ended down:100" },
		{ { "back-in-service" }, "" },
	};
	const struct bef_export_opts all = { 0 }, plain = { .plain = true };

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		BEF_AUTO(text) found = { .max = 1000 };
		struct unit_story story;
		char asset[BEF_HASH_HEX];
		struct bef_case *c;
		json_t *bundle;

		if (!is_of_this_version(rows[i].said, ROWS(rows[i].said)))
			continue;
		unit_story_start(&story);
		unit_tell(&story, NULL, "incident.opened", UNIT_OPENING);
		unit_tell(&story, asset, "asset.added", "{'name':'FS1','type':'server','status':'%s'}", rows[i].said[0]);
		for (size_t s = 1; s < ROWS(rows[i].said) && rows[i].said[s]; s++)
			unit_tell(&story, NULL, "asset.changed", "{'asset':'%s','status':'%s'}", asset, rows[i].said[s]);
		c = fold(&story);
		bundle = exported(c, "stix", &all);
		if (!bundle)
			skip();
		availability(bundle, &found);
		must(strcmp(bef_text_str(&found), rows[i].expected) == 0, "%zu: '%s'", i, bef_text_str(&found));
		json_decref(bundle);
		bundle = exported(c, "stix", &plain);
		bef_text_clear(&found);
		availability(bundle, &found);
		assert_string_equal(bef_text_str(&found), "");
		json_decref(bundle);
		bef_case_free(c);
	}
}

static struct stix_data_loss loss_of(const char *hit, const char *lost, const char *records)
{
	struct unit_story story;
	struct bef_case *c;
	struct stix_data_loss loss;

	unit_story_start(&story);
	unit_tell(&story, NULL, "incident.opened", UNIT_OPENING);
	if (hit)
		unit_tell(&story, NULL, "fact.answered", "{'fact':'personal-data','answer':'%s'}", hit);
	unit_tell_body(&story, NULL, "fact.answered", json_pack("{s:s, s:s}", "fact", "cnil-loss", "text", lost));
	unit_tell_body(&story, NULL, "fact.answered", json_pack("{s:s, s:s}", "fact", "cnil-records", "text", records));
	c = fold(&story);
	loss = stix_data_loss_of(c);
	bef_case_free(c);
	return loss;
}

static void an_answer_counts_only_if_it_can_mean_one_thing(void **state)
{
	static const struct { const char *said; bool confidentiality, integrity; } rows[] = {
		{ "confidentiality", true, false },
		{ "Confidentialité, intégrité et disponibilité.", true, true },
		{ "perte de la CONFIDENTIALITE", true, false },
		{ "perte d'intégrité", false, true },
		{ "la confidentialité + l’intégrité", true, true },
		{ "disponibilité", false, false },
		{ "pas la confidentialité", false, false },
		{ "confidentialité ?", false, false },
		{ "confidentiality: no", false, false },
		{ "non", false, false },
		{ "confidentialityconfidentialityconfidentiality", false, false },
		{ ",", false, false },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		const struct stix_data_loss loss = loss_of("yes", rows[i].said, "1");

		must(loss.confidentiality == rows[i].confidentiality && loss.integrity == rows[i].integrity && !loss.none, "%s",
		     rows[i].said);
	}
	assert_false(loss_of(NULL, "confidentiality", "1").confidentiality);
	assert_false(loss_of("unknown", "confidentiality", "1").confidentiality);
	assert_true(loss_of("no", "confidentiality", "1").none);
	assert_false(loss_of("no", "confidentiality", "1").confidentiality);
	assert_int_equal(loss_of("no", "confidentiality", "1").records, -1);
}

static void a_number_counts_only_if_it_is_one(void **state)
{
	static const struct { const char *said; long number; } rows[] = {
		{ "0", 0 }, { "1200", 1200 }, { "1 200", 1200 }, { "12\xc2\xa0" "000\xe2\x80\xaf" "000", 12000000 },
		{ "about 1200", -1 }, { "1000-1500", -1 }, { "12 00", -1 }, { "1200 000", -1 }, { "1  200", -1 }, { "1 200 ", -1 },
		{ "1.200", -1 }, { "-5", -1 }, { "3 000 000 000", -1 }, { "999999999999999999", -1 }, { "x", -1 }, { " ", -1 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++)
		must(loss_of("yes", "integrity", rows[i].said).records == rows[i].number, "'%s'", rows[i].said);
}

static void a_sum_of_costs_has_the_digits_that_were_written(void **state)
{
	const struct bef_export_opts all = { 0 };
	const struct bef_report_input in = { .organisation = "" };
	BEF_AUTO(text) text = { .max = 1 << 24 };
	struct bef_report_input own = in;
	struct unit_story story;
	struct bef_case *c;
	struct bef_err err = { 0 };
	struct bef_uuid probe;
	int left_out;

	(void)state;
	unit_story_start(&story);
	unit_tell(&story, NULL, "incident.opened", UNIT_OPENING);
	unit_tell(&story, NULL, "note", "{'text':'a','sort':'cost','amount_cents':1989}");
	unit_tell(&story, NULL, "note", "{'text':'b','sort':'cost','amount_cents':10}");
	c = fold(&story);
	own.c = c;
	own.ref = c->ref;
	if (!bef_uuid_v5(&bef_export_space, "", &probe))
		skip();
	assert_ok(bef_export_write(bef_export_find("stix"), &own, &all, &text, &left_out, &err), err);
	assert_non_null(strstr(bef_text_str(&text), "\"min_amount\":19.99,\"max_amount\":19.99}"));
	bef_case_free(c);
}

static void the_report_of_an_event_stays_with_its_incident(void **state)
{
	static const struct { const char *most; bool there; } rows[] = { { NULL, true }, { "amber", true }, { "green", false } };
	struct unit_story story;
	struct bef_case *c;

	(void)state;
	unit_story_start(&story);
	unit_tell(&story, NULL, "incident.opened", UNIT_OPENING);
	unit_tell(&story, NULL, "note", "{'text':'seen @[tag](x)','sort':'fact'}");
	unit_tell(&story, NULL, "observable.added", "{'type':'domain','value':'red.example','status':'confirmed','tlp':'red'}");
	c = fold(&story);
	for (size_t i = 0; i < ROWS(rows); i++) {
		const struct bef_export_opts opts = { .max_tlp = rows[i].most };
		json_t *file = exported(c, "misp", &opts);
		const json_t *report = json_array_get(json_object_get(json_object_get(file, "Event"), "EventReport"), 0);
		const char *content = bef_json_text_or(report, "content", "");

		if (!file)
			skip();
		assert_int_equal(report != NULL, rows[i].there);
		assert_int_equal(strstr(content, "seen \\@\\[tag\\](x)") != NULL, rows[i].there);
		assert_null(strstr(content, "red.example"));
		json_decref(file);
	}
	bef_case_free(c);
}

UNIT_MAIN(unit(a_time_out_of_use_lasts_until_the_record_says_otherwise), unit(an_answer_counts_only_if_it_can_mean_one_thing),
          unit(a_number_counts_only_if_it_is_one), unit(a_sum_of_costs_has_the_digits_that_were_written),
          unit(the_report_of_an_event_stays_with_its_incident))
