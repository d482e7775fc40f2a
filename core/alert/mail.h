/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * The parts of a mail (RFC 5322), pure ASCII with CRLF.  libcurl would pass a
 * raw UTF-8 subject through and turn a lone line feed into no line at all, so
 * that the whole message is written here.
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

enum { BEF_MAIL_LINE = 76, BEF_MAIL_ADDRESS = 254 };

/* True of a bare address: ASCII without blanks, controls and brackets, one @, at most 254 bytes
 * (RFC 5321, 4.5.3.1.3).  What a server would take for a command must not get there. */
bool bef_mail_address_ok(const char *address);

/* The part after the @, or "" if there is none. */
const char *bef_mail_domain(const char *address);

/* Add "Name: text" and CRLF, as encoded words (RFC 2047) when the text is not plain ASCII or is long:
 * each at most 75 characters, none cut inside a character. */
void bef_mail_text_header(struct bef_text *out, const char *name, const char *text);

/* Add "Name: token" and CRLF for what may not be broken; on a line of its own if it is long. */
void bef_mail_token_header(struct bef_text *out, const char *name, const char *token);

/* Add "Date: " and CRLF, with the offset of `zone`.  English names whatever the locale (RFC 5322, 3.3). */
void bef_mail_date_header(struct bef_text *out, int64_t at_ms, const char *zone);

/* Add text as quoted-printable (RFC 2045, 6.7), its line feeds as line ends. */
void bef_mail_body(struct bef_text *out, const char *text);
