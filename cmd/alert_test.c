/* SPDX-License-Identifier: EUPL-1.2 */
/* A test to each destination, without an incident: does it arrive, how fast, and what else is there to know. */
#include <stdio.h>
#include <string.h>

#include "act/send.h"
#include "alert.h"
#include "alert/courier.h"
#include "alert/settings.h"
#include "base/i18n.h"
#include "base/json.h"
#include "model/detail.h"
#include "out.h"

enum { TEST_MS = 15000, SOON_DAYS = 21, SKEW_S = 60 };

static enum bef_rc write_test(struct bef_app *app, struct bef_text *out, struct bef_err *err)
{
	static const struct bef_case nothing = { .ref = "TEST", .tlp = "clear", .severity = "1", .phase = "detection",
		                                 .state = "open", .type = "test", .title = "beffroi" };
	enum bef_lang lang = bef_lang_set(BEF_EN);
	struct bef_alarm_words words = { .c = &nothing, .kind = bef_alarm_kind_find("test"), .level = "info", .test = true,
		                         .at_ms = app->desk.pen.now_ms };

	words.text = tr("This is a test: nothing has happened, nothing is to be done.");
	bef_lang_set(BEF_FR);
	words.text_fr = tr("This is a test: nothing has happened, nothing is to be done.");
	bef_lang_set(lang);
	return bef_alarm_write(&words, out, err);
}

static enum bef_rc carry(struct bef_app *app, const struct bef_rendering *in, bool ask, struct bef_return *out,
                         struct bef_err *err)
{
	__attribute__((cleanup(bef_request_clear))) struct bef_request request = { 0 };
	enum bef_rc rc = ask ? in->to->format->ask(in, &request, err) : in->to->format->render(in, &request, err);

	return rc ? rc : bef_courier_carry(app->net, &request, in->to, TEST_MS, out, err);
}

enum bef_rc bef_alert_test_alarm(struct bef_app *app, const struct bef_destination *to, char *id, struct bef_alarm *out,
                                 struct bef_err *err)
{
	BEF_AUTO(text) json = { .max = 65536 };
	char hex[2 * BEF_UUID_SIZE + 1];
	struct bef_uuid uuid;
	enum bef_rc rc = write_test(app, &json, err);

	bef_uuid_v7(app->desk.pen.now_ms, &uuid);
	bef_hex(uuid.byte, sizeof(uuid.byte), hex);
	snprintf(id, BEF_MESSAGE_SIZE, "msg_%s", hex);
	if (rc == BEF_OK)
		rc = bef_alarm_read(bef_text_str(&json), id, to->lang, out, err);
	out->reach = BEF_REACH_FULL;
	out->now_ms = app->desk.pen.now_ms;
	return rc;
}

static enum bef_rc send_test(struct bef_app *app, const struct bef_destination *to, struct bef_return *out, struct bef_err *err)
{
	__attribute__((cleanup(bef_keys_clear))) struct bef_keys keys = { 0 };
	__attribute__((cleanup(bef_alarm_clear))) struct bef_alarm alarm = { 0 };
	struct bef_rendering in = { &alarm, to, &keys, 0 };
	const struct bef_format *format = to->format;
	char id[BEF_MESSAGE_SIZE];
	enum bef_rc rc = bef_keys_read(to, &keys, err);

	if (rc == BEF_OK)
		rc = bef_alert_test_alarm(app, to, id, &alarm, err);
	if (rc)
		return rc;
	if (format->ask) {
		rc = carry(app, &in, true, out, err);
		if (rc == BEF_OK)
			format->asked(&out->reply, to, app->desk.pen.now_ms / 1000, &in.clock_offset_s);
		if (rc || strcmp(out->reply.class_name, "ok") != 0)
			return rc;
	}
	rc = carry(app, &in, false, out, err);
	if (rc == BEF_OK && format->judge)
		format->judge(&out->reply);
	return rc;
}

/* What the connection taught besides. */
static void put_lessons(struct bef_app *app, const struct bef_return *got)
{
	int64_t days = got->cert_expires_at_s ? (got->cert_expires_at_s - app->desk.pen.now_ms / 1000) / 86400 : 0;

	if (got->cert_expires_at_s)
		bef_put_row(app, 20, "", days < SOON_DAYS ? BEF_BAD : BEF_FAINT,
		            trn("certificate: %lld day left", "certificate: %lld days left", (long)days), (long long)days);
	if (got->skew_s > SKEW_S || got->skew_s < -SKEW_S)
		bef_put_row(app, 20, "", BEF_BAD, tr("its clock and ours differ by %d s: signatures and deadlines depend on it"), got->skew_s);
	if (*got->reply.text)
		bef_put_row(app, 20, "", BEF_FAINT, tr("it answered: %s"), BEF_SHORT(got->reply.text, 120));
}

static enum bef_rc tell_test(struct bef_app *app, const struct bef_destination *to, const struct bef_return *got, struct bef_err *err)
{
	bool ok = strcmp(got->reply.class_name, "ok") == 0;
	const char *state = !ok ? "refused" : got->reply.posted ? "posted" : "accepted";
	BEF_AUTO(text) why = { .max = 600 };
	json_t *object;
	bool whole = true;

	bef_detail_say(got->reply.detail, &why);
	if (!app->g.json) {
		if (ok)
			bef_put_row(app, 20, to->name, BEF_GOOD, got->reply.posted ? tr("posted in %d ms") : tr("accepted in %d ms"),
			            got->elapsed_ms);
		else
			bef_put_row(app, 20, to->name, BEF_BAD, tr("FAILED: %s"), bef_text_str(&why));
		put_lessons(app, got);
		return BEF_OK;
	}
	object = bef_json_begin("delivery");
	bef_json_put_text(object, "destination", to->name, &whole);
	bef_json_put_text(object, "state", state, &whole);
	bef_json_put_int(object, "attempts", 1, &whole);
	bef_json_put_int(object, "elapsed_ms", got->elapsed_ms, &whole);
	bef_json_put_instant(object, "certificate_until", got->cert_expires_at_s * 1000, &whole);
	bef_json_put_text(object, "answer", *got->reply.text ? got->reply.text : NULL, &whole);
	bef_json_put_text(object, "detail", *got->reply.detail ? got->reply.detail : NULL, &whole);
	return bef_put_json(whole ? object : NULL, err);
}

static enum bef_rc test_one(struct bef_app *app, const struct bef_destination *to, struct bef_err *err)
{
	struct bef_return got = { .reply = { .text = "" } };
	const char *lacks = bef_destination_lacks(to);
	enum bef_lang lang = bef_lang_set(BEF_EN); /* what is told of a failure is English, and said below */
	struct bef_err why = { 0 };
	bool ok;
	enum bef_rc rc;

	if (lacks)
		bef_fail(&why, BEF_USAGE, tr("it lacks its %s"), lacks);
	rc = lacks ? BEF_USAGE : send_test(app, to, &got, &why);
	bef_lang_set(lang);
	if (rc) {
		snprintf(got.reply.class_name, sizeof(got.reply.class_name), "self");
		snprintf(got.reply.detail, sizeof(got.reply.detail), "%.*s", (int)bef_utf8_cut(why.msg, 190), why.msg);
	}
	got.reply.text = got.text;
	ok = strcmp(got.reply.class_name, "ok") == 0;
	rc = tell_test(app, to, &got, err);
	if (rc == BEF_OK && ok)
		rc = bef_act_tested(&app->desk, to->name, err);
	return rc ? rc : ok ? BEF_OK : BEF_UNDELIVERED;
}

enum bef_rc bef_alert_test(struct bef_app *app, const struct bef_alert_opts *opts, char **words, int count,
                           struct bef_err *err)
{
	const char *to[BEF_DESTINATIONS_MOST];
	enum bef_rc worst = BEF_OK;
	int tried = 0;

	(void)opts;
	for (size_t i = 0; count == 0 && i < app->bell.count; i++)
		to[tried++] = app->bell.destination[i].name;
	if (count && !bef_bell_names(&app->bell, words[0], to, &tried, BEF_DESTINATIONS_MOST))
		return bef_unknown_destination(app, words[0], err);
	if (tried == 0)
		return bef_no_destination(err);
	for (int i = 0; i < tried; i++) {
		enum bef_rc rc = BEF_OK;

		if (app->g.dry_run)
			bef_talk(app, "%s%s", tr("(nothing written) "), to[i]);
		else
			rc = test_one(app, bef_bell_find(&app->bell, to[i]), err);
		if (rc && rc != BEF_UNDELIVERED)
			return rc;
		worst = rc ? rc : worst;
	}
	return worst ? bef_fail(err, BEF_UNDELIVERED, "%s", tr("a destination did not accept the test")) : BEF_OK;
}
