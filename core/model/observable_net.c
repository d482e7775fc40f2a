/* SPDX-License-Identifier: EUPL-1.2 */
/* The normal forms of addresses, names and locators. */
#include <arpa/inet.h>
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "model/observable.h"

static bool is_hex(char c)
{
	return isxdigit((unsigned char)c) != 0;
}

static void add_lower(struct bef_text *out, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		bef_text_putc(out, (char)(s[i] >= 'A' && s[i] <= 'Z' ? s[i] + 32 : s[i]));
}

/* An address, or a whole network: 203.0.113.0/24. */
static bool normal_ip(int family, long widest, const char *typed, struct bef_text *out)
{
	const char *slash = strchr(typed, '/');
	size_t len = slash ? (size_t)(slash - typed) : strlen(typed);
	char address[INET6_ADDRSTRLEN + 1], canonical[INET6_ADDRSTRLEN];
	unsigned char bytes[16];
	long bits = slash ? bef_natural(slash + 1, widest) : widest;

	if (len > INET6_ADDRSTRLEN || bits < 0)
		return false;
	memcpy(address, typed, len);
	address[len] = '\0';
	if (inet_pton(family, address, bytes) != 1 || !inet_ntop(family, bytes, canonical, sizeof(canonical)))
		return false;
	bef_text_puts(out, canonical);
	if (slash)
		bef_text_printf(out, "/%ld", bits);
	return true;
}

bool bef_normal_ipv4(const char *typed, struct bef_text *out)
{
	return normal_ip(AF_INET, 32, typed, out);
}

bool bef_normal_ipv6(const char *typed, struct bef_text *out)
{
	return normal_ip(AF_INET6, 128, typed, out);
}

/* Letters of other scripts are let through: names may be written in them (RFC 5890). */
static bool is_label(const char *s, size_t len)
{
	if (len == 0 || len > 63 || *s == '-' || s[len - 1] == '-')
		return false;
	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)s[i]) && s[i] != '-' && s[i] != '_' && !(s[i] & 0x80))
			return false;
	return true;
}

static bool is_hostile(const char *s)
{
	size_t len = strlen(s);

	for (size_t at = 0, step; at < len; at += step) {
		uint32_t c;

		step = bef_utf8_next(s + at, len - at, &c);
		if (!step || bef_char_is_hostile(c) || c == 0xa0 || c == 0x3000)
			return true;
	}
	return false;
}

/* True of a name of `dots` or more dots whose last label is no number. */
static bool is_name(const char *s, size_t len, int dots)
{
	size_t label = 0;
	bool numeric = true;

	if (len == 0 || len > 253)
		return false;
	for (size_t i = 0; i <= len; i++) {
		if (i < len && s[i] != '.') {
			numeric = numeric && isdigit((unsigned char)s[i]);
			continue;
		}
		if (!is_label(s + label, i - label))
			return false;
		if (i < len) {
			dots--;
			numeric = true;
			label = i + 1;
		}
	}
	return dots <= 0 && !numeric;
}

static bool normal_name(const char *typed, int dots, struct bef_text *out)
{
	size_t len = strlen(typed);

	if (len > 1 && typed[len - 1] == '.')
		len--;
	if (!is_name(typed, len, dots) || is_hostile(typed))
		return false;
	add_lower(out, typed, len);
	return true;
}

bool bef_normal_domain(const char *typed, struct bef_text *out)
{
	return normal_name(typed, 1, out);
}

bool bef_normal_hostname(const char *typed, struct bef_text *out)
{
	return normal_name(typed, 0, out);
}

bool bef_normal_email(const char *typed, struct bef_text *out)
{
	const char *at = strrchr(typed, '@');
	size_t local = at ? (size_t)(at - typed) : 0;

	if (strncasecmp(typed, "mailto:", 7) == 0)
		return bef_normal_email(typed + 7, out);
	if (local == 0 || local > 64 || is_hostile(typed) || strcspn(typed, " \t\"<>(){}[],;:\\@") != local ||
	    !is_name(at + 1, strlen(at + 1), 1))
		return false;
	bef_text_add(out, typed, local + 1);
	add_lower(out, at + 1, strlen(at + 1));
	return true;
}

/* What RFC 3986 has no place for is percent-encoded, as a browser does. */
static void add_encoded(struct bef_text *out, const char *s, const char *also)
{
	for (; *s; s++)
		if ((unsigned char)*s <= ' ' || *s & 0x80 || strchr("\"<>\\^`{|}[]", *s) || strchr(also, *s) ||
		    (*s == '%' && !(is_hex(s[1]) && is_hex(s[2]))))
			bef_text_printf(out, "%%%02X", (unsigned)(unsigned char)*s);
		else
			bef_text_putc(out, *s);
}

static bool is_port(const char *s, size_t len)
{
	return len <= 5 && strspn(s, "0123456789") >= len;
}

/* Names and addresses; those of IPv6 are in brackets. */
static bool add_host(struct bef_text *out, const char *s, size_t len)
{
	const char *end = *s == '[' ? memchr(s, ']', len) : memchr(s, ':', len);
	size_t host = !end ? len : (size_t)(end - s) + (*s == '[');
	BEF_AUTO(text) name = { .max = 300 };

	if (*s == '[') {
		bef_text_add(&name, s + 1, host < 2 ? 0 : host - 2);
		out->failed = out->failed || (name.failed && !name.full);
		bef_text_putc(out, '[');
		if (!end || !bef_normal_ipv6(bef_text_str(&name), out))
			return false;
		bef_text_putc(out, ']');
	} else {
		bef_text_add(&name, s, host);
		out->failed = out->failed || (name.failed && !name.full);
		if (!bef_normal_ipv4(bef_text_str(&name), out) && !bef_normal_hostname(bef_text_str(&name), out))
			return false;
	}
	if (name.failed || (host < len && (s[host] != ':' || !is_port(s + host + 1, len - host - 1))))
		return false;
	bef_text_add(out, s + host, len - host);
	return true;
}

bool bef_normal_url(const char *typed, struct bef_text *out)
{
	const char *colon = strstr(typed, "://");
	size_t scheme = colon ? (size_t)(colon - typed) : 0;
	const char *host = colon ? colon + 3 : typed;
	size_t len = strcspn(host, "/?#\\");
	const char *user = memrchr(host, '@', len);
	BEF_AUTO(text) before = { .max = BEF_OBSERVABLE_MOST };

	if (scheme == 0 || scheme > 20 || !isalpha((unsigned char)*typed) || is_hostile(typed) || strpbrk(typed, " \t"))
		return false;
	for (size_t i = 0; i < scheme; i++)
		if (!isalnum((unsigned char)typed[i]) && !strchr("+-.", typed[i]))
			return false;
	add_lower(out, typed, scheme + 3);
	if (user) {
		bef_text_add(&before, host, (size_t)(user + 1 - host));
		add_encoded(out, bef_text_str(&before), "()");
		len -= (size_t)(user + 1 - host);
		host = user + 1;
	}
	if (before.failed && !before.full)
		out->failed = true;
	if (before.failed || !add_host(out, host, len))
		return false;
	host += len;
	if (*host == '\\') { /* a slash, for browsers */
		bef_text_putc(out, '/');
		host++;
	}
	add_encoded(out, host, "");
	return true;
}

bool bef_normal_mac(const char *typed, struct bef_text *out)
{
	if (strlen(typed) != 17)
		return false;
	for (int i = 0; i < 17; i++)
		if (i % 3 == 2 ? typed[i] != typed[2] || !strchr(":-", typed[i]) : !is_hex(typed[i]))
			return false;
	for (int i = 0; i < 17; i++)
		bef_text_putc(out, i % 3 == 2 ? ':' : (char)tolower((unsigned char)typed[i]));
	return true;
}
