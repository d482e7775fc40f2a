/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * What the parts of the STIX export share.  Private to stix*.c.
 *
 * STIX 2.1 (OASIS, 2021).  Objects of cyber observables have the identifiers
 * that its section 2.9 prescribes; the others version 5 in the journal's space.
 */
#include "report/export.h"

struct stix {
	const struct bef_case *c;
	const struct bef_report_input *in;
	const struct bef_export_opts *opts;
	json_t *objects; /* in the order in which they were put */
	json_t *seen;    /* a set: ids of `objects` */
	json_t *tasks, *impacts; /* ids, for the incident */
	const int64_t *touched_ms; /* bef_export_touched() */
	int64_t marked_ms; /* when the incident's marking last changed: it is that of most objects */
	int left_out;
	bool ok;         /* the first failure sticks */
	bool whole;      /* the incident itself may leave, and what is marked as it is */
	char organisation[BEF_EXPORT_ID], incident[BEF_EXPORT_ID];
};

#define STIX_CORE "extension-definition--ef765651-680c-498d-9894-99799f2fa126"
#define STIX_EVENT "extension-definition--4ca6de00-5b0d-45ef-a1dc-ea7279ea910e"
#define STIX_TASK "extension-definition--2074a052-8be4-4932-849e-f5e7798e0030"

/* What an object has whatever it is. */
struct stix_head {
	const char *type;
	const char *name; /* in the journal's space, for its id */
	int64_t created_ms, modified_ms;
	const char *tlp;
};
/* The head of what tells of a line. */
struct stix_head stix_head_of(const struct stix *s, const char *type, const char *name, const struct bef_line *line);
/* The head of what tells of the whole incident: as old as it, and as new as the last entry. */
struct stix_head stix_head_of_incident(const struct stix *s, const char *type, const char *name);
/* A new object with its head; its id into `id`.  It is the caller's until stix_put(). */
json_t *stix_new(struct stix *s, const struct stix_head *head, char id[BEF_EXPORT_ID]);
/* Put it into the bundle, once; takes it. */
void stix_put(struct stix *s, json_t *object);
/* Put a relationship of two objects: as old, and marked, as `head` says (type and name are not used). */
void stix_relate(struct stix *s, const struct stix_head *head, const char *from, const char *how, const char *to);
/* {"extension-definition--...": {"extension_type": TYPE}} under "extensions"; returns the inner object, borrowed. */
json_t *stix_extend(struct stix *s, json_t *object, const char *definition, const char *extension_type);
/* Members: with milliseconds, as STIX wants them; a list of one text. */
void stix_instant(struct stix *s, json_t *object, const char *key, int64_t at_ms);
void stix_text(struct stix *s, json_t *object, const char *key, const char *value);
void stix_list(struct stix *s, json_t *object, const char *key, const char *value);
/* Point at the marking definition of `tlp`, putting it if it is not there. */
void stix_mark(struct stix *s, json_t *object, const char *tlp);

/* The object of an observable (an SCO) put into the bundle: its id; false: its type has none. */
bool stix_sco(struct stix *s, const struct bef_observable *observable, char id[BEF_EXPORT_ID]);
/* Add the pattern that finds it; false: its type has none. */
bool stix_pattern(const struct bef_observable *observable, struct bef_text *out);

/* The id of what stands for an asset; false: it does not leave. */
bool stix_asset_id(const struct stix *s, int asset, char id[BEF_EXPORT_ID]);

/* What the answers for the CNIL say became of personal data. */
struct stix_data_loss {
	bool none; /* somebody said that none were hit */
	bool confidentiality, integrity;
	long records, people; /* -1: not said, or not as a number */
};
struct stix_data_loss stix_data_loss_of(const struct bef_case *c);

/* The parts. */
void stix_put_assets(struct stix *s);
void stix_put_observables(struct stix *s);
void stix_put_steps(struct stix *s);
void stix_put_actions(struct stix *s);
void stix_put_impacts(struct stix *s); /* after the assets */
void stix_put_notes(struct stix *s);
