/* SPDX-License-Identifier: EUPL-1.2 */
/* What was seen, and on what of ours: assets, observed data, indicators, sightings, vulnerabilities. */
#include <string.h>

#include "base/json.h"
#include "model/observable.h"
#include "report/stix.h"

/* What stands for an asset is an identity; nothing else in STIX is "one of ours". */
static const char *class_of(const char *type)
{
	static const char *const systems[] = { "workstation", "server", "network", "connected-object", "service", "phone",
		                               "backup", "mailbox" };

	for (size_t i = 0; i < sizeof(systems) / sizeof(*systems); i++)
		if (strcmp(systems[i], type) == 0)
			return "system";
	return "unknown";
}

static bool asset_leaves(const struct stix *s, int asset)
{
	return s->whole && asset >= 0 && (size_t)asset < s->c->asset_count && bef_line_counts(s->c->asset[asset].line) &&
	       s->c->asset[asset].name;
}

bool stix_asset_id(const struct stix *s, int asset, char id[BEF_EXPORT_ID])
{
	char name[BEF_EXPORT_NAME];

	return asset_leaves(s, asset) &&
	       bef_export_id(&s->c->log, "identity", bef_export_name(s->c->asset[asset].line, "asset", "", name), id);
}

void stix_put_assets(struct stix *s)
{
	for (size_t i = 0; i < s->c->asset_count; i++) {
		const struct bef_asset *asset = &s->c->asset[i];
		char name[BEF_EXPORT_NAME], id[BEF_EXPORT_ID];
		const struct stix_head head =
			stix_head_of(s, "identity", bef_export_name(asset->line, "asset", "", name), asset->line);
		json_t *object;

		s->left_out += !s->whole && bef_line_counts(asset->line);
		if (!asset_leaves(s, (int)i))
			continue;
		object = stix_new(s, &head, id);
		stix_text(s, object, "name", asset->name);
		stix_text(s, object, "identity_class", class_of(asset->type));
		stix_text(s, object, "description", bef_line_text(asset->line, "text"));
		stix_list(s, object, "labels", asset->type);
		stix_list(s, object, "labels", asset->status);
		stix_put(s, object);
		stix_relate(s, &head, s->incident, s->opts->plain ? "related-to" : "impacts", id);
	}
}

/* --- observables ------------------------------------------------------------- */

/* One observable on its way out. */
struct sight {
	const struct bef_observable *one;
	struct stix_head head;
	int64_t first_ms, last_ms;
	char observed[BEF_EXPORT_ID], indicator[BEF_EXPORT_ID]; /* "" : none */
};

static json_t *begin(struct stix *s, struct sight *t, const char *type, char id[BEF_EXPORT_ID])
{
	char name[BEF_EXPORT_NAME];

	t->head.type = type;
	t->head.name = bef_export_name(t->one->line, type, "", name);
	return stix_new(s, &t->head, id);
}

static void put_observed(struct stix *s, struct sight *t)
{
	char sco[BEF_EXPORT_ID];
	json_t *object;

	if (!stix_sco(s, t->one, sco))
		return;
	object = begin(s, t, "observed-data", t->observed);
	stix_instant(s, object, "first_observed", t->first_ms);
	stix_instant(s, object, "last_observed", t->last_ms);
	bef_json_put_int(object, "number_observed", 1, &s->ok);
	stix_list(s, object, "object_refs", sco);
	stix_put(s, object);
	if (s->whole)
		stix_relate(s, &t->head, t->observed, "related-to", s->incident);
}

static void put_sighting(struct stix *s, struct sight *t)
{
	char id[BEF_EXPORT_ID], where[BEF_EXPORT_ID];
	json_t *object = begin(s, t, "sighting", id);

	stix_instant(s, object, "first_seen", t->first_ms);
	stix_instant(s, object, "last_seen", t->last_ms);
	stix_text(s, object, "sighting_of_ref", t->indicator);
	if (*t->observed)
		stix_list(s, object, "observed_data_refs", t->observed);
	stix_list(s, object, "where_sighted_refs", stix_asset_id(s, t->one->asset, where) ? where : s->organisation);
	stix_put(s, object);
}

static void put_indicator(struct stix *s, struct sight *t)
{
	BEF_AUTO(text) pattern = { .max = 4 * BEF_OBSERVABLE_MOST };
	BEF_AUTO(text) name = { .max = 4 * BEF_OBSERVABLE_MOST };
	json_t *object;

	if (strcmp(t->one->status, "confirmed") != 0 || !bef_observable_detects(t->one) || !stix_pattern(t->one, &pattern)) {
		s->ok = s->ok && !pattern.failed;
		return;
	}
	bef_text_printf(&name, "%s ", bef_word_label(&bef_observable_types, t->one->type));
	bef_defang(t->one->type, t->one->value, &name);
	s->ok = s->ok && !name.failed;
	object = begin(s, t, "indicator", t->indicator);
	stix_text(s, object, "name", bef_text_str(&name));
	stix_text(s, object, "description", bef_line_text(t->one->line, "text"));
	stix_list(s, object, "indicator_types", "malicious-activity");
	stix_text(s, object, "pattern", bef_text_str(&pattern));
	stix_text(s, object, "pattern_type", "stix");
	stix_text(s, object, "pattern_version", "2.1");
	stix_instant(s, object, "valid_from", t->first_ms);
	if (t->one->pap)
		stix_list(s, object, "labels", bef_word_label(&bef_paps, t->one->pap));
	stix_put(s, object);
	if (*t->observed)
		stix_relate(s, &t->head, t->indicator, "based-on", t->observed);
	put_sighting(s, t);
}

static void put_vulnerability(struct stix *s, struct sight *t)
{
	char id[BEF_EXPORT_ID];
	json_t *object = begin(s, t, "vulnerability", id);

	stix_text(s, object, "name", t->one->value);
	stix_text(s, object, "description", bef_line_text(t->one->line, "text"));
	bef_json_put(object, "external_references",
	             json_pack("[{s:s, s:s}]", "source_name", "cve", "external_id", t->one->value), &s->ok);
	stix_put(s, object);
	if (s->whole)
		stix_relate(s, &t->head, s->incident, "related-to", id);
}

/* Words about what STIX has no object for. */
static void put_other(struct stix *s, struct sight *t)
{
	BEF_AUTO(text) content = { .max = 2 * BEF_OBSERVABLE_MOST };
	char id[BEF_EXPORT_ID];
	json_t *object = begin(s, t, "note", id);

	bef_text_printf(&content, "%s: %s", bef_word_label(&bef_observable_types, t->one->type), t->one->value);
	s->ok = s->ok && !content.failed;
	stix_text(s, object, "abstract", "observable");
	stix_text(s, object, "content", bef_text_str(&content));
	stix_list(s, object, "object_refs", s->whole ? s->incident : s->organisation);
	stix_put(s, object);
}

static void put_one(struct stix *s, const struct bef_observable *one)
{
	struct sight t = { .one = one, .first_ms = one->first_seen_at_ms ? one->first_seen_at_ms : one->line->at_ms };

	t.last_ms = one->last_seen_at_ms > t.first_ms ? one->last_seen_at_ms : t.first_ms;
	t.head = stix_head_of(s, NULL, NULL, one->line);
	t.head.tlp = bef_observable_tlp(s->c, one);
	if (strcmp(one->type, "cve") == 0) {
		put_vulnerability(s, &t);
		return;
	}
	put_observed(s, &t);
	put_indicator(s, &t);
	if (!*t.observed && !*t.indicator)
		put_other(s, &t);
}

void stix_put_observables(struct stix *s)
{
	for (size_t i = 0; i < s->c->observable_count && s->ok; i++) {
		const struct bef_observable *one = &s->c->observable[i];

		if (!bef_export_is_shared(one, &s->ok))
			continue;
		if (bef_export_may(s->opts, bef_observable_tlp(s->c, one)))
			put_one(s, one);
		else
			s->left_out++;
	}
}
