/* SPDX-License-Identifier: EUPL-1.2 */
/* Papers: each source on a case that holds everything and on one that holds nothing, each paper in each form. */
#include "base/file.h"
#include "report/csv.h"
#include "report/paper.h"
#include "report/paper_source.h"
#include "report/register.h"

#include "bodies.h"

#define SHA "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static struct bef_case *fold(struct unit_story *story)
{
	struct bef_case *c;
	struct bef_err err;

	assert_ok(bef_case_fold(&story->journal, &c, &err), err);
	return c;
}

static struct bef_report_input input_of(const struct bef_case *c, const struct bef_case *profile, const struct bef_law *law)
{
	return (struct bef_report_input){ .c = c, .ref = c->ref ? c->ref : "INC-2025-001", .organisation = "", .author = "lea",
		                          .now_ms = UNIT_NOW, .profile = profile, .law = law };
}

/* The small playbook, whose first step is made a measure of containment and is done. */
static void tell_run(struct unit_story *story)
{
	struct unit_note note = { .kind = "run.started", .parents = &story->last, .parent_count = 1 };
	json_t *playbook = unit_json(UNIT_PLAYBOOK);
	json_t *step = json_object_get(json_object_get(playbook, "workflow"), "action--a");
	char run[BEF_HASH_HEX];
	char *document;

	json_object_set_new(json_object_get(json_object_get(step, "step_extensions"), BEF_EXTENSION), "phase",
	                    json_string("containment"));
	document = json_dumps(playbook, JSON_COMPACT);
	json_decref(playbook);
	note.body = unit_json("{'playbook':'p','key':'k','version':'v','sha256':'" SHA "'}");
	json_object_set_new(note.body, "document", json_string(document));
	free(document);
	unit_add(&story->journal, &story->pen, &note, &story->last);
	story->pen.now_ms += 60000;
	bef_hex(story->last.byte, BEF_HASH_SIZE, run);
	unit_tell(story, NULL, "step.marked", "{'run':'%s','step':'action--a','mark':'done','by':'marc'}", run);
}

static void tell_law(struct unit_story *story)
{
	unit_tell(story, NULL, "fact.answered", "{'fact':'personal-data','answer':'yes','reason':'paie','by':'anne'}");
	unit_tell(story, NULL, "fact.answered", "{'fact':'attack','answer':'unknown'}");
	unit_tell(story, NULL, "fact.answered", "{'fact':'cnil-nature','text':'RIB'}");
	unit_tell(story, NULL, "fact.answered", "{'fact':'delay-reasons','text':'week-end'}");
	unit_tell(story, NULL, "instant.decided", "{'event':'aware.rgpd','at':%lld,'reason':'note lue','by':'anne'}", (long long)UNIT_NOW);
	unit_tell(story, NULL, "clocks.set",
	          "{'clocks':[{'rule':'rgpd33.initiale','regime':'rgpd','status':'in_force','article':'33','checked_on':'2026-01-01',"
	          "'en':'CNIL','fr':'CNIL','state':'running','start_event':'aware.rgpd','start_at':%lld,'safe_at':%lld,"
	          "'calc':'eu1182','because':['personal-data=yes']},"
	          "{'rule':'mar','en':'Market','fr':'Bourse','state':'not-applicable','because':['listed=no'],'article':'MAR 17'},"
	          "{'rule':'oiv','en':'OIV','fr':'OIV','state':'to-qualify','missing':['oiv','at:aware']},"
	          "{'rule':'plainte72','en':'Complaint','fr':'Plainte','state':'running'}]}",
	          (long long)UNIT_NOW, (long long)UNIT_NOW + 72 * 3600000);
	unit_tell(story, NULL, "deadline.sent", "{'rule':'plainte72','reference':'PV 12','channel':'gendarmerie'}");
	unit_tell(story, NULL, "deadline.dismissed", "{'rule':'rgpd34','reason':'pas de risque','by':'anne'}");
}

/* One of everything. */
static struct bef_case *rich(void)
{
	struct unit_story story;
	char action[BEF_HASH_HEX], item[BEF_HASH_HEX];

	unit_story_start(&story);
	unit_tell(&story, NULL, "incident.opened",
	          "{'ref':'INC-2025-001','title':'Fichiers','type':'ransomware','severity':'3','tlp':'amber','zone':'" UNIT_ZONE
	          "','reporter':'Marc','summary':'Deux\\nlignes','detected_at':%lld,'aware_at':%lld,'drill':true}",
	          (long long)UNIT_NOW - 3600000, (long long)UNIT_NOW - 1800000);
	unit_tell(&story, NULL, "note", "{'sort':'fact','text':'un fait\\n2025-01-01: une fausse ligne'}");
	unit_tell(&story, NULL, "note", "{'sort':'hypothesis','text':'une idée'}");
	unit_tell(&story, NULL, "note", "{'sort':'cost','text':'expert','amount_cents':120050}");
	unit_tell(&story, NULL, "phase.changed", "{'phase':'containment'}");
	unit_tell(&story, NULL, "decision.taken", "{'choice':'Couper','reason':'propagation','by':'anne'}");
	unit_tell(&story, action, "action.planned", "{'text':'Changer les mots de passe','owner':'lea'}");
	unit_tell(&story, NULL, "action.changed", "{'action':'%s','state':'done','reason':'42 comptes'}", action);
	unit_tell(&story, NULL, "action.planned", "{'text':'Restaurer','owner':'karim','due_at':%lld}", (long long)UNIT_NOW + 3600000);
	unit_tell(&story, item, "evidence.collected", "{'name':'note.txt','size':6,'sha256':'" SHA "','copied':true,'where':'PC-3'}");
	unit_tell(&story, NULL, "evidence.handed", "{'item':'%s','to':'Gendarmerie'}", item);
	tell_law(&story);
	unit_tell(&story, NULL, "incident.closed", "{'reason':'fini'}");
	unit_tell(&story, NULL, "incident.changed", "{'cause':'phishing','reason':'la facture'}");
	return fold(&story);
}

static struct bef_case *empty(void)
{
	struct unit_story story;

	unit_story_start(&story);
	unit_tell(&story, NULL, "incident.opened", UNIT_OPENING);
	return fold(&story);
}

/* What the organisation said. */
static struct bef_case *profile(void)
{
	struct unit_story story;

	unit_story_start(&story);
	unit_tell(&story, NULL, "profile.answered", "{'fact':'org-name','text':'Exemple SARL'}");
	unit_tell(&story, NULL, "profile.answered", "{'fact':'listed','answer':'no'}");
	return fold(&story);
}

static void check_source(const struct bef_report_input *in, const char *from, const char *wanted)
{
	struct bef_text out = { .max = 1 << 20 };

	bef_paper_source_add(in, from, &out);
	assert_false(out.failed);
	must(strcmp(bef_text_str(&out), wanted) == 0, "%s gives '%s' instead of '%s'", from, bef_text_str(&out), wanted);
	bef_text_clear(&out);
}

/* What each source gives of the rich case: the whole text, or (with *) a part of it. */
static const struct {
	const char *from, *wanted;
} rows[] = {
	{ "fact:cnil-nature", "RIB" },
	{ "fact:org-name", "Exemple SARL" },
	{ "fact:personal-data", "yes" },
	{ "fact:attack", "" },
	{ "fact:nothing", "" },
	{ "answer:personal-data", "yes (anne, 2025-11-03 06:21:00 +01:00: paie)" },
	{ "answer:attack", "" },
	{ "org", "Exemple SARL" },
	{ "ref", "INC-2025-001" },
	{ "title", "Fichiers" },
	{ "type", "ransomware" },
	{ "severity", "3 - major incident" },
	{ "tlp", "TLP:AMBER" },
	{ "summary", "Deux\nlignes" },
	{ "reporter", "Marc" },
	{ "phase", "Containment" },
	{ "state", "closed" },
	{ "drill", "This is an exercise: nothing of it happened." },
	{ "opened", "Monday 3 November 2025, 06:10:00 (Europe/Paris, 2025-11-03T05:10:00Z)" },
	{ "detected", "Monday 3 November 2025, 05:10:00 (Europe/Paris, 2025-11-03T04:10:00Z)" },
	{ "aware", "Monday 3 November 2025, 05:40:00 (Europe/Paris, 2025-11-03T04:40:00Z)" },
	{ "closed", "*2025, 06:2" },
	{ "ended", "*2025, 06:2" },
	{ "instant:aware.rgpd", "Monday 3 November 2025, 06:10:00 (Europe/Paris, 2025-11-03T05:10:00Z), decided by anne (note lue)" },
	{ "instant:handled", "" },
	{ "timeline", "2025-11-03 06:11:00 +01:00: un fait 2025-01-01: une fausse ligne\n"
	              "2025-11-03 06:14:00 +01:00: phase: Detection -> Containment\n"
	              "2025-11-03 06:15:00 +01:00: D1 Couper (propagation), decided by anne" },
	{ "measures", "2025-11-03 06:17:00 +01:00: Changer les mots de passe (lea), 42 comptes" },
	{ "todo", "Restaurer (karim), before 2025-11-03 07:10:00 +01:00" },
	{ "decisions", "2025-11-03 06:15:00 +01:00: D1 Couper (propagation), decided by anne" },
	{ "evidence", "Item 1: note.txt, 6 bytes, SHA-256 " SHA
	              ", collected 2025-11-03 06:19:00 +01:00 by post0, PC-3, held by Gendarmerie" },
	{ "cause", "phishing or deceit: la facture" },
	{ "costs", "expert: 1200.50 EUR\nTotal: 1200.50 EUR" },
	{ "authors", "post0" },
	{ "told", "Complaint: sent 2025-11-03 06:27:00 +01:00 by post0, reference PV 12, gendarmerie" },
	{ "not-told", "*pas de risque (anne, 2025-11-03 06:28:00 +01:00)" },
	{ "not-applicable", "*MAR 17" },
	{ "undecided", "*OIV:\n- " },
	{ "sent:plainte72", "*2025, 06:27:00 (Europe/Paris, 2025-11-03T05:27:00Z), reference PV 12, gendarmerie" },
	{ "sent:rgpd33.initiale", "" },
	{ "dismissed:rgpd34", "pas de risque (anne, 2025-11-03 06:28:00 +01:00)" },
	{ "dismissed:mar", "*no (post0" },
	{ "dismissed:plainte72", "" },
	{ "clock:rgpd33.initiale", "*running, limit: Thursday 6 November 2025, 06:10:00" },
	{ "clock:plainte72", "done" },
	{ "clock:nothing", "" },
	{ "complaint", "*reference PV 12" },
	{ "deadline:rgpd33.initiale", "*Thursday 6 November 2025, 06:10:00" },
	{ "deadline:mar", "" },
	{ "reasons-for-delay", "week-end" },
	{ "because:rgpd33.initiale", "*yes (anne, 2025-11-03 06:21:00 +01:00: paie)" },
	{ "because:nothing", "" },
	{ "head", "*-" },
	{ "fact:nothing|title", "Fichiers" },
	{ "instant:handled|aware|detected", "*05:40:00" },
};

static void each_source_says_what_the_journal_holds(void **state)
{
	struct bef_case *c = rich();
	struct bef_case *org = profile();
	struct bef_law *law;
	struct bef_err err;
	struct bef_report_input in;

	(void)state;
	assert_ok(bef_law_shipped(&law, &err), err);
	in = input_of(c, org, law);
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct bef_text out = { .max = 1 << 20 };

		if (*rows[i].wanted != '*') {
			check_source(&in, rows[i].from, rows[i].wanted);
			continue;
		}
		bef_paper_source_add(&in, rows[i].from, &out);
		must(strstr(bef_text_str(&out), rows[i].wanted + 1) != NULL, "%s gives '%s', without '%s'", rows[i].from,
		     bef_text_str(&out), rows[i].wanted + 1);
		bef_text_clear(&out);
	}
	bef_law_free(law);
	bef_case_free(org);
	bef_case_free(c);
}

/* Each row of the table is among those above. */
static void the_table_is_walked_whole(void **state)
{
	(void)state;
	for (const struct bef_paper_source *source = bef_paper_sources; source->name; source++) {
		bool found = false;

		for (size_t i = 0; i < ROWS(rows) && !found; i++) {
			const char *next;
			size_t len = bef_paper_source_cut(rows[i].from, &next);
			char of[64];

			found = bef_paper_source_find(rows[i].from, len, of) == source && *rows[i].wanted;
		}
		must(found, "nothing tries the source %s", source->name);
	}
}

/* With no profile, no law, and nothing but an opening: what the opening said, and not a word more. */
static void nothing_is_made_of_nothing(void **state)
{
	static const char *const some[] = { "ref", "title", "type", "severity", "tlp", "phase", "state", "opened", "detected", "ended",
		                            "authors", "head" };
	struct bef_case *c = empty();
	const struct bef_report_input in = input_of(c, NULL, NULL);

	(void)state;
	for (const struct bef_paper_source *source = bef_paper_sources; source->name; source++) {
		struct bef_text out = { .max = 1 << 20 };
		bool gives = false;

		source->add(&in, "rgpd33.initiale", &out);
		for (size_t i = 0; i < ROWS(some); i++)
			gives = gives || strcmp(some[i], source->name) == 0;
		must((out.len > 0) == gives, "%s gives '%s'", source->name, bef_text_str(&out));
		bef_text_clear(&out);
	}
	check_source(&in, "ended", "ongoing");
	bef_case_free(c);
}

static void a_step_of_containment_is_a_measure(void **state)
{
	struct unit_story story;
	struct bef_case *c;
	struct bef_report_input in;

	(void)state;
	unit_story_start(&story);
	unit_tell(&story, NULL, "incident.opened", UNIT_OPENING);
	tell_run(&story);
	c = fold(&story);
	in = input_of(c, NULL, NULL);
	check_source(&in, "measures", "2025-11-03 06:12:00 +01:00: Cut (marc)");
	bef_case_free(c);
}

static void what_is_no_source_is_told(void **state)
{
	static const char *const bad[] = { "", "nothing", "fact", "fact:", "title:x", "title|", "|title", "tit", "titles", "Title" };

	(void)state;
	for (size_t i = 0; i < ROWS(bad); i++) {
		const char *at = bad[i];
		bool good = true;

		while (at) {
			const char *next;
			char of[64];
			size_t len = bef_paper_source_cut(at, &next);

			good = good && bef_paper_source_find(at, len, of);
			at = next;
		}
		must(!good, "'%s' is taken for a source", bad[i]);
	}
}

static int count(const char *text, const char *what)
{
	int n = 0;

	for (const char *at = text; (at = strstr(at, what)) != NULL; at += strlen(what))
		n++;
	return n;
}

static void write_all(const struct bef_papers *papers, const struct bef_report_input *in)
{
	static const char *const formats[] = { "html", "md", "json" };

	for (size_t i = 0; i < papers->count; i++) {
		int missing[ROWS(formats)];

		for (size_t f = 0; f < ROWS(formats); f++) {
			struct bef_text out = { .max = 1 << 24 };
			struct bef_err err;

			assert_ok(bef_paper_write(&papers->paper[i], formats[f], in, &out, &missing[f], &err), err);
			if (f == 0)
				must(count(bef_text_str(&out), tr("[to complete]")) == missing[0], "%s", papers->paper[i].id);
			bef_text_clear(&out);
		}
		must(missing[0] == missing[1] && missing[1] == missing[2], "%s: %d %d %d", papers->paper[i].id, missing[0], missing[1],
		     missing[2]);
	}
}

static void every_paper_is_written_in_every_form(void **state)
{
	struct bef_case *c[] = { rich(), empty() };
	struct bef_case *org = profile();
	struct bef_papers papers;
	struct bef_law *law;
	struct bef_err err;

	(void)state;
	assert_ok(bef_papers_load(NULL, &papers, &err), err);
	assert_ok(bef_law_shipped(&law, &err), err);
	for (int lang = 0; lang < BEF_LANG_COUNT; lang++)
		for (size_t i = 0; i < ROWS(c); i++) {
			struct bef_report_input in = input_of(c[i], org, law);

			bef_lang_set((enum bef_lang)lang);
			write_all(&papers, &in);
			in = input_of(c[i], NULL, NULL);
			write_all(&papers, &in);
		}
	bef_lang_set(BEF_EN);
	bef_law_free(law);
	bef_papers_clear(&papers);
	bef_case_free(org);
	bef_case_free(c[0]);
	bef_case_free(c[1]);
}

static void a_paper_is_found_by_its_words_and_its_rule(void **state)
{
	static const char *const words[][2] = {
		{ "cnil", "cnil" }, { "Plainte", "complaint" }, { "personnes", "art34" }, { "people", "art34" },
		{ "processor", "customer" }, { "nis2.final2", "nis2-final" }, { "SANTÉ", "health" }, { "nothing", NULL },
	};
	struct bef_papers papers;
	struct bef_err err;

	(void)state;
	assert_ok(bef_papers_load(NULL, &papers, &err), err);
	for (size_t i = 0; i < ROWS(words); i++) {
		const struct bef_paper *paper = bef_paper_find(&papers, words[i][0]);

		must((paper == NULL) == (words[i][1] == NULL) && (!paper || strcmp(paper->id, words[i][1]) == 0), "%s", words[i][0]);
	}
	bef_papers_clear(&papers);
}

#define PAPER(rest) "{\"v\":1,\"paper\":\"x\",\"word\":{\"en\":\"x\",\"fr\":\"x\"},\"name\":{\"en\":\"x\",\"fr\":\"x\"}," \
	"\"for\":{\"en\":\"x\",\"fr\":\"x\"}" rest "}"
#define FIELD(rest) ",\"fields\":[{\"n\":1,\"id\":\"a\",\"label\":{\"en\":\"a\",\"fr\":\"a\"}" rest "}]"

static void what_is_no_paper_is_refused(void **state)
{
	static const char *const bad[] = {
		"", "[]", "{}", "nothing", PAPER(""), PAPER(",\"fields\":[]"), PAPER(",\"fields\":[1]"), PAPER(FIELD("")),
		PAPER(FIELD(",\"from\":[\"x\"]")), PAPER(FIELD(",\"from\":[1]")), PAPER(FIELD(",\"from\":\"title\"")),
		PAPER(FIELD(",\"text\":\"x\"")),
	};
	struct bef_papers papers = { .count = 0 };
	struct bef_err err;

	(void)state;
	for (size_t i = 0; i < ROWS(bad); i++)
		must(bef_papers_add(&papers, bad[i], strlen(bad[i]), &err) == BEF_USAGE, "taken: %s", bad[i]);
	assert_int_equal(papers.count, 0);
	assert_ok(bef_papers_add(&papers, PAPER(FIELD(",\"from\":[\"title\"]")), strlen(PAPER(FIELD(",\"from\":[\"title\"]"))), &err), err);
	assert_int_equal(papers.count, 1);
	bef_papers_clear(&papers);
}

static void a_cell_is_never_a_formula(void **state)
{
	static const char *const cells[][2] = {
		{ "plain", "\"plain\"" }, { "", "\"\"" }, { NULL, "\"\"" }, { "=1+1", "\"'=1+1\"" }, { "+1", "\"'+1\"" },
		{ "-1", "\"'-1\"" }, { "@x", "\"'@x\"" }, { "\t=1", "\"' =1\"" }, { "\r=1", NULL }, { "a\"b", "\"a\"\"b\"" },
		{ "two\nlines", "\"two lines\"" }, { "a;b,c", "\"a;b,c\"" },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(cells); i++) {
		struct bef_text out = { .max = 1000 };
		struct bef_csv csv = { .out = &out, .separator = ',' };

		bef_csv_cell(&csv, cells[i][0]);
		must(!strchr("=+-@", bef_text_str(&out)[1]) || bef_text_str(&out)[1] == '\0', "%s", bef_text_str(&out));
		if (cells[i][1])
			assert_string_equal(bef_text_str(&out), cells[i][1]);
		bef_text_clear(&out);
	}
}

static void the_register_is_the_same_in_every_form(void **state)
{
	static const char *const formats[] = { "html", "md", "pdf", "csv", "csv-intl", "json" };
	struct bef_case *c[] = { rich(), empty() };
	struct bef_report_input house = { .organisation = "", .author = "lea", .now_ms = UNIT_NOW };
	int missing[ROWS(formats)];
	struct bef_err err;

	(void)state;
	for (size_t f = 0; f < ROWS(formats); f++) {
		struct bef_text out = { .max = 1 << 24 };
		struct bef_register r;

		assert_ok(bef_register_begin(&r, formats[f], &house, UNIT_ZONE, &out, &err), err);
		for (size_t i = 0; i < ROWS(c); i++) {
			const struct bef_report_input in = input_of(c[i], NULL, NULL);

			assert_ok(bef_register_row(&r, &in, &err), err);
		}
		bef_register_end(&r);
		missing[f] = r.missing;
		if (strncmp(formats[f], "csv", 3) == 0)
			assert_int_equal(count(bef_text_str(&out), "\r\n"), 3);
		bef_register_clear(&r);
		bef_text_clear(&out);
	}
	assert_true(missing[0] > 0);
	for (size_t f = 1; f < ROWS(formats); f++)
		assert_int_equal(missing[f], missing[0]);
	bef_case_free(c[0]);
	bef_case_free(c[1]);
}

static void numbers_stay_numbers(void **state)
{
	struct bef_text out = { .max = 1000 };
	struct bef_csv csv = { .out = &out };

	(void)state;
	assert_false(bef_csv_dialect(&csv, "tsv"));
	assert_true(bef_csv_dialect(&csv, "csv"));
	bef_csv_begin(&csv);
	bef_csv_int(&csv, -3);
	bef_csv_hundredths(&csv, 120050);
	bef_csv_hundredths(&csv, -5);
	bef_csv_row_end(&csv);
	assert_string_equal(bef_text_str(&out), "\xef\xbb\xbf-3;1200,50;-0,05\r\n");
	bef_text_clear(&out);
	out.max = 1000;
	assert_true(bef_csv_dialect(&csv, "csv-intl"));
	bef_csv_begin(&csv);
	bef_csv_hundredths(&csv, INT64_MIN);
	bef_csv_row_end(&csv);
	assert_string_equal(bef_text_str(&out), "-92233720368547758.08\r\n");
	bef_text_clear(&out);
}

UNIT_MAIN(unit(each_source_says_what_the_journal_holds), unit(the_table_is_walked_whole), unit(nothing_is_made_of_nothing),
          unit(a_step_of_containment_is_a_measure), unit(what_is_no_source_is_told), unit(every_paper_is_written_in_every_form),
          unit(a_paper_is_found_by_its_words_and_its_rule), unit(what_is_no_paper_is_refused), unit(a_cell_is_never_a_formula), unit(numbers_stay_numbers),
          unit(the_register_is_the_same_in_every_form))
