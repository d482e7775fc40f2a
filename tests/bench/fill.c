/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Fill a store for measurements: fill DIR INCIDENTS ENTRIES [KEYFILE].
 * ENTRIES notes are written in the last incident, a thousand a transaction.
 * The entries are real ones: sealed, chained, signed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act/act.h"
#include "base/json.h"

static struct bef_err err;

static void must(enum bef_rc rc, const char *what)
{
	if (rc) {
		fprintf(stderr, "fill: %s: %s\n", what, err.msg);
		exit(1);
	}
}

static struct bef_pen pen = { .author = "bench", .zone = "UTC", .now_ms = 1700000000000 };

static void append(struct bef_store *store, struct bef_log_row *row, const char *kind, json_t *body)
{
	BEF_AUTO(text) header = { 0 };
	BEF_AUTO(text) content = { 0 };
	struct bef_entry entry = { 0 };
	struct bef_sealing what = { .kind = kind, .log = &row->uuid, .parents = row->head,
		                    .parent_count = row->head_count, .body = body };
	bool added;

	pen.now_ms += 1000;
	bef_uuid_v7(pen.now_ms, &what.uid);
	bef_random(what.salt, sizeof(what.salt));
	must(bef_entry_seal(&pen, &what, &header, &content, &entry, &err), "seal");
	must(bef_store_append(store, row, &entry, &added, &err), "append");
	json_decref(body);
}

/* An incident with its row in the list. */
static void open_incident(struct bef_store *store, int number, struct bef_log_row *row)
{
	struct bef_uuid uuid;
	struct bef_summary summary = { .severity = "2", .type = "ransomware", .tlp = "amber", .phase = "detection",
		                       .state = "open" };

	bef_uuid_v4(&uuid);
	must(bef_store_log_insert(store, &uuid, false, row, &err), "log");
	snprintf(summary.ref, sizeof(summary.ref), "INC-2023-%03d", number);
	snprintf(summary.title, sizeof(summary.title), "incident number %d", number);
	append(store, row, "incident.opened",
	       json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "ref", summary.ref, "title", summary.title, "type",
	                 "ransomware", "severity", "2", "tlp", "amber", "zone", "UTC"));
	summary.opened_at_ms = pen.now_ms;
	must(bef_store_summary_put(store, row->log, &summary, &err), "summary");
}

static void write_notes(struct bef_store *store, struct bef_log_row *row, long from, long to)
{
	static const char *const words[] = { "sauvegarde", "serveur", "prestataire", "équipe", "pare-feu", "annuaire" };
	BEF_AUTO(tx) tx = bef_tx_begin(store, &err);

	must(tx.rc, "begin");
	for (long i = from; i < to; i++) {
		char text[160];

		snprintf(text, sizeof(text), "note %ld : %s vérifiée, %s à rappeler avant 16 h%s", i, words[i % 6],
		         words[(i / 6) % 6], i % 997 == 0 ? ", mot rare électroencéphalogramme" : "");
		append(store, row, "note", json_pack("{s:s, s:s}", "sort", "fact", "text", text));
	}
	must(bef_tx_commit(&tx, &err), "commit");
}

/* A run of this playbook with all its steps but the last done, in reading order. */
static void write_run(struct bef_store *store, struct bef_log_row *row, const char *path)
{
	BEF_AUTO(tx) tx = bef_tx_begin(store, &err);
	struct bef_playbook *playbook;
	char run[BEF_HASH_HEX], hex[BEF_HASH_HEX];
	struct bef_hash digest;
	struct bef_text text;

	must(tx.rc, "begin");
	must(bef_file_read(path, BEF_PLAYBOOK_MOST, &text, &err), "playbook");
	must(bef_playbook_load(text.data, text.len, &playbook, &err), "playbook");
	bef_sha256(text.data, text.len, NULL, 0, &digest);
	bef_hex(digest.byte, sizeof(digest.byte), hex);
	append(store, row, "run.started", json_pack("{s:s, s:s, s:s, s:s, s:s}", "playbook", playbook->id, "key", playbook->key,
	                                            "version", playbook->version, "sha256", hex, "document", text.data));
	bef_hex(row->head[0].byte, sizeof(row->head[0].byte), run);
	for (int n = 1; n < playbook->numbered; n++)
		append(store, row, "step.marked", json_pack("{s:s, s:s, s:s}", "run", run, "step",
		                                            bef_playbook_number(playbook, n)->id, "mark", "done"));
	must(bef_tx_commit(&tx, &err), "commit");
	bef_playbook_free(playbook);
	bef_text_clear(&text);
}

int main(int argc, char **argv)
{
	uint8_t seed[BEF_SEED_SIZE];
	struct bef_store *store;
	struct bef_log_row row = { 0 };
	int incidents = argc > 2 ? atoi(argv[2]) : 1;
	long entries = argc > 3 ? atol(argv[3]) : 1000;

	if (argc < 4)
		return 2;
	must(bef_crypto_init(&err), "crypto");
	bef_random(seed, sizeof(seed));
	bef_keypair_from_seed(seed, &pen.key);
	must(bef_store_open(argv[1], BEF_STORE_CREATE, 1000, &store, &err), "open");
	for (int i = 1; i <= incidents;) {
		BEF_AUTO(tx) tx = bef_tx_begin(store, &err);

		must(tx.rc, "begin");
		for (int last = i + 500; i < last && i <= incidents; i++)
			open_incident(store, i, &row);
		must(bef_tx_commit(&tx, &err), "commit");
	}
	for (long i = 0; i < entries; i += 1000)
		write_notes(store, &row, i, i + 1000 < entries ? i + 1000 : entries);
	if (argc > 4)
		write_run(store, &row, argv[4]);
	bef_store_close(store);
	return 0;
}
