-- From version 1 to 2: the journal, closed periods, erasures, drafts. Frozen: later changes are
-- later steps.

-- ---------------------------------------------------------------- what is closed, what was erased

-- A reporting period that a director closed; a change inside it needs a reason from then on.
CREATE TABLE period_lock (
  id            TEXT PRIMARY KEY NOT NULL,
  plan_id       TEXT NOT NULL REFERENCES plan (id),
  starts_on     TEXT NOT NULL CHECK (date(julianday(starts_on)) IS starts_on),
  ends_on       TEXT NOT NULL CHECK (date(julianday(ends_on)) IS ends_on),
  locked_by     TEXT REFERENCES person (id),
  locked_at     TEXT NOT NULL,
  note          TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 2000),
  unlocked_by   TEXT REFERENCES person (id),
  unlocked_at   TEXT, -- empty as long as the period is closed
  unlock_reason TEXT NOT NULL DEFAULT '' CHECK (length(unlock_reason) <= 2000),
  retired_at    TEXT,
  CHECK (starts_on <= ends_on),
  CHECK (unlocked_at IS NULL OR length(trim(unlock_reason)) > 0)
) STRICT;
CREATE INDEX period_lock_by_plan ON period_lock (plan_id, starts_on);

-- A row that was changed inside a period after it was closed, and why; marked in the status.
CREATE TABLE late_change (
  id             TEXT PRIMARY KEY NOT NULL,
  period_lock_id TEXT NOT NULL REFERENCES period_lock (id),
  kind           TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 60), -- the table
  row_id         TEXT NOT NULL,
  indicator_id   TEXT REFERENCES indicator (id), -- what it is about, where it is about one
  goal_id        TEXT REFERENCES goal (id),
  reason         TEXT NOT NULL CHECK (length(trim(reason)) BETWEEN 1 AND 2000),
  changed_by     TEXT REFERENCES person (id),
  changed_at     TEXT NOT NULL,
  retired_at     TEXT
) STRICT;
CREATE INDEX late_change_by_lock ON late_change (period_lock_id, changed_at);

-- That personal data was erased for good, without saying whose.
CREATE TABLE erasure (
  id         TEXT PRIMARY KEY NOT NULL,
  subject    TEXT NOT NULL CHECK (subject IN ('person', 'organisation_contact', 'name')),
  erased_at  TEXT NOT NULL,
  erased_by  TEXT REFERENCES person (id),
  reason     TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 2000),
  rows       INTEGER NOT NULL CHECK (rows >= 0),    -- rows in which something was erased
  changes    INTEGER NOT NULL CHECK (changes >= 0), -- entries of the journal in which it was
  retired_at TEXT
) STRICT;

-- ---------------------------------------------------------------- the journal

-- What somebody did: the rows of `change` that were written together, with a name for people.
CREATE TABLE change_set (
  seq            INTEGER PRIMARY KEY, -- order of arrival in this file
  replica        TEXT NOT NULL,
  number         INTEGER NOT NULL,
  made_at        TEXT NOT NULL, -- by the computer's clock, which may be wrong
  clock          INTEGER NOT NULL, -- of its last change
  actor          TEXT, -- id of the person; none: nobody said who
  title          TEXT NOT NULL, -- a sentence, or JSON from which it is said in any language
  reason         TEXT NOT NULL DEFAULT '', -- why, where a reason is asked
  undoes         TEXT, -- the set, as replica:number, that this one takes back
  first_sequence INTEGER NOT NULL,
  last_sequence  INTEGER NOT NULL,
  digest         TEXT NOT NULL -- of the columns before it, so that damage is noticed
) STRICT;
CREATE UNIQUE INDEX change_set_by_number ON change_set (replica, number);
CREATE INDEX change_set_by_actor ON change_set (actor, seq);

-- One row that changed. Only grows; the tables above are a function of it.
CREATE TABLE change (
  seq            INTEGER PRIMARY KEY, -- order of arrival in this file
  replica        TEXT NOT NULL, -- the file in which it was written first
  sequence       INTEGER NOT NULL, -- place among the changes of that file, without gaps
  clock          INTEGER NOT NULL, -- hybrid logical clock: unix milliseconds * 65536 + a counter
  schema_version INTEGER NOT NULL,
  change_set     INTEGER, -- number of the set; none: written by another program
  kind           TEXT NOT NULL, -- the table
  row_id         TEXT NOT NULL,
  verb           TEXT NOT NULL CHECK (verb IN ('I', 'U', 'D')),
  old            TEXT, -- JSON: for U the changed columns, for D all that differ from their default
  new            TEXT  -- JSON: for U the changed columns, for I all that differ from their default
) STRICT;
CREATE UNIQUE INDEX change_by_sequence ON change (replica, sequence);
CREATE INDEX change_by_row ON change (row_id);

-- How far the journal of this file is: one row.
CREATE TABLE journal_state (
  one         INTEGER PRIMARY KEY CHECK (one = 1),
  replica     TEXT NOT NULL, -- who writes here: another for each file
  sequence    INTEGER NOT NULL DEFAULT 0,
  clock       INTEGER NOT NULL DEFAULT 0, -- never goes backwards
  last_set    INTEGER NOT NULL DEFAULT 0,
  change_set  INTEGER, -- the set that is being written; none: another program writes
  moment      INTEGER, -- unix milliseconds of that set; none: the computer's clock
  applying    INTEGER NOT NULL DEFAULT 0 CHECK (applying IN (0, 1)), -- 1: triggers rest
  fingerprint TEXT NOT NULL DEFAULT '' -- of tables and triggers when they were last compared
) STRICT;

CREATE TRIGGER change_stays BEFORE UPDATE ON change WHEN (SELECT applying FROM journal_state) = 0 BEGIN
  SELECT RAISE(ABORT, 'the journal only grows');
END;
CREATE TRIGGER change_is_kept BEFORE DELETE ON change WHEN (SELECT applying FROM journal_state) = 0 BEGIN
  SELECT RAISE(ABORT, 'the journal only grows');
END;
CREATE TRIGGER change_set_stays BEFORE UPDATE ON change_set WHEN (SELECT applying FROM journal_state) = 0 BEGIN
  SELECT RAISE(ABORT, 'the journal only grows');
END;
CREATE TRIGGER change_set_is_kept BEFORE DELETE ON change_set WHEN (SELECT applying FROM journal_state) = 0 BEGIN
  SELECT RAISE(ABORT, 'the journal only grows');
END;

-- A form that somebody began to fill in: offered again when the program ended before it was saved.
CREATE TABLE draft (
  id        TEXT PRIMARY KEY NOT NULL,
  form      TEXT NOT NULL CHECK (length(form) BETWEEN 1 AND 60),
  subject   TEXT NOT NULL DEFAULT '{}', -- JSON: what the form is about
  fields    TEXT NOT NULL DEFAULT '{}', -- JSON: what was typed, by field
  person_id TEXT, -- who typed it
  holder    TEXT NOT NULL DEFAULT '', -- the running program that has it open
  saved_at  TEXT NOT NULL
) STRICT;
