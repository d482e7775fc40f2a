/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/words.h"

#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"

static const struct bef_word severity_rows[] = {
	{ "1", N_("anomaly"), "anomalie,g1" },
	{ "2", N_("minor incident"), "minor,mineure,mineur,significant,significative,g2" },
	{ "3", N_("major incident"), "major,majeure,majeur,grave,g3" },
	{ "4", N_("cyber crisis"), "critical,critique,crise,crisis,g4" },
	{ NULL, NULL, NULL },
};
const struct bef_words bef_severities = { N_("severity"), severity_rows };

static const struct bef_word tlp_rows[] = {
	{ "clear", "TLP:CLEAR", "white,tlp:clear" },
	{ "green", "TLP:GREEN", "vert,tlp:green" },
	{ "amber", "TLP:AMBER", "ambre,tlp:amber" },
	{ "amber+strict", "TLP:AMBER+STRICT", "amber-strict,strict,tlp:amber+strict" },
	{ "red", "TLP:RED", "rouge,tlp:red" },
	{ NULL, NULL, NULL },
};
const struct bef_words bef_tlps = { "TLP", tlp_rows };

/* Plain words first: they are what is typed at the first odd signal.  Then RSIT, whole. */
static const struct bef_word type_rows[] = {
	{ "ransomware", N_("ransomware"), "rancon,cryptolocker,ransom" },
	{ "phishing", N_("phishing"), "hameconnage,filoutage" },
	{ "account-compromise", N_("hacked account"), "compte,account,messagerie,bec" },
	{ "data-leak", N_("data leak"), "leak,fuite,fuite-donnees,exfiltration" },
	{ "wire-fraud", N_("wire fraud"), "fovi,president,rib,virement,fraud,fraude,fraude-au-virement,virement-frauduleux,faux-virement,"
	  "fraude-au-president,arnaque-au-president,faux-president,faux-rib,faux-ordre-de-virement,transfer-fraud" },
	{ "intrusion", N_("intrusion"), "hack,piratage" },
	{ "supplier-compromise", N_("compromised supplier"), "prestataire,supplier,fournisseur" },
	{ "ddos", N_("distributed denial of service"), "saturation" },
	{ "defacement", N_("defacement"), "defiguration" },
	{ "equipment-loss", N_("stolen or lost equipment"), "vol,perte,theft,loss,vol-materiel" },
	{ "fake-support", N_("fake technical support"), "faux-support,scam" },
	{ "infostealer", N_("infostealer"), "stealer,voleur" },
	{ "connected-object", N_("connected object"), "iot,objet,objets-connectes" },
	{ "insider", N_("insider threat"), "interne,malveillance" },
	{ "outage", N_("outage"), "panne,indisponibilite" },
	{ "product-vulnerability", N_("vulnerability in our product"), "vulnerabilite-produit,cra" },
	{ "spam", N_("spam"), NULL },
	{ "harmful-speech", N_("harmful speech"), NULL },
	{ "violence", N_("violent or sexual content"), NULL },
	{ "infected-system", N_("infected system"), "virus,malware,infection" },
	{ "c2-server", N_("command and control server"), NULL },
	{ "malware-distribution", N_("malware distribution"), NULL },
	{ "malware-configuration", N_("malware configuration"), NULL },
	{ "scanner", N_("scanning"), "scan" },
	{ "sniffing", N_("sniffing"), "ecoute" },
	{ "social-engineering", N_("social engineering"), NULL },
	{ "ids-alert", N_("exploitation of known vulnerabilities"), NULL },
	{ "brute-force", N_("login attempts"), "force-brute" },
	{ "exploit", N_("new attack signature"), NULL },
	{ "privileged-account-compromise", N_("privileged account compromise"), NULL },
	{ "unprivileged-account-compromise", N_("unprivileged account compromise"), NULL },
	{ "application-compromise", N_("application compromise"), NULL },
	{ "system-compromise", N_("system compromise"), NULL },
	{ "burglary", N_("burglary"), "cambriolage" },
	{ "dos", N_("denial of service"), NULL },
	{ "misconfiguration", N_("misconfiguration"), NULL },
	{ "sabotage", N_("sabotage"), NULL },
	{ "unauthorised-information-access", N_("unauthorised access to information"), NULL },
	{ "unauthorised-information-modification", N_("unauthorised modification of information"), NULL },
	{ "data-loss", N_("data loss"), NULL },
	{ "unauthorised-use-of-resources", N_("unauthorised use of resources"), NULL },
	{ "copyright", N_("copyright"), NULL },
	{ "masquerade", N_("masquerade"), "usurpation" },
	{ "weak-crypto", N_("weak cryptography"), NULL },
	{ "ddos-amplifier", N_("DDoS amplifier"), NULL },
	{ "potentially-unwanted-accessible", N_("unwanted accessible service"), NULL },
	{ "information-disclosure", N_("information disclosure"), NULL },
	{ "vulnerable-system", N_("vulnerable system"), "vulnerability,vulnerabilite,faille" },
	{ "other", N_("other"), "autre" },
	{ "undetermined", N_("not known yet"), "inconnu,unknown,?" },
	{ "test", N_("test"), NULL },
	{ NULL, NULL, NULL },
};
const struct bef_words bef_types = { N_("incident type"), type_rows };

static const struct bef_word phase_rows[] = {
	{ "detection", N_("Detection"), "signalement" },
	{ "qualification", N_("Qualification"), "triage" },
	{ "containment", N_("Containment"), "confinement" },
	{ "evidence", N_("Evidence"), "preuves,preservation" },
	{ "eradication", N_("Eradication"), "eviction,remediation" },
	{ "recovery", N_("Recovery"), "reprise,pra,reconstruction" },
	{ "return", N_("Return to normal"), "retour,normal" },
	{ "lessons", N_("Lessons learned"), "retex" },
	{ NULL, NULL, NULL },
};
const struct bef_words bef_phases = { N_("phase"), phase_rows };

const char *bef_step_phase_label(const char *name)
{
	static const struct bef_word more_rows[] = {
		{ "legal", N_("Legal"), NULL },
		{ "communication", N_("Communication"), NULL },
		{ NULL, NULL, NULL },
	};
	static const struct bef_words more = { N_("phase"), more_rows };

	return bef_word_label(bef_word_find(&more, name) ? &more : &bef_phases, name);
}

static const struct bef_word state_rows[] = {
	{ "open", N_("no crisis"), "ouvert,veille" },
	{ "alert", N_("alert"), "alerte" },
	{ "crisis", N_("crisis"), "crise" },
	{ "winding-down", N_("winding down"), "sortie,sortie-de-crise,desarmement" },
	{ "closed", N_("closed"), "clos,ferme" },
	{ NULL, NULL, NULL },
};
const struct bef_words bef_states = { N_("crisis state"), state_rows };

static const struct bef_word note_rows[] = {
	{ "fact", N_("fact"), "fait,f" },
	{ "request", N_("request"), "demande" },
	{ "call", N_("call"), "appel,tel" },
	{ "communication", N_("communication"), "com" },
	{ "cost", N_("cost"), "cout" },
	{ "hypothesis", N_("hypothesis"), "hypothese,?" },
	{ "nothing-to-report", N_("nothing to report"), "ras,rien,nothing" },
	{ "sitrep", N_("situation report"), "point-situation,point,situation" },
	{ NULL, NULL, NULL },
};
const struct bef_words bef_note_sorts = { N_("kind of note"), note_rows };

static const struct bef_word action_rows[] = {
	{ "open", N_("to do"), "ouvert,reopen,rouvrir,todo" },
	{ "done", N_("done"), "fait,faite,ok,fini" },
	{ "failed", N_("failed"), "echec,fail,echouee" },
	{ "dropped", N_("dropped"), "abandon,abandonnee,drop" },
	{ NULL, NULL, NULL },
};
const struct bef_words bef_action_states = { N_("state of an action"), action_rows };

static const struct bef_word priority_rows[] = {
	{ "0", "P0", "p0,vital" }, { "1", "P1", "p1" }, { "2", "P2", "p2" }, { "3", "P3", "p3" },
	{ NULL, NULL, NULL },
};
const struct bef_words bef_priorities = { N_("priority"), priority_rows };

static const struct bef_word role_rows[] = {
	{ "director", N_("crisis director"), "directeur,directrice,decideur,dir" },
	{ "coordinator", N_("coordinator"), "coordinateur,coordinatrice,referent,coo" },
	{ "scribe", N_("scribe"), "secretaire,historien,sec" },
	{ "technical", N_("technical lead"), "technique,tec,rssi,dsi,infogerant" },
	{ "communications", N_("communications"), "communication,porte-parole,com" },
	{ "legal", N_("legal and DPO"), "juridique,dpo,jur" },
	{ "hr", N_("human resources"), "rh" },
	{ "finance", N_("finance"), "finances,fin" },
	{ "business", N_("business"), "metier,metiers,met" },
	{ "everyone", N_("everyone"), "tous" },
	{ NULL, NULL, NULL },
};
const struct bef_words bef_roles = { N_("role"), role_rows };

static const struct bef_word level_rows[] = {
	{ "info", N_("information"), NULL },
	{ "urgent", N_("urgent"), NULL },
	{ "critical", N_("critical"), "critique" },
	{ NULL, NULL, NULL },
};
const struct bef_words bef_alert_levels = { N_("alert level"), level_rows };

/* What may ring; what each means on the wire is in core/alert/alarm.c. */
static const struct bef_word event_rows[] = {
	{ "opened", N_("incident opened"), "ouverture" },
	{ "crisis", N_("crisis declared"), "crise" },
	{ "severity", N_("severity raised"), "gravite" },
	{ "overdue", N_("step, action or service overdue"), "retard" },
	{ "deadline", N_("legal deadline near"), "echeance" },
	{ "missed", N_("legal deadline missed"), "depassee" },
	{ "review", N_("decision to review"), "reexamen" },
	{ "sitrep", N_("situation report"), "point-situation" },
	{ "all-clear", N_("all-clear"), "fin-alerte" },
	{ "degraded", N_("alerting degraded"), "degrade" },
	{ "message", N_("message"), NULL },
	{ "correction", N_("correction"), NULL },
	{ "test", N_("test"), "essai" },
	{ NULL, NULL, NULL },
};
const struct bef_words bef_alert_events = { N_("what rings"), event_rows };

/* How one destination's share of an alert ended. */
static const struct bef_word ending_rows[] = {
	{ "accepted", N_("accepted"), NULL }, /* the relay took it */
	{ "posted", N_("posted"), NULL },     /* the service says that the message exists */
	{ "failed", N_("given up"), NULL },
	{ "expired", N_("too late to be of use"), NULL },
	{ "superseded", N_("replaced by a newer one"), NULL },
	{ "withheld", N_("withheld by its marking"), NULL },
	{ "dropped", N_("dropped by hand"), NULL },
	{ NULL, NULL, NULL },
};
const struct bef_words bef_alert_endings = { N_("how a delivery ended"), ending_rows };

static const struct bef_word due_rows[] = {
	{ "action", N_("action"), NULL },
	{ "step", N_("step"), NULL },
	{ "review", N_("decision to review"), NULL },
	{ "service", N_("service out of use"), NULL },
	{ NULL, NULL, NULL },
};
const struct bef_words bef_due_sorts = { N_("what is due"), due_rows };

static const struct bef_word answer_rows[] = {
	{ "yes", N_("yes"), "oui,o,y" },
	{ "no", N_("no"), "non,n" },
	{ "unknown", N_("unknown"), "inconnu,?,nspp" },
	{ NULL, NULL, NULL },
};
const struct bef_words bef_answers = { N_("answer"), answer_rows };

static const struct bef_word mark_rows[] = {
	{ "done", N_("done"), "fait,faite,f,d,ok" },
	{ "skipped", N_("skipped"), "skip,passer,passee,passe,p,s" },
	{ "failed", N_("failed"), "fail,echec,x,echouee" },
	{ NULL, NULL, NULL },
};
static const struct bef_word measure_rows[] = {
	{ "lifted", N_("measure lifted"), "lift,lever,levee" },
	{ "kept", N_("measure kept for good"), "keep,garder,maintenir,maintenue" },
	{ NULL, NULL, NULL },
};
const struct bef_words bef_measure_marks = { N_("what became of a measure"), measure_rows };

const struct bef_words bef_run_marks = { N_("state of a step"), mark_rows };

const struct bef_word *bef_word_find(const struct bef_words *words, const char *name)
{
	for (const struct bef_word *row = words->row; name && row->name; row++)
		if (strcmp(row->name, name) == 0)
			return row;
	return NULL;
}

int bef_word_index(const struct bef_words *words, const char *name)
{
	const struct bef_word *row = bef_word_find(words, name);

	return row ? (int)(row - words->row) : -1;
}

const char *bef_word_label(const struct bef_words *words, const char *name)
{
	const struct bef_word *row = bef_word_find(words, name);

	return row ? tr(row->label) : name ? name : "";
}

/* The label in either language, so that a paper procedure works on any machine. */
static bool is_label(const struct bef_word *row, const char *folded)
{
	enum bef_lang former = bef_lang();
	bool same = false;

	for (int lang = 0; lang < BEF_LANG_COUNT && !same; lang++) {
		bef_lang_set((enum bef_lang)lang);
		same = bef_fold_equal(tr(row->label), folded);
	}
	bef_lang_set(former);
	return same;
}

static void hint_words(const struct bef_words *words, struct bef_err *err)
{
	struct bef_text list;

	bef_text_init(&list, sizeof(err->hint));
	for (const struct bef_word *row = words->row; row->name && row - words->row < 16; row++)
		bef_text_printf(&list, "%s%s", row == words->row ? "" : ", ",
		                bef_lang() == BEF_FR && *row->name > '9' ? tr(row->label) : row->name);
	bef_hint(err, tr("one of: %s"), bef_text_str(&list));
	bef_text_clear(&list);
}

/* "faux RIB" is listed as "faux-rib". */
static void join_words(const char *folded, char *out)
{
	size_t i = 0;

	for (; folded[i]; i++)
		out[i] = folded[i] == ' ' ? '-' : folded[i];
	out[i] = '\0';
}

enum bef_rc bef_word_parse(const struct bef_words *words, const char *typed,
                           const struct bef_word **out, struct bef_err *err)
{
	char folded[80], joined[80];

	bef_fold(typed, folded, sizeof(folded));
	join_words(folded, joined);
	for (const struct bef_word *row = words->row; row->name; row++) {
		if (strcmp(row->name, joined) != 0 && !(row->also && bef_word_in_list(row->also, joined)) &&
		    !is_label(row, folded))
			continue;
		*out = row;
		return BEF_OK;
	}
	bef_fail(err, BEF_USAGE, tr("unknown %s: '%s'"), tr(words->what), BEF_SHORT(typed, 60));
	if (err)
		hint_words(words, err);
	return BEF_USAGE;
}
