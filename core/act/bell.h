/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * The bell: who hears what, and what rings by itself.
 *
 * A desk that has a bell (the configuration names destinations) rings in the
 * transaction of the act: an incident that was opened and its alert are both
 * there, or neither.  A desk without one rings nothing, and its acts cost
 * nothing more.
 */
#include "act/act.h"
#include "alert/destination.h"

/* A name for several destinations. */
enum { BEF_TEAM_MOST = 16 };
struct bef_team {
	char name[BEF_DESTINATION_NAME];
	char member[BEF_TEAM_MOST][BEF_DESTINATION_NAME];
	int count;
};

struct bef_bell {
	struct bef_destination *destination;
	size_t count;
	struct bef_team *group;
	size_t group_count;
};

/* The destination of this name (accents and case do not matter), or NULL. */
const struct bef_destination *bef_bell_find(const struct bef_bell *bell, const char *name);
/* Add the destinations that `name`, a destination or a group, stands for to `to` (at most `most` in all, none
 * twice).  False: no such name. */
bool bef_bell_names(const struct bef_bell *bell, const char *name, const char **to, int *count, int most);

/* True if the destination wants to hear this: its kinds, its least severity, drills. */
bool bef_bell_hears(const struct bef_destination *d, const struct bef_alarm_kind *kind, const struct bef_case *c);
/* When a message for it may leave: now, or at the end of its quiet hours. */
int64_t bef_bell_leaves_at(const struct bef_destination *d, const struct bef_alarm_kind *kind, const char *level,
                           const struct bef_case *c, int64_t now_ms);

/* 0 critical, 1 urgent, 2 information: the order in which messages leave. */
int bef_level_number(const char *level);

/* True if an entry of this kind with this body rings by itself. */
bool bef_rings(const char *kind, const json_t *body);
/* What entry `number` of the act rings, if anything; act->done stays as it is. */
enum bef_rc bef_act_ring(struct bef_act *act, unsigned number, struct bef_err *err) BEF_MUST_CHECK;
