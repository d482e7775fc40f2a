/* SPDX-License-Identifier: EUPL-1.2 */
/* Making what can be clicked harmless, and back. */
#include <string.h>
#include <strings.h>

#include "model/observable.h"
#include "model/words.h"

struct fang {
	const char *harmless, *sharp;
	bool anywhere; /* brackets stand for nothing else in a locator; words may, after the host */
};

static const struct fang fangs[] = {
	{ "[://]", "://", true }, { "[:]//", "://", true }, { "[.]", ".", true }, { "[:]", ":", true }, { "[/]", "/", true },
	{ "[@]", "@", true }, { "[dot]", ".", true }, { "[point]", ".", true }, { "[at]", "@", true }, { "[arobase]", "@", true },
	{ "(.)", ".", false }, { "{.}", ".", false }, { "(dot)", ".", false }, { "{dot}", ".", false }, { "(point)", ".", false },
	{ "(@)", "@", false }, { "{@}", "@", false }, { "(at)", "@", false }, { "{at}", "@", false }, { "(arobase)", "@", false },
};

static const char *const schemes[][2] = {
	{ "hxxp", "http" }, { "hxxps", "https" }, { "h**p", "http" }, { "h**ps", "https" }, { "htxp", "http" },
	{ "htxps", "https" }, { "meow", "http" }, { "fxp", "ftp" }, { "fxps", "ftps" },
};

static const struct fang *fang_at(const char *s, bool in_host)
{
	for (size_t i = 0; i < sizeof(fangs) / sizeof(*fangs); i++)
		if ((in_host || fangs[i].anywhere) && strncasecmp(s, fangs[i].harmless, strlen(fangs[i].harmless)) == 0)
			return &fangs[i];
	return NULL;
}

static void add_scheme(struct bef_text *out, const char *scheme, size_t len)
{
	for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes); i++)
		if (strlen(schemes[i][0]) == len && strncasecmp(scheme, schemes[i][0], len) == 0) {
			bef_text_puts(out, schemes[i][1]);
			return;
		}
	bef_text_add(out, scheme, len);
}

void bef_refang(const char *typed, struct bef_text *out)
{
	BEF_AUTO(text) sharp = { .max = out->max };
	bool in_host = true;
	const char *colon;

	while (*typed) {
		const struct fang *fang = fang_at(typed, in_host);

		if (fang)
			bef_text_puts(&sharp, fang->sharp);
		else
			bef_text_putc(&sharp, *typed);
		/* The host of a locator ends at the first slash that is not of "://". */
		if ((!fang && strchr("/?#", *typed) && typed[1] != '/' && (sharp.len < 2 || sharp.data[sharp.len - 2] != '/')))
			in_host = false;
		typed += fang ? strlen(fang->harmless) : 1;
	}
	out->failed = out->failed || sharp.failed;
	colon = strstr(bef_text_str(&sharp), "://");
	if (colon)
		add_scheme(out, bef_text_str(&sharp), (size_t)(colon - bef_text_str(&sharp)));
	bef_text_puts(out, colon ? colon : bef_text_str(&sharp));
}

static void add_bracketed(struct bef_text *out, const char *s, size_t len, const char *which)
{
	for (size_t i = 0; i < len; i++)
		bef_text_printf(out, strchr(which, s[i]) ? "[%c]" : "%c", s[i]);
}

static void defang_url(const char *value, struct bef_text *out)
{
	const char *colon = strstr(value, "://");
	size_t scheme = colon ? (size_t)(colon - value) : 0;
	const char *host = colon ? colon + 3 : value;
	size_t len = strcspn(host, "/?#");
	const char *user = memrchr(host, '@', len);
	size_t before = user ? (size_t)(user + 1 - host) : 0;
	bool web = strncmp(value, "http://", 7) == 0 || strncmp(value, "https://", 8) == 0;

	if (web)
		bef_text_printf(out, "hxxp%s", scheme == 5 ? "s" : "");
	else
		bef_text_add(out, value, scheme);
	if (colon)
		bef_text_puts(out, web ? "://" : "[:]//");
	bef_text_add(out, host, before);
	add_bracketed(out, host + before, len - before, ".");
	bef_text_puts(out, host + len);
}

void bef_defang(const char *type, const char *value, struct bef_text *out)
{
	const struct bef_observable_form *form = bef_observable_form(type);
	const char *at = strrchr(value, '@');

	if (!form || !form->fanged)
		bef_text_puts(out, value);
	else if (strcmp(type, "url") == 0)
		defang_url(value, out);
	else if (strcmp(type, "ipv6") == 0)
		add_bracketed(out, value, strlen(value), ":.");
	else if (strcmp(type, "email") == 0 && at) {
		bef_text_add(out, value, (size_t)(at - value));
		bef_text_puts(out, "[@]");
		add_bracketed(out, at + 1, strlen(at + 1), ".");
	} else
		add_bracketed(out, value, strlen(value), ".");
}
