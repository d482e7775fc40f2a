/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * What the formats share: cutting text to what a service takes, degrading an
 * alarm that is too large rather than not sending it, escaping, mentions that
 * wake nobody, and the colours of a tone.
 */
#include <jansson.h>

#include "alert/format.h"

/* --- cutting ------------------------------------------------------------------ */

/* What a service counts. */
enum bef_unit { BEF_UNIT_BYTES, BEF_UNIT_POINTS, BEF_UNIT_UTF16 };

/* How long `s` (UTF-8) is in units. */
size_t bef_shape_size(const char *s, enum bef_unit unit);

/* Writes text as the service wants it: escaped, mentions broken. */
typedef void (*bef_escape_fn)(struct bef_text *out, const char *s);

/* Add `s`, or as much of it as fits with "…" after it, within `max` units.  With `escape` (or NULL) it
 * is cut before it is escaped, and what is measured is the escaped text. */
void bef_shape_cut(struct bef_text *out, const char *s, size_t max, enum bef_unit unit, bef_escape_fn escape);

/* --- degrading ---------------------------------------------------------------- */

/* The most that a service takes: title and text in its units, not escaped, and the body in bytes. */
struct bef_limits {
	enum bef_unit unit;
	size_t title, text, body;
};

/* An alarm's words as one attempt at a body may use them. */
struct bef_shape {
	const struct bef_rendering *in;
	struct bef_text title, text; /* cut; the text may be "" in the last of the attempts */
	struct bef_text headline;    /* the title as others may see it: bef_shape_headline() */
	struct bef_alarm_fact fact[BEF_ALARM_FACTS];
	int fact_count; /* 0 once the facts had to go */
};

/* Add a body of these words.  It is called again with fewer of them while the body is too large. */
typedef enum bef_rc (*bef_body_fn)(const struct bef_shape *shape, struct bef_text *body, struct bef_err *err);

/* The title for what shows beyond the reader's eyes: a mail's subject in the logs of servers, the title of a
 * push on a locked screen.  Without the incident's own title, unless its marking lets anybody see it. */
void bef_shape_headline(const struct bef_alarm *alarm, struct bef_text *out);

/* Make out->body within limits->body bytes: everything; then without facts; then with a shorter text;
 * then with a shorter title too; then the title alone.  BEF_FAILED: memory, or not even that fits. */
enum bef_rc bef_shape_body(const struct bef_rendering *in, const struct bef_limits *limits, bef_body_fn body,
                           struct bef_request *out, struct bef_err *err) BEF_MUST_CHECK;

/* --- escaping ----------------------------------------------------------------- */

void bef_shape_entities(struct bef_text *out, const char *s); /* & < > */
void bef_shape_html(struct bef_text *out, const char *s);     /* & < > " ' */
/* Break what would wake people: a zero-width space after each @, and in "<!", "<@", "<#". */
void bef_shape_quiet(struct bef_text *out, const char *s);
/* Percent-encode all but unreserved characters (RFC 3986, 2.3). */
void bef_shape_percent(struct bef_text *out, const char *s);
/* Add a field of a form (application/x-www-form-urlencoded), with "&" before it if need be. */
void bef_shape_form(struct bef_text *out, const char *name, const char *value);

/* --- building a request ------------------------------------------------------- */

/* Begin: room for all parts, method POST, the address of the destination or the format's own.  Whatever
 * was in `out` is forgotten, not freed. */
void bef_request_start(const struct bef_rendering *in, struct bef_request *out);
/* Add a path that starts with a slash to an address that may end with some. */
void bef_request_path(struct bef_request *request, const char *path);
/* End: BEF_USAGE if a header could not be added, BEF_FAILED if a part is lost or over its room. */
enum bef_rc bef_request_end(const struct bef_request *request, bool headers_ok, struct bef_err *err) BEF_MUST_CHECK;
/* Add `value` compact, not escaped to ASCII, and release it.  `ok`: it was built whole. */
enum bef_rc bef_shape_json(json_t *value, bool ok, struct bef_text *out, struct bef_err *err) BEF_MUST_CHECK;
/* Add an "Authorization: Basic" header (RFC 7617); wipes what it used. */
bool bef_shape_basic(struct bef_request *request, const char *user, const char *password);

/* --- an alarm's shade --------------------------------------------------------- */

const char *bef_shape_hex(enum bef_tone tone); /* "#B00020" */
int bef_shape_rgb(enum bef_tone tone);         /* 0xB00020 */

/* The type on the wire; of a thin call only that there is something, or that it is a test. */
const char *bef_shape_type(const struct bef_alarm *alarm);
