-- The journal.  A fresh store is made by running every numbered file in turn, each in one
-- transaction with its user_version.  A released file never changes.

-- One row a journal: one per incident, and the organisation's own.
-- All but uuid and is_org is a cache, rebuilt by 'doctor --rebuild'.
CREATE TABLE log (
	log     INTEGER PRIMARY KEY,          -- local number: it means nothing elsewhere
	uuid    BLOB NOT NULL UNIQUE CHECK (length(uuid) = 16),
	is_org  INTEGER NOT NULL CHECK (is_org IN (0, 1)),
	entries INTEGER NOT NULL DEFAULT 0,   -- how many
	heads   BLOB NOT NULL DEFAULT x'',    -- ids of the entries that none follows, sorted, 32 bytes each
	last_at INTEGER NOT NULL DEFAULT 0    -- latest recorded_at
) STRICT;

-- The entries, as hashed.  seq is the order of arrival here: parents always come before.
CREATE TABLE entry (
	seq         INTEGER PRIMARY KEY,
	id          BLOB NOT NULL UNIQUE CHECK (length(id) = 32),   -- SHA-256 of header
	uid         BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),  -- from the header: a retry is a no-op
	log         INTEGER NOT NULL REFERENCES log (log),
	recorded_at INTEGER NOT NULL,                               -- from the header, UTC milliseconds
	header      TEXT NOT NULL,
	body        TEXT,                                           -- NULL once erased
	salt        BLOB CHECK (length(salt) = 16),                 -- NULL once erased
	sig         BLOB NOT NULL CHECK (length(sig) = 64),         -- Ed25519 of id by the header's post
	CHECK ((body IS NULL) = (salt IS NULL))
) STRICT;
CREATE INDEX entry_by_log ON entry (log, seq);
-- The few entries that say what the organisation is, among the many that register its incidents.
CREATE INDEX entry_of_profile ON entry (log, seq) WHERE instr(header, '"kind":"profile.') > 0;

-- A seat belt against our own bugs, not a lock against others: 'verify' is that.
CREATE TRIGGER entry_stays BEFORE DELETE ON entry
BEGIN
	SELECT RAISE (ABORT, 'an entry is never removed');
END;
CREATE TRIGGER entry_is_written_once BEFORE UPDATE ON entry
WHEN NEW.seq IS NOT OLD.seq OR NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.log IS NOT OLD.log
	OR NEW.recorded_at IS NOT OLD.recorded_at OR NEW.header IS NOT OLD.header OR NEW.sig IS NOT OLD.sig
	OR NEW.body IS NOT NULL OR NEW.salt IS NOT NULL
BEGIN
	SELECT RAISE (ABORT, 'an entry is never changed; only its text may be erased');
END;

-- The incident list: a cache of the fold (model/case.h, struct bef_summary).
CREATE TABLE incident (
	log            INTEGER PRIMARY KEY REFERENCES log (log),
	ref            TEXT NOT NULL,               -- INC-2026-001
	letter         TEXT NOT NULL DEFAULT '',    -- told apart after a merge: b, c...
	title          TEXT NOT NULL,
	type           TEXT NOT NULL,
	severity       TEXT NOT NULL,
	tlp            TEXT NOT NULL,
	phase          TEXT NOT NULL,
	state          TEXT NOT NULL,
	drill          INTEGER NOT NULL,
	opened_at      INTEGER NOT NULL,
	closed_at      INTEGER NOT NULL,            -- 0 while open
	next_due_at    INTEGER NOT NULL,            -- soonest action or review, 0 if none
	open_actions   INTEGER NOT NULL,
	waiting_alerts INTEGER NOT NULL,
	unheard        INTEGER NOT NULL             -- its alerts reach nobody, and nobody acknowledged it
) STRICT;
CREATE INDEX incident_by_ref ON incident (ref);
CREATE INDEX incident_open ON incident (closed_at, opened_at);
CREATE INDEX incident_unheard ON incident (log) WHERE unheard = 1;

-- Alerts on their way.  A row is born in the transaction of its alert.raised entry; the final
-- result becomes an entry.  Addresses and secrets are in the configuration, never here.
CREATE TABLE outbox (
	outbox      INTEGER PRIMARY KEY,
	log         INTEGER NOT NULL REFERENCES log (log),
	alert       BLOB NOT NULL CHECK (length(alert) = 32),  -- id of the alert.raised entry
	destination TEXT NOT NULL,
	message     TEXT NOT NULL,                             -- stable for all attempts: webhook-id
	payload     TEXT NOT NULL,                             -- the alarm, before any format (alert/alarm.h)
	event       TEXT NOT NULL,                             -- what rang
	level       INTEGER NOT NULL,                          -- 0 critical, 1 urgent, 2 information
	merges      INTEGER NOT NULL,                          -- a newer one of the same event takes its place
	created_at  INTEGER NOT NULL,                          -- UTC milliseconds, as all below
	expires_at  INTEGER NOT NULL,
	state       TEXT NOT NULL DEFAULT 'ready' CHECK (state IN
		('ready', 'accepted', 'posted', 'failed', 'expired', 'superseded', 'withheld', 'dropped')),
	attempts    INTEGER NOT NULL DEFAULT 0,
	next_at     INTEGER NOT NULL,
	lease       INTEGER NOT NULL DEFAULT 0,                -- drawn at each claim: an older claim settles nothing
	lease_until INTEGER NOT NULL DEFAULT 0,                -- somebody is sending it until then
	ambiguous   INTEGER NOT NULL DEFAULT 0,                -- an attempt may have arrived
	plain       INTEGER NOT NULL DEFAULT 0,                -- it was refused as it is: only the call is sent
	rerouted    INTEGER NOT NULL DEFAULT 0,                -- its stand-ins have been given it
	last_class  TEXT NOT NULL DEFAULT '',                  -- ok, retry, ambiguous, permanent...
	last_status INTEGER NOT NULL DEFAULT 0,                -- of the last answer
	last_detail TEXT NOT NULL DEFAULT '',
	UNIQUE (alert, destination)
) STRICT;
CREATE INDEX outbox_due ON outbox (destination, log, level, outbox) WHERE state = 'ready';

-- Each attempt, for the inquiry afterwards.  One that has no end was cut short: it may have arrived.
CREATE TABLE attempt (
	outbox     INTEGER NOT NULL REFERENCES outbox (outbox),
	n          INTEGER NOT NULL,
	started_at INTEGER NOT NULL,
	ended_at   INTEGER NOT NULL DEFAULT 0,
	class      TEXT NOT NULL DEFAULT '',
	status     INTEGER NOT NULL DEFAULT 0,
	elapsed_ms INTEGER NOT NULL DEFAULT 0,
	detail     TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (outbox, n)
) STRICT, WITHOUT ROWID;

-- How each destination has been doing.
CREATE TABLE destination (
	name       TEXT PRIMARY KEY,
	failures   INTEGER NOT NULL DEFAULT 0,   -- in a row
	opens      INTEGER NOT NULL DEFAULT 0,   -- times in a row that it was left alone
	closed_until INTEGER NOT NULL DEFAULT 0, -- left alone until then, but for a critical alert's first attempt
	pause_until INTEGER NOT NULL DEFAULT 0,  -- it asked for that
	suspended  TEXT NOT NULL DEFAULT '',     -- why somebody has to look at it, or ''
	told       INTEGER NOT NULL DEFAULT 0,   -- the others have been told that it does not answer
	arrived_at INTEGER NOT NULL DEFAULT 0,   -- the last time it took something
	tested_at  INTEGER NOT NULL DEFAULT 0,
	tokens     INTEGER NOT NULL DEFAULT -1,  -- thousandths of messages that may leave now (a bucket); -1: it is full
	tokens_at  INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
