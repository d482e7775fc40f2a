/* SPDX-License-Identifier: EUPL-1.2 */
#include "report/audience.h"

#include <string.h>

#include "base/i18n.h"
#include "base/json.h"

static const struct bef_word audience_rows[] = {
	{ "board", N_("management"), "direction,management,codir,dirigeants" },
	{ "insurer", N_("insurer"), "assureur,assurance,insurance,courtier" },
	{ "authority", N_("authority"), "autorite,autorites,cnil,anssi,police,gendarmerie" },
	{ "staff", N_("staff"), "personnel,salaries,equipes,employees" },
	{ "public", N_("public"), "presse,press,clients,customers" },
	{ NULL, NULL, NULL },
};
const struct bef_words bef_audiences = { N_("audience"), audience_rows };

#define BIT(name) (1u << BEF_MATTER_##name)

/* What each reader is not shown, and the widest marking under which it may be handed over (TLP 2.0: red is for
 * named persons, amber+strict stays in the organisation, amber may reach its partners, clear anybody). */
static const struct {
	const char *reader;
	unsigned hidden;
	const char *widest;
} readers[] = {
	{ "board", BIT(DETAILS), "red" },
	{ "insurer", BIT(NAMES) | BIT(HYPOTHESES) | BIT(ALERTS), "amber" },
	{ "authority", 0, "red" },
	{ "staff", BIT(NAMES) | BIT(HYPOTHESES) | BIT(COSTS) | BIT(EVIDENCE) | BIT(DETAILS) | BIT(LAW) | BIT(ALERTS) | BIT(LOG),
	  "amber+strict" },
	{ "public", BIT(NAMES) | BIT(HYPOTHESES) | BIT(COSTS) | BIT(EVIDENCE) | BIT(DETAILS) | BIT(LAW) | BIT(ALERTS) |
	  BIT(REASONS) | BIT(LOG), "clear" },
};

static const struct {
	const char *label, *reason;
} matters[BEF_MATTER_COUNT] = {
	[BEF_MATTER_NAMES] = { N_("names of persons"), N_("a role or a letter stands for each person") },
	[BEF_MATTER_HYPOTHESES] = { N_("hypotheses"), N_("not established: this reader could take them for facts") },
	[BEF_MATTER_COSTS] = { N_("costs"), N_("between the organisation and its insurer") },
	[BEF_MATTER_EVIDENCE] = { N_("evidence"), N_("kept for the investigation") },
	[BEF_MATTER_DETAILS] = { N_("addresses, paths and machines"), N_("would help an attacker, and this reader needs none") },
	[BEF_MATTER_LAW] = { N_("legal questions and deadlines"), N_("under examination with counsel") },
	[BEF_MATTER_ALERTS] = { N_("alerts"), N_("how the organisation is reached in a crisis is not made known") },
	[BEF_MATTER_REASONS] = { N_("reasons of decisions"), N_("deliberation of the crisis cell") },
	[BEF_MATTER_LOG] = { N_("the whole log"), N_("kept for whoever checks the record") },
};

const char *bef_matter_label(enum bef_matter matter)
{
	return tr(matters[matter].label);
}

const char *bef_matter_reason(enum bef_matter matter)
{
	return tr(matters[matter].reason);
}

/* --- the names of a case --- */

static void add_names(struct bef_names *names, const json_t *body, const char *kind)
{
	static const char *const persons[] = { "by", "reporter", "owner", "second" };
	const json_t *to = json_object_get(body, "to");
	const char *destination = bef_json_text(body, "destination");

	for (size_t i = 0; i < sizeof(persons) / sizeof(*persons); i++)
		if (bef_json_text(body, persons[i]))
			bef_names_add(names, bef_json_text(body, persons[i]), NULL, false);
	if (json_is_string(to))
		bef_names_add(names, json_string_value(to), NULL, strncmp(kind, "phase.", 6) == 0);
	for (size_t i = 0; i < json_array_size(to); i++)
		if (json_string_value(json_array_get(to, i)))
			bef_names_add(names, json_string_value(json_array_get(to, i)), NULL, true);
	if (destination)
		bef_names_add(names, destination, NULL, true);
	if (json_is_object(json_object_get(body, "set")))
		add_names(names, json_object_get(body, "set"), kind);
}

/* What an amended line said at first is not in its body any more, but may be said elsewhere. */
static void add_former(struct bef_names *names, const struct bef_line *line)
{
	json_t *body = NULL;

	if (line->amended && line->entry->body &&
	    bef_json_load(line->entry->body, line->entry->body_len, &body, NULL) == BEF_OK)
		add_names(names, body, line->entry->kind);
	json_decref(body);
}

/* "@marc" in a sentence names somebody whatever the rest of the journal says; an address has no space before. */
static void add_mentions(struct bef_names *names, const char *text)
{
	for (const char *at = text ? strchr(text, '@') : NULL; at; at = strchr(at + 1, '@')) {
		size_t len = strspn(at + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");
		char handle[BEF_HANDLE_SIZE] = "";

		if (len == 0 || len >= sizeof(handle) || (at > text && !strchr(" \t\n(,;:", at[-1])))
			continue;
		memcpy(handle, at + 1, len);
		bef_names_add(names, handle, NULL, false);
	}
}

static bool names_somebody(const char *fact)
{
	return strstr(fact, "contact") || strstr(fact, "representative") || strstr(fact, "dpo") || strstr(fact, "person-name");
}

static void collect(struct bef_names *names, const struct bef_case *c)
{
	for (size_t i = 0; i < c->line_count; i++) {
		const struct bef_line *line = &c->line[i];
		const struct bef_entry *entry = line->entry;

		bef_names_add(names, entry->author, *entry->role ? entry->role : NULL, false);
		add_names(names, bef_line_body(line), entry->kind);
		add_former(names, line);
		add_mentions(names, bef_line_prose(line));
	}
	for (size_t i = 0; i < c->answer_count; i++)
		if (c->answer[i].text && names_somebody(c->answer[i].fact))
			bef_names_add(names, c->answer[i].text, NULL, false);
	bef_names_seal(names);
}

/* --- --- */

enum bef_rc bef_readership_init(struct bef_readership *out, const char *reader, bool anonymous, const struct bef_case *c,
                              struct bef_err *err)
{
	*out = (struct bef_readership){ .reader = reader };
	for (size_t i = 0; reader && i < sizeof(readers) / sizeof(*readers); i++)
		if (strcmp(readers[i].reader, reader) == 0)
			out->hidden = readers[i].hidden;
	if (anonymous)
		out->hidden |= BIT(NAMES);
	for (int i = 0; i < 2; i++)
		bef_text_init(&out->scratch[i], 1 << 24);
	if (out->hidden & BIT(NAMES))
		collect(&out->names, c);
	return out->names.failed ? bef_no_memory(err) : BEF_OK;
}

void bef_readership_clear(struct bef_readership *audience)
{
	bef_names_clear(&audience->names);
	for (int i = 0; i < 2; i++)
		bef_text_clear(&audience->scratch[i]);
}

bool bef_readership_decides(const struct bef_readership *audience)
{
	return audience && (audience->reader || audience->hidden);
}

bool bef_readership_shows(const struct bef_readership *audience, enum bef_matter matter)
{
	return !audience || matter == BEF_MATTER_COUNT || !(audience->hidden >> matter & 1);
}

void bef_readership_withheld(struct bef_readership *audience, enum bef_matter matter, int count)
{
	if (audience)
		audience->count[matter] += count;
}

/* Empty, with its memory kept: this runs once a cell. */
static void empty(struct bef_text *text)
{
	text->len = 0;
	if (text->data)
		*text->data = '\0';
}

const char *bef_readership_text(struct bef_readership *audience, const char *text, bool *failed)
{
	if (!audience || !text || !*text)
		return text;
	if (!bef_readership_shows(audience, BEF_MATTER_DETAILS)) {
		empty(&audience->scratch[0]);
		audience->count[BEF_MATTER_DETAILS] += bef_details_replace(text, &audience->scratch[0]);
		*failed = *failed || audience->scratch[0].failed;
		text = bef_text_str(&audience->scratch[0]);
	}
	if (!bef_readership_shows(audience, BEF_MATTER_NAMES)) {
		empty(&audience->scratch[1]);
		audience->count[BEF_MATTER_NAMES] += bef_names_replace(&audience->names, text, &audience->scratch[1]);
		*failed = *failed || audience->scratch[1].failed;
		text = bef_text_str(&audience->scratch[1]);
	}
	return text;
}

enum bef_matter bef_line_matter(const struct bef_case *c, const struct bef_line *line)
{
	static const struct {
		const char *prefix;
		enum bef_matter matter;
	} kinds[] = {
		{ "evidence.", BEF_MATTER_EVIDENCE }, { "alert.", BEF_MATTER_ALERTS },   { "fact.", BEF_MATTER_LAW },
		{ "instant.", BEF_MATTER_LAW },       { "clocks.", BEF_MATTER_LAW },     { "deadline.", BEF_MATTER_LAW },
	};
	const struct bef_line *target = strncmp(line->entry->kind, "entry.", 6) == 0 ? bef_line_target(c, line, "target") : NULL;
	const char *sort = strcmp(line->entry->kind, "note") == 0 ? bef_line_text(line, "sort") : NULL;

	if (target && strncmp(target->entry->kind, "entry.", 6) != 0)
		return bef_line_matter(c, target);
	if (sort && strcmp(sort, "hypothesis") == 0)
		return BEF_MATTER_HYPOTHESES;
	if (strcmp(line->entry->kind, "note") == 0 && ((sort && strcmp(sort, "cost") == 0) || bef_line_int(line, "amount_cents")))
		return BEF_MATTER_COSTS;
	if (bef_line_text(line, "reason") && (strncmp(line->entry->kind, "decision.", 9) == 0 || strncmp(line->entry->kind, "phase.", 6) == 0 ||
	                                      strncmp(line->entry->kind, "state.", 6) == 0))
		return BEF_MATTER_REASONS; /* its sentence holds them */
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strncmp(line->entry->kind, kinds[i].prefix, strlen(kinds[i].prefix)) == 0)
			return kinds[i].matter;
	return BEF_MATTER_COUNT;
}

bool bef_readership_may_read(const char *reader, const char *tlp)
{
	for (size_t i = 0; reader && i < sizeof(readers) / sizeof(*readers); i++)
		if (strcmp(readers[i].reader, reader) == 0)
			return bef_word_index(&bef_tlps, tlp) <= bef_word_index(&bef_tlps, readers[i].widest);
	return true;
}
