-- From version 3 to 4: the year programme, how the plan came about, where the centre sits, what
-- planning the work needs. Frozen: later changes are later steps.

ALTER TABLE goal ADD COLUMN owner_id TEXT REFERENCES person (id);
ALTER TABLE goal ADD COLUMN state TEXT CHECK (state IN ('planned', 'under_way', 'done', 'dropped'));
ALTER TABLE goal ADD COLUMN due_on TEXT CHECK (due_on IS NULL OR date(julianday(due_on)) IS due_on);
ALTER TABLE goal ADD COLUMN budget_planned TEXT CHECK (budget_planned IS NULL OR (length(budget_planned) <= 40 AND budget_planned GLOB '[0-9]*' AND budget_planned NOT GLOB '*[^0-9.]*' AND budget_planned NOT GLOB '*.*.*'));
ALTER TABLE goal ADD COLUMN budget_spent TEXT CHECK (budget_spent IS NULL OR (length(budget_spent) <= 40 AND budget_spent GLOB '[0-9]*' AND budget_spent NOT GLOB '*[^0-9.]*' AND budget_spent NOT GLOB '*.*.*'));

-- ---------------------------------------------------------------- how the plan came about

-- What was found when the plan was made: the six lists of a SWO-ART analysis. A statement can be
-- placed on the grid of three times three strategies, in the row or the column of its kind.
CREATE TABLE analysis_statement (
  id          TEXT PRIMARY KEY NOT NULL,
  plan_id     TEXT NOT NULL REFERENCES plan (id),
  kind        TEXT NOT NULL CHECK (kind IN ('weakness', 'strength', 'aspiration', 'threat', 'opportunity', 'result')),
  statement   TEXT NOT NULL CHECK (length(trim(statement)) BETWEEN 1 AND 2000),
  strategy    TEXT CHECK (strategy IN ('limit_damage', 'choose', 'question_again', 'defend', 'invest', 'commit', 'rethink', 'realise', 'risk')), -- its place; none: not placed
  position    INTEGER NOT NULL DEFAULT 0,
  source_line TEXT NOT NULL DEFAULT '',
  retired_at  TEXT,
  CHECK (strategy IS NULL OR kind || ' ' || strategy IN ('weakness limit_damage', 'weakness choose', 'weakness question_again', 'strength defend', 'strength invest', 'strength commit', 'aspiration rethink', 'aspiration realise', 'aspiration risk', 'threat limit_damage', 'threat defend', 'threat rethink', 'opportunity choose', 'opportunity invest', 'opportunity realise', 'result question_again', 'result commit', 'result risk'))
) STRICT;
CREATE INDEX analysis_statement_by_plan ON analysis_statement (plan_id, kind, position);

-- The goals, and by them the policy challenges, that a statement led to.
CREATE TABLE analysis_goal ( -- id: UUIDv5 of statement and goal
  id           TEXT PRIMARY KEY NOT NULL,
  statement_id TEXT NOT NULL REFERENCES analysis_statement (id),
  goal_id      TEXT NOT NULL REFERENCES goal (id),
  retired_at   TEXT
) STRICT;
CREATE INDEX analysis_goal_by_statement ON analysis_goal (statement_id);
CREATE INDEX analysis_goal_by_goal ON analysis_goal (goal_id);

-- Whom the makers of the plan asked: a row of the stakeholder survey, with the numbers as they
-- were reported. Rows below another are its parts.
CREATE TABLE survey_group (
  id             TEXT PRIMARY KEY NOT NULL,
  plan_id        TEXT NOT NULL REFERENCES plan (id),
  whole_id       TEXT REFERENCES survey_group (id), -- the row that this is a part of
  name           TEXT NOT NULL CHECK (length(trim(name)) BETWEEN 1 AND 200),
  work_type_id   TEXT REFERENCES work_type (id),
  total          INTEGER CHECK (total >= 0),
  reached        INTEGER CHECK (reached >= 0), -- took part in what the centre offers
  not_reached    INTEGER CHECK (not_reached >= 0),
  small          INTEGER CHECK (small >= 0),
  medium         INTEGER CHECK (medium >= 0),
  large          INTEGER CHECK (large >= 0),
  administrative INTEGER CHECK (administrative >= 0),
  agogic         INTEGER CHECK (agogic >= 0),
  coordinator    INTEGER CHECK (coordinator >= 0), -- or another leading function
  position       INTEGER NOT NULL DEFAULT 0,
  source_line    TEXT NOT NULL DEFAULT '',
  retired_at     TEXT,
  CHECK (whole_id IS NOT id)
) STRICT;
CREATE INDEX survey_group_by_plan ON survey_group (plan_id, whole_id, position);

-- The Theory of Change of a goal: what is done, what that gives, what it changes, what for.
CREATE TABLE logic_step (
  id         TEXT PRIMARY KEY NOT NULL,
  goal_id    TEXT NOT NULL REFERENCES goal (id),
  level      TEXT NOT NULL CHECK (level IN ('activity', 'output', 'outcome', 'impact')),
  statement  TEXT NOT NULL CHECK (length(trim(statement)) BETWEEN 1 AND 2000),
  assumption TEXT NOT NULL DEFAULT '' CHECK (length(assumption) <= 2000), -- why it leads to the next
  position   INTEGER NOT NULL DEFAULT 0,
  retired_at TEXT
) STRICT;
CREATE INDEX logic_step_by_goal ON logic_step (goal_id, level, position);

-- The indicators that watch whether a step happens.
CREATE TABLE logic_step_indicator ( -- id: UUIDv5 of step and indicator
  id            TEXT PRIMARY KEY NOT NULL,
  logic_step_id TEXT NOT NULL REFERENCES logic_step (id),
  indicator_id  TEXT NOT NULL REFERENCES indicator (id),
  retired_at    TEXT
) STRICT;
CREATE INDEX logic_step_indicator_by_step ON logic_step_indicator (logic_step_id);
CREATE INDEX logic_step_indicator_by_indicator ON logic_step_indicator (indicator_id);

-- ---------------------------------------------------------------- where the centre sits

-- A seat that the centre holds, a membership, a network, a policy that it follows.
CREATE TABLE mandate (
  id                TEXT PRIMARY KEY NOT NULL,
  plan_id           TEXT NOT NULL REFERENCES plan (id),
  goal_id           TEXT REFERENCES goal (id), -- what it serves
  kind              TEXT NOT NULL CHECK (kind IN ('mandate', 'membership', 'network', 'policy_watch')),
  name              TEXT NOT NULL CHECK (length(trim(name)) BETWEEN 1 AND 300),
  convenor          TEXT NOT NULL DEFAULT '' CHECK (length(convenor) <= 300), -- who calls it together
  purpose           TEXT NOT NULL DEFAULT '' CHECK (length(purpose) <= 20000),
  representative_id TEXT REFERENCES person (id),
  starts_on         TEXT CHECK (starts_on IS NULL OR date(julianday(starts_on)) IS starts_on),
  ends_on           TEXT CHECK (ends_on IS NULL OR date(julianday(ends_on)) IS ends_on),
  source_line       TEXT NOT NULL DEFAULT '',
  retired_at        TEXT,
  CHECK (starts_on IS NULL OR ends_on IS NULL OR starts_on <= ends_on)
) STRICT;
CREATE INDEX mandate_by_plan ON mandate (plan_id, kind, name);
CREATE INDEX mandate_by_representative ON mandate (representative_id);

-- That somebody was there, or looked: continuing efforts have no end, but a last time.
CREATE TABLE attendance ( -- id: UUIDv5 of mandate, day, person
  id          TEXT PRIMARY KEY NOT NULL,
  mandate_id  TEXT NOT NULL REFERENCES mandate (id),
  attended_on TEXT NOT NULL CHECK (date(julianday(attended_on)) IS attended_on),
  person_id   TEXT REFERENCES person (id),
  note        TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 20000),
  retired_at  TEXT
) STRICT;
CREATE INDEX attendance_by_mandate ON attendance (mandate_id, attended_on);

-- ---------------------------------------------------------------- planning the work

-- Days on which somebody visits nobody; no person: nobody does. Holidays of the country are known.
CREATE TABLE day_off (
  id         TEXT PRIMARY KEY NOT NULL,
  person_id  TEXT REFERENCES person (id),
  starts_on  TEXT NOT NULL CHECK (date(julianday(starts_on)) IS starts_on),
  ends_on    TEXT NOT NULL CHECK (date(julianday(ends_on)) IS ends_on),
  label      TEXT NOT NULL DEFAULT '' CHECK (length(label) <= 200),
  retired_at TEXT,
  CHECK (starts_on <= ends_on)
) STRICT;
CREATE INDEX day_off_by_person ON day_off (person_id, starts_on);

-- How long a kind of organisation may be without a visit, in days: as a rule, and at most.
CREATE TABLE contact_rhythm ( -- id: UUIDv5 of work type and size
  id           TEXT PRIMARY KEY NOT NULL,
  work_type_id TEXT NOT NULL REFERENCES work_type (id),
  size         TEXT CHECK (size IN ('small', 'medium', 'large')), -- none: those without one of their own
  ideal_days   INTEGER NOT NULL CHECK (ideal_days > 0),
  maximum_days INTEGER NOT NULL,
  retired_at   TEXT,
  CHECK (ideal_days <= maximum_days)
) STRICT;
CREATE INDEX contact_rhythm_by_work_type ON contact_rhythm (work_type_id);

-- A list as somebody wants to find it again: a screen and what is held back there.
CREATE TABLE saved_view ( -- id: UUIDv5 of person, screen and name
  id         TEXT PRIMARY KEY NOT NULL,
  person_id  TEXT REFERENCES person (id), -- none: for everybody
  screen     TEXT NOT NULL CHECK (length(screen) BETWEEN 1 AND 60),
  name       TEXT NOT NULL CHECK (length(trim(name)) BETWEEN 1 AND 120),
  filters    TEXT NOT NULL DEFAULT '{}' CHECK (length(filters) <= 20000), -- JSON
  retired_at TEXT
) STRICT;
CREATE INDEX saved_view_by_person ON saved_view (person_id, screen);

-- Whether somebody was visited is read from the index alone.
DROP INDEX visit_by_organisation;
DROP INDEX visit_by_status;
DROP INDEX visit_by_day;
CREATE INDEX visit_by_day ON visit (visited_on DESC, id DESC, retired_at);
CREATE INDEX visit_by_status ON visit (status, visited_on, organisation_id, retired_at);
CREATE INDEX visit_by_organisation ON visit (organisation_id, status, visited_on, retired_at);

-- ---------------------------------------------------------------- summaries
-- What is judged is not read from every measurement each time. A summary is never added to, only
-- worked out from the rows: triggers note in measurement_stale what is not up to date, and the
-- program works it out before each commit and when it opens the file. What is noted there is
-- read from the rows themselves.

-- The measurements of an indicator in a month or a year that have the same qualifier, work type
-- and form: all that the rules need of them, exact. Numbers are whole ('40') or quotients ('7/2').
CREATE TABLE measurement_summary (
  indicator_id     TEXT NOT NULL,
  grain            TEXT NOT NULL CHECK (grain IN ('month', 'year')),
  span             TEXT NOT NULL, -- '2016-03' or '2016'
  qualifier        TEXT NOT NULL, -- as it is compared: without case or space around it
  work_type_id     TEXT NOT NULL, -- '': of none
  form             TEXT NOT NULL,
  entries          INTEGER NOT NULL,
  counted          INTEGER NOT NULL, -- of which so many are not zero
  total            TEXT NOT NULL, -- values added, or numerators
  below            TEXT NOT NULL, -- denominators added
  lowest           TEXT NOT NULL, -- value, or numerator by denominator
  highest          TEXT NOT NULL,
  last_on          TEXT NOT NULL, -- the one that came last
  last_order       TEXT NOT NULL,
  last_id          TEXT NOT NULL,
  last_value       TEXT,
  last_numerator   TEXT,
  last_denominator TEXT,
  PRIMARY KEY (indicator_id, grain, span, qualifier, work_type_id, form)
) STRICT, WITHOUT ROWID;

-- Months of which the summary is to be worked out anew.
CREATE TABLE measurement_stale (
  indicator_id TEXT NOT NULL,
  month        TEXT NOT NULL,
  PRIMARY KEY (indicator_id, month)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER measurement_summed_added AFTER INSERT ON measurement BEGIN
  INSERT OR IGNORE INTO measurement_stale VALUES (new.indicator_id, substr(new.observed_on, 1, 7));
END;
CREATE TRIGGER measurement_summed_changed AFTER UPDATE ON measurement BEGIN
  INSERT OR IGNORE INTO measurement_stale VALUES (old.indicator_id, substr(old.observed_on, 1, 7));
  INSERT OR IGNORE INTO measurement_stale VALUES (new.indicator_id, substr(new.observed_on, 1, 7));
END;
CREATE TRIGGER measurement_summed_removed AFTER DELETE ON measurement BEGIN
  INSERT OR IGNORE INTO measurement_stale VALUES (old.indicator_id, substr(old.observed_on, 1, 7));
END;

-- The status as it was last shown, exact, so that it is judged once: for which plan and day, by
-- which version of the program, and how far the journal was: what is older is judged again.
CREATE TABLE kept_status (
  one        INTEGER PRIMARY KEY CHECK (one = 1),
  plan_id    TEXT NOT NULL,
  as_of      TEXT NOT NULL,
  version    TEXT NOT NULL,
  sequence   INTEGER NOT NULL,
  lines      TEXT NOT NULL -- JSON
) STRICT;

INSERT INTO measurement_stale (indicator_id, month)
  SELECT DISTINCT indicator_id, substr(observed_on, 1, 7) FROM measurement;

-- The log is searched newest first, plan and register by how well they match.
CREATE INDEX search_document_by_kind ON search_document (kind);
