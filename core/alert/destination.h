/* SPDX-License-Identifier: EUPL-1.2 */
#pragma once

/*
 * Where alarms go, as the configuration says it.  One destination is one
 * address: several people are several destinations in a group.
 *
 * Secrets are references until the moment of sending (a file, a systemd
 * credential, a command): nothing but a delivery reads them, and they are wiped
 * after it.  A URL counts as a secret: of most services it is the password.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "alert/alarm.h"
#include "base/err.h"

enum bef_secret_slot {
	BEF_SECRET_URL,
	BEF_SECRET_SIGNING,     /* "whsec_..." */
	BEF_SECRET_SIGNING_OLD, /* the one before: both sign while receivers change over */
	BEF_SECRET_TOKEN,       /* bearer token, routing key, application secret */
	BEF_SECRET_PASSWORD,
	BEF_SECRET_CONSUMER, /* OVH's consumer key */
	BEF_SECRET_COUNT
};

enum bef_secret_way {
	BEF_SECRET_NONE,
	BEF_SECRET_PLAIN,      /* in the configuration file itself: allowed for an address only */
	BEF_SECRET_FILE,       /* first line of a file that only its owner may read */
	BEF_SECRET_CREDENTIAL, /* of the same name in $CREDENTIALS_DIRECTORY (systemd) */
	BEF_SECRET_COMMAND,    /* first line of what a program prints: words apart, no shell */
};

struct bef_secret_ref {
	enum bef_secret_way way;
	char *where; /* the text, the path, the name or the command line */
};

/* Plain settings; what each means for a format is in the format's row. */
enum bef_setting_slot {
	BEF_SET_TO,      /* mail address, room, chat, topic, stream, telephone number */
	BEF_SET_FROM,    /* mail address or name of the sender */
	BEF_SET_USER,    /* account: SMTP, Free Mobile, Zulip's bot, OVH's application key */
	BEF_SET_SERVICE, /* OVH's service name */
	BEF_SET_TOPIC,   /* Zulip's topic instead of the incident's number */
	BEF_SET_MENTION, /* whom to wake, in the service's own words: "@channel", "<!here>" */
	BEF_SET_MODE,    /* CloudEvents: "binary" or "structured" */
	BEF_SET_CA_FILE, BEF_SET_CERT_FILE, BEF_SET_KEY_FILE,
	BEF_SET_PIN,     /* "sha256//..."; several with ; between */
	BEF_SET_PROXY,   /* "http://host:port"; none unless said: the environment is not obeyed */
	BEF_SET_COUNT
};

enum bef_audience {
	BEF_AUDIENCE_THIRD_PARTY,  /* a service whose operator can read it */
	BEF_AUDIENCE_ORGANISATION, /* run by the company, read by its people only */
	BEF_AUDIENCE_PERSONS,      /* named persons and nobody else */
	BEF_AUDIENCE_E2EE,         /* encrypted from end to end */
	BEF_AUDIENCE_COUNT
};

enum bef_drills { BEF_DRILLS_NO, BEF_DRILLS_TOO, BEF_DRILLS_ONLY };

struct bef_format;

enum { BEF_DESTINATION_NAME = 64, BEF_KINDS_MOST = 16 };

struct bef_destination {
	char name[BEF_DESTINATION_NAME];
	const struct bef_format *format;
	struct bef_secret_ref secret[BEF_SECRET_COUNT];
	char *set[BEF_SET_COUNT]; /* NULL: not said */
	enum bef_lang lang;
	enum bef_audience audience;
	char max_tlp[16];   /* never more than this marking, or "" */
	bool red_ping;      /* TLP:RED: a call without contents is allowed */
	bool insecure_http; /* http to something else than this machine */
	bool public_only;   /* no private address: it is a service on the Internet */
	bool plaintext;     /* Matrix: an encrypted room may get a message that is not */
	/* What it wants to hear. */
	enum bef_drills drills;
	unsigned kinds;     /* one bit a row of bef_alarm_kinds; 0: all */
	char least_severity[4]; /* or "" */
	int quiet_from, quiet_to; /* minutes after midnight, local; both 0: none.  A crisis overrides them */
	int per_minute;     /* at most so many a minute, but for critical ones; 0: the format's own figure */
	char fallback[BEF_DESTINATION_NAME]; /* destination or group, or "" */
};
void bef_destination_clear(struct bef_destination *d);

/* Secrets in clear, for one delivery.  NULL: not given. */
struct bef_keys {
	char *value[BEF_SECRET_COUNT];
};

/* Read every secret that is referred to.  BEF_REFUSED: a file may be read by others; BEF_NOT_FOUND,
 * BEF_FAILED: it is not there, or the program did not give it in five seconds.  The message names the
 * destination and the key, never the value. */
enum bef_rc bef_keys_read(const struct bef_destination *d, struct bef_keys *out, struct bef_err *err) BEF_MUST_CHECK;
void bef_keys_clear(struct bef_keys *keys); /* wipes them */

/* How much of an incident marked `tlp` this destination may be told. */
enum bef_reach bef_destination_reach(const struct bef_destination *d, const char *tlp);
