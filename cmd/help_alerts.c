/* SPDX-License-Identifier: EUPL-1.2 */
/* The page of alerts.  Declared in help.h. */
#include "help_alerts.h"

#include "help.h"

/* Prose, and the table that comes after it. */
static const struct {
	const char *en, *fr;
	void (*after)(struct bef_text *out);
} pieces[] = {
	{ "Alerts leave for the destinations of the configuration. Add one and see whether it arrives:\n"
	  "     beffroi alert add cell\n"
	  "     beffroi alert test\n"
	  "     beffroi alert \"Do not switch any computer on\" --level critical\n"
	  "An alert is in the journal before anything leaves. \"accepted\": the receiver's machine took it; \"posted\": the service says that the message exists. Neither says that somebody read it: for what matters, ask for an answer, or phone.\n"
	  "\n"
	  "# What rings by itself\n",
	  "Les alertes partent vers les destinations de la configuration. En ajouter une, et voir si cela arrive :\n"
	  "     beffroi alerter ajouter cellule\n"
	  "     beffroi alerter tester\n"
	  "     beffroi alerter \"Ne rallumez aucun poste\" --niveau critique\n"
	  "Une alerte est dans le journal avant que rien ne parte. « acceptée » : la machine du destinataire l'a prise ; « publiée » : le service dit que le message existe. Ni l'un ni l'autre ne dit que quelqu'un l'a lue : pour l'important, demander une réponse, ou téléphoner.\n"
	  "\n"
	  "# Ce qui sonne de soi-même\n",
	  bef_write_kinds },
	{ "A legal deadline rings when half, three quarters and nine tenths of the time are gone and when it has passed; steps and actions when they are late; a service when it is out for longer than is admissible; a decision when it is to be looked at again: once each, several in one message, every ten minutes at most. These need the watch (below). What is undone or struck after it rang is corrected by itself. A newer reminder takes the place of one that still waits.\n"
	  "\n"
	  "# Who hears what\n",
	  "Une échéance légale sonne quand la moitié, les trois quarts et les neuf dixièmes du temps sont écoulés, et quand elle est dépassée ; les étapes et les actions quand elles sont en retard ; un service quand il est arrêté plus longtemps qu'admissible ; une décision quand elle est à réexaminer : une fois chacune, plusieurs en un message, toutes les dix minutes au plus. Cela demande la veille (plus bas). Ce qui est annulé ou barré après avoir sonné est rectifié de soi-même. Un rappel plus récent remplace celui qui attend encore.\n"
	  "\n"
	  "# Qui entend quoi\n",
	  NULL },
	{ "  [destination.cell]\n"
	  "  format = mattermost\n"
	  "  url_file = /home/lea/.config/beffroi/secrets/cell.url\n"
	  "  lang = en\n"
	  "  mention = @channel\n"
	  "  fallback = on-call\n"
	  "  [destination.on-call]\n"
	  "  format = free_mobile\n"
	  "  user = 12345678\n"
	  "  password_command = pass show alerts/free\n"
	  "  kinds = opened, crisis, missed, all-clear\n"
	  "  severity = 3\n"
	  "  quiet = 22:00-07:00\n"
	  "  [destination.trainees]\n"
	  "  format = ntfy\n"
	  "  url = https://ntfy.example.org\n"
	  "  to = exercise-7Qk2\n"
	  "  drills = only\n"
	  "  [group.everyone]\n"
	  "  members = cell, on-call\n"
	  "  [phones]\n"
	  "  Anne Martin, director = +33 6 12 34 56 78\n"
	  "--to takes a destination or a group. Quiet hours, on the incident's clock, hold back what is neither critical nor marked above; a crisis lets everything out. The stand-in (fallback) gets what its destination refuses, or has not taken after three attempts or five minutes. When a destination no longer answers, the others are told once. An exercise rings only where drills says so.\n"
	  "\n"
	  "# Keys of a destination\n",
	  "  [destination.cellule]\n"
	  "  format = mattermost\n"
	  "  url_fichier = /home/lea/.config/beffroi/secrets/cellule.url\n"
	  "  langue = fr\n"
	  "  mention = @channel\n"
	  "  secours = astreinte\n"
	  "  [destination.astreinte]\n"
	  "  format = free_mobile\n"
	  "  utilisateur = 12345678\n"
	  "  mot_de_passe_commande = pass show alertes/free\n"
	  "  evenements = ouverture, crise, depassee, fin-alerte\n"
	  "  gravite = 3\n"
	  "  silence = 22:00-07:00\n"
	  "  [destination.entrainement]\n"
	  "  format = ntfy\n"
	  "  url = https://ntfy.example.org\n"
	  "  vers = exercice-7Qk2\n"
	  "  exercices = seulement\n"
	  "  [groupe.tous]\n"
	  "  membres = cellule, astreinte\n"
	  "  [telephones]\n"
	  "  Anne Martin, directrice = +33 6 12 34 56 78\n"
	  "--vers prend une destination ou un groupe. Les heures de silence, à l'heure de l'incident, retiennent ce qui n'est ni critique ni signalé plus haut ; une crise laisse tout partir. Le secours reçoit ce que sa destination refuse, ou n'a pas pris après trois essais ou cinq minutes. Quand une destination ne répond plus, les autres sont prévenues une fois. Un exercice ne sonne que là où exercices le dit.\n"
	  "\n"
	  "# Clés d'une destination\n",
	  bef_write_keys },
	{ "\n"
	  "# Secrets\n"
	  "Each is given in one of three ways, never as an option of a command, never in the configuration itself (but for url):\n"
	  "  NAME_file           first line of a file of mode 0600\n"
	  "  NAME_credential     of systemd: LoadCredential=NAME:PATH\n"
	  "  NAME_command        first line of what a program prints within five seconds, as: pass show alerts/cell\n",
	  "\n"
	  "# Secrets\n"
	  "Chacun se donne d'une de trois façons, jamais en option d'une commande, jamais dans la configuration même (sauf url) :\n"
	  "  NOM_fichier         première ligne d'un fichier de mode 0600\n"
	  "  NOM_identifiant     de systemd : LoadCredential=NOM:CHEMIN\n"
	  "  NOM_commande        première ligne de ce qu'un programme affiche en moins de cinq secondes, comme : pass show alertes/cellule\n",
	  bef_write_secrets },
	{ "Who has the address of a webhook can write there in your name: if it leaks, make a new one at the service.\n"
	  "\n"
	  "# Formats\n"
	  "In brackets: who reads there unless audience says otherwise; how many messages a minute; what must be given.\n",
	  "Qui a l'adresse d'un webhook peut y écrire en votre nom : si elle fuit, en créer une autre chez le service.\n"
	  "\n"
	  "# Formats\n"
	  "Entre parenthèses : qui y lit, sauf si public dit autre chose ; combien de messages par minute ; ce qu'il faut donner.\n",
	  bef_write_formats },
	{ "\n"
	  "# What the marking (TLP) of an incident lets out\n",
	  "\n"
	  "# Ce que le marquage (TLP) d'un incident laisse sortir\n",
	  bef_write_markings },
	{ "all: title and text; reduced: what sort, which incident, how grave, when; call: \"something new, see the tool\". persons and e2ee are a promise of yours: named persons, and nobody else, read there. max_tlp lowers it further. The marking is read again at each attempt.\n"
	  "\n"
	  "# When it does not arrive\n"
	  "Exit status 6: recorded, but something waits or was given up. beffroi alert queue, send, log, retry, drop.\n"
	  "Attempts go on for a day (three for an all-clear, a missed deadline, a correction), with pauses that grow to a minute when it is critical, five when urgent, fifteen otherwise: by the watch, or with the next command.\n"
	  "NOBODY WAS REACHED: no destination took an alert. Phone those of [phones], then: beffroi alert ack \"phoned Anne Martin at 03:20\". Every command repeats it until then, or until one arrives.\n"
	  "\n"
	  "# The watch\n"
	  "Nothing stays in memory between commands: what waits, and what falls due, needs beffroi watch.\n"
	  "  systemd             contrib/systemd: a timer, or a service that stays (watch --interval 60s)\n"
	  "  cron                * * * * * beffroi watch --quiet\n"
	  "It takes its texts out of the outbox 30 days after they ended; the journal keeps what was said.\n",
	  "tout : titre et texte ; réduit : quelle sorte, quel incident, quelle gravité, quand ; appel : « du nouveau, voir l'outil ». personnes et chiffre sont une promesse de votre part : des personnes désignées, et nulle autre, lisent là. tlp_max restreint encore. Le marquage est relu à chaque essai.\n"
	  "\n"
	  "# Quand cela n'arrive pas\n"
	  "Code 6 : consigné, mais quelque chose attend ou a été abandonné. beffroi alerter file, envoyer, journal, relancer, abandonner.\n"
	  "Les essais durent un jour (trois pour une fin d'alerte, une échéance dépassée, une rectification), avec des pauses qui vont jusqu'à une minute pour une alerte critique, cinq pour une urgente, quinze sinon : par la veille, ou à la commande suivante.\n"
	  "PERSONNE N'A ÉTÉ JOINT : aucune destination n'a pris une alerte. Téléphoner à ceux de [telephones], puis : beffroi alerter acquitter \"Anne Martin appelée à 03:20\". Chaque commande le répète jusque-là, ou jusqu'à ce qu'une arrive.\n"
	  "\n"
	  "# La veille\n"
	  "Rien ne reste en mémoire entre deux commandes : ce qui attend, et ce qui arrive à échéance, demande beffroi veille.\n"
	  "  systemd             contrib/systemd : une minuterie, ou un service qui reste (veille --intervalle 60s)\n"
	  "  cron                * * * * * beffroi veille --silencieux\n"
	  "Elle retire les textes de la file d'envoi 30 jours après leur fin ; le journal garde ce qui a été dit.\n",
	  NULL },
};

void bef_help_alerts(struct bef_text *out)
{
	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
		bef_text_puts(out, bef_lang() == BEF_FR ? pieces[i].fr : pieces[i].en);
		if (pieces[i].after)
			pieces[i].after(out);
	}
}
