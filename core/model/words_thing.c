/* SPDX-License-Identifier: EUPL-1.2 */
/* The vocabularies of observables and of affected assets.  Declared in words.h. */
#include "base/i18n.h"
#include "model/words.h"

static const struct bef_word observable_rows[] = {
	{ "ipv4", N_("IPv4 address"), "ip,ip4,adresse-ip" },
	{ "ipv6", N_("IPv6 address"), "ip6" },
	{ "domain", N_("domain"), "domaine,nom-de-domaine" },
	{ "url", N_("URL"), "lien,link" },
	{ "email", N_("email address"), "mail,courriel,adresse-mail" },
	{ "email-subject", N_("email subject"), "objet,subject,objet-mail" },
	{ "hash", N_("file hash"), "md5,sha1,sha256,sha512,empreinte-de-fichier" },
	{ "filename", N_("file name"), "fichier,file" },
	{ "account", N_("account"), "utilisateur,user" },
	{ "hostname", N_("host name"), "machine,host" },
	{ "mac", N_("MAC address"), "adresse-mac" },
	{ "iban", N_("IBAN"), "compte-bancaire" },
	{ "btc", N_("bitcoin wallet"), "bitcoin,wallet,portefeuille" },
	{ "phone", N_("telephone number"), "telephone,tel" },
	{ "cve", N_("CVE"), NULL },
	{ "registry-key", N_("registry key"), "registre,registry,cle-de-registre" },
	{ "mutex", N_("mutex"), NULL },
	{ "user-agent", N_("user agent"), NULL },
	{ "other", N_("other"), "autre" },
	{ NULL, NULL, NULL },
};
const struct bef_words bef_observable_types = { N_("type of observable"), observable_rows };

static const struct bef_word seen_rows[] = {
	{ "suspected", N_("suspected"), "suspect,a-verifier" },
	{ "confirmed", N_("confirmed"), "confirme,confirmee,malveillant,malicious" },
	{ "benign", N_("benign"), "benin,benigne,inoffensif,ecarte" },
	{ NULL, NULL, NULL },
};
const struct bef_words bef_observable_states = { N_("state of an observable"), seen_rows };

static const struct bef_word pap_rows[] = {
	{ "clear", "PAP:CLEAR", "white,pap:clear" },
	{ "green", "PAP:GREEN", "vert,pap:green" },
	{ "amber", "PAP:AMBER", "ambre,pap:amber" },
	{ "red", "PAP:RED", "rouge,pap:red" },
	{ NULL, NULL, NULL },
};
const struct bef_words bef_paps = { "PAP", pap_rows };

static const struct bef_word asset_rows[] = {
	{ "workstation", N_("workstation"), "poste,pc,ordinateur,portable,laptop" },
	{ "server", N_("server"), "serveur" },
	{ "account", N_("account"), "compte,utilisateur,user" },
	{ "mailbox", N_("mailbox"), "messagerie,boite,boite-mail" },
	{ "network", N_("network"), "reseau" },
	{ "connected-object", N_("connected object"), "iot,objet" },
	{ "service", N_("service"), "application,logiciel" },
	{ "site", N_("site"), "lieu,agence" },
	{ "data", N_("data"), "donnees,base-de-donnees" },
	{ "phone", N_("telephone"), "mobile,smartphone" },
	{ "backup", N_("backup"), "sauvegardes" },
	{ "other", N_("other"), "autre" },
	{ NULL, NULL, NULL },
};
const struct bef_words bef_asset_types = { N_("type of asset"), asset_rows };

static const struct bef_word hit_rows[] = {
	{ "suspected", N_("suspected"), "suspect,suspecte" },
	{ "compromised", N_("compromised"), "compromis,compromise,touche,hit" },
	{ "isolated", N_("isolated"), "isole,isolee,deconnecte" },
	{ "down", N_("out of service"), "arrete,arretee,hors-service,hs,en-panne,out" },
	{ "degraded", N_("degraded"), "degradee,mode-degrade" },
	{ "cleaned", N_("cleaned"), "nettoye,nettoyee,assaini" },
	{ "rebuilt", N_("rebuilt"), "reconstruit,reinstalle,restaure" },
	{ "back-in-service", N_("back in service"), "remis-en-service,back" },
	{ "lost", N_("lost"), "perdu,perdue,detruit" },
	{ "not-affected", N_("not affected"), "sain,indemne" },
	{ NULL, NULL, NULL },
};
const struct bef_words bef_asset_states = { N_("state of an asset"), hit_rows };

static const struct bef_word criticality_rows[] = {
	{ "vital", N_("vital"), NULL },
	{ "high", N_("high"), "elevee,forte" },
	{ "normal", N_("normal"), "moyenne" },
	{ "low", N_("low"), "faible" },
	{ NULL, NULL, NULL },
};
const struct bef_words bef_criticalities = { N_("criticality"), criticality_rows };

/* What let it happen: the ways in that ANSSI and CERT-FR name most, and the root causes that regulators ask for
 * (system failure, human error, malicious act, third party: NIS2 and DORA final reports). */
static const struct bef_word cause_rows[] = {
	{ "phishing", N_("phishing or deceit"), "hameconnage,tromperie,ingenierie-sociale" },
	{ "stolen-credentials", N_("stolen or weak password"), "mot-de-passe,identifiants-voles,password" },
	{ "vulnerability", N_("flaw not corrected"), "vulnerabilite,faille" },
	{ "exposed-service", N_("service exposed for no need"), "service-expose,rdp" },
	{ "misconfiguration", N_("wrong configuration"), "configuration,mauvaise-configuration" },
	{ "supplier", N_("supplier or provider"), "fournisseur,prestataire,tiers" },
	{ "insider", N_("malicious act from inside"), "malveillance-interne,interne" },
	{ "human-error", N_("human error"), "erreur,erreur-humaine" },
	{ "lost-equipment", N_("lost or stolen equipment"), "perte,vol,materiel-perdu" },
	{ "overload", N_("traffic meant to overload"), "saturation,deni-de-service" },
	{ "failure", N_("technical failure"), "panne,panne-technique" },
	{ "disaster", N_("fire, water, power"), "sinistre,incendie,inondation,electricite" },
	{ "unknown", N_("unknown after investigation"), "inconnue,inconnu" },
	{ NULL, NULL, NULL },
};
const struct bef_words bef_causes = { N_("cause"), cause_rows };
