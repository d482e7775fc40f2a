/* SPDX-License-Identifier: EUPL-1.2 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "classify.h"

#define ROWS(table) (sizeof(table) / sizeof(*(table)))
#define BODY 100
#define ALL BODY
#define SOME 40

struct row {
	int curl;
	long status;
	int64_t uploaded;
	enum bef_outcome expected;
};

static void check_as(bool mail, const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct bef_attempt attempt = {
			.mail = mail, .curl = rows[i].curl, .status = rows[i].status,
			.uploaded = rows[i].uploaded, .body_len = BODY,
		};
		struct bef_verdict verdict = bef_classify(&attempt);

		assert_non_null(verdict.why);
		if (verdict.outcome != rows[i].expected)
			fail_msg("curl %d status %ld uploaded %d: %s instead of %s", rows[i].curl, rows[i].status,
			         (int)rows[i].uploaded, bef_outcome_name(verdict.outcome),
			         bef_outcome_name(rows[i].expected));
	}
}

static void check(const struct row *rows, size_t count)
{
	check_as(false, rows, count);
}

static void a_status_decides(void **state)
{
	static const struct row rows[] = {
		{ 0, 200, ALL, BEF_OUTCOME_OK }, { 0, 202, ALL, BEF_OUTCOME_OK },
		{ 0, 204, ALL, BEF_OUTCOME_OK }, { 0, 299, ALL, BEF_OUTCOME_OK },
		{ 0, 301, ALL, BEF_OUTCOME_SUSPEND }, { 0, 302, ALL, BEF_OUTCOME_SUSPEND },
		{ 0, 307, ALL, BEF_OUTCOME_SUSPEND }, { 0, 400, ALL, BEF_OUTCOME_PERMANENT },
		{ 0, 401, ALL, BEF_OUTCOME_SUSPEND }, { 0, 402, ALL, BEF_OUTCOME_PERMANENT },
		{ 0, 403, ALL, BEF_OUTCOME_SUSPEND }, { 0, 404, ALL, BEF_OUTCOME_SUSPEND },
		{ 0, 405, ALL, BEF_OUTCOME_PERMANENT }, { 0, 406, ALL, BEF_OUTCOME_PERMANENT },
		{ 0, 407, ALL, BEF_OUTCOME_SELF }, { 0, 408, ALL, BEF_OUTCOME_RETRY },
		{ 0, 409, ALL, BEF_OUTCOME_PERMANENT }, { 0, 410, ALL, BEF_OUTCOME_SUSPEND },
		{ 0, 411, ALL, BEF_OUTCOME_PERMANENT }, { 0, 413, ALL, BEF_OUTCOME_PERMANENT },
		{ 0, 414, ALL, BEF_OUTCOME_PERMANENT }, { 0, 415, ALL, BEF_OUTCOME_PERMANENT },
		{ 0, 418, ALL, BEF_OUTCOME_PERMANENT }, { 0, 421, ALL, BEF_OUTCOME_RETRY },
		{ 0, 422, ALL, BEF_OUTCOME_PERMANENT }, { 0, 423, ALL, BEF_OUTCOME_RETRY },
		{ 0, 424, ALL, BEF_OUTCOME_RETRY }, { 0, 425, ALL, BEF_OUTCOME_RETRY },
		{ 0, 429, ALL, BEF_OUTCOME_RETRY }, { 0, 431, ALL, BEF_OUTCOME_PERMANENT },
		{ 0, 499, ALL, BEF_OUTCOME_PERMANENT }, { 0, 500, ALL, BEF_OUTCOME_AMBIGUOUS },
		{ 0, 501, ALL, BEF_OUTCOME_PERMANENT }, { 0, 502, ALL, BEF_OUTCOME_AMBIGUOUS },
		{ 0, 503, ALL, BEF_OUTCOME_RETRY }, { 0, 504, ALL, BEF_OUTCOME_AMBIGUOUS },
		{ 0, 505, ALL, BEF_OUTCOME_PERMANENT }, { 0, 507, ALL, BEF_OUTCOME_RETRY },
		{ 0, 520, ALL, BEF_OUTCOME_AMBIGUOUS }, { 0, 530, ALL, BEF_OUTCOME_AMBIGUOUS },
		{ 0, 599, ALL, BEF_OUTCOME_AMBIGUOUS }, { 0, 999, ALL, BEF_OUTCOME_AMBIGUOUS },
	};

	(void)state;
	check(rows, ROWS(rows));
}

static void a_status_outranks_a_broken_transfer(void **state)
{
	static const struct row rows[] = {
		{ 18, 200, ALL, BEF_OUTCOME_OK }, { 23, 200, ALL, BEF_OUTCOME_OK },
		{ 28, 200, ALL, BEF_OUTCOME_OK }, { 56, 204, ALL, BEF_OUTCOME_OK },
		{ 28, 429, ALL, BEF_OUTCOME_RETRY }, { 55, 413, SOME, BEF_OUTCOME_PERMANENT },
		{ 28, 503, 0, BEF_OUTCOME_RETRY },
	};

	(void)state;
	check(rows, ROWS(rows));
}

static void a_yes_to_half_a_message_is_not_a_yes(void **state)
{
	static const struct row rows[] = {
		{ 0, 200, SOME, BEF_OUTCOME_AMBIGUOUS }, { 55, 200, SOME, BEF_OUTCOME_AMBIGUOUS },
	};

	(void)state;
	check(rows, ROWS(rows));
}

static void without_a_status_what_left_decides(void **state)
{
	static const struct row rows[] = {
		{ 28, 0, 0, BEF_OUTCOME_RETRY }, { 28, 0, SOME, BEF_OUTCOME_RETRY },
		{ 28, 0, ALL, BEF_OUTCOME_AMBIGUOUS }, { 56, 0, SOME, BEF_OUTCOME_RETRY },
		{ 56, 0, ALL, BEF_OUTCOME_AMBIGUOUS }, { 52, 0, SOME, BEF_OUTCOME_RETRY },
		{ 52, 0, ALL, BEF_OUTCOME_AMBIGUOUS }, { 55, 0, SOME, BEF_OUTCOME_RETRY },
		{ 55, 0, ALL, BEF_OUTCOME_AMBIGUOUS }, { 1, 0, 0, BEF_OUTCOME_SELF },
		{ 1, 0, ALL, BEF_OUTCOME_AMBIGUOUS }, { 27, 0, 0, BEF_OUTCOME_RETRY },
		{ 27, 0, ALL, BEF_OUTCOME_AMBIGUOUS }, { 23, 0, ALL, BEF_OUTCOME_AMBIGUOUS },
		{ 18, 0, ALL, BEF_OUTCOME_AMBIGUOUS }, { 8, 0, ALL, BEF_OUTCOME_AMBIGUOUS },
		{ 0, 0, ALL, BEF_OUTCOME_AMBIGUOUS }, { 28, 103, ALL, BEF_OUTCOME_AMBIGUOUS },
		{ 52, 100, ALL, BEF_OUTCOME_AMBIGUOUS }, { 4242, 0, 0, BEF_OUTCOME_RETRY },
		{ 4242, 0, ALL, BEF_OUTCOME_AMBIGUOUS },
		/* seen under fuzzing: answers that provoke codes of our own mistakes */
		{ 43, 0, 0, BEF_OUTCOME_SELF }, { 43, 0, ALL, BEF_OUTCOME_AMBIGUOUS },
		{ 43, 0, SOME, BEF_OUTCOME_RETRY }, { 1, 0, SOME, BEF_OUTCOME_RETRY },
		{ 61, 0, ALL, BEF_OUTCOME_AMBIGUOUS },
	};

	(void)state;
	check(rows, ROWS(rows));
}

static void some_codes_mean_that_nothing_was_sent(void **state)
{
	static const struct row rows[] = {
		{ 3, 0, 0, BEF_OUTCOME_SELF }, { 4, 0, 0, BEF_OUTCOME_SELF },
		{ 5, 0, 0, BEF_OUTCOME_RETRY }, { 6, 0, 0, BEF_OUTCOME_RETRY },
		{ 7, 0, 0, BEF_OUTCOME_RETRY }, { 35, 0, 0, BEF_OUTCOME_RETRY },
		{ 60, 0, 0, BEF_OUTCOME_RETRY }, { 77, 0, 0, BEF_OUTCOME_SELF },
		{ 90, 0, 0, BEF_OUTCOME_SUSPEND }, { 98, 0, 0, BEF_OUTCOME_SUSPEND },
	};

	(void)state;
	check(rows, ROWS(rows));
}

static void our_own_veto_is_told_from_a_refused_connection(void **state)
{
	struct bef_attempt attempt = { .curl = 7, .body_len = BODY };

	(void)state;
	assert_int_equal(bef_classify(&attempt).outcome, BEF_OUTCOME_RETRY);
	attempt.vetoed = true;
	assert_int_equal(bef_classify(&attempt).outcome, BEF_OUTCOME_SELF);
}

static void a_late_demand_for_a_certificate_suspends(void **state)
{
	struct bef_attempt attempt = { .curl = 56, .uploaded = BODY, .body_len = BODY, .cert_wanted = true };

	(void)state;
	assert_int_equal(bef_classify(&attempt).outcome, BEF_OUTCOME_SUSPEND);
}

static void a_question_is_never_ambiguous(void **state)
{
	static const struct { int curl; long status; enum bef_outcome expected; } rows[] = {
		{ 28, 0, BEF_OUTCOME_RETRY }, { 56, 0, BEF_OUTCOME_RETRY }, { 52, 0, BEF_OUTCOME_RETRY },
		{ 0, 502, BEF_OUTCOME_RETRY }, { 0, 200, BEF_OUTCOME_OK }, { 0, 404, BEF_OUTCOME_SUSPEND },
		{ 3, 0, BEF_OUTCOME_SELF }, { 60, 0, BEF_OUTCOME_RETRY },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		const struct bef_attempt attempt = { .asks = true, .curl = rows[i].curl, .status = rows[i].status };

		assert_int_equal(bef_classify(&attempt).outcome, rows[i].expected);
	}
}

static void a_proxy_that_refuses_is_not_the_receiver(void **state)
{
	static const struct { long status; enum bef_outcome expected; } rows[] = {
		{ 407, BEF_OUTCOME_SELF }, { 403, BEF_OUTCOME_SELF }, { 502, BEF_OUTCOME_RETRY }, { 503, BEF_OUTCOME_RETRY },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct bef_attempt attempt = { .curl = 56, .body_len = BODY, .proxy_status = rows[i].status };

		assert_int_equal(bef_classify(&attempt).outcome, rows[i].expected);
		attempt.mail = true;
		assert_int_equal(bef_classify(&attempt).outcome, rows[i].expected);
	}
}

/* libcurl's code, the last reply, how much was handed over: as measured on 7.88.1. */
static void mail_has_its_own_table(void **state)
{
	static const struct row rows[] = {
		{ 0, 250, ALL, BEF_OUTCOME_OK }, { 56, 250, ALL, BEF_OUTCOME_OK }, { 0, 252, 0, BEF_OUTCOME_SELF },
		{ 8, 421, 0, BEF_OUTCOME_RETRY }, { 8, 554, 0, BEF_OUTCOME_SUSPEND }, { 9, 550, 0, BEF_OUTCOME_SUSPEND },
		{ 55, 452, 0, BEF_OUTCOME_RETRY }, { 55, 550, 0, BEF_OUTCOME_PERMANENT },
		{ 55, 554, 0, BEF_OUTCOME_PERMANENT }, { 55, 530, 0, BEF_OUTCOME_SUSPEND },
		{ 67, 535, 0, BEF_OUTCOME_SUSPEND }, { 67, 534, 0, BEF_OUTCOME_SUSPEND }, { 67, 454, 0, BEF_OUTCOME_RETRY },
		{ 67, 250, 0, BEF_OUTCOME_SUSPEND }, { 8, 554, ALL, BEF_OUTCOME_PERMANENT },
		{ 8, 451, ALL, BEF_OUTCOME_RETRY }, { 8, 421, ALL, BEF_OUTCOME_RETRY }, { 8, 251, ALL, BEF_OUTCOME_AMBIGUOUS },
		{ 28, 354, ALL, BEF_OUTCOME_AMBIGUOUS }, { 56, 354, ALL, BEF_OUTCOME_AMBIGUOUS },
		{ 28, 0, ALL, BEF_OUTCOME_AMBIGUOUS }, { 42, 354, ALL, BEF_OUTCOME_AMBIGUOUS },
		{ 55, 354, SOME, BEF_OUTCOME_RETRY }, { 28, 354, SOME, BEF_OUTCOME_RETRY },
		{ 64, 250, 0, BEF_OUTCOME_SUSPEND }, { 64, 454, 0, BEF_OUTCOME_RETRY }, { 64, 502, 0, BEF_OUTCOME_SUSPEND },
		{ 60, 220, 0, BEF_OUTCOME_RETRY }, { 90, 220, 0, BEF_OUTCOME_SUSPEND }, { 35, 220, 0, BEF_OUTCOME_RETRY },
		{ 77, 0, 0, BEF_OUTCOME_SELF }, { 58, 0, 0, BEF_OUTCOME_SELF }, { 6, 0, 0, BEF_OUTCOME_RETRY },
		{ 7, 0, 0, BEF_OUTCOME_RETRY }, { 28, 220, 0, BEF_OUTCOME_RETRY }, { 28, 250, 0, BEF_OUTCOME_RETRY },
		/* an EHLO refused, then a silence after HELO: the refusal is not the last word */
		{ 28, 502, 0, BEF_OUTCOME_RETRY },
		{ 8, 999, 0, BEF_OUTCOME_RETRY }, { 8, 200, ALL, BEF_OUTCOME_AMBIGUOUS },
	};

	(void)state;
	check_as(true, rows, ROWS(rows));
}

static void every_outcome_has_a_name(void **state)
{
	(void)state;
	for (int i = 0; i < BEF_OUTCOME_COUNT; i++)
		assert_non_null(bef_outcome_name((enum bef_outcome)i));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_status_decides),
		cmocka_unit_test(a_status_outranks_a_broken_transfer),
		cmocka_unit_test(a_yes_to_half_a_message_is_not_a_yes),
		cmocka_unit_test(without_a_status_what_left_decides),
		cmocka_unit_test(some_codes_mean_that_nothing_was_sent),
		cmocka_unit_test(our_own_veto_is_told_from_a_refused_connection),
		cmocka_unit_test(a_late_demand_for_a_certificate_suspends),
		cmocka_unit_test(a_question_is_never_ambiguous),
		cmocka_unit_test(a_proxy_that_refuses_is_not_the_receiver),
		cmocka_unit_test(mail_has_its_own_table),
		cmocka_unit_test(every_outcome_has_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
