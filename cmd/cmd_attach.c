/* SPDX-License-Identifier: EUPL-1.2 */
#include <stdio.h>
#include <string.h>

#include "act/attach.h"
#include "act/say.h"
#include "ask.h"
#include "base/i18n.h"
#include "base/json.h"
#include "out.h"

struct attach_opts {
	const char *text, *how, *where, *at, *handover;
	int item;
	bool reference;
};

static const struct bef_opt attach_options[] = {
	BEF_TEXT(struct attach_opts, text, 'm', "reason", "motif", N_("TEXT"), N_("what it is, why it matters")),
	BEF_TEXT(struct attach_opts, how, 0, "how", "comment", N_("TEXT"), N_("how it was collected")),
	BEF_TEXT(struct attach_opts, where, 0, "where", "lieu", N_("TEXT"), N_("from which machine or place; for a handover, where it goes")),
	BEF_TEXT(struct attach_opts, at, 't', "at", "heure", N_("TIME"), N_("when it was collected")),
	BEF_FLAG(struct attach_opts, reference, 0, "reference", "reference", N_("leave the file where it is: only its digest is kept")),
	BEF_TEXT(struct attach_opts, handover, 0, "handover", "remise", N_("NAME"), N_("hand an item over to somebody (with --item)")),
	BEF_NUMBER(struct attach_opts, item, 0, "item", "piece", N_("N"), N_("number of the item handed over")),
	BEF_OPT_END,
};

/* One line on a terminal, after the first second of reading. */
static bool progress(void *arg, int64_t done, int64_t size)
{
	struct bef_app *app = arg;
	char so_far[32], whole[32];

	if (app->err_tty && !app->g.quiet && size > (64 << 20))
		fprintf(stderr, "\r%s / %s  %3d %%  ", bef_size_format(done, so_far), bef_size_format(size, whole),
		        (int)(done * 100 / (size ? size : 1)));
	if (app->err_tty && done >= size && size > (64 << 20))
		fputc('\n', stderr);
	return !bef_interrupted();
}

static enum bef_rc attach_one(struct bef_app *app, const struct attach_opts *opts, const char *path,
                              struct bef_err *err)
{
	struct bef_attachment what = {
		.path = path, .reference = opts->reference, .text = opts->text, .how = opts->how,
		.where = opts->where, .by = app->g.by, .progress = progress, .arg = app,
	};
	struct bef_done done;
	char size[32];
	enum bef_rc rc = bef_app_time(app, opts->at, BEF_WHEN_FACT, &what.collected_at_ms, err);

	bef_app_tick(app);
	bef_hold_interrupts(true);
	if (rc == BEF_OK)
		rc = bef_act_attach(&app->desk, &what, &done, err);
	bef_hold_interrupts(false);
	if (rc)
		return rc;
	return bef_put_done(app, &done, "evidence.collected", err, tr("Item %d  %s  %s  sha256 %.8s...%s  %s (#%u)"),
	                    done.about, bef_path_name(path), bef_size_format(what.size_bytes, size),
	                    *what.sha256 ? what.sha256 : tr("none"), *what.sha256 ? what.sha256 + 56 : "",
	                    opts->reference ? tr("referenced") : tr("copied, read-only"), done.number);
}

static enum bef_rc hand_over(struct bef_app *app, const struct attach_opts *opts, struct bef_err *err)
{
	__attribute__((cleanup(bef_saying_clear))) struct bef_saying what = {
		.kind = "evidence.handed", .body = json_object(),
		.link = { .field = "item", .list = BEF_LINK_EVIDENCE, .number = { opts->item }, .count = 1 },
	};
	struct bef_done done;
	bool ok = what.body != NULL;
	enum bef_rc rc = bef_app_time(app, opts->at, BEF_WHEN_FACT, &what.happened_at_ms, err);

	if (rc == BEF_OK && opts->item == 0) {
		bef_fail(err, BEF_USAGE, "%s", tr("which item is handed over?"));
		bef_hint(err, "%s", tr("beffroi attach --handover NAME --item 1"));
		return BEF_USAGE;
	}
	bef_json_put_text(what.body, "to", opts->handover, &ok);
	bef_json_put_text(what.body, "where", opts->where, &ok);
	bef_json_put_text(what.body, "reason", opts->text, &ok);
	bef_json_put_text(what.body, "by", app->g.by, &ok);
	bef_app_tick(app);
	if (rc == BEF_OK)
		rc = ok ? bef_act_say(&app->desk, &what, &done, err) : bef_no_memory(err);
	return rc ? rc
	          : bef_put_done(app, &done, what.kind, err, tr("Item %d handed over to %s (#%u)"), opts->item,
	                         opts->handover, done.number);
}

static enum bef_rc attach_run(struct bef_app *app, const void *opts_, char **words, int count, struct bef_err *err)
{
	const struct attach_opts *opts = opts_;

	if (opts->handover)
		return hand_over(app, opts, err);
	if (count == 0) {
		bef_fail(err, BEF_USAGE, "%s", tr("which file?"));
		bef_hint(err, "%s", tr("beffroi attach FILE"));
		return BEF_USAGE;
	}
	for (int i = 0; i < count; i++) {
		enum bef_rc rc = attach_one(app, opts, words[i], err);

		if (rc)
			return rc;
	}
	return BEF_OK;
}

const struct bef_cmd bef_cmd_attach = {
	.en = "attach", .fr = "joindre",
	.group = BEF_GROUP_THREAD,
	.summary = N_("attach evidence, or hand it over"),
	.args = N_("FILE..."),
	.about = N_("The file is hashed (SHA-256) while it is read and copied, read-only, beside the journal. A handover is an entry: the chain of custody."),
	.examples_en = "beffroi attach ransom-note.png --where PC-COMPTA-3\n"
	               "beffroi attach disk.img --reference       too large to copy\n"
	               "beffroi attach --handover \"Gendarmerie, M. Petit\" --item 1\n",
	.examples_fr = "beffroi joindre rancon.png --lieu PC-COMPTA-3\n"
	               "beffroi joindre disque.img --reference     trop gros pour être copié\n"
	               "beffroi joindre --remise \"Gendarmerie, M. Petit\" --piece 1\n",
	.most_words = -1,
	.opts = attach_options, .opts_size = sizeof(struct attach_opts),
	.run = attach_run,
};
