/* SPDX-License-Identifier: EUPL-1.2 */
#include "model/rsit.h"

#include <stddef.h>
#include <string.h>

/* Encrypted data is data modified without right: RSIT says so of ransomware, and files defacement there too. */
const struct bef_rsit bef_rsits[] = {
	{ "ransomware", "information-content-security", "unauthorised-information-modification", "ransomware" },
	{ "phishing", "fraud", "phishing", "dissemination-phishing-emails" },
	{ "account-compromise", "intrusions", "unprivileged-account-compromise", "theft-access-credentials" },
	{ "data-leak", "information-content-security", "data-leak", "data-exfiltration" },
	{ "wire-fraud", "fraud", "masquerade", NULL },
	{ "intrusion", "intrusions", "system-compromise", "unauthorized-access-system" },
	{ "supplier-compromise", "intrusions", "system-compromise", "supply-chain-customer" },
	{ "ddos", "availability", "ddos", "denial-of-service" },
	{ "defacement", "information-content-security", "unauthorised-information-modification", "vandalism" },
	{ "equipment-loss", "information-content-security", "data-loss", "equipment-theft" },
	{ "fake-support", "fraud", "masquerade", NULL },
	{ "infostealer", "malicious-code", "infected-system", "known-malware" },
	{ "connected-object", "intrusions", "system-compromise", "unauthorized-access-system" },
	{ "insider", "information-content-security", "unauthorised-information-access", "policy-violation" },
	{ "outage", "availability", "outage", NULL },
	{ "product-vulnerability", "vulnerable", "vulnerable-system", NULL },
	{ "spam", "abusive-content", "spam", NULL },
	{ "harmful-speech", "abusive-content", "harmful-speech", NULL },
	{ "violence", "abusive-content", "violence", NULL },
	{ "infected-system", "malicious-code", "infected-system", "known-malware" },
	{ "c2-server", "malicious-code", "c2-server", NULL },
	{ "malware-distribution", "malicious-code", "malware-distribution", NULL },
	{ "malware-configuration", "malicious-code", "malware-configuration", NULL },
	{ "scanner", "information-gathering", "scanner", NULL },
	{ "sniffing", "information-gathering", "sniffing", NULL },
	{ "social-engineering", "information-gathering", "social-engineering", NULL },
	{ "ids-alert", "intrusion-attempts", "ids-alert", NULL },
	{ "brute-force", "intrusion-attempts", "brute-force", NULL },
	{ "exploit", "intrusion-attempts", "exploit", NULL },
	{ "privileged-account-compromise", "intrusions", "privileged-account-compromise", "theft-access-credentials" },
	{ "unprivileged-account-compromise", "intrusions", "unprivileged-account-compromise", "theft-access-credentials" },
	{ "application-compromise", "intrusions", "application-compromise", "unauthorized-access-system" },
	{ "system-compromise", "intrusions", "system-compromise", "unauthorized-access-system" },
	{ "burglary", "intrusions", "burglary", "equipment-theft" },
	{ "dos", "availability", "dos", "denial-of-service" },
	{ "misconfiguration", "availability", "misconfiguration", NULL },
	{ "sabotage", "availability", "sabotage", NULL },
	{ "unauthorised-information-access", "information-content-security", "unauthorised-information-access", NULL },
	{ "unauthorised-information-modification", "information-content-security", "unauthorised-information-modification", NULL },
	{ "data-loss", "information-content-security", "data-loss", NULL },
	{ "unauthorised-use-of-resources", "fraud", "unauthorised-use-of-resources", NULL },
	{ "copyright", "fraud", "copyright", NULL },
	{ "masquerade", "fraud", "masquerade", NULL },
	{ "weak-crypto", "vulnerable", "weak-crypto", NULL },
	{ "ddos-amplifier", "vulnerable", "ddos-amplifier", NULL },
	{ "potentially-unwanted-accessible", "vulnerable", "potentially-unwanted-accessible", NULL },
	{ "information-disclosure", "vulnerable", "information-disclosure", NULL },
	{ "vulnerable-system", "vulnerable", "vulnerable-system", NULL },
	{ "other", "other", "other", NULL },
	{ "undetermined", "other", "undetermined", NULL },
	{ "test", "test", "test", NULL },
	{ NULL, NULL, NULL, NULL },
};

const struct bef_rsit *bef_rsit_find(const char *type)
{
	const struct bef_rsit *row = bef_rsits;

	while (row->type && (!type || strcmp(row->type, type) != 0))
		row++;
	return row->type ? row : bef_rsit_find("undetermined");
}
