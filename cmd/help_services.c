/* SPDX-License-Identifier: EUPL-1.2 */
/* What a destination's settings mean to each service: one row a format.  Declared in help.h. */
#include <string.h>

#include "alert/format.h"
#include "help.h"

static const struct {
	const char *name, *en, *fr;
} rows[] = {
	{ "generic",
	  "For a program of yours. url: where it listens; secret: whsec_..., at least 24 bytes, the same on both sides; old_secret: the one before, while you change it.",
	  "Pour un programme à vous. url : là où il écoute ; secret : whsec_..., au moins 24 octets, le même des deux côtés ; ancien_secret : le précédent, le temps d'en changer." },
	{ "cloudevents",
	  "For a bus of events. mode: structured (default) or binary; secret: if there is one, it signs as for generic.",
	  "Pour un bus d'événements. mode : structured (par défaut) ou binary ; secret : s'il y en a un, il signe comme pour generic." },
	{ "slack",
	  "url: of an \"incoming webhook\" of the channel; mention: <!channel>, <!here>, <!subteam^ID>, <@USER>.",
	  "url : celle d'un « incoming webhook » du canal ; mention : <!channel>, <!here>, <!subteam^ID>, <@UTILISATEUR>." },
	{ "mattermost",
	  "url: of an incoming webhook of the channel; mention: @channel, @here, @all, @USER.",
	  "url : celle d'un webhook entrant du canal ; mention : @channel, @here, @all, @UTILISATEUR." },
	{ "rocketchat",
	  "url: of an incoming integration; mention: @all, @here, @USER.",
	  "url : celle d'une intégration entrante ; mention : @all, @here, @UTILISATEUR." },
	{ "zulip",
	  "url: of the server; to: the channel (stream); user: the bot's mail address; token: its key; topic: instead of the incident's number; mention: @**all**, @**NAME**, @*GROUP*.",
	  "url : celle du serveur ; vers : le canal (stream) ; utilisateur : l'adresse de courriel du robot ; jeton : sa clé ; sujet : à la place du numéro de l'incident ; mention : @**all**, @**NOM**, @*GROUPE*." },
	{ "teams",
	  "url: of a flow of Workflows that posts what a webhook brings; it dies with its owner's account: give it a second one. mention: person@company.example or the number of an Entra object.",
	  "url : celle d'un flux Workflows qui publie ce qu'un webhook apporte ; il disparaît avec le compte de son propriétaire : lui en donner un second. mention : personne@societe.example ou le numéro d'un objet Entra." },
	{ "discord",
	  "url: of a webhook of the channel; mention: <@&ROLE-NUMBER>, <@USER-NUMBER>, @everyone, @here.",
	  "url : celle d'un webhook du salon ; mention : <@&NUMÉRO-DE-RÔLE>, <@NUMÉRO-DE-PERSONNE>, @everyone, @here." },
	{ "google_chat",
	  "url: of a webhook of the space, whole, with what follows the question mark; mention: <users/all>, <users/NUMBER>.",
	  "url : celle d'un webhook de l'espace, entière, avec ce qui suit le point d'interrogation ; mention : <users/all>, <users/NUMÉRO>." },
	{ "matrix",
	  "url: of the server; to: the room's number, !ROOM:server; token: a bot's lasting one; mention: @room, @user:server. What is sent is not encrypted: a room that is gets nothing, unless plaintext = yes.",
	  "url : celle du serveur ; vers : le numéro du salon, !SALON:serveur ; jeton : celui d'un robot, durable ; mention : @room, @personne:serveur. L'envoi n'est pas chiffré : un salon chiffré ne reçoit rien, sauf texte_en_clair = oui." },
	{ "ntfy",
	  "url: of the server; to: the topic (whoever guesses it reads it: make it long, or protect it); token, or user and password, if it is protected.",
	  "url : celle du serveur ; vers : le sujet (qui le devine le lit : le choisir long, ou le protéger) ; jeton, ou utilisateur et mot_de_passe, s'il est protégé." },
	{ "gotify",
	  "url: of the server; token: of an application.",
	  "url : celle du serveur ; jeton : celui d'une application." },
	{ "telegram",
	  "token: the bot's; to: the chat's number or @CHANNEL; topic: number of a thread; mention: @USER or a number.",
	  "jeton : celui du robot ; vers : le numéro de la discussion ou @CANAL ; sujet : numéro d'un fil ; mention : @UTILISATEUR ou un numéro." },
	{ "pagerduty",
	  "token: the integration key of a service (Events API v2). The all-clear resolves what the incident triggered.",
	  "jeton : la clé d'intégration d'un service (Events API v2). La fin d'alerte résout ce que l'incident a déclenché." },
	{ "alertmanager",
	  "url: of the server (/api/v2/alerts is added); user and password if it wants them.",
	  "url : celle du serveur (/api/v2/alerts est ajouté) ; utilisateur et mot_de_passe s'il en veut." },
	{ "free_mobile",
	  "SMS to the subscriber's own line: one destination a person. user: the account's number; password: the key that the subscriber's page shows under notifications by SMS.",
	  "SMS vers la ligne de l'abonné lui-même : une destination par personne. utilisateur : l'identifiant du compte ; mot_de_passe : la clé affichée dans l'espace abonné, option notifications par SMS." },
	{ "ovh_sms",
	  "SMS to a number; each costs. to: +33612345678; user: application key; token: application secret; consumer: consumer key; service: sms-xx00000-1; from: a declared sender, else a short number.",
	  "SMS vers un numéro ; chacun est payant. vers : +33612345678 ; utilisateur : « application key » ; jeton : « application secret » ; consommateur : « consumer key » ; service : sms-xx00000-1 ; expediteur : un expéditeur déclaré, sinon un numéro court." },
	{ "mail",
	  "url: smtps://HOST:465/NAME or smtp://HOST:587/NAME (always encrypted; NAME: how this machine presents itself, without it the sender's domain); from, to: bare addresses, one recipient a destination; user and password if the server wants them.",
	  "url : smtps://SERVEUR:465/NOM ou smtp://SERVEUR:587/NOM (toujours chiffré ; NOM : comment cette machine se présente, à défaut le domaine de l'expéditeur) ; expediteur, vers : des adresses nues, un destinataire par destination ; utilisateur et mot_de_passe si le serveur en veut." },
};

const char *bef_help_format(const struct bef_format *format)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (strcmp(rows[i].name, format->name) == 0)
			return bef_lang() == BEF_FR ? rows[i].fr : rows[i].en;
	return "";
}
