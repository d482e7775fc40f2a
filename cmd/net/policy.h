/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Where a message may go and what may be written in its request.  Pure: the
 * caller parses the URL and resolves the name.
 *
 * Private and loopback addresses are allowed, because a company's own chat
 * server is the normal case; cloud metadata and everything that is not one
 * machine (link-local, multicast, unspecified) never is.  Each function
 * returns a constant reason for refusing, or NULL when all is well.
 */
#include <stdbool.h>
#include <stddef.h>

struct sockaddr;

#define BEF_URL_MAX 8192
#define BEF_HEADER_MAX 8192
#define BEF_HEADERS_MAX 32

enum bef_net_kind {
	BEF_NET_PUBLIC,
	BEF_NET_PRIVATE,
	BEF_NET_LOOPBACK,
	BEF_NET_REFUSED
};

/* What the URL API found; NULL for a part that is absent. */
struct bef_url_parts {
	const char *scheme, *user, *password, *host, *port, *fragment;
};

/*
 * What kind of address this is.  When it is BEF_NET_REFUSED, *out_why (which
 * may be NULL) is set to a constant such as "link-local".  IPv4 inside IPv6
 * is unwrapped; except for IPv4-mapped, which is the same socket, a wrapped
 * address can be refused but never counts as private.
 */
enum bef_net_kind bef_net_kind_of(const struct sockaddr *address, const char **out_why);

/* Whether a socket may be opened to this address; `plain` when nothing encrypts it. */
const char *bef_policy_address(const struct sockaddr *address, bool plain);

/* The bytes of a URL, before any parser has been lenient about them. */
const char *bef_policy_url_text(const char *url);

/* The URL again, as the parser that will be used understood it. */
const char *bef_policy_url_parts(const struct bef_url_parts *parts, bool allow_http);

/* One "Name: value" line. */
const char *bef_policy_header(const char *line);
