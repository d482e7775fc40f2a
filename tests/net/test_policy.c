/* SPDX-License-Identifier: EUPL-1.2 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "policy.h"
#include "text.h"

#define ROWS(table) (sizeof(table) / sizeof(*(table)))

union address {
	struct sockaddr any;
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
	struct sockaddr_un un;
};

static union address address_of(const char *text)
{
	union address address = { .any = { .sa_family = strchr(text, ':') ? AF_INET6 : AF_INET } };
	void *where = strchr(text, ':') ? (void *)&address.in6.sin6_addr : (void *)&address.in.sin_addr;

	if (inet_pton(address.any.sa_family, text, where) != 1)
		fail_msg("'%s' is no address", text);
	return address;
}

static void each_address_has_its_kind(void **state)
{
	static const struct { const char *text; enum bef_net_kind expected; } rows[] = {
		{ "0.0.0.0", BEF_NET_REFUSED }, { "0.1.2.3", BEF_NET_REFUSED }, { "1.0.0.0", BEF_NET_PUBLIC },
		{ "169.253.255.255", BEF_NET_PUBLIC }, { "169.254.0.0", BEF_NET_REFUSED },
		{ "169.254.169.254", BEF_NET_REFUSED }, { "169.254.255.255", BEF_NET_REFUSED },
		{ "169.255.0.0", BEF_NET_PUBLIC }, { "223.255.255.255", BEF_NET_PUBLIC },
		{ "224.0.0.1", BEF_NET_REFUSED }, { "239.255.255.255", BEF_NET_REFUSED },
		{ "240.0.0.1", BEF_NET_REFUSED }, { "255.255.255.255", BEF_NET_REFUSED },
		{ "100.100.100.200", BEF_NET_REFUSED }, { "100.100.100.201", BEF_NET_PUBLIC },
		{ "168.63.129.16", BEF_NET_REFUSED }, { "192.0.0.192", BEF_NET_REFUSED },
		{ "126.255.255.255", BEF_NET_PUBLIC }, { "127.0.0.1", BEF_NET_LOOPBACK },
		{ "127.255.255.255", BEF_NET_LOOPBACK }, { "128.0.0.0", BEF_NET_PUBLIC },
		{ "10.0.0.1", BEF_NET_PRIVATE }, { "11.0.0.1", BEF_NET_PUBLIC },
		{ "172.15.255.255", BEF_NET_PUBLIC }, { "172.16.0.0", BEF_NET_PRIVATE },
		{ "172.31.255.255", BEF_NET_PRIVATE }, { "172.32.0.0", BEF_NET_PUBLIC },
		{ "192.168.1.1", BEF_NET_PRIVATE }, { "192.169.0.0", BEF_NET_PUBLIC },
		{ "93.184.216.34", BEF_NET_PUBLIC },
		{ "::", BEF_NET_REFUSED }, { "::1", BEF_NET_LOOPBACK }, { "2001:db8::1", BEF_NET_PUBLIC },
		{ "fe80::1", BEF_NET_REFUSED }, { "febf::1", BEF_NET_REFUSED }, { "fec0::1", BEF_NET_PUBLIC },
		{ "ff02::1", BEF_NET_REFUSED }, { "fd00:ec2::254", BEF_NET_REFUSED },
		{ "fd20:ce::254", BEF_NET_REFUSED }, { "fd00:ec2::253", BEF_NET_PRIVATE },
		{ "fc00::1", BEF_NET_PRIVATE }, { "fdff::1", BEF_NET_PRIVATE }, { "fe00::1", BEF_NET_PUBLIC },
		/* IPv4-mapped: the same socket as the IPv4 address */
		{ "::ffff:169.254.169.254", BEF_NET_REFUSED }, { "::ffff:0.0.0.0", BEF_NET_REFUSED },
		{ "::ffff:100.100.100.200", BEF_NET_REFUSED }, { "::ffff:10.0.0.1", BEF_NET_PRIVATE },
		{ "::ffff:127.0.0.1", BEF_NET_LOOPBACK }, { "::ffff:8.8.8.8", BEF_NET_PUBLIC },
		/* other wraps: refused with their inside, never more than public */
		{ "::169.254.169.254", BEF_NET_REFUSED }, { "::127.0.0.1", BEF_NET_PUBLIC },
		{ "64:ff9b::169.254.169.254", BEF_NET_REFUSED }, { "64:ff9b::224.0.0.1", BEF_NET_REFUSED },
		{ "64:ff9b::10.0.0.1", BEF_NET_PUBLIC }, { "64:ff9b::8.8.8.8", BEF_NET_PUBLIC },
		{ "64:ff9b:1::169.254.169.254", BEF_NET_REFUSED },
		{ "2002:a9fe:a9fe::1", BEF_NET_REFUSED }, { "2002:e000:1::", BEF_NET_REFUSED },
		{ "2002:7f00:1::", BEF_NET_PUBLIC }, { "2002:a00:1::1", BEF_NET_PUBLIC },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		union address address = address_of(rows[i].text);
		const char *why;
		enum bef_net_kind kind = bef_net_kind_of(&address.any, &why);

		if (kind != rows[i].expected)
			fail_msg("%s: kind %d instead of %d", rows[i].text, kind, rows[i].expected);
		assert_int_equal(why != NULL, kind == BEF_NET_REFUSED);
	}
}

static void plain_http_is_for_private_addresses(void **state)
{
	static const struct { const char *text; bool allowed; } rows[] = {
		{ "127.0.0.1", true }, { "::1", true }, { "10.1.2.3", true }, { "fd12::1", true },
		{ "::ffff:192.168.0.1", true }, { "8.8.8.8", false }, { "2001:db8::1", false },
		{ "100.64.0.1", false }, { "64:ff9b::10.0.0.1", false }, { "169.254.169.254", false },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		union address address = address_of(rows[i].text);

		if ((bef_policy_address(&address.any, true) == NULL) != rows[i].allowed)
			fail_msg("http to %s", rows[i].text);
	}
}

static void other_families_are_refused(void **state)
{
	union address address = { .un = { .sun_family = AF_UNIX } };

	(void)state;
	assert_non_null(bef_policy_address(&address.any, false));
}

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
	static const struct { struct bef_url_parts parts; bool allow_http, allowed; } rows[] = {
		{ { "https", NULL, NULL, "h", NULL, NULL }, false, true },
		{ { "https", NULL, NULL, "h", "443", NULL }, false, true },
		{ { "http", NULL, NULL, "h", NULL, NULL }, false, false },
		{ { "http", NULL, NULL, "h", NULL, NULL }, true, true },
		{ { "ftp", NULL, NULL, "h", NULL, NULL }, true, false },
		{ { "file", NULL, NULL, "", NULL, NULL }, true, false },
		{ { NULL, NULL, NULL, "h", NULL, NULL }, true, false },
		{ { "https", NULL, NULL, NULL, NULL, NULL }, false, false },
		{ { "https", NULL, NULL, "", NULL, NULL }, false, false },
		{ { "https", "u", NULL, "h", NULL, NULL }, false, false },
		{ { "https", NULL, "p", "h", NULL, NULL }, false, false },
		{ { "https", "", NULL, "h", NULL, NULL }, false, false },
		{ { "https", NULL, NULL, "h", "0", NULL }, false, false },
		{ { "https", NULL, NULL, "h", "000", NULL }, false, false },
		{ { "https", NULL, NULL, "h", NULL, "" }, false, false },
		{ { "https", NULL, NULL, "h\xc3\xa9", NULL, NULL }, false, false },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++)
		if ((bef_policy_url_parts(&rows[i].parts, rows[i].allow_http) == NULL) != rows[i].allowed)
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_address_has_its_kind),
		cmocka_unit_test(plain_http_is_for_private_addresses),
		cmocka_unit_test(other_families_are_refused),
		cmocka_unit_test(odd_urls_are_refused),
		cmocka_unit_test(a_url_is_judged_again_once_parsed),
		cmocka_unit_test(a_url_has_a_largest_size),
		cmocka_unit_test(headers_cannot_break_out),
		cmocka_unit_test(strange_bytes_become_text),
		cmocka_unit_test(secrets_are_starred_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
