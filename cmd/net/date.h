/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* Dates as receivers and their certificates write them, into Unix seconds. */
#include <stdbool.h>
#include <stdint.h>

/* Read "Sun, 06 Nov 1994 08:49:37 GMT" (and no other form). */
bool bef_http_date_parse(const char *text, int64_t *out_s);

/* Read "Nov  6 08:49:37 1994 GMT", OpenSSL's way of printing the end of a certificate. */
bool bef_certificate_date_parse(const char *text, int64_t *out_s);
