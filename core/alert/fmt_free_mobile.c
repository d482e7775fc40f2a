/* SPDX-License-Identifier: EUPL-1.2 */
/* Free Mobile's notification by SMS: a subscriber's own line and no other, hence one destination a person. */
#include <stdio.h>
#include <string.h>

#include "alert/shape.h"
#include "alert/sms.h"

/* By POST, which keeps the key out of the logs of what lies between. */
static enum bef_rc render(const struct bef_rendering *in, struct bef_request *out, struct bef_err *err)
{
	BEF_AUTO(text) message = { .max = 4 * BEF_SMS_TWO };
	enum bef_rc rc;

	bef_request_start(in, out);
	rc = bef_sms_alarm(in->alarm, BEF_SMS_TWO, &message, err);
	if (rc)
		return rc;
	bef_shape_form(&out->body, "user", in->to->set[BEF_SET_USER]);
	bef_shape_form(&out->body, "pass", in->keys->value[BEF_SECRET_PASSWORD]);
	bef_shape_form(&out->body, "msg", bef_text_str(&message));
	return bef_request_end(out, bef_request_header(out, "Content-Type", "application/x-www-form-urlencoded"), err);
}

/* Its statuses are its own: 402 is "too many in too little time", 403 a wrong key or the option not taken. */
static void judge(struct bef_response *reply)
{
	static const struct {
		int status;
		const char *class_name;
		const char *detail;
	} rows[] = {
		{ 400, "permanent", N_("Free Mobile misses a field") },
		{ 402, "retry", N_("Free Mobile: too many messages in too little time") },
		{ 403, "suspend", N_("Free Mobile: wrong key, or the notification option is not switched on") },
		{ 500, "retry", N_("Free Mobile has a fault of its own") },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (rows[i].status != reply->status)
			continue;
		snprintf(reply->class_name, sizeof(reply->class_name), "%s", rows[i].class_name);
		snprintf(reply->detail, sizeof(reply->detail), "%s", rows[i].detail);
	}
	if (reply->status == 402 && reply->retry_after_s < 60)
		reply->retry_after_s = 60;
}

const struct bef_format bef_format_free_mobile = {
	.name = "free_mobile",
	.label = "Free Mobile",
	.help_en = "SMS to the subscriber's own line: one destination a person. user: the account's number; password: the key that the subscriber's page shows under notifications by SMS.",
	.help_fr = "SMS vers la ligne de l'abonné lui-même : une destination par personne. utilisateur : l'identifiant du compte ; mot_de_passe : la clé affichée dans l'espace abonné, option notifications par SMS.",
	.needs = 1u << BEF_SECRET_PASSWORD,
	.needs_set = 1u << BEF_SET_USER,
	.url = "https://smsapi.free-mobile.fr/sendmsg",
	.per_minute = 6,
	.render = render,
	.judge = judge,
};
