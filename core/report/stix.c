/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/stix.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "model/rsit.h"

/* One organisation is one identity in all its bundles, so nothing of it depends on the incident. */
static void put_organisation(struct stix *s)
{
	const char *name = *s->in->organisation ? s->in->organisation : "Unnamed organisation";
	BEF_AUTO(text) key = { .max = 1024 };
	json_t *object = json_object();

	bef_text_printf(&key, "identity:%s", name);
	if (!object || key.failed || !bef_export_id(&bef_export_space, "identity", bef_text_str(&key), s->organisation))
		s->ok = false;
	stix_text(s, object, "type", "identity");
	stix_text(s, object, "spec_version", "2.1");
	stix_text(s, object, "id", s->organisation);
	stix_text(s, object, "created", "2025-01-01T00:00:00.000Z");
	stix_text(s, object, "modified", "2025-01-01T00:00:00.000Z");
	stix_text(s, object, "name", name);
	stix_text(s, object, "identity_class", "organization");
	stix_put(s, object);
}

static int64_t last_written_ms(const struct bef_case *c)
{
	int64_t last_ms = 0;

	for (size_t i = 0; i < c->line_count; i++)
		if (c->line[i].entry->recorded_at_ms > last_ms)
			last_ms = c->line[i].entry->recorded_at_ms;
	return last_ms;
}

/* Entries that say a marking, as they do now or did before they were undone or corrected. */
static int64_t last_marked_ms(const struct bef_case *c, const int64_t *touched_ms)
{
	int64_t last_ms = 0;

	for (size_t i = 0; i < c->line_count; i++)
		if (strncmp(c->line[i].entry->kind, "incident.", 9) == 0 && bef_line_text(&c->line[i], "tlp") &&
		    touched_ms[i] > last_ms)
			last_ms = touched_ms[i];
	return last_ms;
}

struct stix_head stix_head_of_incident(const struct stix *s, const char *type, const char *name)
{
	return (struct stix_head){ .type = type, .name = name, .tlp = s->c->tlp,
		                   .created_ms = s->c->opened ? s->c->opened->entry->recorded_at_ms : 0,
		                   .modified_ms = last_written_ms(s->c) };
}

/* --- the incident extension (a draft: see the option that leaves it out) ------- */

static void put_event(struct stix *s, json_t *core)
{
	const struct bef_rsit *rsit = bef_rsit_find(s->c->type);
	const struct stix_head head = stix_head_of_incident(s, "event", "event");
	char id[BEF_EXPORT_ID];
	json_t *object = stix_new(s, &head, id);

	stix_text(s, object, "name", bef_case_title(s->c));
	stix_text(s, object, "status", s->c->closed_at_ms ? "occurred" : "ongoing");
	if (rsit->event)
		stix_list(s, object, "event_types", rsit->event);
	if (s->c->detected_at_ms) {
		stix_instant(s, object, "start_time", s->c->detected_at_ms);
		stix_text(s, object, "start_time_fidelity", "minute");
	}
	stix_extend(s, object, STIX_EVENT, "new-sdo");
	stix_put(s, object);
	stix_list(s, core, "event_refs", id);
}

/* An anomaly is a suspicion; what is graver was judged so by somebody. */
static void extend_incident(struct stix *s, json_t *incident)
{
	const struct bef_rsit *rsit = bef_rsit_find(s->c->type);
	long severity = bef_natural(s->c->severity ? s->c->severity : "1", 4);
	json_t *core = stix_extend(s, incident, STIX_CORE, "property-extension");

	stix_text(s, core, "determination", severity > 1 ? "confirmed" : "suspected");
	stix_text(s, core, "investigation_status", s->c->closed_at_ms                              ? "closed"
	                                           : s->c->phase && strcmp(s->c->phase, "detection") == 0 ? "new"
	                                                                                                  : "open");
	bef_json_put_int(core, "criticality", 25 * (severity > 0 ? severity : 1), &s->ok);
	if (rsit->event)
		stix_list(s, core, "incident_types", rsit->event);
	if (s->c->reporter)
		stix_list(s, core, "detection_methods", "user-reporting");
	put_event(s, core);
	if (json_array_size(s->tasks))
		bef_json_put(core, "task_refs", json_incref(s->tasks), &s->ok);
	if (json_array_size(s->impacts))
		bef_json_put(core, "impact_refs", json_incref(s->impacts), &s->ok);
}

static void put_incident(struct stix *s)
{
	const struct bef_rsit *rsit = bef_rsit_find(s->c->type);
	const struct stix_head head = stix_head_of_incident(s, "incident", "incident");
	char code[128];
	json_t *object = stix_new(s, &head, s->incident);

	snprintf(code, sizeof(code), "%s:%s", rsit->class_, rsit->rsit);
	stix_text(s, object, "name", bef_case_title(s->c));
	stix_text(s, object, "description", s->c->summary);
	stix_list(s, object, "labels", s->c->type ? s->c->type : "undetermined");
	if (s->c->drill)
		stix_list(s, object, "labels", "exercise");
	bef_json_put(object, "external_references",
	             json_pack("[{s:s, s:s}, {s:s, s:s}]", "source_name", "rsit", "external_id", code, "source_name", "beffroi",
	                       "external_id", s->in->ref),
	             &s->ok);
	if (!s->opts->plain)
		extend_incident(s, object);
	stix_put(s, object);
}

/* --- the bundle -------------------------------------------------------------- */

static void put_all(struct stix *s)
{
	put_organisation(s);
	if (!bef_export_id(&s->c->log, "incident", "incident", s->incident))
		s->ok = false;
	stix_put_assets(s);
	stix_put_observables(s);
	stix_put_steps(s);
	stix_put_actions(s);
	stix_put_impacts(s);
	stix_put_notes(s);
	/* Last: it names its tasks and impacts. */
	if (s->whole)
		put_incident(s);
	else
		s->left_out++;
}

static json_t *bundle_of(struct stix *s)
{
	char id[BEF_EXPORT_ID], name[2 * BEF_HASH_HEX], head[BEF_HASH_HEX] = "";
	json_t *bundle = json_object();

	if (s->c->head_count)
		bef_hex(s->c->head[0].byte, sizeof(s->c->head[0].byte), head);
	snprintf(name, sizeof(name), "bundle:%s:%s:%d", head, s->opts->max_tlp ? s->opts->max_tlp : "", s->opts->plain);
	if (!bef_export_id(&s->c->log, "bundle", name, id))
		s->ok = false;
	if (!s->ok)
		id[0] = '\0';
	stix_text(s, bundle, "type", "bundle");
	stix_text(s, bundle, "id", id);
	bef_json_put(bundle, "objects", json_incref(s->objects), &s->ok);
	return bundle;
}

static enum bef_rc make(const struct bef_report_input *in, const struct bef_export_opts *opts, struct bef_exported *out,
                        struct bef_err *err)
{
	BEF_AUTO_FREE int64_t *touched_ms = bef_export_touched(in->c);
	struct stix s = { .c = in->c, .in = in, .opts = opts, .objects = json_array(), .seen = json_object(),
		          .tasks = json_array(), .impacts = json_array(), .whole = bef_export_may(opts, in->c->tlp),
		          .touched_ms = touched_ms };

	s.ok = s.objects && s.seen && s.tasks && s.impacts && touched_ms;
	if (s.ok) {
		s.marked_ms = last_marked_ms(in->c, touched_ms);
		put_all(&s);
	}
	out->json = bundle_of(&s);
	out->left_out = s.left_out;
	json_decref(s.objects);
	json_decref(s.seen);
	json_decref(s.tasks);
	json_decref(s.impacts);
	if (s.ok)
		return BEF_OK;
	json_decref(out->json);
	out->json = NULL;
	return bef_no_memory(err);
}

const struct bef_export bef_export_stix = {
	.name = "stix",
	.title = N_("STIX 2.1 bundle, for threat-intelligence tools and CERTs"),
	.make = make,
};
