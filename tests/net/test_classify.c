/* SPDX-License-Identifier: EUPL-1.2 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "classify.h"
#include "retry_after.h"

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

static void check(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct bef_attempt attempt = {
			.curl = rows[i].curl, .status = rows[i].status,
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

#define DATE "Sun, 06 Nov 1994 08:49:37 GMT"
#define DATE_S INT64_C(784111777)

static void retry_after_is_read_with_suspicion(void **state)
{
	static const struct { const char *value, *date; int expected; } rows[] = {
		{ "30", NULL, 30 }, { "1", NULL, 1 }, { " 30\t", NULL, 30 }, { "0030", NULL, 30 },
		{ "3600", NULL, 3600 }, { "3601", NULL, 3600 }, { "86400", NULL, 3600 },
		{ "12345678901234567890", NULL, 3600 }, { "18446744073709551617", NULL, 3600 },
		{ "0", NULL, 0 }, { "00", NULL, 0 }, { "", NULL, 0 }, { "   ", NULL, 0 },
		{ "-5", NULL, 0 }, { "+5", NULL, 0 }, { "1.9", NULL, 0 }, { "1e3", NULL, 0 },
		{ "0x10", NULL, 0 }, { "30s", NULL, 0 }, { "30, 60", NULL, 0 }, { "soon", NULL, 0 },
		{ "99999999999999999999x", NULL, 0 },
		{ "Sun, 06 Nov 1994 08:50:07 GMT", DATE, 30 },
		{ "Sun, 06 Nov 1994 08:50:07 GMT", NULL, 30 },      /* the local clock */
		{ "Sun, 06 Nov 1994 08:50:07 GMT", "garbage", 30 }, /* the same */
		{ "Sun, 06 Nov 1994 08:50:07 GMT", "Sun, 06 Nov 1994 08:50:00 GMT", 7 },
		{ "Sun, 06 Nov 1994 09:59:37 GMT", DATE, 3600 },
		{ "Fri, 31 Dec 9999 23:59:59 GMT", DATE, 3600 },
		{ DATE, DATE, 0 },                                    /* now */
		{ "Sun, 06 Nov 1994 08:49:36 GMT", DATE, 0 },         /* past */
		{ "Thu, 01 Jan 1970 00:00:00 GMT", DATE, 0 },
		{ "Sunday, 06-Nov-94 08:50:07 GMT", DATE, 0 },        /* obsolete forms */
		{ "Sun Nov  6 08:50:07 1994", DATE, 0 },
		{ "Sun, 06 Nov 1994 08:50:07 CET", DATE, 0 },
		{ "Sun, 06 Nov 1994 08:50:07 GMT+1", DATE, 0 },
		{ "Sun, 32 Nov 1994 08:50:07 GMT", DATE, 0 },
		{ "Sun, 06 Nov 1994 25:50:07 GMT", DATE, 0 },
		{ "Xxx, 06 Nov 1994 08:50:07 GMT", DATE, 0 },
		{ "Sun, 06 Xxx 1994 08:50:07 GMT", DATE, 0 },
		{ "Sun, 6 Nov 1994 08:50:07 GMT", DATE, 0 },
	};

	(void)state;
	assert_int_equal(bef_retry_after_s(NULL, NULL, DATE_S), 0);
	for (size_t i = 0; i < ROWS(rows); i++) {
		int got = bef_retry_after_s(rows[i].value, rows[i].date, DATE_S);

		if (got != rows[i].expected)
			fail_msg("'%s': %d instead of %d", rows[i].value, got, rows[i].expected);
	}
}

static void http_dates_agree_with_the_calendar(void **state)
{
	static const struct { const char *text; int64_t at_s; } rows[] = {
		{ "Thu, 01 Jan 1970 00:00:00 GMT", 0 }, { DATE, DATE_S },
		{ "Tue, 29 Feb 2000 12:00:00 GMT", 951825600 }, { "Sun, 28 Feb 2100 00:00:00 GMT", 4107456000 },
		{ "Mon, 01 Mar 2100 00:00:00 GMT", 4107542400 }, { "Sat, 21 Nov 2026 18:42:00 GMT", 1795286520 },
		{ "Tue, 31 Dec 2030 23:59:60 GMT", 1924992000 },
	};
	int64_t got;

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		assert_true(bef_http_date_parse(rows[i].text, &got));
		assert_int_equal(got, rows[i].at_s);
	}
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
		cmocka_unit_test(retry_after_is_read_with_suspicion),
		cmocka_unit_test(http_dates_agree_with_the_calendar),
		cmocka_unit_test(every_outcome_has_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
