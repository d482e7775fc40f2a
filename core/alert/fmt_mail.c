/* SPDX-License-Identifier: EUPL-1.2 */
/* E-mail: one message, one recipient, plain text.  The transport is the network program's. */
#include <stdio.h>
#include <string.h>

#include "alert/mail.h"
#include "alert/shape.h"
#include "base/crypto.h"

static const struct bef_limits limits = { BEF_UNIT_POINTS, 200, 60000, 400000 };

static void put_token(struct bef_text *out, const char *name, const struct bef_text *token)
{
	if (token->failed)
		out->failed = true;
	bef_mail_token_header(out, name, bef_text_str(token));
}

/* The same on every attempt, so that servers and readers know a repeat; another for each recipient. */
static void put_message_id(const struct bef_rendering *in, struct bef_text *out)
{
	const char *to = in->to->set[BEF_SET_TO];
	BEF_AUTO(text) id = { .max = 600 };
	struct bef_hash hash;
	char hex[BEF_HASH_HEX];

	bef_sha256(to, strlen(to), "", 0, &hash);
	bef_hex(hash.byte, 4, hex);
	bef_text_printf(&id, "<%s.%s@%s>", in->alarm->id, hex, bef_mail_domain(in->to->set[BEF_SET_FROM]));
	put_token(out, "Message-ID", &id);
}

/* All mails of an incident hang from one root, which is nobody's mail: readers show them as one thread. */
static void put_thread(const struct bef_rendering *in, struct bef_text *out)
{
	BEF_AUTO(text) root = { .max = 600 };

	bef_text_printf(&root, "<inc.%s@%s>", in->alarm->uuid, bef_mail_domain(in->to->set[BEF_SET_FROM]));
	put_token(out, "References", &root);
	put_token(out, "In-Reply-To", &root);
}

static void put_importance(const struct bef_alarm *alarm, struct bef_text *out)
{
	enum bef_tone tone = bef_alarm_tone(alarm);

	if (tone == BEF_TONE_CRISIS)
		bef_text_puts(out, "X-Priority: 1\r\n");
	if (tone == BEF_TONE_CRISIS || tone == BEF_TONE_MAJOR || tone == BEF_TONE_CLEAR)
		bef_text_puts(out, "Importance: high\r\n");
}

static void put_headers(const struct bef_shape *shape, struct bef_text *out)
{
	const struct bef_rendering *in = shape->in;
	BEF_AUTO(text) list = { .max = 400 };

	bef_mail_date_header(out, in->alarm->now_ms, in->alarm->zone);
	bef_mail_token_header(out, "From", in->to->set[BEF_SET_FROM]);
	bef_mail_token_header(out, "To", in->to->set[BEF_SET_TO]);
	/* The servers on the way log it, and so does a locked telephone. */
	bef_mail_text_header(out, "Subject", bef_text_str(&shape->headline));
	put_message_id(in, out);
	put_thread(in, out);
	put_importance(in->alarm, out);
	bef_text_printf(&list, "<alertes.beffroi.%s>", bef_mail_domain(in->to->set[BEF_SET_FROM]));
	put_token(out, "List-Id", &list);
	bef_text_puts(out, "Auto-Submitted: auto-generated\r\n"
	                   "X-Auto-Response-Suppress: All\r\n"
	                   "MIME-Version: 1.0\r\n"
	                   "Content-Type: text/plain; charset=utf-8\r\n"
	                   "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
}

static enum bef_rc body_of(const struct bef_shape *shape, struct bef_text *out, struct bef_err *err)
{
	BEF_AUTO(text) text = { .max = 1 << 20 };

	put_headers(shape, out);
	bef_text_printf(&text, "%s\n\n%s\n", bef_text_str(&shape->title), bef_text_str(&shape->text));
	for (int i = 0; i < shape->fact_count; i++)
		bef_text_printf(&text, "%s%s%s%s\n", i == 0 ? "\n" : "", shape->fact[i].label,
		                shape->in->alarm->lang == BEF_FR ? " : " : ": ", shape->fact[i].value);
	bef_mail_body(out, bef_text_str(&text));
	return bef_text_rc(text.failed ? &text : out, err);
}

static enum bef_rc render(const struct bef_rendering *in, struct bef_request *out, struct bef_err *err)
{
	const char *from = in->to->set[BEF_SET_FROM], *to = in->to->set[BEF_SET_TO];
	enum bef_rc rc;

	bef_request_start(in, out);
	if (!bef_mail_address_ok(from) || !bef_mail_address_ok(to))
		return bef_fail(err, BEF_USAGE, "%s: %s", bef_mail_address_ok(from) ? "to" : "from",
		                tr("not a bare mail address such as cell@example.org"));
	if (strncmp(bef_text_str(&out->url), "smtp://", 7) != 0 && strncmp(bef_text_str(&out->url), "smtps://", 8) != 0)
		return bef_fail(err, BEF_USAGE, "%s", tr("url: a mail server is smtps://HOST:465/NAME or smtp://HOST:587/NAME"));
	bef_text_puts(&out->mail_from, from);
	bef_text_puts(&out->mail_to, to);
	out->user = in->to->set[BEF_SET_USER];
	out->password = in->keys->value[BEF_SECRET_PASSWORD];
	rc = bef_shape_body(in, &limits, body_of, out, err);
	return rc ? rc : bef_request_end(out, true, err);
}

const struct bef_format bef_format_mail = {
	.name = "mail",
	.label = "SMTP",
	.help_en = "url: smtps://HOST:465/NAME or smtp://HOST:587/NAME (always encrypted; NAME: how this machine presents itself, without it the sender's domain); from, to: bare addresses, one recipient a destination; user and password if the server wants them.",
	.help_fr = "url : smtps://SERVEUR:465/NOM ou smtp://SERVEUR:587/NOM (toujours chiffré ; NOM : comment cette machine se présente, à défaut le domaine de l'expéditeur) ; expediteur, vers : des adresses nues, un destinataire par destination ; utilisateur et mot_de_passe si le serveur en veut.",
	.audience = BEF_AUDIENCE_ORGANISATION,
	.needs = 1u << BEF_SECRET_URL,
	.needs_set = 1u << BEF_SET_FROM | 1u << BEF_SET_TO,
	.is_mail = true,
	.per_minute = 20,
	.render = render,
};
