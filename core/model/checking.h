/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/* What check.c and check_step.c share.  Private to them. */
#include <stdbool.h>
#include <stddef.h>

#include "model/check.h"

struct checking {
	const json_t *doc;
	const json_t *workflow;
	bef_finding_fn *fn;
	void *arg;
	const char *step; /* being looked at, or NULL */
};

void bef_check_found(const struct checking *c, enum bef_finding_level level, const char *member, const char *what,
                     const char *remedy);
#define ERROR(c, member, what, remedy) bef_check_found(c, BEF_FINDING_ERROR, member, what, remedy)
#define WARNING(c, member, what, remedy) bef_check_found(c, BEF_FINDING_WARNING, member, what, remedy)

bool bef_check_is_among(const char *const *names, size_t count, const char *name);
/* "type--uuid" with a UUID of versions 1 to 5 (10.10). */
bool bef_check_is_identifier(const char *id);
/* Members that CACAO does not have, or that are empty. */
void bef_check_members(const struct checking *c, const json_t *object, const char *const *names, size_t count);
void bef_check_references(const struct checking *c, const json_t *object);
/* What is named must be among the playbook's definitions: one name, or a list of them. */
void bef_check_defined(const struct checking *c, const char *member, const json_t *name, const char *definitions);
void bef_check_all_defined(const struct checking *c, const json_t *object, const char *member, const char *definitions);

void bef_check_variables(const struct checking *c, const json_t *variables);
void bef_check_step(struct checking *c, const char *id, const json_t *step);
