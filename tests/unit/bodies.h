/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Bodies made from the tables of kinds, valid by construction, and a small
 * playbook that has one of everything this version runs.
 */
#include "model/kind.h"
#include "model/playbook.h"

#include "unit.h"

#define STEP(id, type, name, rest) "'" id "':{'type':'" type "','name':'" name "'," rest "}"
#define UNIT_EXT(fields) "'step_extensions':{'" BEF_EXTENSION "':{" fields "}}"

/* Numbers: a 1, f 2, q 3, y 4, n 5, b 6, b2 7, c 8, z 9. */
#define UNIT_PLAYBOOK                                                                           \
	"{'type':'playbook','spec_version':'cacao-2.0','name':'Small',"                         \
	"'id':'playbook--00000000-0000-4000-8000-000000000001',"                                \
	"'modified':'2025-01-01T00:00:00.000Z','workflow_start':'start--1','workflow':{"        \
	STEP("start--1", "start", "Start", "'on_completion':'action--a'") ","                   \
	STEP("action--a", "action", "A", "'on_success':'if-condition--q','on_failure':'action--f',"\
	     UNIT_EXT("'within':'PT1H','from':'step','mandatory':true,"                         \
	              "'fr':{'name':'Couper'},'en':{'name':'Cut','text':'Cut it'}")) ","        \
	STEP("action--f", "action", "F", "'on_completion':'if-condition--q'") ","               \
	STEP("if-condition--q", "if-condition", "Q", "'condition':'data hit?',"                 \
	     "'on_true':'action--y','on_false':'action--n','on_completion':'parallel--p'") ","  \
	STEP("action--y", "action", "Y", "'on_completion':'end--y',"\
	     UNIT_EXT("'within':'PT72H','from':'aware'")) "," \
	STEP("end--y", "end", "EY", "'x':1") ","                                                \
	STEP("action--n", "action", "N", "'on_completion':'end--n'") ","                        \
	STEP("end--n", "end", "EN", "'x':1") ","                                                \
	STEP("parallel--p", "parallel", "P",\
	     "'next_steps':['action--b','action--c'],'on_completion':'action--z'") "," \
	STEP("action--b", "action", "B", "'on_success':'action--b2'") ","                       \
	STEP("action--b2", "action", "B2", "'on_completion':'end--b',"\
	     UNIT_EXT("'within':'PT2H','from':'step'")) "," \
	STEP("end--b", "end", "EB", "'x':1") ","                                                \
	STEP("action--c", "action", "C", "'on_completion':'end--c'," UNIT_EXT("'within':'P1D'")) "," \
	STEP("end--c", "end", "EC", "'x':1") ","                                                \
	STEP("action--z", "action", "Z", "'on_completion':'end--1',"\
	     UNIT_EXT("'within':'PT30M','from':'step'")) "," \
	STEP("end--1", "end", "E", "'x':1") "}}"

static inline char *unit_playbook_text(const char *quoted)
{
	char *text = strdup(quoted);

	for (char *c = text; *c; c++)
		*c = *c == '\'' ? '"' : *c;
	return text;
}

/* Gives an id of 64 digits for a field; what it points at is the caller's affair. */
typedef void unit_id_fn(void *context, const char *field, char out[BEF_HASH_HEX]);

static inline const char *unit_line(struct dice *dice, const char *field)
{
	static const char *const steps[] = { "action--a", "action--f", "if-condition--q", "action--y",
	                                     "action--n",
		                             "action--b", "action--b2", "action--c", "action--z", "end--1",
		"nowhere" };
	static const char *const lines[] = { "Léa", "serveur de fichiers", "%s%n%d", "\\ \"",
	                                     "équipe d'astreinte",
		                             "mail", "sms", "\x1b[31m", "日本", "x" };

	if (strcmp(field, "step") == 0)
		return steps[dice_below(dice, ROWS(steps))];
	if (strcmp(field, "zone") == 0)
		return UNIT_ZONE;
	if (strcmp(field, "destination") == 0 || strcmp(field, "to") == 0)
		return lines[5 + dice_below(dice, 2)];
	return lines[dice_below(dice, ROWS(lines))];
}

static inline json_t *unit_value(struct dice *dice, const struct bef_field *field, unit_id_fn *id,
                                 void *context)
{
	char hex[BEF_HASH_HEX];
	json_t *list = json_array();
	json_t *value = NULL;
	char *text;
	size_t rows = 0;

	switch (field->type) {
	case BEF_FIELD_LINE:
		value = json_string(unit_line(dice, field->name));
		break;
	case BEF_FIELD_PROSE:
		value = json_sprintf("%s\n%u", unit_line(dice, ""), (unsigned)dice_below(dice, 1000));
		break;
	case BEF_FIELD_DOC:
		text = unit_playbook_text(dice_chance(dice, 90) ? UNIT_PLAYBOOK : "{'type':'playbook'}");
		value = json_string(text);
		free(text);
		break;
	case BEF_FIELD_INT:
		value = json_integer((json_int_t)dice_below(dice, 100000));
		break;
	case BEF_FIELD_TIME:
		value = json_integer(UNIT_NOW + (json_int_t)dice_below(dice, 1000) * 60000);
		break;
	case BEF_FIELD_BOOL:
		value = json_boolean(dice_chance(dice, 50));
		break;
	case BEF_FIELD_OBJECTS:
		value = json_pack("[{s:s, s:s, s:I}]", "rule", unit_line(dice, ""), "state", dice_chance(dice, 50) ? "running" : "x",
		                  "safe_at", (json_int_t)(UNIT_NOW + (json_int_t)dice_below(dice, 1000) * 60000));
		break;
	case BEF_FIELD_WORD:
		while (field->words->row[rows].name)
			rows++;
		value = json_string(field->words->row[dice_below(dice, rows)].name);
		break;
	case BEF_FIELD_ID:
		id(context, field->name, hex);
		value = json_string(hex);
		break;
	case BEF_FIELD_LINES:
	case BEF_FIELD_IDS:
		for (size_t n = 1 + dice_below(dice, 3); n > 0; n--) {
			id(context, field->name, hex);
			json_array_append_new(list, json_string(field->type == BEF_FIELD_IDS
			                                                ? hex
			                                                : unit_line(dice, field->name)));
		}
		value = json_incref(list);
		break;
	case BEF_FIELD_SET:
		value = json_pack("{s:i}", "x", (int)dice_below(dice, 10));
		break;
	}
	json_decref(list);
	return value;
}

/* Every required field, and each other with a chance of `percent`. */
static inline json_t *unit_body(struct dice *dice, const struct bef_kind *kind, unsigned percent,
                                unit_id_fn *id,
                                void *context)
{
	json_t *body = json_object();

	for (const struct bef_field *field = kind->fields; field->name; field++)
		if (field->required || dice_chance(dice, percent))
			json_object_set_new(body, field->name, unit_value(dice, field, id, context));
	return body;
}
