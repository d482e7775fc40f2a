/* SPDX-License-Identifier: EUPL-1.2 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "date.h"
#include "retry_after.h"

#define ROWS(table) (sizeof(table) / sizeof(*(table)))

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

static void the_end_of_a_certificate_is_read(void **state)
{
	static const struct { const char *text; int64_t at_s; } rows[] = {
		{ "Nov  6 08:49:37 1994 GMT", DATE_S }, { "Nov 06 08:49:37 1994 GMT", DATE_S },
		{ "Nov 21 18:42:00 2026 GMT", 1795286520 }, { "Dec 31 23:59:59 9999 GMT", 253402300799 },
	};
	static const char *const unread[] = {
		"", "Nov 21 18:42:00 2026", "Nov 21 18:42:00 2026 CET", "Nov 21 18:42:00.5 2026 GMT", "Xxx 21 18:42:00 2026 GMT",
		"Nov 32 18:42:00 2026 GMT", "Nov    18:42:00 2026 GMT", "Nov 21 24:42:00 2026 GMT", "Bad time value",
		"Nov 21 18:42:00 2026 GMT ",
	};
	int64_t got;

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		assert_true(bef_certificate_date_parse(rows[i].text, &got));
		assert_int_equal(got, rows[i].at_s);
	}
	for (size_t i = 0; i < ROWS(unread); i++)
		if (bef_certificate_date_parse(unread[i], &got))
			fail_msg("'%s' was read", unread[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(retry_after_is_read_with_suspicion),
		cmocka_unit_test(http_dates_agree_with_the_calendar),
		cmocka_unit_test(the_end_of_a_certificate_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
