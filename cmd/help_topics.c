/* SPDX-License-Identifier: EUPL-1.2 */
/* The topics of 'help'.  Declared in help.h. */
#include "base/i18n.h"
#include "help.h"

/* The entries' fields come from the table of kinds, so they cannot lie. */
static void write_formats(struct bef_text *out)
{
	bef_text_printf(out, "%s\n\n# %s\n", tr("--json prints one object per line: v and type first, keys in English and stable, times RFC 3339 in UTC, absent means absent. Types: done, status, case (report -f json), entry, journal.entry, incident, action, observable, asset, known, step, phase, playbook, simulation, competency, delivery, queued, attempt, destination, watch, due, verdict, finding, report, current."),
	                tr("Bodies of entries, by kind (! needed)"));
	for (const struct bef_kind *const *kind = bef_kinds; *kind; kind++) {
		bef_text_printf(out, "%-20s  ", (*kind)->name);
		for (const struct bef_field *field = (*kind)->fields; field->name; field++)
			bef_text_printf(out, "%s%s%s: %s", field == (*kind)->fields ? "" : ", ", field->name, field->required ? "!" : "",
			                bef_field_type_name(field->type));
		bef_text_putc(out, '\n');
	}
	bef_text_printf(out, "\n# %s\n%s\n", tr("Webhook"),
	                tr("Destinations of the format generic get Standard Webhooks 1.0: headers webhook-id, webhook-timestamp, webhook-signature (v1, HMAC-SHA256 with the whsec_ secret), Idempotency-Key; body {type, timestamp, data}. data holds incident, seq, level, title_line, text, is_test, is_exercise, and where the journal stands, as far as the marking allows; an attempt that is repeated has the same id. The other formats: beffroi help alerts."));
	bef_text_printf(out, "\n%s\n", tr("CSV: -f csv opens in a French spreadsheet (semicolons, decimal comma, UTF-8 with its mark), -f csv-intl elsewhere (commas, decimal point, no mark); numbers are bare, and a text that would be a formula has an apostrophe before it. Reports have the types register, paper and period; report --variables has variable, report --check has finding."));
}

const struct bef_topic bef_topics[] = {
	{ "first-steps", "premiers-pas", NULL,
	  "1. Open an incident at the first odd signal: it costs nothing to be wrong.\n"
	  "     beffroi open\n"
	  "2. Write down what happens, as it happens.\n"
	  "     beffroi note                  the question is asked: no quotes needed\n"
	  "     beffroi note --continuous     one line, one entry\n"
	  "3. Follow the playbook.\n"
	  "     beffroi run\n"
	  "4. Record decisions and who does what.\n"
	  "     beffroi decide \"...\" --reason \"...\"\n"
	  "     beffroi action \"...\" --for NAME --before 13:00\n"
	  "5. Answer the questions that decide which notifications are owed, and until when.\n"
	  "     beffroi deadline qualify      then: beffroi deadline\n"
	  "6. Look, hand over, close.\n"
	  "     beffroi status    beffroi log    beffroi report    beffroi close\n"
	  "Before anything happens: beffroi deadline profile    beffroi deadline contacts\n"
	  "To try without consequence: beffroi open --drill \"Exercise\"\n",
	  "1. Ouvrez un incident au premier signal bizarre : se tromper ne coûte rien.\n"
	  "     beffroi ouvrir\n"
	  "2. Notez ce qui se passe, quand cela se passe.\n"
	  "     beffroi noter                 la question s'affiche : pas besoin de guillemets\n"
	  "     beffroi noter --continu       une ligne, une entrée\n"
	  "3. Suivez la fiche réflexe.\n"
	  "     beffroi suivre\n"
	  "4. Consignez les décisions et qui fait quoi.\n"
	  "     beffroi decider \"...\" --motif \"...\"\n"
	  "     beffroi action \"...\" --pour NOM --avant 13h\n"
	  "5. Répondez aux questions qui décident des notifications dues, et des délais.\n"
	  "     beffroi echeance qualifier    puis : beffroi echeance\n"
	  "6. Faites le point, rendez compte, clôturez.\n"
	  "     beffroi etat    beffroi journal    beffroi rapport    beffroi clore\n"
	  "Avant qu'il n'arrive rien : beffroi echeance profil    beffroi echeance contacts\n"
	  "Pour essayer sans conséquence : beffroi ouvrir --exercice \"Exercice\"\n", NULL },
	{ "times", "heures", NULL,
	  "now                         now\n"
	  "14:05   14h05   14h         for a fact the last such moment, for a due time the next\n"
	  "-10m   -1h30m   12 min ago  before now\n"
	  "+2h   in 2 h                from now (due times, reviews)\n"
	  "yesterday 18:30             today and tomorrow too; the hour is needed\n"
	  "3/11 06:12   3/11/2025 6h12 day first, always\n"
	  "2025-11-03 06:12            ISO 8601, also with Z or +01:00\n"
	  "\n"
	  "Times are kept in UTC and shown in the incident's zone, which is named.\n"
	  "A time that the clocks skipped is refused; one they showed twice is asked.\n",
	  "maintenant                  maintenant\n"
	  "14:05   14h05   14h         pour un fait, la dernière fois ; pour une échéance, la prochaine\n"
	  "-10m   -1h30m   il y a 12 min   avant maintenant\n"
	  "+2h   dans 2 h              à partir de maintenant (échéances, revues)\n"
	  "hier 18h30                  aussi avant-hier, aujourd'hui, demain ; l'heure est nécessaire\n"
	  "3/11 06:12   3/11/2025 6h12 le jour d'abord, toujours\n"
	  "2025-11-03 06:12            ISO 8601, aussi avec Z ou +01:00\n"
	  "\n"
	  "Les heures sont conservées en UTC et affichées dans le fuseau de l'incident, qui est nommé.\n"
	  "Une heure sautée par le changement d'heure est refusée ; une heure doublée fait l'objet d'une question.\n", NULL },
	{ "codes", "codes", NULL,
	  "0    done\n"
	  "1    failed: disk, database, memory; the line says which\n"
	  "2    wrong words, or a question that could not be asked\n"
	  "3    not found\n"
	  "4    refused by a rule; the line says how to go on\n"
	  "5    integrity broken\n"
	  "6    recorded, but an alert has not arrived\n"
	  "7    attention: something is late or to be mended (status --check, doctor)\n"
	  "8    busy: somebody else was writing too long; a retry is safe\n"
	  "130  interrupted\n",
	  "0    fait\n"
	  "1    échec : disque, base, mémoire ; la ligne dit lequel\n"
	  "2    mots incorrects, ou question impossible à poser\n"
	  "3    introuvable\n"
	  "4    refusé par une règle ; la ligne dit comment poursuivre\n"
	  "5    intégrité rompue\n"
	  "6    consigné, mais une alerte n'est pas arrivée\n"
	  "7    attention : un retard ou un point à corriger (etat --controle, docteur)\n"
	  "8    occupé : quelqu'un d'autre écrivait trop longtemps ; réessayer est sans risque\n"
	  "130  interrompu\n", NULL },
	{ "variables", "variables", NULL,
	  "BEFFROI_BASE      directory of the journal (as --base)\n"
	  "BEFFROI_LANG      fr or en; then LANGUAGE, LC_ALL, LC_MESSAGES, LANG\n"
	  "BEFFROI_AUTHOR    your handle in the log; default: the account's name\n"
	  "BEFFROI_ROLE      the function in which you write\n"
	  "BEFFROI_EDITOR    then VISUAL, EDITOR\n"
	  "NO_COLOR          no colours; CLICOLOR_FORCE or FORCE_COLOR: colours\n"
	  "ACCESSIBLE        no rules or symbols\n"
	  "TZ                time zone\n"
	  "XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME\n"
	  "\n"
	  "Configuration: ~/.config/beffroi/beffroi.conf, then /etc/beffroi/beffroi.conf\n"
	  "  lang = en\n"
	  "  zone = Europe/Paris\n"
	  "  author = lea\n"
	  "  role = technical\n"
	  "  organisation = Example SARL\n"
	  "  [destination.cell]\n"
	  "  format = mattermost\n"
	  "  url_file = /home/lea/.config/beffroi/secrets/cell.url\n"
	  "  [phones]\n"
	  "  Anne Martin, director = +33 6 12 34 56 78\n"
	  "Destinations, groups, telephones: beffroi help alerts\n",
	  "BEFFROI_BASE      dossier du journal (comme --base)\n"
	  "BEFFROI_LANG      fr ou en ; puis LANGUAGE, LC_ALL, LC_MESSAGES, LANG\n"
	  "BEFFROI_AUTHOR    votre nom court dans la main courante ; par défaut celui du compte\n"
	  "BEFFROI_ROLE      la fonction dans laquelle vous écrivez\n"
	  "BEFFROI_EDITOR    puis VISUAL, EDITOR\n"
	  "NO_COLOR          sans couleurs ; CLICOLOR_FORCE ou FORCE_COLOR : avec\n"
	  "ACCESSIBLE        ni filets ni symboles\n"
	  "TZ                fuseau horaire\n"
	  "XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME\n"
	  "\n"
	  "Configuration : ~/.config/beffroi/beffroi.conf, puis /etc/beffroi/beffroi.conf\n"
	  "  langue = fr\n"
	  "  fuseau = Europe/Paris\n"
	  "  auteur = lea\n"
	  "  role = technique\n"
	  "  organisation = Exemple SARL\n"
	  "  [destination.cellule]\n"
	  "  format = mattermost\n"
	  "  url_fichier = /home/lea/.config/beffroi/secrets/cellule.url\n"
	  "  [telephones]\n"
	  "  Anne Martin, directrice = +33 6 12 34 56 78\n"
	  "Destinations, groupes, téléphones : beffroi aide alertes\n", NULL },
	{ .en = "formats", .fr = "formats", .also = "format", .write = write_formats },
	{ .en = "alerts", .fr = "alertes", .write = bef_help_alerts },
	{ .en = NULL },
};
