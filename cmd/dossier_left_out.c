/* SPDX-License-Identifier: EUPL-1.2 */
/* What a dossier leaves out.  Declared in dossier.h. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "dossier.h"

static enum bef_rc leave_out(const struct bef_case *c, const char *word, struct bef_manifest *m, struct bef_err *err)
{
	int number = bef_number(word);
	const struct bef_line *line = number > 0 ? bef_case_number(c, (unsigned)number) : NULL;

	if (!line)
		return bef_fail(err, BEF_NOT_FOUND, tr("there is no entry '%s' in %s"), BEF_SHORT(word, 40), c->ref ? c->ref : "?");
	if (number == 1 || strcmp(line->entry->kind, "entry.erased") == 0)
		return bef_fail(err, BEF_REFUSED, tr("the text of #%d cannot be left out: the check needs it"), number);
	if (m->left_out_count == BEF_DOSSIER_LEFT_OUT_MOST)
		return bef_fail(err, BEF_REFUSED, tr("at most %d texts can be left out"), BEF_DOSSIER_LEFT_OUT_MOST);
	for (size_t i = 0; i < m->left_out_count; i++)
		if (m->left_out[i].number == number)
			return BEF_OK;
	if (line->entry->body) /* one that was erased has nothing to leave out */
		m->left_out[m->left_out_count++] = (struct bef_left_out){ line->entry->id, number };
	return BEF_OK;
}

/* "4,7 12" */
static enum bef_rc read_redact(const struct bef_report_opts *opts, const struct bef_case *c, struct bef_manifest *m,
                               struct bef_err *err)
{
	const char *at = opts->redact ? opts->redact : "";
	enum bef_rc rc = BEF_OK;

	while (rc == BEF_OK && *(at += strspn(at, ", ")) != '\0') {
		size_t len = strcspn(at, ", ");
		char word[32];

		snprintf(word, sizeof(word), "%.*s", (int)(len < 31 ? len : 31), at);
		rc = leave_out(c, word, m, err);
		at += len;
	}
	return rc;
}

enum bef_rc bef_dossier_left_out(const struct bef_report_opts *opts, const struct bef_case *c, struct bef_manifest *m,
                                 struct bef_err *err)
{
	BEF_AUTO(text) reason = { .max = sizeof(m->reason) };
	enum bef_rc rc = read_redact(opts, c, m, err);

	if (rc == BEF_OK && opts->without && !bef_fold_equal(opts->without, "evidence") &&
	    !bef_fold_equal(opts->without, "pieces")) {
		bef_fail(err, BEF_USAGE, tr("--without knows nothing of '%.40s'"), opts->without);
		bef_hint(err, tr("one of: %s"), "evidence");
		return BEF_USAGE;
	}
	m->no_evidence = opts->without != NULL;
	if (rc)
		return rc;
	if ((m->no_evidence || m->left_out_count) && !(opts->reason && *opts->reason)) {
		bef_fail(err, BEF_USAGE, "%s", tr("something is to be left out, and no reason is given"));
		bef_hint(err, "%s", tr("whoever reads the dossier will want it: --reason \"...\""));
		return BEF_USAGE;
	}
	bef_text_tame(&reason, opts->reason ? opts->reason : "", true);
	if (reason.failed || snprintf(m->reason, sizeof(m->reason), "%s", bef_text_str(&reason)) >= (int)sizeof(m->reason))
		return bef_fail(err, BEF_USAGE, tr("the reason is longer than %zu bytes"), sizeof(m->reason) - 1);
	return BEF_OK;
}

enum bef_rc bef_dossier_without(const struct bef_case *c, const struct bef_manifest *m, struct bef_case **out,
                                struct bef_err *err)
{
	struct bef_journal journal = { 0 };
	enum bef_rc rc = BEF_OK;

	for (size_t i = 0; i < c->line_count && rc == BEF_OK; i++) {
		struct bef_entry entry = *c->line[i].entry;

		for (size_t k = 0; k < m->left_out_count; k++)
			if (m->left_out[k].number == (int64_t)i + 1)
				entry.body = NULL;
		entry.body_len = entry.body ? entry.body_len : 0;
		rc = bef_journal_add(&journal, &entry, err);
	}
	if (rc == BEF_OK)
		return bef_case_fold(&journal, out, err);
	bef_journal_clear(&journal);
	return rc;
}
