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
	waiting_alerts INTEGER NOT NULL
) STRICT;
CREATE INDEX incident_by_ref ON incident (ref);
CREATE INDEX incident_open ON incident (closed_at, opened_at);

-- Alerts on their way.  A row is born in the transaction of its alert.raised entry; the final
-- result becomes an entry.  Addresses and secrets are in the configuration, never here.
CREATE TABLE outbox (
	outbox      INTEGER PRIMARY KEY,
	log         INTEGER NOT NULL REFERENCES log (log),
	alert       BLOB NOT NULL CHECK (length(alert) = 32),  -- id of the alert.raised entry
	destination TEXT NOT NULL,
	message     TEXT NOT NULL,                             -- stable for all attempts: webhook-id
	payload     TEXT NOT NULL,                             -- the exact bytes to send
	state       TEXT NOT NULL DEFAULT 'ready' CHECK (state IN ('ready', 'accepted', 'failed')),
	attempts    INTEGER NOT NULL DEFAULT 0,
	next_at     INTEGER NOT NULL,                          -- UTC milliseconds
	lease_until INTEGER NOT NULL DEFAULT 0,                -- somebody is sending it until then
	expires_at  INTEGER NOT NULL,
	last_class  TEXT NOT NULL DEFAULT '',                  -- ok, retry, ambiguous, permanent...
	last_status INTEGER NOT NULL DEFAULT 0,                -- HTTP status of the last answer
	last_detail TEXT NOT NULL DEFAULT '',
	UNIQUE (alert, destination)
) STRICT;
CREATE INDEX outbox_due ON outbox (state, next_at);
