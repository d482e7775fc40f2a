/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/export.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "model/observable.h"

#define BEF_EXPORT(name) extern const struct bef_export bef_export_##name;
#include "report/exports.def"
#undef BEF_EXPORT

const struct bef_export *const bef_exports[] = {
#define BEF_EXPORT(name) &bef_export_##name,
#include "report/exports.def"
#undef BEF_EXPORT
	NULL,
};

/* a3e1f0c2-7d54-4b8e-9c36-5f20d1b7e894, drawn once. */
const struct bef_uuid bef_export_space = { { 0xa3, 0xe1, 0xf0, 0xc2, 0x7d, 0x54, 0x4b, 0x8e, 0x9c, 0x36, 0x5f, 0x20, 0xd1, 0xb7,
	                                     0xe8, 0x94 } };

const struct bef_export *bef_export_find(const char *word)
{
	for (const struct bef_export *const *export = bef_exports; *export; export++)
		if (bef_fold_equal(word, (*export)->name))
			return *export;
	return NULL;
}

bool bef_export_may(const struct bef_export_opts *opts, const char *tlp)
{
	return !opts->max_tlp || bef_word_index(&bef_tlps, tlp) <= bef_word_index(&bef_tlps, opts->max_tlp);
}

bool bef_export_id(const struct bef_uuid *space, const char *type, const char *name, char out[BEF_EXPORT_ID])
{
	char text[BEF_UUID_TEXT];
	struct bef_uuid uuid;

	if (!bef_uuid_v5(space, name, &uuid))
		return false;
	bef_uuid_format(&uuid, text);
	snprintf(out, BEF_EXPORT_ID, "%.50s%s%s", type ? type : "", type ? "--" : "", text);
	return true;
}

const char *bef_export_name(const struct bef_line *line, const char *what, const char *more, char out[BEF_EXPORT_NAME])
{
	char hex[BEF_HASH_HEX];

	bef_hex(line->entry->id.byte, sizeof(line->entry->id.byte), hex);
	snprintf(out, BEF_EXPORT_NAME, "%.40s:%s:%.120s", what, hex, more);
	return out;
}

/* What an entry points at is touched by it, and what that points at: an undone change was one of something. */
static void touch(const struct bef_case *c, const struct bef_line *line, int64_t at_ms, int64_t *touched_ms)
{
	int64_t *known_ms = &touched_ms[line->number - 1];

	if (*known_ms >= at_ms)
		return;
	*known_ms = at_ms;
	for (const struct bef_field *field = line->kind ? line->kind->fields : NULL; field && field->name; field++) {
		const struct bef_line *target = field->type == BEF_FIELD_ID ? bef_line_target(c, line, field->name) : NULL;

		if (target)
			touch(c, target, at_ms, touched_ms);
	}
}

int64_t *bef_export_touched(const struct bef_case *c)
{
	int64_t *touched_ms = calloc(c->line_count + 1, sizeof(*touched_ms));

	for (size_t i = 0; touched_ms && i < c->line_count; i++)
		touch(c, &c->line[i], c->line[i].entry->recorded_at_ms, touched_ms);
	return touched_ms;
}

bool bef_export_is_shared(const struct bef_observable *observable, bool *ok)
{
	return bef_line_counts(observable->line) && strcmp(observable->status, "benign") != 0 && observable->value &&
	       bef_observable_is_normal(observable->type, observable->value, ok);
}

enum bef_rc bef_export_write(const struct bef_export *export, const struct bef_report_input *in,
                             const struct bef_export_opts *opts, struct bef_text *out, int *left_out,
                             struct bef_err *err)
{
	enum bef_lang lang = bef_lang();
	struct bef_exported made = { 0 };
	struct bef_uuid probe;
	enum bef_rc rc;

	if (!bef_uuid_v5(&bef_export_space, "", &probe))
		return bef_fail(err, BEF_FAILED, "%s", tr("no SHA-1 on this machine (libcrypto 3), which the identifiers are made with"));
	bef_lang_set(BEF_EN); /* the same object has the same words everywhere */
	rc = export->make(in, opts, &made, err);
	bef_lang_set(lang);
	*left_out = made.left_out;
	return rc ? rc : bef_json_line(made.json, out, err);
}
