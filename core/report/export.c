/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/export.h"

#include <stdio.h>
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

static int64_t written_ms(const struct bef_line *line)
{
	int64_t ms = line->entry->recorded_at_ms;

	return line->by && line->by->entry->recorded_at_ms > ms ? line->by->entry->recorded_at_ms : ms;
}

int64_t bef_export_changed_ms(const struct bef_line *line, const struct bef_line *changed)
{
	int64_t ms = written_ms(line);

	return changed && written_ms(changed) > ms ? written_ms(changed) : ms;
}

bool bef_export_is_shared(const struct bef_observable *observable)
{
	return bef_line_counts(observable->line) && strcmp(observable->status, "benign") != 0 && observable->value &&
	       bef_observable_is_normal(observable->type, observable->value);
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
