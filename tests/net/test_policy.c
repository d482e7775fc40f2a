/* SPDX-License-Identifier: EUPL-1.2 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "policy.h"

#define ROWS(table) (sizeof(table) / sizeof(*(table)))

static void odd_urls_are_refused(void **state)
{
	static const struct { const char *url; bool allowed; } rows[] = {
		{ "https://hooks.example.org/a/b?c=d&sig=e%2F", true }, { "https://h", true },
		{ "https://h:8443/x", true }, { "http://[::1]:80/", true }, { "HTTPS://H/", true },
		{ "https://h/a@b", true }, { "https://h?x=a@b%20c", true }, { "https://h.example./x", true },
		{ "https://2130706433/", true }, /* the socket's address decides */
		{ "", false }, { "h/x", false }, { "//h/x", false }, { "://h", false }, { "https:", false },
		{ "https:h", false }, { "https:/h", false }, { "https:///h", false }, { "https://", false },
		{ "https://?x", false }, { "https://u@h/", false }, { "https://u:p@h/", false },
		{ "https://@h/", false }, { "https://h\\@evil/", false }, { "https://h\\x", false },
		{ "https://h/a b", false }, { " https://h/", false }, { "https://h/\t", false },
		{ "https://h/\r\nX: y", false }, { "https://h/\x7f", false }, { "https://h/#top", false },
		{ "https://caf\xc3\xa9.example/", false }, { "https://h/\xc3\xa9", false },
		{ "https://%31%32%37.0.0.1/", false }, { "https://[fe80::1%25eth0]/", false },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++)
		if ((bef_policy_url_text(rows[i].url) == NULL) != rows[i].allowed)
			fail_msg("'%s' should %sbe allowed", rows[i].url, rows[i].allowed ? "" : "not ");
}

static void a_url_is_judged_again_once_parsed(void **state)
{
	static const struct { struct bef_url_parts parts; bool allowed; } rows[] = {
		{ { .scheme = "https", .host = "h" }, true },
		{ { .scheme = "https", .host = "h", .port = "443" }, true },
		{ { .scheme = "http", .host = "h" }, true },
		{ { .scheme = "smtps", .host = "h" }, true },
		{ { .scheme = "smtp", .host = "h" }, true },
		{ { .scheme = "ftp", .host = "h" }, false },
		{ { .scheme = "file", .host = "" }, false },
		{ { .scheme = "", .host = "h" }, false },
		{ { .host = "h" }, false },
		{ { .scheme = "https" }, false },
		{ { .scheme = "https", .host = "" }, false },
		{ { .scheme = "https", .host = "h", .user = "u" }, false },
		{ { .scheme = "https", .host = "h", .password = "p" }, false },
		{ { .scheme = "https", .host = "h", .user = "" }, false },
		{ { .scheme = "https", .host = "h", .port = "0" }, false },
		{ { .scheme = "https", .host = "h", .port = "000" }, false },
		{ { .scheme = "https", .host = "h", .fragment = "" }, false },
		{ { .scheme = "https", .host = "h\xc3\xa9" }, false },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++)
		if ((bef_policy_url_parts(&rows[i].parts) == NULL) != rows[i].allowed)
			fail_msg("row %zu", i);
}

static void a_url_has_a_largest_size(void **state)
{
	char url[BEF_URL_MAX + 2] = "https://h/";

	(void)state;
	memset(url + 10, 'a', BEF_URL_MAX - 10);
	assert_null(bef_policy_url_text(url));
	url[BEF_URL_MAX] = 'a';
	assert_non_null(bef_policy_url_text(url));
}

static void headers_cannot_break_out(void **state)
{
	static const struct { const char *line; bool allowed; } rows[] = {
		{ "X-Gotify-Key: abc", true }, { "webhook-signature: v1,LJNE= v1,AAAA=", true },
		{ "Content-Type: application/json", true }, { "X:y", true }, { "X-Name: caf\xc3\xa9", true },
		{ "X: a\r\nY: b", false }, { "X: a\nY: b", false }, { "X: a\tb", false }, { "X: a\x7f", false },
		{ "X\x01: a", false }, { "", false }, { "X", false }, { ": a", false }, { "X :a", false },
		{ "X Y: a", false }, { "X:", false }, { "X:   ", false }, { "X;", false },
		{ "X\xc3\xa9: a", false }, { "Content-Length: 1", false }, { "content-length: 1", false },
		{ "Transfer-Encoding: chunked", false }, { "Host: evil", false }, { "Expect: 100-continue", false },
		{ "Connection: keep-alive", false }, { "Hosts: fine", true },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++)
		if ((bef_policy_header(rows[i].line) == NULL) != rows[i].allowed)
			fail_msg("'%s' should %sbe allowed", rows[i].line, rows[i].allowed ? "" : "not ");
}

typedef const char *check_fn(const char *text);

struct text_row {
	check_fn *check;
	const char *text;
	bool allowed;
};

#define HASH "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="

static void members_of_a_job_are_checked(void **state)
{
	static const struct text_row rows[] = {
		{ bef_policy_method, "POST", true }, { bef_policy_method, "PUT", true },
		{ bef_policy_method, "GET", true }, { bef_policy_method, "get", false },
		{ bef_policy_method, "DELETE", false }, { bef_policy_method, "POST /x", false },
		{ bef_policy_mail_address, "a@b", true }, { bef_policy_mail_address, "a.b+c=d@x-y.example", true },
		{ bef_policy_mail_address, "a@b@c", false }, { bef_policy_mail_address, "a", false },
		{ bef_policy_mail_address, "@b", false }, { bef_policy_mail_address, "a@", false },
		{ bef_policy_mail_address, "<a@b>", false }, { bef_policy_mail_address, "a@b> SIZE=1", false },
		{ bef_policy_mail_address, "a@b\r\nRSET", false }, { bef_policy_mail_address, "a\x7f@b", false },
		{ bef_policy_mail_address, "a b@c", false }, { bef_policy_mail_address, "\"a\"@c", false },
		{ bef_policy_mail_address, "\xc3\xa9@b", false }, { bef_policy_mail_address, "a@.b", false },
		{ bef_policy_mail_address, "a@[127.0.0.1]", false }, { bef_policy_mail_address, "a,b@c", false },
		{ bef_policy_mail_text, "", true }, { bef_policy_mail_text, "a\r\n\r\nb", true },
		{ bef_policy_mail_text, "a\r\n.\r\nb", true }, { bef_policy_mail_text, "a\nb", false },
		{ bef_policy_mail_text, "a\rb", false }, { bef_policy_mail_text, "a\r\r\n", false },
		{ bef_policy_mail_text, "a\r\n\n", false }, { bef_policy_mail_text, "a\r", false },
		{ bef_policy_secret, "caf\xc3\xa9 de la gare", true }, { bef_policy_secret, "a\nb", false },
		{ bef_policy_pin, "sha256//" HASH, true }, { bef_policy_pin, "sha256//" HASH ";sha256//" HASH, true },
		{ bef_policy_pin, "", false }, { bef_policy_pin, "/etc/pin.pem", false },
		{ bef_policy_pin, "sha256//" HASH ";", false }, { bef_policy_pin, "sha256//" HASH "," HASH, false },
		{ bef_policy_pin, "sha256//AAA=", false }, { bef_policy_pin, "sha256//" HASH "x", false },
		{ bef_policy_pin, "SHA256//" HASH, false },
		{ bef_policy_proxy, "http://proxy.example:3128", true }, { bef_policy_proxy, "socks5h://h:1", true },
		{ bef_policy_proxy, "https://u:p@h:1", true }, { bef_policy_proxy, "h:1", false },
		{ bef_policy_proxy, "http://", false }, { bef_policy_proxy, "socks4://h", false },
		{ bef_policy_proxy, "http://h\r\n", false }, { bef_policy_proxy, "http:///h", false },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++)
		if ((rows[i].check(rows[i].text) == NULL) != rows[i].allowed)
			fail_msg("'%s' should %sbe allowed", rows[i].text, rows[i].allowed ? "" : "not ");
}

static void lengths_have_an_end(void **state)
{
	char text[BEF_SECRET_MAX + 2], name[BEF_NAME_MAX + 2], address[80];

	(void)state;
	memset(text, 'a', sizeof(text));
	text[BEF_SECRET_MAX] = '\0';
	assert_null(bef_policy_secret(text));
	text[BEF_SECRET_MAX] = 'a';
	text[BEF_SECRET_MAX + 1] = '\0';
	assert_non_null(bef_policy_secret(text));
	memset(name, 'a', sizeof(name));
	name[BEF_NAME_MAX] = '\0';
	assert_true(bef_policy_is_name(name));
	name[BEF_NAME_MAX] = 'a';
	name[BEF_NAME_MAX + 1] = '\0';
	assert_false(bef_policy_is_name(name));
	snprintf(address, sizeof(address), "%.64s@b", name);
	assert_null(bef_policy_mail_address(address));
	snprintf(address, sizeof(address), "%.65s@b", name);
	assert_non_null(bef_policy_mail_address(address));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(odd_urls_are_refused),
		cmocka_unit_test(a_url_is_judged_again_once_parsed),
		cmocka_unit_test(a_url_has_a_largest_size),
		cmocka_unit_test(headers_cannot_break_out),
		cmocka_unit_test(members_of_a_job_are_checked),
		cmocka_unit_test(lengths_have_an_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
