/* SPDX-License-Identifier: EUPL-1.2 */
/* Our types in MISP's categories and types (its describeTypes list). */
#include <string.h>

#include "model/observable.h"
#include "report/misp.h"

/* Category and type of each of our types; those of a hash by its length. */
static const struct misp_kind observables[] = {
	{ "ipv4", "Network activity", "ip-dst" },
	{ "ipv6", "Network activity", "ip-dst" },
	{ "domain", "Network activity", "domain" },
	{ "hostname", "Network activity", "hostname" },
	{ "url", "Network activity", "url" },
	{ "mac", "Network activity", "mac-address" },
	{ "user-agent", "Network activity", "user-agent" },
	{ "email", "Payload delivery", "email-src" },
	{ "email-subject", "Payload delivery", "email-subject" },
	{ "filename", "Payload delivery", "filename" },
	{ "account", "Targeting data", "target-user" },
	{ "iban", "Financial fraud", "iban" },
	{ "btc", "Financial fraud", "btc" },
	{ "phone", "Financial fraud", "phone-number" },
	{ "cve", "External analysis", "vulnerability" },
	{ "registry-key", "Persistence mechanism", "regkey" },
	{ "mutex", "Artifacts dropped", "mutex" },
	{ "other", "Other", "other" },
};
static const struct misp_kind assets[] = {
	{ "workstation", "Targeting data", "target-machine" },
	{ "server", "Targeting data", "target-machine" },
	{ "connected-object", "Targeting data", "target-machine" },
	{ "phone", "Targeting data", "target-machine" },
	{ "backup", "Targeting data", "target-machine" },
	{ "account", "Targeting data", "target-user" },
	{ "mailbox", "Targeting data", "target-email" },
	{ "site", "Targeting data", "target-location" },
};

static const struct misp_kind *kind_of(const struct misp_kind *table, size_t count, const char *ours)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(table[i].ours, ours) == 0)
			return &table[i];
	return NULL;
}
#define KIND_OF(table, ours) kind_of(table, sizeof(table) / sizeof(*(table)), ours)

struct misp_kind misp_observable_kind(const struct bef_observable *one)
{
	static const char *const hashes[][2] = { { "MD5", "md5" }, { "SHA-1", "sha1" }, { "SHA-256", "sha256" },
		                                 { "SHA-512", "sha512" } };
	const char *hash = strcmp(one->type, "hash") == 0 ? bef_hash_name(one->value) : NULL;
	const struct misp_kind *kind = KIND_OF(observables, one->type);

	for (size_t i = 0; hash && i < sizeof(hashes) / sizeof(*hashes); i++)
		if (strcmp(hashes[i][0], hash) == 0)
			return (struct misp_kind){ "hash", "Payload delivery", hashes[i][1] };
	/* A machine's bare name is no name of the network for MISP. */
	if (strcmp(one->type, "hostname") == 0 && !strchr(one->value, '.'))
		return (struct misp_kind){ "hostname", "Targeting data", "target-machine" };
	return kind ? *kind : (struct misp_kind){ "other", "Other", "other" };
}

struct misp_kind misp_asset_kind(const struct bef_asset *one)
{
	const struct misp_kind *kind = KIND_OF(assets, one->type);

	return kind ? *kind : (struct misp_kind){ "other", "Targeting data", "comment" };
}
