/* SPDX-License-Identifier: EUPL-1.2 */
#include "policy.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "mark.h"

#define ROWS(table) (sizeof(table) / sizeof(*(table)))

static const char *bad_url_byte(const char *url)
{
	for (; *url; url++) {
		if ((unsigned char)*url > 0x7e)
			return N_("the URL has a byte that is not ASCII (write the host in punycode)");
		if ((unsigned char)*url <= 0x20)
			return N_("the URL has a space or a control character");
		if (*url == '\\')
			return N_("the URL has a backslash");
		if (*url == '#')
			return N_("the URL has a fragment");
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
		return N_("the URL is too long");
	if (why)
		return why;
	authority = authority_of(url);
	if (!authority)
		return N_("the URL does not start with https:// (or smtps://) and a host");
	len = strcspn(authority, "/?");
	if (memchr(authority, '@', len))
		return N_("the URL has a user name");
	if (memchr(authority, '%', len))
		return N_("the URL has a percent sign in its host");
	return NULL;
}

static const char *const schemes[] = { "https", "http", "smtps", "smtp" };

static bool is_scheme(const char *text)
{
	for (size_t i = 0; i < ROWS(schemes); i++)
		if (strcmp(schemes[i], text) == 0)
			return true;
	return false;
}

const char *bef_policy_url_parts(const struct bef_url_parts *parts)
{
	if (!parts->scheme || !parts->host || !*parts->host)
		return N_("the URL lacks a scheme or a host");
	if (!is_scheme(parts->scheme))
		return N_("the URL is none of https, http, smtps, smtp");
	if (parts->user || parts->password)
		return N_("the URL has a user name or a password");
	if (parts->fragment)
		return N_("the URL has a fragment");
	if (parts->port && strspn(parts->port, "0") == strlen(parts->port))
		return N_("the URL has port 0");
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
		return N_("a header is too long");
	for (const char *p = line; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return N_("a header has a control character");
	if (!line[name] || !is_token(line, name))
		return N_("a header is not 'Name: value'");
	if (is_owned(line, name))
		return N_("a header that belongs to the connection was given");
	/* libcurl reads "Name:" as an order to drop that header. */
	if (line[name + 1 + strspn(line + name + 1, " ")] == '\0')
		return N_("a header has no value");
	return NULL;
}

static bool is_method(const char *text)
{
	return strcmp(text, "POST") == 0 || strcmp(text, "PUT") == 0 || strcmp(text, "GET") == 0;
}

const char *bef_policy_method(const char *text)
{
	return is_method(text) ? NULL : N_("is none of POST, PUT, GET");
}

/* What RFC 5322 calls an atom's characters, and the dot: no quotes, so nothing needs escaping. */
static bool is_local_part(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)text[i]) && !strchr("!#$%&'*+-/=?^_`{|}~.", text[i]))
			return false;
	return len > 0 && len <= 64;
}

bool bef_policy_is_name(const char *text)
{
	size_t len = strlen(text);

	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)text[i]) && !strchr("-._", text[i]))
			return false;
	return len > 0 && len <= BEF_NAME_MAX && text[0] != '.' && text[0] != '-';
}

/* libcurl writes these into MAIL FROM and RCPT TO as they are: a line end would be a new command. */
const char *bef_policy_mail_address(const char *text)
{
	size_t local = strcspn(text, "@");

	if (!text[local])
		return N_("is not an e-mail address");
	if (!is_local_part(text, local) || !bef_policy_is_name(text + local + 1))
		return N_("is not a plain ASCII e-mail address");
	return NULL;
}

static bool is_text(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			return false;
	return true;
}

const char *bef_policy_secret(const char *text)
{
	if (strlen(text) > BEF_SECRET_MAX)
		return N_("is too long");
	return is_text(text) ? NULL : N_("has a control character");
}

#define PIN_START "sha256//"
#define PIN_LEN 44 /* 32 bytes in base64 */

/* A file name would be accepted by libcurl too, and a missing file is a pin that never matches. */
const char *bef_policy_pin(const char *text)
{
	static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (;;) {
		if (strncmp(text, PIN_START, strlen(PIN_START)) != 0)
			return N_("is not sha256// and the base64 of a hash");
		text += strlen(PIN_START);
		if (strspn(text, base64) != PIN_LEN - 1 || text[PIN_LEN - 1] != '=')
			return N_("is not sha256// and the base64 of a hash");
		text += PIN_LEN;
		if (*text == '\0')
			return NULL;
		if (*text++ != ';')
			return N_("has something other than ; between two hashes");
	}
}

static const char *const proxy_schemes[] = { "http://", "https://", "socks5h://" };

const char *bef_policy_proxy(const char *text)
{
	const char *why = bad_url_byte(text);

	if (why)
		return N_("has a byte that no address has");
	for (size_t i = 0; i < ROWS(proxy_schemes); i++) {
		size_t len = strlen(proxy_schemes[i]);

		if (strncmp(text, proxy_schemes[i], len) == 0)
			return strchr("/?@:", text[len]) ? N_("has no host") : NULL;
	}
	return N_("starts with none of http://, https://, socks5h://");
}

/* A lone line end is where servers disagree on what ends a message, and a second message begins. */
const char *bef_policy_mail_text(const char *text)
{
	for (; *text; text++) {
		if (*text == '\r' && text[1] == '\n')
			text++;
		else if (*text == '\r' || *text == '\n')
			return N_("has a line that does not end with CR LF");
	}
	return NULL;
}
