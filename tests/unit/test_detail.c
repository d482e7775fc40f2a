/* SPDX-License-Identifier: EUPL-1.2 */
/* A stored line about a failed attempt, said in the reader's language. */
#include "unit.h"

#include <glob.h>

#include "alert/settings.h"
#include "base/file.h"
#include "model/detail.h"

static const char *said(enum bef_lang lang, const char *detail, struct bef_text *out)
{
	enum bef_lang former = bef_lang_set(lang);

	bef_text_clear(out);
	out->max = 8000;
	bef_detail_say(detail, out);
	bef_lang_set(former);
	return bef_text_str(out);
}

/* One row for each form, and for each kind of line that has none. */
static const struct {
	const char *stored, *french;
} lines[] = {
	/* the network program */
	{ "not sent to 169.254.169.254: its address is link-local",
	  "non envoyé à 169.254.169.254 : son adresse est de lien local" },
	{ "not sent to chat.example.org: the proxy's address is cloud metadata",
	  "non envoyé à chat.example.org : l'adresse du mandataire est celle des métadonnées d'un hébergeur" },
	{ "not sent to chat.example.org: this libcurl lacks an option",
	  "non envoyé à chat.example.org : il manque une option à cette libcurl" },
	{ "not sent: the URL cannot be read", "non envoyé : l'URL est illisible" },
	{ "job refused: 'pin': is too long", "envoi refusé : « epingle » : est trop long" },
	{ "job refused: 'headers': a header has no value", "envoi refusé : « headers » : un en-tête n'a pas de valeur" },
	{ "www.example.org answered 302, a redirect to login.example.org: redirects are not followed",
	  "www.example.org a répondu 302, renvoi vers login.example.org : renvoi vers une autre adresse, non suivi" },
	{ "127.0.0.1 answered 503: unavailable for now", "127.0.0.1 a répondu 503 : indisponible pour l'instant" },
	{ "[::1] answered 401: the token or signature was not accepted",
	  "[::1] a répondu 401 : le jeton ou la signature n'a pas été accepté" },
	{ "smtp.example.org answered 550: the sender or the recipient was refused",
	  "smtp.example.org a répondu 550 : l'expéditeur ou le destinataire a été refusé" },
	{ "127.0.0.1 answered 200", "127.0.0.1 a répondu 200" },
	{ "127.0.0.1 answered 200 (the rest of its answer was not read)",
	  "127.0.0.1 a répondu 200 (la suite de sa réponse n'a pas été lue)" },
	{ "127.0.0.1 answered 500: server error, the message may have passed (the rest of its answer was not read)",
	  "127.0.0.1 a répondu 500 : erreur du serveur, le message est peut-être passé (la suite de sa réponse n'a pas été lue)" },
	{ "chat.example.org: connection refused or no route", "chat.example.org : connexion refusée, ou pas de route" },
	{ "chat.example.org: no complete answer in time; the message may have arrived",
	  "chat.example.org : pas de réponse complète à temps ; le message est peut-être arrivé" },
	{ "chat.example.org: its certificate has expired (or the clock is wrong)",
	  "chat.example.org : certificat expiré (ou l'horloge est fausse)" },
	/* the sending */
	{ "it lacks its token", "il manque le réglage « jeton »" },
	{ "this destination is not in the configuration", "cette destination n'est pas dans la configuration" },
	{ "the network program gave no answer", "le programme réseau n'a pas répondu" },
	{ "cut short: it may have arrived", "envoi interrompu : l'alerte est peut-être arrivée" },
	{ "cannot start the network program: Too many open files",
	  "impossible de lancer le programme réseau : Too many open files" },
	{ "cell: token_file: others may read the file", "cell : token_file : d'autres peuvent lire le fichier" },
	{ "cell: token_file: the file cannot be opened: No such file or directory",
	  "cell : token_file : le fichier ne peut pas être ouvert : No such file or directory" },
	{ "cell: token_file: it cannot be read: Input/output error", "cell : token_file : lecture impossible : Input/output error" },
	{ "cell: token_command: no pipe: Too many open files", "cell : token_command : pas de tube : Too many open files" },
	/* the formats */
	{ "the alert cannot be made short enough for Slack", "l'alerte ne peut pas être assez raccourcie pour Slack" },
	{ "destination \"cell\": \"mention\" for Discord looks like <@&123>, <@123>, @everyone",
	  "destination « cell » : « mention » pour Discord s'écrit comme <@&123>, <@123>, @everyone" },
	{ "mode 'two words' is neither structured nor binary", "mode « two words » : ni structured ni binary" },
	{ "to: not a bare mail address such as cell@example.org", "to : ce n'est pas une adresse seule, comme cellule@exemple.fr" },
	{ "the group has a new number: set \"to\" to -1009876", "le groupe a changé de numéro : mettre « to » à -1009876" },
	{ "only 49 SMS credits are left at OVH", "il ne reste que 49 crédits SMS chez OVH" },
	{ "the webhook is no longer valid", "le webhook n'est plus valable" },
	{ "out of memory", "mémoire insuffisante" },
};

static void each_form_has_its_french(void **state)
{
	BEF_AUTO(text) out = { .max = 2000 };

	(void)state;
	for (size_t i = 0; i < ROWS(lines); i++) {
		const char *french = said(BEF_FR, lines[i].stored, &out);

		must(strcmp(french, lines[i].french) == 0, "%s\n  %s\n  %s", lines[i].stored, french, lines[i].french);
	}
}

static void in_english_a_line_stays_what_it_is(void **state)
{
	BEF_AUTO(text) out = { .max = 2000 };

	(void)state;
	for (size_t i = 0; i < ROWS(lines); i++)
		assert_string_equal(said(BEF_EN, lines[i].stored, &out), lines[i].stored);
}

/* Lines of another version, in another language, or of nobody: never changed by half. */
static void what_fits_no_form_stays_what_it_is(void **state)
{
	static const char *const strange[] = {
		"", "?", "%s", "%s: %s %n", "chat.example.org", "chat.example.org: something new",
		"chat.example.org: something new; the message may have arrived", "two words: out of memory",
		"chat.example.org answered", "chat.example.org answered soon", "chat.example.org answered : conflict",
		"it lacks its ", "not sent: ", "not sent to : out of memory", "the group has a new number: set \"to\" to two words",
		"127.0.0.1 a répondu 503 : indisponible pour l'instant", "only few SMS credits are left at OVH",
		"mode '' is neither structured nor binary", "a: b: c: d: e: f: out of memory",
	};
	BEF_AUTO(text) out = { .max = 2000 };

	(void)state;
	for (size_t i = 0; i < ROWS(strange); i++)
		assert_string_equal(said(BEF_FR, strange[i], &out), strange[i]);
}

/* Where the form is plain, what is new in it does not hide the rest. */
static void a_reason_that_is_new_stays_in_a_form_that_is_not(void **state)
{
	BEF_AUTO(text) out = { .max = 2000 };

	(void)state;
	assert_string_equal(said(BEF_FR, "127.0.0.1 answered 418: a teapot", &out), "127.0.0.1 a répondu 418 : a teapot");
	assert_string_equal(said(BEF_FR, "job refused: 'colour': is blue", &out), "envoi refusé : « colour » : is blue");
}

static void any_length_and_any_bytes_are_borne(void **state)
{
	static const char *const starts[] = { "", "not sent to ", "job refused: '", "destination \"", "it lacks its " };
	char line[3000];
	BEF_AUTO(text) out = { .max = 8000 };

	(void)state;
	for (size_t i = 0; i < ROWS(starts); i++)
		for (size_t len = 350; len < sizeof(line) - 40; len += 13) {
			memset(line, i % 2 ? 'x' : ':', sizeof(line));
			memcpy(line, starts[i], strlen(starts[i]));
			snprintf(line + len, sizeof(line) - len, "%s", len % 2 ? ": out of memory" : "\": \"\": \"");
			said(BEF_FR, line, &out);
			assert_true(out.len >= len && !out.failed);
		}
}

/* What is lost of a setting's name in the catalogue is found in no configuration. */
static void settings_are_called_as_in_the_configuration(void **state)
{
	BEF_AUTO(text) out = { .max = 2000 };
	char stored[80], french[80];

	(void)state;
	for (int s = 0; s < BEF_SECRET_COUNT + BEF_SET_COUNT; s++) {
		const struct bef_setting_name *name = s < BEF_SECRET_COUNT ? &bef_secret_names[s] : &bef_setting_names[s - BEF_SECRET_COUNT];

		snprintf(stored, sizeof(stored), "it lacks its %s", name->en);
		snprintf(french, sizeof(french), "il manque le réglage « %s »", name->fr);
		assert_string_equal(said(BEF_FR, stored, &out), french);
	}
}

/* The sentence that the network program marks at `at`, without escapes; "" for none. */
static void read_mark(const char *at, char *out, size_t size)
{
	size_t n = 0;

	*out = '\0';
	if (strncmp(at, "N_(\"", 4) != 0)
		return;
	for (at += 4; *at && *at != '"' && n + 1 < size; at++) {
		at += *at == '\\' && at[1] ? 1 : 0;
		out[n++] = *at;
	}
	out[n] = '\0';
}

/* A reason in each line where it might stand: its French is there, its English is not. */
static void check_reason(const char *reason, const char *where)
{
	static const char *const forms[] = {
		"h.example.org: %s", "h.example.org: %s; the message may have arrived", "h.example.org answered 599: %s",
		"not sent to h.example.org: %s", "not sent to h.example.org: its address is %s", "job refused: 'body': %s",
	};
	BEF_AUTO(text) out = { .max = 2000 };
	enum bef_lang former = bef_lang_set(BEF_FR);
	const char *french = tr(reason);

	bef_lang_set(former);
	for (size_t i = 0; i < ROWS(forms); i++) {
		char stored[600];

		snprintf(stored, sizeof(stored), forms[i], reason);
		said(BEF_FR, stored, &out);
		must(french != reason && strstr(bef_text_str(&out), french), "%s: %s: %s", where, stored, bef_text_str(&out));
		must(!strstr(bef_text_str(&out), reason), "%s: %s: %s", where, stored, bef_text_str(&out));
	}
}

static void all_that_the_network_program_marks_is_said(void **state)
{
	glob_t files;
	int marks = 0;

	(void)state;
	if (glob("cmd/net/*.c", 0, NULL, &files) != 0)
		skip();
	for (size_t i = 0; i < files.gl_pathc; i++) {
		BEF_AUTO(text) source = { .max = 1 << 20 };
		struct bef_err err;
		char reason[300];

		assert_ok(bef_file_read(files.gl_pathv[i], 1 << 20, &source, &err), err);
		for (const char *at = bef_text_str(&source); (at = strstr(at, "N_(")); at++) {
			read_mark(at, reason, sizeof(reason));
			must(*reason, "%s: %.60s", files.gl_pathv[i], at);
			check_reason(reason, files.gl_pathv[i]);
			marks++;
		}
	}
	globfree(&files);
	must(marks > 100, "only %d", marks);
}

UNIT_MAIN(unit(each_form_has_its_french), unit(in_english_a_line_stays_what_it_is),
          unit(what_fits_no_form_stays_what_it_is), unit(a_reason_that_is_new_stays_in_a_form_that_is_not),
          unit(any_length_and_any_bytes_are_borne), unit(settings_are_called_as_in_the_configuration),
          unit(all_that_the_network_program_marks_is_said))
