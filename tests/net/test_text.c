/* SPDX-License-Identifier: EUPL-1.2 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "tell.h"
#include "text.h"

#define ROWS(table) (sizeof(table) / sizeof(*(table)))

static void strange_bytes_become_text(void **state)
{
#define R "\xef\xbf\xbd"
	static const struct { const char *in, *expected; size_t size; } rows[] = {
		{ "ok", "ok", 64 }, { "caf\xc3\xa9 \xf0\x9f\x94\x94", "caf\xc3\xa9 \xf0\x9f\x94\x94", 64 },
		{ "a\r\nb\tc\x1b[0m\x7f", "a  b c [0m ", 64 }, { "\xc2\x85x\xe2\x80\xa8y", " x y", 64 },
		{ "a\xffz", "a" R "z", 64 }, { "\xc0\xaf", R R, 64 }, { "\xed\xa0\x80", R R R, 64 },
		{ "\xf4\x90\x80\x80", R R R R, 64 }, { "\xe2\x82", R R, 64 }, { "\xe2(", R "(", 64 },
		{ "a\xe2\x80\xaez", "a" R "z", 64 }, { "\xe2\x81\xa6", R, 64 },
		{ "abc", "ab", 3 }, { "a\xc3\xa9", "a", 3 }, { "a\xc3\xa9", "a\xc3\xa9", 4 }, { "a", "", 1 },
	};
	char out[64];

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		bef_text_tame(rows[i].in, strlen(rows[i].in), out, rows[i].size);
		assert_string_equal(out, rows[i].expected);
	}
	bef_text_tame("a\0b", 3, out, sizeof(out));
	assert_string_equal(out, "a b");
}

static void secrets_are_starred_out(void **state)
{
	static const struct { const char *text, *secret, *expected; } rows[] = {
		{ "no /services/T0/abcdefgh here", "/services/T0/abcdefgh", "no /********/T0/******** here" },
		{ "abcdefghabcdefgh", "abcdefgh", "****************" },
		{ "abcdefg", "abcdefgh", "abcdefg" }, { "", "abcdefgh", "" }, { "short", "/a/b?c", "short" },
		{ "abcdefgh", "", "abcdefgh" },
	};
	char text[64];

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		snprintf(text, sizeof(text), "%s", rows[i].text);
		bef_text_redact(text, strlen(text), rows[i].secret, "/?&=", 8);
		assert_string_equal(text, rows[i].expected);
	}
}

/* The vectors of RFC 4648, 10, and a byte of each kind. */
static void base64_is_as_the_standard_has_it(void **state)
{
	static const struct { const char *in, *expected; } rows[] = {
		{ "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" }, { "\xff\xfe\xfd", "//79" },
	};
	char out[16];

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		bef_text_base64(rows[i].in, strlen(rows[i].in), out);
		assert_string_equal(out, rows[i].expected);
	}
}

static void an_answer_gives_back_none_of_what_was_sent(void **state)
{
	static const struct bef_job http = {
		.url = "https://h.test/hooks/T0KENT0KEN?sig=SIGNATURE1", .headers = { "Authorization: Bearer abcdefghijklmnop" },
		.header_count = 1, .body = "{\"routing_key\":\"R0UT1NGKEY01\",\"text\":\"le serveur de paie\"}",
		.proxy = "http://agent:hunter2hunter2@proxy.test:3128",
	};
	static const struct bef_job mail = {
		.mail = true, .url = "smtps://h.test/relay.example.test", .user = "bob", .password = "s3cret",
		.body = "Subject: la paie est bloqu\xc3\xa9""e\r\n\r\nle serveur de paie\r\n",
	};
	static const struct { const struct bef_job *job; const char *answer, *expected; } rows[] = {
		{ &http, "ok", "ok" }, { &http, "no hooks/T0KENT0KEN here", "no hooks/********** here" },
		{ &http, "sig=SIGNATURE1", "sig=**********" }, { &http, "Bearer abcdefghijklmnop", "Bearer ****************" },
		{ &http, "R0UT1NGKEY01 le serveur de paie", "************ ******************" },
		{ &http, "hunter2hunter2", "**************" },
		{ &mail, "250 relay.example.test hello", "250 relay.example.test hello" },
		{ &mail, "535 AGJvYgBzM2NyZXQ= s3cret czNjcmV0", "535 **************** ****** ********" },
		{ &mail, "554 spam: le serveur de paie", "554 spam: ******************" },
	};
	char bytes[128], out[128];

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		snprintf(bytes, sizeof(bytes), "%s", rows[i].answer);
		bef_tell_answer(rows[i].job, bytes, strlen(bytes), out, sizeof(out));
		assert_string_equal(out, rows[i].expected);
	}
}

static void of_a_redirect_the_host_is_told(void **state)
{
	static const struct { const char *location, *expected; } rows[] = {
		{ "https://login.test/sso?token=SECRET", ", a redirect to login.test:" },
		{ "https://user:SECRET@login.test:8443/", ", a redirect to login.test:8443:" },
		{ "//login.test#SECRET", ", a redirect to login.test:" }, { "/SECRET", "302:" }, { "", "302:" },
		{ "https://login.test\\SECRET", ", a redirect to login.test:" },
	};
	const struct bef_attempt attempt = { .status = 302 };
	const struct bef_verdict verdict = bef_classify(&attempt);
	char out[400];

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		const struct bef_circumstances known = { .host = "h", .location = rows[i].location, .vetoed = "" };

		bef_tell_detail(&attempt, &verdict, &known, out, sizeof(out));
		assert_non_null(strstr(out, rows[i].expected));
		assert_null(strstr(out, "SECRET"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strange_bytes_become_text),
		cmocka_unit_test(secrets_are_starred_out),
		cmocka_unit_test(base64_is_as_the_standard_has_it),
		cmocka_unit_test(an_answer_gives_back_none_of_what_was_sent),
		cmocka_unit_test(of_a_redirect_the_host_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
