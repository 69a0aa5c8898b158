-- From version 4 to 5: exchange with other laptops. Frozen: later changes are later steps.

-- ---------------------------------------------------------------- what laptops disagreed about

-- What a person decided where laptops disagreed: which of two values stays, or that it is fine.
CREATE TABLE conflict_decision ( -- id: UUIDv5 of rule and question
  id         TEXT PRIMARY KEY NOT NULL,
  rule       TEXT NOT NULL CHECK (length(rule) BETWEEN 1 AND 60), -- value, retired, overlap ...
  question   TEXT NOT NULL CHECK (length(question) BETWEEN 1 AND 2000), -- which rows and changes
  choice     TEXT NOT NULL CHECK (choice IN ('kept', 'other')), -- as it stood, or the other value
  note       TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 2000),
  decided_by TEXT REFERENCES person (id),
  decided_at TEXT NOT NULL,
  retired_at TEXT
) STRICT;

-- ---------------------------------------------------------------- the journal

ALTER TABLE change ADD COLUMN heard TEXT;
CREATE INDEX change_by_heard ON change (replica, sequence) WHERE heard IS NOT NULL;
ALTER TABLE journal_state ADD COLUMN team TEXT NOT NULL DEFAULT '';
ALTER TABLE journal_state ADD COLUMN heard TEXT NOT NULL DEFAULT '';
ALTER TABLE journal_state ADD COLUMN former TEXT NOT NULL DEFAULT '[]';

-- ---------------------------------------------------------------- this device

ALTER TABLE device ADD COLUMN profile TEXT NOT NULL DEFAULT '{}';
ALTER TABLE device ADD COLUMN seen TEXT NOT NULL DEFAULT '{}';

-- Where this file is exchanged with others, and how that went the last time.
CREATE TABLE exchange (
  one        INTEGER PRIMARY KEY CHECK (one = 1),
  kind       TEXT NOT NULL CHECK (kind IN ('folder', 'hub')),
  address    TEXT NOT NULL,
  automatic  INTEGER NOT NULL DEFAULT 0 CHECK (automatic IN (0, 1)), -- at start and at exit
  done_at    TEXT, -- the last time that it went well
  sent_until INTEGER NOT NULL DEFAULT 0, -- place in our journal up to which all is there
  outcome    TEXT NOT NULL DEFAULT '{}', -- JSON: what came in then, and what was wrong
  upkeep     TEXT NOT NULL DEFAULT '{}' -- JSON: the last snapshot, for which members it was sealed
) STRICT;

-- Transactions of other laptops that cannot be taken over yet: something before them did not
-- arrive, they are of a newer version, or their clock is far ahead.
CREATE TABLE waiting (
  replica    TEXT NOT NULL,
  after      INTEGER NOT NULL, -- places in the journal of that laptop
  until      INTEGER NOT NULL,
  version    INTEGER NOT NULL, -- of the schema
  body       TEXT NOT NULL,
  arrived_at TEXT NOT NULL,
  PRIMARY KEY (replica, after)
) STRICT, WITHOUT ROWID;

-- Rows that one laptop took away while another refers to them: they stay.
CREATE TABLE kept_row (
  kind   TEXT NOT NULL, -- the table
  row_id TEXT NOT NULL,
  PRIMARY KEY (kind, row_id)
) STRICT, WITHOUT ROWID;

-- Rows of which laptops may hold different words: where conflicts are looked for.
CREATE TABLE disputed_row (
  kind   TEXT NOT NULL,
  row_id TEXT NOT NULL,
  PRIMARY KEY (kind, row_id)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- what other programs read

DROP VIEW v_goal_status;
-- How the plan stands: a line for the plan, each goal and each indicator, in the order of the plan.
CREATE VIEW v_goal_status AS
SELECT s.code, s.level, s.title, s.unit, s.baseline, s.target, s.period_start, s.period_end,
       s.value, s.progress, s.expected, s.pace_ratio, s.days_behind, s.status, s.with_data,
       s.parts, s.last_measurement, s.contact_person, s.late_changes, p.as_of,
       p.sequence = (SELECT max(seq) FROM change) AS up_to_date
FROM published_status s, published p
ORDER BY s.position;

