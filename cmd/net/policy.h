/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * What may be written in a request.  Pure: the caller parses the URL.  Each
 * function returns a constant reason for refusing, or NULL when all is well.
 */
#include <stdbool.h>
#include <stddef.h>

#define BEF_URL_MAX 8192
#define BEF_HEADER_MAX 8192
#define BEF_HEADERS_MAX 32
#define BEF_SECRET_MAX 500
#define BEF_NAME_MAX 253 /* of a host, RFC 1035 */
#define BEF_HOST_SIZE (BEF_NAME_MAX + 1)

/* What the URL API found; NULL for a part that is absent. */
struct bef_url_parts {
	const char *scheme, *user, *password, *host, *port, *fragment, *path, *query;
};

/* The bytes of a URL, before any parser has been lenient about them. */
const char *bef_policy_url_text(const char *url);

/* The URL again, as the parser that will be used understood it. */
const char *bef_policy_url_parts(const struct bef_url_parts *parts);

/* One "Name: value" line. */
const char *bef_policy_header(const char *line);

const char *bef_policy_method(const char *text);

/* One address as SMTP wants it, without <>: dots and atoms, an @, a host name; all ASCII. */
const char *bef_policy_mail_address(const char *text);

/* A whole RFC 5322 message: only its line ends are looked at. */
const char *bef_policy_mail_text(const char *text);

/* A user name or a password. */
const char *bef_policy_secret(const char *text);

/* "sha256//BASE64", several with ; between them. */
const char *bef_policy_pin(const char *text);

/* The URL of a proxy, with or without a user name. */
const char *bef_policy_proxy(const char *text);

/* Letters, digits, - . and _, as host names have. */
bool bef_policy_is_name(const char *text);
