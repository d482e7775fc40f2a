/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* What dossier_check.c (one pass over the archive) and dossier_verdict.c (what it amounts to) share. */
#include "report/dossier.h"

/* A digest that the journal names, and the line that does. */
struct bef_claim {
	struct bef_hash sha256;
	int64_t line;
};

struct bef_claims {
	struct bef_claim *item;
	size_t count;
};

struct bef_post_count {
	uint8_t post[BEF_KEY_SIZE];
	int64_t entries;
};

struct bef_dossier_pass {
	struct bef_tar_reader tar;
	struct bef_dossier_verdict *verdict;
	struct bef_chain journal, organisation;
	struct bef_dossier_members seen;
	struct bef_claims evidence, playbooks;
	struct bef_claims witness; /* heads of this incident, as the organisation's journal has them */
	struct bef_post_count *post;
	size_t posts;
	char folder[BEF_TAR_NAME];
	uint8_t sig[BEF_SIG_SIZE];
	bool no_memory; /* while judging */
};

/* Note the first flaw. */
void bef_dossier_flaw(struct bef_dossier_pass *pass, const char *place, int64_t line, const char *fmt, ...)
	BEF_PRINTF(4, 5);

/* Compare all that was seen with the manifest, the manifest with its signature, and the journals with
 * themselves and the files. */
void bef_dossier_judge(struct bef_dossier_pass *pass);
