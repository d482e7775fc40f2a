/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * What an address is, and whether a message may go there.  Pure.
 *
 * Private and loopback addresses are allowed, because a company's own chat
 * server is the normal case; cloud metadata and everything that is not one
 * machine (link-local, multicast, unspecified) never is.
 */
#include <stdbool.h>
#include <sys/socket.h>

enum bef_net_kind {
	BEF_NET_PUBLIC,
	BEF_NET_PRIVATE,
	BEF_NET_LOOPBACK,
	BEF_NET_REFUSED
};

/* How far a job may go. */
enum bef_reach {
	BEF_REACH_ANY,      /* any address that is one machine */
	BEF_REACH_LOOPBACK, /* nothing encrypts it */
	BEF_REACH_PUBLIC    /* the operator wants no address of an inside network */
};

/*
 * What kind of address this is.  When it is BEF_NET_REFUSED, *out_why (which
 * may be NULL) is set to a constant such as "link-local".  IPv4 inside IPv6
 * is unwrapped; except for IPv4-mapped, which is the same socket, a wrapped
 * address can be refused but never counts as private.
 */
enum bef_net_kind bef_net_kind_of(const struct sockaddr *address, const char **out_why);

/* NULL when a socket may be opened to this address, else a constant that goes after "its address is". */
const char *bef_address_refusal(const struct sockaddr *address, enum bef_reach reach);

/* Read a host that is an address, "192.0.2.1" or "[2001:db8::1]"; false when it is a name. */
bool bef_address_literal(const char *host, struct sockaddr_storage *out);

/* "localhost" or a loopback address; any other name is not, whatever it resolves to. */
bool bef_address_is_loopback(const char *host);
