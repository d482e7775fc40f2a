/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/observable.h"

#include "model/words.h"

#include "unit.h"

#define SHA256 "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static const struct {
	const char *typed, *type, *value;
} guessed[] = {
	{ "203.0.113.5", "ipv4", "203.0.113.5" },
	{ "203[.]0.113[.]5", "ipv4", "203.0.113.5" },
	{ "203.0.113.0/24", "ipv4", "203.0.113.0/24" },
	{ "2001:DB8:0:0::1", "ipv6", "2001:db8::1" },
	{ "2001[:]db8[:][:]1", "ipv6", "2001:db8::1" },
	{ "2001:db8::/32", "ipv6", "2001:db8::/32" },
	{ "::ffff:192.0.2.1", "ipv6", "::ffff:192.0.2.1" },
	{ "Evil.Example", "domain", "evil.example" },
	{ "evil[.]example", "domain", "evil.example" },
	{ "evil(dot)example.", "domain", "evil.example" },
	{ "evil{.}example", "domain", "evil.example" },
	{ "xn--bcher-kva.example", "domain", "xn--bcher-kva.example" },
	{ "bücher.example", "domain", "bücher.example" },
	{ "hxxps://Evil[.]example/A?b=(at)#c", "url", "https://evil.example/A?b=(at)#c" },
	{ "hXXp://evil[.]example", "url", "http://evil.example" },
	{ "hxxp[://]evil.example/x", "url", "http://evil.example/x" },
	{ "https[:]//evil[.]example[/]x", "url", "https://evil.example/x" },
	{ "http://user:pw@Evil.example:8080/x", "url", "http://user:pw@evil.example:8080/x" },
	{ "http://[2001:DB8::1]:81/", "url", "http://[2001:db8::1]:81/" },
	{ "http://203.0.113.5/é\"<", "url", "http://203.0.113.5/%C3%A9%22%3C" },
	{ "ftp://evil.example/50%", "url", "ftp://evil.example/50%25" },
	{ "  <Bob(at)Evil[.]Example> ", "email", "Bob@evil.example" },
	{ "bob[@]evil.example", "email", "bob@evil.example" },
	{ "mailto:bob@evil.example", "email", "bob@evil.example" },
	{ "D41D8CD98F00B204E9800998ECF8427E", "hash", "d41d8cd98f00b204e9800998ecf8427e" },
	{ "da39a3ee5e6b4b0d3255bfef95601890afd80709", "hash", "da39a3ee5e6b4b0d3255bfef95601890afd80709" },
	{ SHA256, "hash", SHA256 },
	{ SHA256 SHA256, "hash", SHA256 SHA256 },
	{ "cve-2024-3400", "cve", "CVE-2024-3400" },
	{ "00-1A-2b-3C-4d-5E", "mac", "00:1a:2b:3c:4d:5e" },
	{ "FR76 3000 6000 0112 3456 7890 189", "iban", "FR7630006000011234567890189" },
	{ "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "btc", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa" },
	{ "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "btc", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4" },
	{ "+33 (0)6.12.34.56.78", "phone", "+330612345678" },
	{ "01 23 45 67 89", "phone", "0123456789" },
	{ "HKLM\\Software\\Run", "registry-key", "HKEY_LOCAL_MACHINE\\Software\\Run" },
	{ "HKCU:\\Software\\Run", "registry-key", "HKEY_CURRENT_USER\\Software\\Run" },
	{ "hkey_users\\x", "registry-key", "HKEY_USERS\\x" },
	{ "CORP\\marc", "account", "CORP\\marc" },
	{ "C:\\Users\\a\\evil.exe", "filename", "C:\\Users\\a\\evil.exe" },
	{ "\\\\server\\share\\x", "filename", "\\\\server\\share\\x" },
	{ "/tmp/.x", "filename", "/tmp/.x" },
	{ "facture.pdf.exe", "filename", "facture.pdf.exe" },
	{ "report.zip", "filename", "report.zip" },
	{ "report[.]zip", "domain", "report.zip" },
	{ "Mozilla/5.0 (X11)", "user-agent", "Mozilla/5.0 (X11)" },
	{ "\"evil.example\"", "domain", "evil.example" },
};

static void what_is_pasted_is_recognised_and_put_in_one_form(void **state)
{
	(void)state;
	for (size_t i = 0; i < ROWS(guessed); i++) {
		BEF_AUTO(text) value = { .max = 1 };
		const char *type = "";
		struct bef_err err;

		assert_ok(bef_observable_read(NULL, guessed[i].typed, &type, &value, &err), err);
		must(strcmp(type, guessed[i].type) == 0 && strcmp(bef_text_str(&value), guessed[i].value) == 0,
		     "%s: %s %s", guessed[i].typed, type, bef_text_str(&value));
		{
			bool ok = true;

			assert_true(bef_observable_is_normal(type, guessed[i].value, &ok) && ok);
		}
	}
}

static void what_looks_like_nothing_is_not_guessed(void **state)
{
	static const char *const rows[] = {
		"", "   ", "x", "PC-3", "256.1.1.1", "1.2.3.4.5", "203.0.113.0/33", "-a.example", "a..example", "http://",
		"http:// evil.example", "http://evil.example:port/", "javascript:alert(1)", "a@b", "@evil.example", "a b@evil.example",
		"cve-24-1", "CVE-2024-00001", "d41d8cd98f00b204e9800998ecf8427", "FR76 3000 6000 0112 3456 7890 188",
		"1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "00:1a-2b:3c:4d:5e", "evil.123",
		"a\nb.example", "evil\xff.example", "evil\u202e.example", "http://\u202eevil.example", "evil\x1b[31m.example",
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		BEF_AUTO(text) value = { .max = 1 };
		const char *type = "";
		struct bef_err err = { 0 };

		must(bef_observable_read(NULL, rows[i], &type, &value, &err) == BEF_USAGE, "%s: %s", rows[i], type);
		must(*err.msg && !strchr(err.msg, '\n') && !strchr(err.msg, '\x1b'), "%s: '%s'", rows[i], err.msg);
	}
}

static void a_type_that_is_given_is_held_to(void **state)
{
	static const struct { const char *type, *typed, *value; } rows[] = {
		{ "hostname", "PC-COMPTA-3", "pc-compta-3" }, { "email-subject", "Re: invoice [.]", "Re: invoice [.]" },
		{ "mutex", "Global\\x", "Global\\x" }, { "filename", "evil[.]exe", "evil[.]exe" },
		{ "filename", "facture\u202efdp.exe", "facture\u202efdp.exe" }, { "other", "203.0.113.5", "203.0.113.5" },
		{ "phone", "3218", "3218" }, { "domain", "report.zip", "report.zip" }, { "ipv4", "evil.example", NULL },
		{ "hash", "xyz", NULL }, { "email", "evil.example", NULL }, { "phone", "12a", NULL }, { "mutex", "a\tb", NULL },
		{ "url", "evil.example/x", NULL }, { "registry-key", "Software\\x", NULL }, { "iban", "FR76", NULL },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		BEF_AUTO(text) value = { .max = 1 };
		const char *type = "";
		enum bef_rc rc = bef_observable_read(rows[i].type, rows[i].typed, &type, &value, NULL);

		must((rc == BEF_OK) == (rows[i].value != NULL), "%s %s: %d", rows[i].type, rows[i].typed, rc);
		must(!rows[i].value || strcmp(bef_text_str(&value), rows[i].value) == 0, "%s: %s", rows[i].typed, bef_text_str(&value));
	}
}

static void what_is_shown_cannot_be_clicked(void **state)
{
	static const struct { const char *type, *value, *shown; } rows[] = {
		{ "url", "https://evil.example/a.b", "hxxps://evil[.]example/a.b" },
		{ "url", "http://u.v@203.0.113.5:80/", "hxxp://u.v@203[.]0[.]113[.]5:80/" },
		{ "url", "ftp://evil.example", "ftp[:]//evil[.]example" },
		{ "url", "httpx://evil.example", "httpx[:]//evil[.]example" },
		{ "ipv4", "203.0.113.5", "203[.]0[.]113[.]5" },
		{ "ipv6", "2001:db8::1", "2001[:]db8[:][:]1" },
		{ "domain", "evil.example", "evil[.]example" },
		{ "email", "a.b@evil.example", "a.b[@]evil[.]example" },
		{ "filename", "evil.exe", "evil.exe" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		BEF_AUTO(text) shown = { .max = 1000 };

		bef_defang(rows[i].type, rows[i].value, &shown);
		assert_string_equal(bef_text_str(&shown), rows[i].shown);
	}
}

/* Whatever is accepted is in normal form, and comes back from its harmless form. */
static void holds_of(const char *typed)
{
	BEF_AUTO(text) value = { .max = 1 };
	BEF_AUTO(text) shown = { .max = 1 << 16 };
	BEF_AUTO(text) again = { .max = 1 };
	const char *type = NULL, *same = NULL;
	bool ok = true;

	if (bef_observable_read(NULL, typed, &type, &value, NULL) != BEF_OK)
		return;
	must(bef_observable_is_normal(type, bef_text_str(&value), &ok) && ok, "%s: %s", typed, bef_text_str(&value));
	bef_defang(type, bef_text_str(&value), &shown);
	must(bef_observable_read(type, bef_text_str(&shown), &same, &again, NULL) == BEF_OK &&
	             strcmp(bef_text_str(&again), bef_text_str(&value)) == 0,
	     "%s: %s: %s: %s", typed, bef_text_str(&value), bef_text_str(&shown), bef_text_str(&again));
	must(!bef_observable_form(type)->fanged || (!strstr(bef_text_str(&shown), "http") || strstr(bef_text_str(&shown), "[.]") ||
	                                            strstr(bef_text_str(&shown), "hxxp") || strstr(bef_text_str(&shown), "[")),
	     "%s", bef_text_str(&shown));
}

static void harmless_forms_lead_back_whatever_is_pasted(void **state)
{
	struct dice dice = { unit_seed() };

	(void)state;
	for (int turn = 0; turn < 30000; turn++) {
		char typed[512];
		size_t len = strlen(guessed[turn % (int)ROWS(guessed)].typed);

		memcpy(typed, guessed[turn % (int)ROWS(guessed)].typed, len + 1);
		if (turn >= (int)ROWS(guessed))
			len = dice_mutate(&dice, typed, len, sizeof(typed) - 1);
		typed[len] = '\0';
		holds_of(typed);
	}
}

static void what_is_too_long_is_refused_and_said(void **state)
{
	static char typed[3000] = "http://evil.example/";
	BEF_AUTO(text) value = { .max = 1 };
	const char *type;
	struct bef_err err = { 0 };

	(void)state;
	memset(typed + 20, 'x', sizeof(typed) - 21);
	assert_rc(bef_observable_read(NULL, typed, &type, &value, &err), BEF_USAGE, err);
	assert_non_null(strstr(err.msg, "2000"));
	typed[1500] = '\0';
	assert_ok(bef_observable_read(NULL, typed, &type, &value, &err), err);
	assert_int_equal(value.len, 1500);
}

static void every_type_has_its_form(void **state)
{
	size_t count = 0;

	(void)state;
	for (const struct bef_word *row = bef_observable_types.row; row->name; row++, count++)
		must(bef_observable_form(row->name) != NULL, "%s", row->name);
	assert_null(bef_observable_forms[count].name);
	assert_null(bef_observable_form(NULL));
}

UNIT_MAIN(unit(what_is_pasted_is_recognised_and_put_in_one_form), unit(what_looks_like_nothing_is_not_guessed),
          unit(a_type_that_is_given_is_held_to), unit(what_is_shown_cannot_be_clicked),
          unit(harmless_forms_lead_back_whatever_is_pasted), unit(what_is_too_long_is_refused_and_said),
          unit(every_type_has_its_form))
