/* SPDX-License-Identifier: EUPL-1.2 */
#include "gesture.h"

#include "base/i18n.h"
#include "base/text.h"

const struct bef_gesture bef_gestures[] = {
	{ "done,fait,faite,f,d,ok", BEF_GESTURE_DONE, false, N_("[d]one"), N_("done") },
	{ "yes,oui,y,o", BEF_GESTURE_ANSWER, true, N_("[y]es"), N_("answered yes") },
	{ "no,non", BEF_GESTURE_ANSWER, false, N_("[no]"), N_("answered no") },
	{ "skip,passer,p,s", BEF_GESTURE_SKIP, false, N_("[s]kip"), N_("skipped") },
	{ "fail,failed,echec,x", BEF_GESTURE_FAIL, false, N_("[x] failed"), N_("failed") },
	{ "note,noter,n", BEF_GESTURE_NOTE, false, N_("[n]ote"), N_("noted") },
	{ "assign,assigner,a", BEF_GESTURE_ASSIGN, false, N_("[a]ssign"), N_("assigned") },
	{ 0 },
};

const struct bef_gesture *bef_gesture_find(const char *word)
{
	char folded[32];

	bef_fold(word, folded, sizeof(folded));
	for (const struct bef_gesture *row = bef_gestures; row->words && *folded; row++)
		if (bef_word_in_list(row->words, folded))
			return row;
	return NULL;
}
