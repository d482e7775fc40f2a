/* SPDX-License-Identifier: EUPL-1.2 */
#include "classify.h"

#include <stddef.h>

#include "mark.h"

#define ROWS(table) (sizeof(table) / sizeof(*(table)))

static const struct bef_verdict accepted = { BEF_OUTCOME_OK, "" };
static const struct bef_verdict never_offered = {
	BEF_OUTCOME_SELF, N_("it was asked about an address, and given no message")
};
static const struct bef_verdict not_now = { BEF_OUTCOME_RETRY, N_("not now") };
static const struct bef_verdict wants_proof = {
	BEF_OUTCOME_SUSPEND, N_("it wants another user name, password or encryption")
};
static const struct bef_verdict wants_nothing = { BEF_OUTCOME_SUSPEND, N_("it takes no mail from here") };
static const struct bef_verdict refuses_address = {
	BEF_OUTCOME_PERMANENT, N_("the sender or the recipient was refused")
};
static const struct bef_verdict refuses_message = { BEF_OUTCOME_PERMANENT, N_("the message was refused") };

#define CURL_SEND_ERROR 55 /* what libcurl 7.88 makes of a no to MAIL, RCPT or DATA */

/* The codes that libcurl gives for a reply it did not hope for, as opposed to no reply. */
static const int refusals[] = { 0, 8, 9, CURL_SEND_ERROR, 64, 67 };

bool bef_mail_was_answered(const struct bef_attempt *attempt)
{
	if (attempt->status < 400 || attempt->status > 599)
		return false;
	for (size_t i = 0; i < ROWS(refusals); i++)
		if (refusals[i] == attempt->curl)
			return true;
	return false;
}

/* RFC 5321, 4.2.1: 4yz is worth another try, 5yz is not; what was refused depends on how far we were. */
static struct bef_verdict by_reply(const struct bef_attempt *attempt, bool all_sent)
{
	if (attempt->status < 500)
		return not_now;
	/* RFC 4954: 530 and 538 ask for authentication or encryption, 534 and 535 refuse ours. */
	if (attempt->status == 530 || attempt->status == 534 || attempt->status == 535 || attempt->status == 538)
		return wants_proof;
	if (all_sent)
		return refuses_message;
	return attempt->curl == CURL_SEND_ERROR ? refuses_address : wants_nothing;
}

/*
 * The last reply is the truth, when it is an answer.  Once the message and
 * its final dot may have left, anything but an answer is ambiguous: 354 then
 * only says that nothing came after it.  Before that, nothing was delivered.
 */
struct bef_verdict bef_classify_mail(const struct bef_attempt *attempt)
{
	bool all_sent = attempt->uploaded >= attempt->body_len;
	struct bef_verdict verdict;

	if (attempt->status == 252)
		return never_offered;
	if (attempt->status == 250 && all_sent)
		return accepted;
	if (bef_mail_was_answered(attempt))
		return by_reply(attempt, all_sent);
	verdict = bef_classify_curl(attempt->curl);
	if (all_sent)
		verdict.outcome = BEF_OUTCOME_AMBIGUOUS;
	return verdict;
}
