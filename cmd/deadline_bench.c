/* SPDX-License-Identifier: EUPL-1.2 */
/* What the words of 'deadline' work with. */
#include "base/i18n.h"
#include "deadline.h"

enum bef_rc bef_bench_open(struct bef_app *app, struct bef_bench *out, struct bef_err *err)
{
	enum bef_rc rc = bef_app_case(app, &out->c, &out->row, err);

	if (rc == BEF_OK)
		rc = bef_app_read(app, &out->store, err);
	return rc ? rc : bef_legal_load(&app->desk, out->store, &out->legal, err);
}

enum bef_rc bef_law_at_hand(struct bef_app *app, struct bef_legal *legal, struct bef_err *err)
{
	BEF_AUTO_STORE *store = NULL;
	enum bef_rc rc = bef_app_read(app, &store, NULL);

	return bef_legal_load(&app->desk, rc ? NULL : store, legal, err);
}

void bef_bench_clear(struct bef_bench *bench)
{
	bef_legal_clear(&bench->legal);
	bef_case_clear(&bench->c);
	bef_store_clear(&bench->store);
}

struct bef_assessing bef_bench_assessing(const struct bef_bench *bench)
{
	return (struct bef_assessing){ bench->legal.law, bench->c, bench->legal.profile, bench->legal.calendar,
		                       &bench->legal.extra };
}

enum bef_rc bef_bench_rule(const struct bef_bench *bench, const char *word, const struct bef_rule **out,
                           struct bef_err *err)
{
	*out = bef_law_rule(bench->legal.law, word);
	if (*out)
		return BEF_OK;
	bef_fail(err, BEF_NOT_FOUND, tr("there is no rule '%.60s'"), word);
	bef_hint(err, "%s", tr("see them with: beffroi deadline rules"));
	return BEF_NOT_FOUND;
}
