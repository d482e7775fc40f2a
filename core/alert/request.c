/* SPDX-License-Identifier: EUPL-1.2 */
/* A request under construction.  Declared in format.h and shape.h. */
#include <string.h>

#include "alert/format.h"
#include "alert/shape.h"

enum { URL_MOST = 8192, HEADER_MOST = 8192, BODY_MOST = 1 << 21, ADDRESS_MOST = 320 };

static void wipe(struct bef_text *text)
{
	if (text->data)
		explicit_bzero(text->data, text->size);
	bef_text_clear(text);
}

void bef_request_clear(struct bef_request *request)
{
	wipe(&request->url);
	wipe(&request->body);
	for (int i = 0; i < request->header_count; i++)
		wipe(&request->header[i]);
	wipe(&request->mail_from);
	wipe(&request->mail_to);
	*request = (struct bef_request){ 0 };
}

void bef_request_start(const struct bef_rendering *in, struct bef_request *out)
{
	const char *url = in->keys->value[BEF_SECRET_URL];

	*out = (struct bef_request){
		.method = "POST",
		.url.max = URL_MOST,
		.body.max = BODY_MOST,
		.mail_from.max = ADDRESS_MOST,
		.mail_to.max = ADDRESS_MOST,
	};
	if (!url)
		url = in->to->format->url;
	bef_text_puts(&out->url, url ? url : "");
}

void bef_request_path(struct bef_request *request, const char *path)
{
	struct bef_text *url = &request->url;

	while (url->len > 0 && url->data[url->len - 1] == '/')
		url->data[--url->len] = '\0';
	bef_text_puts(url, path);
}

static bool has_control(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7f)
			return true;
	return false;
}

bool bef_request_header(struct bef_request *request, const char *name, const char *value)
{
	struct bef_text *line;

	if (request->header_count == BEF_REQUEST_HEADERS || has_control(name) || has_control(value))
		return false;
	line = &request->header[request->header_count++];
	bef_text_init(line, HEADER_MOST);
	bef_text_printf(line, "%s: %s", name, value);
	return !line->failed;
}

enum bef_rc bef_request_end(const struct bef_request *request, bool headers_ok, struct bef_err *err)
{
	const struct bef_text *const parts[] = { &request->url, &request->mail_from, &request->mail_to, &request->body };
	enum bef_rc rc = BEF_OK;

	/* The body alone may hold line ends. */
	for (size_t i = 0; i < 3; i++)
		headers_ok = headers_ok && !has_control(bef_text_str(parts[i]));
	for (int i = 0; rc == BEF_OK && i < request->header_count; i++)
		rc = bef_text_rc(&request->header[i], err);
	for (size_t i = 0; rc == BEF_OK && i < sizeof(parts) / sizeof(*parts); i++)
		rc = bef_text_rc(parts[i], err);
	if (rc == BEF_OK && !headers_ok)
		return bef_fail(err, BEF_USAGE, "%s",
		                tr("a setting or a secret of the destination holds what cannot stand in a header"));
	return rc;
}
