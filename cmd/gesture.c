/* SPDX-License-Identifier: EUPL-1.2 */
#include "gesture.h"

#include "base/i18n.h"
#include "base/text.h"

const struct bef_gesture bef_gestures[] = {
	{ "start,launch,lancer,lance,l,demarrer,demarre,open,ouvrir,ouvre", BEF_GESTURE_DONE, false, BEF_STARTS, N_("[start]"), N_("opened") },
	{ "done,fait,faite,f,d,ok", BEF_GESTURE_DONE, false, BEF_SAYS, N_("[d]one"), N_("done") },
	{ "yes,oui,y,o", BEF_GESTURE_ANSWER, true, BEF_SAYS, N_("[y]es"), N_("answered yes") },
	{ "no,non", BEF_GESTURE_ANSWER, false, BEF_SAYS, N_("[no]"), N_("answered no") },
	{ "case,cas,c", BEF_GESTURE_ANSWER, false, BEF_CHOOSES, N_("[c]ase"), N_("answered") },
	{ "skip,passer,p,s", BEF_GESTURE_SKIP, false, BEF_SAYS, N_("[s]kip"), N_("skipped") },
	{ "fail,failed,echec,x", BEF_GESTURE_FAIL, false, BEF_SAYS, N_("[x] failed"), N_("failed") },
	{ "note,noter,n", BEF_GESTURE_NOTE, false, BEF_SAYS, N_("[n]ote"), N_("noted") },
	{ "take,prendre,t", BEF_GESTURE_ASSIGN, false, BEF_TAKES, N_("[t]ake"), N_("taken") },
	{ "assign,assigner,a", BEF_GESTURE_ASSIGN, false, BEF_SAYS, N_("[a]ssign"), N_("assigned to") },
	{ "lift,lever,levee", BEF_GESTURE_LIFT, false, BEF_SAYS, NULL, N_("lifted") },
	{ "keep,garder,maintenir", BEF_GESTURE_KEEP, false, BEF_SAYS, NULL, N_("kept for good") },
	{ 0 },
};

/* A question is answered, a playbook opened; the other steps are done, skipped or failed. */
bool bef_gesture_fits(const struct bef_gesture *row, enum bef_step_type type)
{
	if (row->gesture == BEF_GESTURE_NOTE || row->gesture == BEF_GESTURE_ASSIGN)
		return true;
	if (!row->label)
		return false;
	if (row->how == BEF_STARTS)
		return type == BEF_STEP_PLAYBOOK;
	if (row->how == BEF_CHOOSES)
		return type == BEF_STEP_SWITCH;
	if (row->gesture == BEF_GESTURE_ANSWER)
		return type == BEF_STEP_IF || type == BEF_STEP_WHILE;
	return type == BEF_STEP_ACTION || type == BEF_STEP_PLAYBOOK;
}

const struct bef_gesture *bef_gesture_find(const char *word)
{
	char folded[32];

	bef_fold(word, folded, sizeof(folded));
	for (const struct bef_gesture *row = bef_gestures; row->words && *folded; row++)
		if (bef_word_in_list(row->words, folded))
			return row;
	return NULL;
}

bool bef_gesture_is_doubt(const char *typed)
{
	static const char words[] = "je ne sais pas,je sais pas,ne sais pas,sais pas,chais pas,jsp,nsp,aucune idee,i don't know,"
				    "i do not know,don't know,dont know,do not know,dunno,no idea";
	char folded[64];

	bef_fold(typed, folded, sizeof(folded));
	return *folded && bef_word_in_list(words, folded);
}
