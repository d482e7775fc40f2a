/* SPDX-License-Identifier: EUPL-1.2 */
#include "policy.h"

#include <ctype.h>
#include <netinet/in.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

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
	NET(8, BEF_NET_REFUSED, "unspecified", 0),
	NET(32, BEF_NET_REFUSED, "cloud metadata", 100, 100, 100, 200), /* Alibaba */
	NET(32, BEF_NET_REFUSED, "cloud metadata", 168, 63, 129, 16),   /* Azure */
	NET(32, BEF_NET_REFUSED, "cloud metadata", 192, 0, 0, 192),     /* Oracle */
	NET(16, BEF_NET_REFUSED, "link-local", 169, 254),
	NET(4, BEF_NET_REFUSED, "multicast", 224),
	NET(4, BEF_NET_REFUSED, "reserved", 240),
	NET(8, BEF_NET_LOOPBACK, NULL, 127),
	NET(8, BEF_NET_PRIVATE, NULL, 10),
	NET(12, BEF_NET_PRIVATE, NULL, 172, 16),
	NET(16, BEF_NET_PRIVATE, NULL, 192, 168),
};

static const struct net_row ipv6_rows[] = {
	NET(128, BEF_NET_REFUSED, "unspecified", 0),
	NET(128, BEF_NET_LOOPBACK, NULL, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
	NET(128, BEF_NET_REFUSED, "cloud metadata", /* Amazon, fd00:ec2::254 */
	    0xfd, 0x00, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54),
	NET(128, BEF_NET_REFUSED, "cloud metadata", /* Google, fd20:ce::254 */
	    0xfd, 0x20, 0x00, 0xce, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54),
	NET(10, BEF_NET_REFUSED, "link-local", 0xfe, 0x80),
	NET(8, BEF_NET_REFUSED, "multicast", 0xff),
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
		*out_why = "not an internet";
		return BEF_NET_REFUSED;
	}
}

const char *bef_policy_address(const struct sockaddr *address, bool plain)
{
	const char *why;
	enum bef_net_kind kind = bef_net_kind_of(address, &why);

	if (kind == BEF_NET_REFUSED)
		return why;
	if (plain && kind == BEF_NET_PUBLIC)
		return "public, and http is for private ones only";
	return NULL;
}

static const char *bad_url_byte(const char *url)
{
	for (; *url; url++) {
		if ((unsigned char)*url > 0x7e)
			return "the URL has a byte that is not ASCII (write the host in punycode)";
		if ((unsigned char)*url <= 0x20)
			return "the URL has a space or a control character";
		if (*url == '\\')
			return "the URL has a backslash";
		if (*url == '#')
			return "the URL has a fragment";
	}
	return NULL;
}

/* "https:/host" and "https:///host" both pass libcurl's parser, hence the exact two slashes. */
static const char *authority_of(const char *url)
{
	const char *colon = strchr(url, ':');

	if (!colon || colon == url || strncmp(colon, "://", 3) != 0)
		return NULL;
	return strchr("/?", colon[3]) ? NULL : colon + 3;
}

const char *bef_policy_url_text(const char *url)
{
	const char *authority, *why = bad_url_byte(url);
	size_t len;

	if (strlen(url) > BEF_URL_MAX)
		return "the URL is too long";
	if (why)
		return why;
	authority = authority_of(url);
	if (!authority)
		return "the URL does not start with https:// and a host";
	len = strcspn(authority, "/?");
	if (memchr(authority, '@', len))
		return "the URL has a user name";
	if (memchr(authority, '%', len))
		return "the URL has a percent sign in its host";
	return NULL;
}

const char *bef_policy_url_parts(const struct bef_url_parts *parts, bool allow_http)
{
	if (!parts->scheme || !parts->host || !*parts->host)
		return "the URL lacks a scheme or a host";
	if (strcmp(parts->scheme, "https") != 0 && strcmp(parts->scheme, "http") != 0)
		return "the URL is neither https nor http";
	if (strcmp(parts->scheme, "http") == 0 && !allow_http)
		return "the URL is http, which this destination does not allow";
	if (parts->user || parts->password)
		return "the URL has a user name or a password";
	if (parts->fragment)
		return "the URL has a fragment";
	if (parts->port && strspn(parts->port, "0") == strlen(parts->port))
		return "the URL has port 0";
	return bad_url_byte(parts->host);
}

/* Names that decide where the request ends or how it is routed: libcurl's business only. */
static const char *const owned_names[] = {
	"Connection", "Content-Length", "Expect", "Host", "Keep-Alive", "Proxy-Authorization",
	"Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
};

static bool is_token(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)text[i]) && !strchr("!#$%&'*+-.^_`|~", text[i]))
			return false;
	return len > 0;
}

static bool is_owned(const char *name, size_t len)
{
	for (size_t i = 0; i < ROWS(owned_names); i++)
		if (strlen(owned_names[i]) == len && strncasecmp(owned_names[i], name, len) == 0)
			return true;
	return false;
}

const char *bef_policy_header(const char *line)
{
	size_t name = strcspn(line, ":");

	if (strlen(line) > BEF_HEADER_MAX)
		return "a header is too long";
	for (const char *p = line; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return "a header has a control character";
	if (!line[name] || !is_token(line, name))
		return "a header is not 'Name: value'";
	if (is_owned(line, name))
		return "a header that belongs to the connection was given";
	/* libcurl reads "Name:" as an order to drop that header. */
	if (line[name + 1 + strspn(line + name + 1, " ")] == '\0')
		return "a header has no value";
	return NULL;
}
