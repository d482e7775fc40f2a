/* SPDX-License-Identifier: EUPL-1.2 */
#include "alert/settings.h"

#include <stdio.h>
#include <string.h>

#include "alert/format.h"
#include "base/crypto.h"

const struct bef_setting_name bef_secret_names[BEF_SECRET_COUNT] = {
	[BEF_SECRET_URL] = { N_("url"), "url" },
	[BEF_SECRET_SIGNING] = { N_("secret"), "secret" },
	[BEF_SECRET_SIGNING_OLD] = { N_("old_secret"), "ancien_secret" },
	[BEF_SECRET_TOKEN] = { N_("token"), "jeton" },
	[BEF_SECRET_PASSWORD] = { N_("password"), "mot_de_passe" },
	[BEF_SECRET_CONSUMER] = { N_("consumer"), "consommateur" },
};

const struct bef_setting_name bef_setting_names[BEF_SET_COUNT] = {
	[BEF_SET_TO] = { N_("to"), "vers" },
	[BEF_SET_FROM] = { N_("from"), "expediteur" },
	[BEF_SET_USER] = { N_("user"), "utilisateur" },
	[BEF_SET_SERVICE] = { N_("service"), "service" },
	[BEF_SET_TOPIC] = { N_("topic"), "sujet" },
	[BEF_SET_MENTION] = { N_("mention"), "mention" },
	[BEF_SET_MODE] = { N_("mode"), "mode" },
	[BEF_SET_CA_FILE] = { N_("ca_file"), "ca_fichier" },
	[BEF_SET_CERT_FILE] = { N_("cert_file"), "cert_fichier" },
	[BEF_SET_KEY_FILE] = { N_("key_file"), "cle_fichier" },
	[BEF_SET_PIN] = { N_("pin"), "epingle" },
	[BEF_SET_PROXY] = { N_("proxy"), "mandataire" },
};

const char *bef_destination_lacks(const struct bef_destination *d)
{
	for (int s = 0; s < BEF_SECRET_COUNT; s++) {
		bool needed = d->format->needs & 1U << s || (s == BEF_SECRET_URL && !d->format->url);

		if (needed && d->secret[s].way == BEF_SECRET_NONE)
			return bef_secret_names[s].en;
	}
	for (int s = 0; s < BEF_SET_COUNT; s++)
		if (d->format->needs_set & 1U << s && !d->set[s])
			return bef_setting_names[s].en;
	return NULL;
}

const char *bef_url_masked(const char *url, char out[BEF_MASKED])
{
	const char *host = strstr(url, "://");
	struct bef_hash hash;
	char hex[BEF_HASH_HEX];
	size_t len;

	host = host ? host + 3 : url;
	len = strcspn(host, "/?#");
	for (const char *at; (at = memchr(host, '@', len)); host = at + 1)
		len -= (size_t)(at + 1 - host);
	bef_sha256(url, strlen(url), "", 0, &hash);
	bef_hex(hash.byte, sizeof(hash.byte), hex);
	snprintf(out, BEF_MASKED, "%.*s#%.8s", len > 140 ? 140 : (int)len, host, hex);
	return out;
}
