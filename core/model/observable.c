/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/observable.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "model/words.h"

/* --- the normal forms that are mere text ------------------------------------- */

static bool normal_line(const char *typed, struct bef_text *out)
{
	bef_text_puts(out, typed);
	return true;
}

const char *bef_hash_name(const char *value)
{
	size_t len = strlen(value);

	return len == 32 ? "MD5" : len == 40 ? "SHA-1" : len == 64 ? "SHA-256" : len == 128 ? "SHA-512" : NULL;
}

static bool normal_hash(const char *typed, struct bef_text *out)
{
	size_t len = strlen(typed);

	if (!bef_hash_name(typed) || strspn(typed, "0123456789abcdefABCDEF") != len)
		return false;
	for (size_t i = 0; i < len; i++)
		bef_text_putc(out, (char)tolower((unsigned char)typed[i]));
	return true;
}

/* Digits, with the sign of an international number; blanks, dots, dashes and brackets are dropped. */
static bool normal_phone(const char *typed, struct bef_text *out)
{
	size_t digits = 0;

	if (*typed == '+')
		bef_text_putc(out, *typed++);
	for (; *typed; typed++) {
		if (isdigit((unsigned char)*typed)) {
			bef_text_putc(out, *typed);
			digits++;
		} else if (!strchr(" .-()/", *typed))
			return false;
	}
	return digits >= 3 && digits <= 15;
}

static bool normal_cve(const char *typed, struct bef_text *out)
{
	size_t number = strlen(typed) > 9 ? strspn(typed + 9, "0123456789") : 0;

	if (strncasecmp(typed, "cve-", 4) != 0 || strspn(typed + 4, "0123456789") != 4 || typed[8] != '-' || number < 4 ||
	    number > 19 || typed[9 + number] || (number > 4 && typed[9] == '0'))
		return false;
	bef_text_printf(out, "CVE-%s", typed + 4);
	return true;
}

static bool normal_key(const char *typed, struct bef_text *out)
{
	static const char *const hives[][2] = {
		{ "HKLM", "HKEY_LOCAL_MACHINE" }, { "HKCU", "HKEY_CURRENT_USER" }, { "HKCR", "HKEY_CLASSES_ROOT" },
		{ "HKU", "HKEY_USERS" }, { "HKCC", "HKEY_CURRENT_CONFIG" },
	};
	size_t hive = strcspn(typed, "\\:");

	for (size_t i = 0; i < sizeof(hives) / sizeof(*hives); i++)
		for (int name = 0; name < 2; name++)
			if (strlen(hives[i][name]) == hive && strncasecmp(typed, hives[i][name], hive) == 0) {
				typed += hive + (typed[hive] == ':');
				bef_text_printf(out, "%s%s%s", hives[i][1], *typed && *typed != '\\' ? "\\" : "", typed);
				return true;
			}
	return false;
}

/* In the order in which a value is recognised; those without a shape of their own are never guessed. */
const struct bef_observable_form bef_observable_forms[] = {
	{ "url", true, true, bef_normal_url },
	{ "cve", false, false, normal_cve },
	{ "hash", false, true, normal_hash },
	{ "ipv4", true, true, bef_normal_ipv4 },
	{ "mac", false, false, bef_normal_mac },
	{ "ipv6", true, true, bef_normal_ipv6 },
	{ "email", true, true, bef_normal_email },
	{ "registry-key", false, true, normal_key },
	{ "iban", false, false, bef_normal_iban },
	{ "btc", false, false, bef_normal_btc },
	{ "phone", false, false, normal_phone },
	{ "user-agent", false, true, normal_line },
	{ "filename", false, true, normal_line },
	{ "account", false, false, normal_line },
	{ "domain", true, true, bef_normal_domain },
	{ "email-subject", false, true, normal_line },
	{ "hostname", true, false, bef_normal_hostname },
	{ "mutex", false, true, normal_line },
	{ "other", false, false, normal_line },
	{ NULL, false, false, NULL },
};

const struct bef_observable_form *bef_observable_form(const char *type)
{
	for (const struct bef_observable_form *form = bef_observable_forms; type && form->name; form++)
		if (strcmp(form->name, type) == 0)
			return form;
	return NULL;
}

/* --- what it looks like ------------------------------------------------------ */

/* Endings of files, some of which are domains too: "report.zip" is a file unless it was written defanged. */
static bool is_file(const char *s)
{
	static const char endings[] = "exe,dll,scr,bat,cmd,ps1,vbs,js,jse,wsf,hta,lnk,doc,docx,docm,xls,xlsx,xlsm,ppt,pptx,pdf,"
	                              "rtf,zip,rar,7z,gz,iso,img,vhd,msi,jar,apk,bin,sh,py,php,asp,aspx,jsp,htm,html,txt,one,"
	                              "onepkg,svg,eml,msg,sys,tmp,dat,locked,encrypted,torrent,dmg,elf,so";
	const char *dot = strrchr(s, '.');
	char ending[16];

	if (strchr(s, '/') == s || (isalpha((unsigned char)*s) && s[1] == ':' && s[2] == '\\') || strncmp(s, "\\\\", 2) == 0)
		return true;
	if (!dot || dot == s)
		return false;
	bef_fold(dot + 1, ending, sizeof(ending));
	return *ending && bef_word_in_list(endings, ending);
}

/* "DOMAIN\user": one backslash, and nothing of a path. */
static bool is_account(const char *s)
{
	const char *slash = strchr(s, '\\');

	return slash && slash > s && slash[1] && !strpbrk(slash + 1, "\\/:") && !strpbrk(s, " :/");
}

static bool is_phone(const char *s)
{
	size_t digits = 0;

	for (const char *c = s; *c; c++)
		digits += isdigit((unsigned char)*c) != 0;
	return (*s == '+' && digits >= 7) || (*s == '0' && digits == 10 && s[1] != '0' && isdigit((unsigned char)s[1]));
}

static bool looks_like(const struct bef_observable_form *form, const char *sharp, bool was_defanged)
{
	static const char *const never[] = { "email-subject", "hostname", "mutex", "other" };

	for (size_t i = 0; i < sizeof(never) / sizeof(*never); i++)
		if (strcmp(form->name, never[i]) == 0)
			return false;
	if (strcmp(form->name, "phone") == 0)
		return is_phone(sharp);
	if (strcmp(form->name, "user-agent") == 0)
		return strncmp(sharp, "Mozilla/", 8) == 0;
	if (strcmp(form->name, "filename") == 0)
		return !was_defanged && is_file(sharp);
	if (strcmp(form->name, "account") == 0)
		return is_account(sharp);
	return true;
}

/* Memory that runs out makes nothing of another type. */
static bool is_starved(const struct bef_text *text)
{
	return text->failed && !text->full;
}

static bool normal_of(const struct bef_observable_form *form, const char *typed, const char *sharp, struct bef_text *value)
{
	bef_text_clear(value);
	bef_text_init(value, BEF_OBSERVABLE_MOST);
	return form->normal(form->fanged ? sharp : typed, value) && !value->failed && value->len > 0;
}

static const struct bef_observable_form *guess(const char *typed, const char *sharp, struct bef_text *value)
{
	bool was_defanged = strcmp(typed, sharp) != 0;

	for (const struct bef_observable_form *form = bef_observable_forms; form->name; form++)
		if (looks_like(form, form->fanged ? sharp : typed, was_defanged) &&
		    (normal_of(form, typed, sharp, value) || is_starved(value)))
			return form;
	return NULL;
}

/* Blanks, and the quotes or brackets of a list, are not of the value. */
static void strip(const char *typed, struct bef_text *out)
{
	static const char pairs[][2] = { { '"', '"' }, { '\'', '\'' }, { '<', '>' }, { '`', '`' } };
	size_t len;
	const char *start = bef_trim(typed, &len);

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		if (len > 2 && start[0] == pairs[i][0] && start[len - 1] == pairs[i][1]) {
			start++;
			len -= 2;
		}
	bef_text_add(out, start, len);
}

/* One line of at most BEF_OBSERVABLE_MOST bytes; marks that hide or reorder are kept: they are part of what was seen. */
static enum bef_rc check_line(const struct bef_text *line, struct bef_err *err)
{
	const char *s = bef_text_str(line);

	if (is_starved(line))
		return bef_no_memory(err);
	if (line->failed)
		return bef_fail(err, BEF_USAGE, tr("this observable is too long: at most %d bytes"), BEF_OBSERVABLE_MOST);
	if (bef_utf8_check(s, line->len) < line->len)
		return bef_fail(err, BEF_USAGE, "%s", tr("this observable is not UTF-8 text"));
	for (; *s; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7f)
			return bef_fail(err, BEF_USAGE, "%s", tr("an observable is one line without control characters"));
	return line->len ? BEF_OK : bef_fail(err, BEF_USAGE, "%s", tr("an observable without a value"));
}

enum bef_rc bef_observable_read(const char *type, const char *typed, const char **found, struct bef_text *value,
                                struct bef_err *err)
{
	const struct bef_observable_form *form = bef_observable_form(type);
	BEF_AUTO(text) line = { .max = BEF_OBSERVABLE_MOST };
	BEF_AUTO(text) sharp = { .max = BEF_OBSERVABLE_MOST };
	enum bef_rc rc;

	strip(typed, &line);
	rc = check_line(&line, err);
	if (rc)
		return rc;
	bef_refang(bef_text_str(&line), &sharp);
	if (is_starved(&sharp))
		return bef_no_memory(err);
	if (form && !normal_of(form, bef_text_str(&line), bef_text_str(&sharp), value) && !is_starved(value))
		return bef_fail(err, BEF_USAGE, tr("'%s' is not of type: %s"), BEF_SHORT(bef_text_str(&line), 80),
		                bef_word_label(&bef_observable_types, type));
	if (!form)
		form = guess(bef_text_str(&line), bef_text_str(&sharp), value);
	if (form && is_starved(value))
		return bef_no_memory(err);
	if (form) {
		*found = form->name;
		return BEF_OK;
	}
	bef_fail(err, BEF_USAGE, tr("cannot tell what '%s' is"), BEF_SHORT(bef_text_str(&line), 80));
	bef_hint(err, "%s", tr("say it: --type hostname, account, filename, email-subject, mutex, other..."));
	return BEF_USAGE;
}

bool bef_observable_is_normal(const char *type, const char *value, bool *ok)
{
	const struct bef_observable_form *form = bef_observable_form(type);
	BEF_AUTO(text) normal = { .max = BEF_OBSERVABLE_MOST };
	BEF_AUTO(text) line = { .max = BEF_OBSERVABLE_MOST };
	bool same;

	bef_text_puts(&line, value);
	same = form && check_line(&line, NULL) == BEF_OK && form->normal(value, &normal) && !normal.failed &&
	       strcmp(bef_text_str(&normal), value) == 0;
	*ok = *ok && !is_starved(&line) && !is_starved(&normal);
	return same;
}
