/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Text for a telephone: the seven-bit alphabet of GSM (3GPP TS 23.038, 6.2.1)
 * and nothing else, since one letter outside it halves what fits.  French
 * letters that it lacks lose their accent.
 */
#include "alert/alarm.h"
#include "base/text.h"

enum {
	BEF_SMS_ONE = 160, /* septets of one message */
	BEF_SMS_TWO = 306, /* of two: each loses seven to its number */
};

/* Septets that `s` takes; SIZE_MAX: it holds a character outside the alphabet. */
size_t bef_sms_size(const char *s);

/* Add `s` on one line in letters of the alphabet, still UTF-8, within `max` septets; "..." ends what was cut. */
void bef_sms_put(struct bef_text *out, const char *s, size_t max);

/* Title and sentence of an alarm as one such text. */
enum bef_rc bef_sms_alarm(const struct bef_alarm *alarm, size_t max, struct bef_text *out, struct bef_err *err)
	BEF_MUST_CHECK;
