/* SPDX-License-Identifier: EUPL-1.2 */
/* Entries about other entries, and those of the organisation's journal. */
#include "base/i18n.h"
#include "base/json.h"
#include "model/case.h"

#define TEXT_OF(line, name, fallback) bef_json_text_or(bef_line_body(line), name, fallback)

static void say_target(const struct bef_case *c, const struct bef_line *line, const char *fmt,
                       struct bef_text *out)
{
	const struct bef_line *target = bef_line_target(c, line, "target");
	const char *reason = bef_line_text(line, "reason");

	bef_text_printf(out, fmt, target ? target->number : 0);
	if (reason)
		bef_text_printf(out, " (%s)", reason);
}

static const struct bef_field amended_fields[] = {
	{ "target", BEF_FIELD_ID, true, NULL },
	{ "set", BEF_FIELD_SET, false, NULL },          /* new values for fields of the target */
	{ "happened_at", BEF_FIELD_TIME, false, NULL }, /* when it happened after all */
	{ "reason", BEF_FIELD_PROSE, false, NULL },
	{ NULL, 0, false, NULL },
};

static void say_amended(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	say_target(c, line, tr("corrects #%u"), out);
}

const struct bef_kind bef_kind_entry_amended = {
	.name = "entry.amended",
	.label = N_("correction"),
	.flags = BEF_KIND_UNDO | BEF_KIND_REF | BEF_KIND_SYSTEM | BEF_KIND_CLOCKS,
	.prose = "reason",
	.fields = amended_fields,
	.say = say_amended,
};

static const struct bef_field struck_fields[] = {
	{ "target", BEF_FIELD_ID, true, NULL },
	{ "reason", BEF_FIELD_PROSE, true, NULL },
	{ NULL, 0, false, NULL },
};

static void say_struck(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	say_target(c, line, tr("strikes #%u"), out);
}

const struct bef_kind bef_kind_entry_struck = {
	.name = "entry.struck",
	.label = N_("correction"),
	.flags = BEF_KIND_UNDO | BEF_KIND_REF | BEF_KIND_SYSTEM | BEF_KIND_CLOCKS,
	.prose = "reason",
	.fields = struck_fields,
	.say = say_struck,
};

static const struct bef_field erased_fields[] = {
	{ "target", BEF_FIELD_ID, true, NULL },
	{ "reason", BEF_FIELD_PROSE, true, NULL },
	{ "kept", BEF_FIELD_SET, false, NULL }, /* the members of the target that are not text */
	{ NULL, 0, false, NULL },
};

static void say_erased(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	say_target(c, line, tr("erases the text of #%u"), out);
}

const struct bef_kind bef_kind_entry_erased = {
	.name = "entry.erased",
	.label = N_("erasure"),
	.flags = BEF_KIND_REF | BEF_KIND_CLOCKS,
	.prose = "reason",
	.fields = erased_fields,
	.say = say_erased,
};

static const struct bef_field undone_fields[] = {
	{ "target", BEF_FIELD_ID, true, NULL },
	{ NULL, 0, false, NULL },
};

static void say_undone(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	say_target(c, line, tr("undoes #%u"), out);
}

const struct bef_kind bef_kind_entry_undone = {
	.name = "entry.undone",
	.label = N_("correction"),
	.flags = BEF_KIND_UNDO | BEF_KIND_REF | BEF_KIND_SYSTEM | BEF_KIND_CLOCKS,
	.fields = undone_fields,
	.say = say_undone,
};

static const struct bef_field created_fields[] = {
	{ "name", BEF_FIELD_LINE, true, NULL }, /* of the organisation */
	{ NULL, 0, false, NULL },
};

static void say_created(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	(void)c;
	bef_text_printf(out, tr("journal of %s"), TEXT_OF(line, "name", ""));
}

const struct bef_kind bef_kind_log_created = {
	.name = "log.created",
	.label = N_("journal"),
	.flags = BEF_KIND_ORG | BEF_KIND_SYSTEM,
	.fields = created_fields,
	.say = say_created,
};

static const struct bef_field registered_fields[] = {
	{ "incident", BEF_FIELD_LINE, true, NULL }, /* UUID of its journal */
	{ "ref", BEF_FIELD_LINE, true, NULL },
	{ "opened", BEF_FIELD_ID, true, NULL },     /* its first entry */
	{ NULL, 0, false, NULL },
};

static void say_registered(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	(void)c;
	bef_text_printf(out, tr("incident %s registered"), TEXT_OF(line, "ref", ""));
}

const struct bef_kind bef_kind_incident_registered = {
	.name = "incident.registered",
	.label = N_("journal"),
	.flags = BEF_KIND_ORG | BEF_KIND_SYSTEM,
	.fields = registered_fields,
	.say = say_registered,
};

static const struct bef_field checkpoint_fields[] = {
	{ "incident", BEF_FIELD_LINE, true, NULL },
	{ "count", BEF_FIELD_INT, true, NULL }, /* entries covered */
	{ "heads", BEF_FIELD_IDS, true, NULL },
	{ "occasion", BEF_FIELD_LINE, true, NULL }, /* "report full", "closing" */
	{ NULL, 0, false, NULL },
};

static void say_checkpoint(const struct bef_case *c, const struct bef_line *line, struct bef_text *out)
{
	(void)c;
	bef_text_printf(out, tr("checkpoint at %lld entries: %s"), (long long)bef_line_int(line, "count"),
	                TEXT_OF(line, "occasion", ""));
}

const struct bef_kind bef_kind_checkpoint = {
	.name = "checkpoint",
	.label = N_("journal"),
	.flags = BEF_KIND_ORG | BEF_KIND_SYSTEM,
	.fields = checkpoint_fields,
	.say = say_checkpoint,
};
