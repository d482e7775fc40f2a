/* SPDX-License-Identifier: EUPL-1.2 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "address.h"

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

static void how_far_a_job_may_go(void **state)
{
	static const struct { const char *text; bool any, loopback, public; } rows[] = {
		{ "127.0.0.1", true, true, false }, { "::1", true, true, false },
		{ "::ffff:127.0.0.1", true, true, false }, { "127.9.9.9", true, true, false },
		{ "10.1.2.3", true, false, false }, { "fd12::1", true, false, false },
		{ "::ffff:192.168.0.1", true, false, false }, { "8.8.8.8", true, false, true },
		{ "2001:db8::1", true, false, true }, { "64:ff9b::10.0.0.1", true, false, true },
		{ "::127.0.0.1", true, false, true }, { "169.254.169.254", false, false, false },
		{ "::ffff:169.254.169.254", false, false, false }, { "0.0.0.0", false, false, false },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		union address address = address_of(rows[i].text);

		if ((bef_address_refusal(&address.any, BEF_REACH_ANY) == NULL) != rows[i].any ||
		    (bef_address_refusal(&address.any, BEF_REACH_LOOPBACK) == NULL) != rows[i].loopback ||
		    (bef_address_refusal(&address.any, BEF_REACH_PUBLIC) == NULL) != rows[i].public)
			fail_msg("%s", rows[i].text);
	}
}

static void other_families_are_refused(void **state)
{
	union address address = { .un = { .sun_family = AF_UNIX } };

	(void)state;
	assert_non_null(bef_address_refusal(&address.any, BEF_REACH_ANY));
}

static void loopback_is_known_by_its_name_and_its_numbers(void **state)
{
	static const struct { const char *host; bool literal, loopback; } rows[] = {
		{ "localhost", false, true }, { "127.0.0.1", true, true }, { "127.1.2.3", true, true },
		{ "[::1]", true, true }, { "[::ffff:127.0.0.1]", true, true }, { "[2001:db8::1]", true, false },
		{ "10.0.0.1", true, false }, { "localhost.example", false, false }, { "127.0.0.1.example", false, false },
		{ "", false, false }, { "[]", false, false }, { "[", false, false }, { "[127.0.0.1", false, false },
		{ "0x7f.1", false, false }, /* libcurl's parser has made 127.0.0.1 of it by then */
	};
	struct sockaddr_storage address;

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++)
		if (bef_address_literal(rows[i].host, &address) != rows[i].literal ||
		    bef_address_is_loopback(rows[i].host) != rows[i].loopback)
			fail_msg("'%s'", rows[i].host);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_address_has_its_kind),
		cmocka_unit_test(how_far_a_job_may_go),
		cmocka_unit_test(other_families_are_refused),
		cmocka_unit_test(loopback_is_known_by_its_name_and_its_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
