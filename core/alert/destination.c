/* SPDX-License-Identifier: EUPL-1.2 */
#include "alert/destination.h"

#include <stdlib.h>
#include <string.h>

#include "model/words.h"

enum { RED = 4, MARKINGS };

void bef_destination_clear(struct bef_destination *d)
{
	for (int i = 0; i < BEF_SECRET_COUNT; i++) {
		if (d->secret[i].where)
			explicit_bzero(d->secret[i].where, strlen(d->secret[i].where));
		free(d->secret[i].where);
	}
	for (int i = 0; i < BEF_SET_COUNT; i++)
		free(d->set[i]);
	*d = (struct bef_destination){ 0 };
}

/* Rows of bef_tlps go from clear to red; what is not among them is as secret as can be. */
static int marking(const char *tlp)
{
	int i = bef_word_index(&bef_tlps, tlp ? tlp : "");

	return i < 0 ? RED : i;
}

enum bef_reach bef_destination_reach(const struct bef_destination *d, const char *tlp)
{
	/* FIRST TLP 2.0, applied to who can read the place: clear, green, amber, amber+strict, red. */
	static const enum bef_reach table[][MARKINGS] = {
		[BEF_AUDIENCE_THIRD_PARTY] = { BEF_REACH_FULL, BEF_REACH_FULL, BEF_REACH_REDUCED, BEF_REACH_THIN,
		                               BEF_REACH_NONE },
		[BEF_AUDIENCE_ORGANISATION] = { BEF_REACH_FULL, BEF_REACH_FULL, BEF_REACH_FULL, BEF_REACH_FULL,
		                                BEF_REACH_THIN },
		[BEF_AUDIENCE_PERSONS] = { BEF_REACH_FULL, BEF_REACH_FULL, BEF_REACH_FULL, BEF_REACH_FULL,
		                           BEF_REACH_FULL },
		[BEF_AUDIENCE_E2EE] = { BEF_REACH_FULL, BEF_REACH_FULL, BEF_REACH_FULL, BEF_REACH_FULL, BEF_REACH_FULL },
	};
	int is = marking(tlp);
	bool above = *d->max_tlp && is > marking(d->max_tlp);
	enum bef_reach reach = table[d->audience][is];

	if (above && reach > BEF_REACH_THIN)
		reach = BEF_REACH_THIN;
	if (is == RED && (above || reach == BEF_REACH_NONE))
		reach = d->red_ping ? BEF_REACH_THIN : BEF_REACH_NONE;
	return reach;
}
