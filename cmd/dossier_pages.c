/* SPDX-License-Identifier: EUPL-1.2 */
/* What a dossier says of itself, in both languages, and the scripts that check it.  Declared in dossier.h. */
#include <stdio.h>
#include <string.h>

#include "base/embed.h"
#include "base/i18n.h"
#include "dossier.h"

BEF_EMBED(dossier_en, "contrib/verify/dossier.en.txt");
BEF_EMBED(dossier_fr, "contrib/verify/dossier.fr.txt");
BEF_EMBED(verify_sh, "contrib/verify/verify.sh");
BEF_EMBED(verify_dossier_sh, "contrib/verify/verify-dossier.sh");

static void put_left_out(const struct bef_manifest *m, struct bef_text *out)
{
	if (m->left_out_count) {
		bef_text_puts(out, tr("Left out: the text of"));
		for (size_t i = 0; i < m->left_out_count; i++)
			bef_text_printf(out, "%s #%lld", i ? "," : "", (long long)m->left_out[i].number);
		bef_text_puts(out, "\n");
	}
	if (m->no_evidence)
		bef_text_printf(out, "%s\n", tr("Left out: the evidence files (their digests are in the journal)"));
	if (*m->reason)
		bef_text_printf(out, tr("Reason given: %s\n"), m->reason);
}

/* The facts of this dossier, after the page that explains any. */
static void put_facts(const struct bef_dossier_job *job, struct bef_text *out)
{
	const struct bef_manifest *m = &job->dossier->manifest;
	char when[BEF_DATE_SIZE], head[32];

	bef_text_printf(out, "\n%s\n\n", tr("THIS DOSSIER"));
	bef_text_printf(out, "%s  %s%s\n", m->ref, job->c->drill ? tr("[DRILL] ") : "", bef_case_title(job->c));
	bef_text_printf(out, "TLP:%s\n", bef_word_label(&bef_tlps, job->c->tlp));
	bef_text_printf(out, tr("Sealed %s (%s) by %s%s%s\n"),
	                bef_date_format(m->created_at_ms, job->c->zone, BEF_DATE_FULL, when), job->c->zone, job->in.author,
	                *job->in.organisation ? ", " : "", job->in.organisation);
	bef_text_printf(out, tr("Entries: %lld\n"), (long long)m->entries);
	for (unsigned i = 0; i < m->head_count; i++) {
		bef_head_format(&m->head[i], head);
		bef_text_printf(out, tr("Head: %s\n"), head);
	}
	put_left_out(m, out);
}

static enum bef_rc put_page(const struct bef_dossier_job *job, enum bef_lang lang, struct bef_err *err)
{
	BEF_AUTO(text) raw = { .max = 1 << 20 };
	BEF_AUTO(text) page = { .max = 1 << 20 };
	enum bef_lang before = bef_lang_set(lang);
	enum bef_rc rc;

	bef_text_puts(&raw, lang == BEF_FR ? bef_embed_dossier_fr : bef_embed_dossier_en);
	put_facts(job, &raw);
	bef_lang_set(before);
	bef_text_tame(&page, bef_text_str(&raw), false);
	rc = raw.failed ? bef_no_memory(err) : bef_text_rc(&page, err);
	return rc ? rc : bef_dossier_text(job->dossier, lang == BEF_FR ? "LISEZMOI.txt" : "README.txt",
	                                  bef_text_str(&page), page.len, err);
}

enum bef_rc bef_dossier_pages(struct bef_dossier_job *job, struct bef_err *err)
{
	enum bef_rc rc = put_page(job, BEF_FR, err);

	if (rc == BEF_OK)
		rc = put_page(job, BEF_EN, err);
	if (rc == BEF_OK)
		rc = bef_dossier_text(job->dossier, "verify.sh", bef_embed_verify_dossier_sh, BEF_EMBED_SIZE(verify_dossier_sh),
		                      err);
	return rc ? rc : bef_dossier_text(job->dossier, "journal/verify.sh", bef_embed_verify_sh, BEF_EMBED_SIZE(verify_sh),
	                                  err);
}
