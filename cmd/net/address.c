/* SPDX-License-Identifier: EUPL-1.2 */
#include "address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "mark.h"

#define ROWS(table) (sizeof(table) / sizeof(*(table)))

#define NOT_WRAPPED (-1)

struct net_row {
	unsigned char prefix[16];
	int bits;
	enum bef_net_kind kind;
	const char *why;
	int ipv4_at; /* offset of the IPv4 address inside, or NOT_WRAPPED */
};

#define NET(bits, kind, why, ...) { { __VA_ARGS__ }, bits, kind, why, NOT_WRAPPED }
#define WRAP(bits, at, ...) { { __VA_ARGS__ }, bits, BEF_NET_PUBLIC, NULL, at }

/* In both tables the first row that matches wins: single hosts come before their network. */
static const struct net_row ipv4_rows[] = {
	NET(8, BEF_NET_REFUSED, N_("unspecified"), 0),
	NET(32, BEF_NET_REFUSED, N_("cloud metadata"), 100, 100, 100, 200), /* Alibaba */
	NET(32, BEF_NET_REFUSED, N_("cloud metadata"), 168, 63, 129, 16),   /* Azure */
	NET(32, BEF_NET_REFUSED, N_("cloud metadata"), 192, 0, 0, 192),     /* Oracle */
	NET(16, BEF_NET_REFUSED, N_("link-local"), 169, 254),
	NET(4, BEF_NET_REFUSED, N_("multicast"), 224),
	NET(4, BEF_NET_REFUSED, N_("reserved"), 240),
	NET(8, BEF_NET_LOOPBACK, NULL, 127),
	NET(8, BEF_NET_PRIVATE, NULL, 10),
	NET(12, BEF_NET_PRIVATE, NULL, 172, 16),
	NET(16, BEF_NET_PRIVATE, NULL, 192, 168),
};

static const struct net_row ipv6_rows[] = {
	NET(128, BEF_NET_REFUSED, N_("unspecified"), 0),
	NET(128, BEF_NET_LOOPBACK, NULL, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
	NET(128, BEF_NET_REFUSED, N_("cloud metadata"), /* Amazon, fd00:ec2::254 */
	    0xfd, 0x00, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54),
	NET(128, BEF_NET_REFUSED, N_("cloud metadata"), /* Google, fd20:ce::254 */
	    0xfd, 0x20, 0x00, 0xce, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54),
	NET(10, BEF_NET_REFUSED, N_("link-local"), 0xfe, 0x80),
	NET(8, BEF_NET_REFUSED, N_("multicast"), 0xff),
	NET(7, BEF_NET_PRIVATE, NULL, 0xfc),
	WRAP(96, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff), /* IPv4-mapped */
	WRAP(96, 12, 0),                                        /* IPv4-compatible */
	WRAP(96, 12, 0x00, 0x64, 0xff, 0x9b),                   /* NAT64 */
	WRAP(48, 12, 0x00, 0x64, 0xff, 0x9b, 0x00, 0x01),       /* NAT64 inside a site, as a /96 */
	WRAP(16, 2, 0x20, 0x02),                                /* 6to4 */
};

static bool has_prefix(const unsigned char *address, const struct net_row *row)
{
	int whole = row->bits / 8;
	int rest = row->bits % 8;

	if (memcmp(address, row->prefix, (size_t)whole) != 0)
		return false;
	return rest == 0 || (address[whole] ^ row->prefix[whole]) >> (8 - rest) == 0;
}

static const struct net_row *find_row(const struct net_row *rows, size_t count,
                                      const unsigned char *address)
{
	for (size_t i = 0; i < count; i++)
		if (has_prefix(address, &rows[i]))
			return &rows[i];
	return NULL;
}

static enum bef_net_kind ipv4_kind(const unsigned char *address, const char **out_why)
{
	const struct net_row *row = find_row(ipv4_rows, ROWS(ipv4_rows), address);

	*out_why = row ? row->why : NULL;
	return row ? row->kind : BEF_NET_PUBLIC;
}

static enum bef_net_kind ipv6_kind(const struct in6_addr *in6, const char **out_why)
{
	const unsigned char *address = in6->s6_addr;
	const struct net_row *row = find_row(ipv6_rows, ROWS(ipv6_rows), address);
	enum bef_net_kind inner;

	if (!row || row->ipv4_at == NOT_WRAPPED) {
		*out_why = row ? row->why : NULL;
		return row ? row->kind : BEF_NET_PUBLIC;
	}
	inner = ipv4_kind(address + row->ipv4_at, out_why);
	if (inner == BEF_NET_REFUSED || IN6_IS_ADDR_V4MAPPED(in6))
		return inner;
	return BEF_NET_PUBLIC;
}

enum bef_net_kind bef_net_kind_of(const struct sockaddr *address, const char **out_why)
{
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
	const char *unused;

	if (!out_why)
		out_why = &unused;
	switch (address->sa_family) {
	case AF_INET:
		memcpy(&in, address, sizeof(in));
		return ipv4_kind((const unsigned char *)&in.sin_addr, out_why);
	case AF_INET6:
		memcpy(&in6, address, sizeof(in6));
		return ipv6_kind(&in6.sin6_addr, out_why);
	default:
		*out_why = N_("not an internet");
		return BEF_NET_REFUSED;
	}
}

const char *bef_address_refusal(const struct sockaddr *address, enum bef_reach reach)
{
	const char *why;
	enum bef_net_kind kind = bef_net_kind_of(address, &why);

	if (kind == BEF_NET_REFUSED)
		return why;
	if (reach == BEF_REACH_LOOPBACK && kind != BEF_NET_LOOPBACK)
		return N_("not loopback, and nothing leaves this machine unencrypted without insecure_http");
	if (reach == BEF_REACH_PUBLIC && kind == BEF_NET_PRIVATE)
		return N_("private, and this destination is for public ones only");
	if (reach == BEF_REACH_PUBLIC && kind == BEF_NET_LOOPBACK)
		return N_("loopback, and this destination is for public ones only");
	return NULL;
}

/* Copy what stands between the brackets of "[::1]", or all of it. */
static bool unbracket(const char *host, char *out, size_t size)
{
	size_t len = strlen(host);

	if (len >= 2 && host[0] == '[' && host[len - 1] == ']') {
		host++;
		len -= 2;
	}
	if (len == 0 || len >= size)
		return false;
	memcpy(out, host, len);
	out[len] = '\0';
	return true;
}

bool bef_address_literal(const char *host, struct sockaddr_storage *out)
{
	char text[INET6_ADDRSTRLEN];
	struct sockaddr_in in = { .sin_family = AF_INET };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };

	*out = (struct sockaddr_storage){ 0 };
	if (!unbracket(host, text, sizeof(text)))
		return false;
	if (inet_pton(AF_INET, text, &in.sin_addr) == 1)
		memcpy(out, &in, sizeof(in));
	else if (inet_pton(AF_INET6, text, &in6.sin6_addr) == 1)
		memcpy(out, &in6, sizeof(in6));
	else
		return false;
	return true;
}

bool bef_address_is_loopback(const char *host)
{
	struct sockaddr_storage address;

	if (strcmp(host, "localhost") == 0)
		return true;
	return bef_address_literal(host, &address) &&
	       bef_net_kind_of((const struct sockaddr *)&address, NULL) == BEF_NET_LOOPBACK;
}
