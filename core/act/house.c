/* SPDX-License-Identifier: EUPL-1.2 */
#include "act/house.h"

#include "store/write.h"

enum bef_rc bef_act_rebuild(struct bef_desk *desk, int *logs, struct bef_err *err)
{
	__attribute__((cleanup(bef_store_clear))) struct bef_store *store = NULL;
	enum bef_rc rc = bef_store_open(desk->base, BEF_STORE_WRITE, desk->wait_ms, &store, err);

	if (rc || desk->dry_run)
		return rc;
	rc = bef_store_rebuild(store, logs, err);
	if (rc == BEF_OK)
		rc = bef_store_scour(store, "", 0, err);
	if (rc == BEF_OK)
		bef_store_ballast_make(desk->base);
	return rc;
}
