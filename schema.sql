-- The whole database of socius-tui, readable from top to bottom.
--
-- A new file is made from this text; an older file is brought here by the numbered
-- migrations of socius_tui/store/migrations.py and must end up exactly the same.
--
-- Conventions
--   id          UUIDv7 made on the device, or UUIDv5 of the natural key (target, assignment,
--               link rows), so that two laptops that make the same thing make the same row.
--   dates       ISO text, one calendar day; date(julianday(d)) = d refuses 2023-02-29.
--   moments     UTC, ISO text with milliseconds and Z.
--   numbers     decimal text, exactly as entered: '0.3', never 0.30000000000000004.
--   retired_at  rows are retired, not deleted, and can be restored.
--   no UNIQUE besides ids and no ON DELETE on tables that laptops exchange: what must be
--   unique for the business is checked by the use case.
--   journal     every row of the tables up to "the journal" is journalled, by whatever program
--   it is written; the triggers that do it are made from these tables by the program
--   (socius_tui/store/journal/triggers.py) and are not repeated here.

PRAGMA application_id = 0x534F4349; -- "SOCI"
PRAGMA user_version = 5;

-- ---------------------------------------------------------------- the plan

-- A policy plan (beleidsplan): its period, and how everything in it is judged. A previous plan,
-- goal or indicator is the one of the period before, from which this one was carried over.
CREATE TABLE plan (
  id              TEXT PRIMARY KEY NOT NULL,
  code            TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 60),
  title           TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 500),
  organisation    TEXT NOT NULL DEFAULT '',
  starts_on       TEXT NOT NULL CHECK (date(julianday(starts_on)) IS starts_on),
  ends_on         TEXT NOT NULL CHECK (date(julianday(ends_on)) IS ends_on),
  -- pace ratios from which a status is 'on_track' and 'attention'
  on_track_from   TEXT NOT NULL DEFAULT '0.85' CHECK (on_track_from GLOB '[0-9]*' AND on_track_from NOT GLOB '*[^0-9.]*' AND on_track_from NOT GLOB '*.*.*'),
  attention_from  TEXT NOT NULL DEFAULT '0.60' CHECK (attention_from GLOB '[0-9]*' AND attention_from NOT GLOB '*[^0-9.]*' AND attention_from NOT GLOB '*.*.*'),
  -- denominator of coverage: organisations recognised on the date, or a number fixed by the plan
  coverage_policy TEXT NOT NULL DEFAULT 'recognised' CHECK (coverage_policy IN ('recognised', 'fixed')),
  coverage_fixed  INTEGER CHECK (coverage_fixed > 0),
  source          TEXT NOT NULL DEFAULT '',
  retired_at      TEXT,
  previous_plan_id TEXT REFERENCES plan (id),
  CHECK (starts_on <= ends_on),
  CHECK (CAST(attention_from AS REAL) <= CAST(on_track_from AS REAL)),
  CHECK (coverage_policy = 'recognised' OR coverage_fixed IS NOT NULL)
) STRICT;

-- Stretches in which nothing is expected to move, for instance July and August.
CREATE TABLE plan_pause (
  id         TEXT PRIMARY KEY NOT NULL,
  plan_id    TEXT NOT NULL REFERENCES plan (id),
  starts_on  TEXT NOT NULL CHECK (date(julianday(starts_on)) IS starts_on),
  ends_on    TEXT NOT NULL CHECK (date(julianday(ends_on)) IS ends_on),
  label      TEXT NOT NULL DEFAULT '',
  retired_at TEXT,
  CHECK (starts_on <= ends_on)
) STRICT;
CREATE INDEX plan_pause_by_plan ON plan_pause (plan_id);

-- Everything from strategic goal to action, as a tree: SD1, OD1.1, BO1, BO1.2. Actions are the
-- year programme: they have an owner, a state, a day by which they are ready, a budget in euro.
CREATE TABLE goal (
  id          TEXT PRIMARY KEY NOT NULL,
  plan_id     TEXT NOT NULL REFERENCES plan (id),
  parent_id   TEXT REFERENCES goal (id),
  kind        TEXT NOT NULL CHECK (kind IN ('strategic', 'operational', 'basic_task', 'objective', 'action')),
  code        TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 40),
  title       TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 500),
  summary     TEXT NOT NULL DEFAULT '' CHECK (length(summary) <= 20000),
  position    INTEGER NOT NULL DEFAULT 0,
  year        INTEGER CHECK (year BETWEEN 1900 AND 2199), -- actions: the year programme
  challenge   TEXT NOT NULL DEFAULT '', -- policy challenge (beleidsuitdaging) behind a strategic goal
  source_line TEXT NOT NULL DEFAULT '', -- lines of the plan's text, '1750-1763'
  retired_at  TEXT,
  previous_goal_id TEXT REFERENCES goal (id),
  owner_id         TEXT REFERENCES person (id),
  state            TEXT CHECK (state IN ('planned', 'under_way', 'done', 'dropped')),
  due_on           TEXT CHECK (due_on IS NULL OR date(julianday(due_on)) IS due_on),
  budget_planned   TEXT CHECK (budget_planned IS NULL OR (length(budget_planned) <= 40 AND budget_planned GLOB '[0-9]*' AND budget_planned NOT GLOB '*[^0-9.]*' AND budget_planned NOT GLOB '*.*.*')),
  budget_spent     TEXT CHECK (budget_spent IS NULL OR (length(budget_spent) <= 40 AND budget_spent GLOB '[0-9]*' AND budget_spent NOT GLOB '*[^0-9.]*' AND budget_spent NOT GLOB '*.*.*')),
  CHECK (parent_id IS NOT id),
  CHECK (kind <> 'action' OR year IS NOT NULL)
) STRICT;
CREATE INDEX goal_by_parent ON goal (plan_id, parent_id, position);
CREATE INDEX goal_by_code ON goal (code);

-- ---------------------------------------------------------------- people and organisations

CREATE TABLE person ( -- staff of the support centre
  id          TEXT PRIMARY KEY NOT NULL,
  name        TEXT NOT NULL CHECK (length(trim(name)) BETWEEN 1 AND 200),
  role        TEXT NOT NULL CHECK (role IN ('contact_person', 'director', 'reader')),
  active_from TEXT CHECK (active_from IS NULL OR date(julianday(active_from)) IS active_from),
  active_until TEXT CHECK (active_until IS NULL OR date(julianday(active_until)) IS active_until),
  retired_at  TEXT,
  CHECK (active_from IS NULL OR active_until IS NULL OR active_from <= active_until)
) STRICT;

-- A sort of organisation (werksoort), as the decree has them.
CREATE TABLE work_type (
  id         TEXT PRIMARY KEY NOT NULL,
  code       TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 60),
  name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  position   INTEGER NOT NULL DEFAULT 0,
  recognised INTEGER CHECK (recognised >= 0), -- the number that the plan prints
  retired_at TEXT
) STRICT;

-- A finer division of a work type (deelsoort).
CREATE TABLE subtype (
  id           TEXT PRIMARY KEY NOT NULL,
  work_type_id TEXT NOT NULL REFERENCES work_type (id),
  code         TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 60),
  name         TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  position     INTEGER NOT NULL DEFAULT 0,
  recognised   INTEGER CHECK (recognised >= 0),
  retired_at   TEXT
) STRICT;
CREATE INDEX subtype_by_work_type ON subtype (work_type_id, position);

-- An organisation of the sector, recognised for a while or for good. One that turned out to be
-- another one is retired, and says which: lists that still have it are understood.
CREATE TABLE organisation (
  id                TEXT PRIMARY KEY NOT NULL,
  code              TEXT NOT NULL DEFAULT '' CHECK (length(code) <= 40), -- short name for people
  name              TEXT NOT NULL CHECK (length(trim(name)) BETWEEN 1 AND 300 AND instr(name, char(0)) = 0),
  work_type_id      TEXT NOT NULL REFERENCES work_type (id),
  subtype_id        TEXT REFERENCES subtype (id),
  enterprise_number TEXT NOT NULL DEFAULT '' CHECK (enterprise_number = '' OR enterprise_number GLOB '[01][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'),
  municipality      TEXT NOT NULL DEFAULT '',
  size              TEXT CHECK (size IN ('small', 'medium', 'large')),
  participation     TEXT CHECK (participation IN ('reached', 'not_reached')),
  federation        TEXT NOT NULL DEFAULT '',
  recognised_from   TEXT CHECK (recognised_from IS NULL OR date(julianday(recognised_from)) IS recognised_from),
  recognised_until  TEXT CHECK (recognised_until IS NULL OR date(julianday(recognised_until)) IS recognised_until),
  note              TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 20000),
  retired_at        TEXT,
  merged_into_id    TEXT REFERENCES organisation (id),
  CHECK (recognised_from IS NULL OR recognised_until IS NULL OR recognised_from <= recognised_until)
) STRICT;
CREATE INDEX organisation_by_name ON organisation (name COLLATE NOCASE);
CREATE INDEX organisation_by_work_type ON organisation (work_type_id, name);

CREATE TABLE organisation_contact ( -- personal data: who is met at an organisation
  id              TEXT PRIMARY KEY NOT NULL,
  organisation_id TEXT NOT NULL REFERENCES organisation (id),
  name            TEXT NOT NULL CHECK (length(trim(name)) BETWEEN 1 AND 200),
  function        TEXT CHECK (function IN ('coordinator', 'agogic', 'board')),
  email           TEXT NOT NULL DEFAULT '' CHECK (length(email) <= 254),
  phone           TEXT NOT NULL DEFAULT '' CHECK (length(phone) <= 60),
  retired_at      TEXT
) STRICT;
CREATE INDEX organisation_contact_by_organisation ON organisation_contact (organisation_id);

-- Contact person (aanspreekpunt) of a work type; at most one on any date, checked by the use case.
CREATE TABLE assignment ( -- id: UUIDv5 of person, work type, from
  id           TEXT PRIMARY KEY NOT NULL,
  person_id    TEXT NOT NULL REFERENCES person (id),
  work_type_id TEXT NOT NULL REFERENCES work_type (id),
  starts_on    TEXT NOT NULL CHECK (date(julianday(starts_on)) IS starts_on),
  ends_on      TEXT CHECK (ends_on IS NULL OR date(julianday(ends_on)) IS ends_on),
  retired_at   TEXT,
  CHECK (ends_on IS NULL OR starts_on <= ends_on)
) STRICT;
CREATE INDEX assignment_by_work_type ON assignment (work_type_id, starts_on);
CREATE INDEX assignment_by_person ON assignment (person_id, starts_on);

-- ---------------------------------------------------------------- indicators

-- What is measured for a goal, and how it is to be judged.
CREATE TABLE indicator (
  id                TEXT PRIMARY KEY NOT NULL,
  goal_id           TEXT NOT NULL REFERENCES goal (id),
  code              TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 60),
  title             TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 500),
  definition        TEXT NOT NULL DEFAULT '' CHECK (length(definition) <= 20000),
  unit              TEXT NOT NULL DEFAULT '' CHECK (length(unit) <= 60),
  kind              TEXT NOT NULL CHECK (kind IN ('count', 'amount', 'percentage', 'ratio', 'scale', 'milestone', 'narrative')),
  direction         TEXT NOT NULL CHECK (direction IN ('increase', 'decrease', 'maintain')),
  band_low          TEXT CHECK (band_low IS NULL OR (length(band_low) <= 40 AND band_low GLOB '*[0-9]*' AND band_low NOT GLOB '*[^-0-9.]*' AND substr(band_low, 2) NOT GLOB '*-*' AND band_low NOT GLOB '*.*.*')),
  band_high         TEXT CHECK (band_high IS NULL OR (length(band_high) <= 40 AND band_high GLOB '*[0-9]*' AND band_high NOT GLOB '*[^-0-9.]*' AND substr(band_high, 2) NOT GLOB '*-*' AND band_high NOT GLOB '*.*.*')),
  aggregation       TEXT NOT NULL CHECK (aggregation IN ('sum', 'latest', 'mean', 'min', 'max', 'distinct')),
  scope             TEXT NOT NULL CHECK (scope IN ('per_period', 'to_date')),
  judging           TEXT NOT NULL DEFAULT 'by_pace' CHECK (judging IN ('by_pace', 'by_period')),
  sphere            TEXT NOT NULL CHECK (sphere IN ('control', 'influence', 'ambition')),
  source_kind       TEXT NOT NULL CHECK (source_kind IN ('self_registration', 'administrative', 'research')),
  collection_method TEXT NOT NULL DEFAULT '',
  frequency         TEXT NOT NULL CHECK (frequency IN ('month', 'quarter', 'half_year', 'year')),
  baseline_value    TEXT CHECK (baseline_value IS NULL OR (length(baseline_value) <= 40 AND baseline_value GLOB '*[0-9]*' AND baseline_value NOT GLOB '*[^-0-9.]*' AND substr(baseline_value, 2) NOT GLOB '*-*' AND baseline_value NOT GLOB '*.*.*')),
  baseline_on       TEXT CHECK (baseline_on IS NULL OR date(julianday(baseline_on)) IS baseline_on),
  computed          TEXT CHECK (computed IN ('visited_organisations', 'visits_done', 'follow_ups_on_time', 'work_types_with_contact')),
  computed_linked   INTEGER NOT NULL DEFAULT 0 CHECK (computed_linked IN (0, 1)), -- only log rows linked to this goal
  owner_id          TEXT REFERENCES person (id),
  weight            TEXT NOT NULL DEFAULT '1' CHECK (length(weight) <= 40 AND weight GLOB '[0-9]*' AND weight NOT GLOB '*[^0-9.]*' AND weight NOT GLOB '*.*.*'),
  origin            TEXT NOT NULL CHECK (origin IN ('plan', 'example', 'own')),
  source_line       TEXT NOT NULL DEFAULT '',
  position          INTEGER NOT NULL DEFAULT 0,
  retired_at        TEXT,
  previous_indicator_id TEXT REFERENCES indicator (id),
  CHECK (direction <> 'maintain' OR (band_low IS NOT NULL AND band_high IS NOT NULL AND CAST(band_low AS REAL) <= CAST(band_high AS REAL)))
) STRICT;
CREATE INDEX indicator_by_goal ON indicator (goal_id, position);
CREATE INDEX indicator_by_code ON indicator (code);

-- What an indicator must reach in, or by the end of, a period.
CREATE TABLE target ( -- id: UUIDv5 of indicator, period, qualifier
  id           TEXT PRIMARY KEY NOT NULL,
  indicator_id TEXT NOT NULL REFERENCES indicator (id),
  period_start TEXT NOT NULL CHECK (date(julianday(period_start)) IS period_start),
  period_end   TEXT NOT NULL CHECK (date(julianday(period_end)) IS period_end),
  value        TEXT NOT NULL CHECK (length(value) <= 40 AND value GLOB '*[0-9]*' AND value NOT GLOB '*[^-0-9.]*' AND substr(value, 2) NOT GLOB '*-*' AND value NOT GLOB '*.*.*'),
  qualifier    TEXT NOT NULL DEFAULT '' CHECK (length(qualifier) <= 120),
  reason       TEXT NOT NULL DEFAULT '', -- why it was changed after it was set
  retired_at   TEXT,
  CHECK (period_start <= period_end)
) STRICT;
CREATE INDEX target_by_indicator ON target (indicator_id, period_end);

-- One reported state of an indicator (meting), exactly as it was entered.
CREATE TABLE measurement (
  id           TEXT PRIMARY KEY NOT NULL,
  indicator_id TEXT NOT NULL REFERENCES indicator (id),
  observed_on  TEXT NOT NULL CHECK (date(julianday(observed_on)) IS observed_on),
  -- zero is a value, 'not applicable' is a statement, missing is no row
  form         TEXT NOT NULL CHECK (form IN ('value', 'ratio', 'not_applicable', 'text')),
  value        TEXT CHECK (value IS NULL OR (length(value) <= 40 AND value GLOB '*[0-9]*' AND value NOT GLOB '*[^-0-9.]*' AND substr(value, 2) NOT GLOB '*-*' AND value NOT GLOB '*.*.*')),
  numerator    TEXT CHECK (numerator IS NULL OR (length(numerator) <= 40 AND numerator GLOB '*[0-9]*' AND numerator NOT GLOB '*[^-0-9.]*' AND substr(numerator, 2) NOT GLOB '*-*' AND numerator NOT GLOB '*.*.*')),
  denominator  TEXT CHECK (denominator IS NULL OR (length(denominator) <= 40 AND denominator GLOB '*[1-9]*' AND denominator NOT GLOB '*[^0-9.]*' AND denominator NOT GLOB '*.*.*')),
  qualifier    TEXT NOT NULL DEFAULT '' CHECK (length(qualifier) <= 120),
  work_type_id TEXT REFERENCES work_type (id), -- disaggregation
  note         TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 20000),
  evidence     TEXT NOT NULL DEFAULT '' CHECK (length(evidence) <= 2000),
  recorded_by  TEXT REFERENCES person (id),
  recorded_at  TEXT NOT NULL,
  retired_at   TEXT,
  CHECK ((form = 'value') = (value IS NOT NULL)),
  CHECK ((form = 'ratio') = (numerator IS NOT NULL)),
  CHECK ((form = 'ratio') = (denominator IS NOT NULL)),
  CHECK (form <> 'text' OR length(trim(note)) > 0)
) STRICT;
CREATE INDEX measurement_by_indicator ON measurement (indicator_id, observed_on, value);
CREATE INDEX measurement_by_entry ON measurement (recorded_at);
CREATE INDEX measurement_by_day ON measurement (observed_on, id);

CREATE TABLE narrative ( -- what happened, so what, what next
  id            TEXT PRIMARY KEY NOT NULL,
  goal_id       TEXT NOT NULL REFERENCES goal (id),
  period_start  TEXT NOT NULL CHECK (date(julianday(period_start)) IS period_start),
  period_end    TEXT NOT NULL CHECK (date(julianday(period_end)) IS period_end),
  what_happened TEXT NOT NULL DEFAULT '' CHECK (length(what_happened) <= 20000),
  so_what       TEXT NOT NULL DEFAULT '' CHECK (length(so_what) <= 20000),
  what_next     TEXT NOT NULL DEFAULT '' CHECK (length(what_next) <= 20000),
  written_by    TEXT REFERENCES person (id),
  written_at    TEXT NOT NULL,
  retired_at    TEXT,
  CHECK (period_start <= period_end)
) STRICT;
CREATE INDEX narrative_by_goal ON narrative (goal_id, period_end);

-- ---------------------------------------------------------------- visits and what they promise

-- A visit (bezoek) to an organisation, planned, done or cancelled.
CREATE TABLE visit (
  id              TEXT PRIMARY KEY NOT NULL,
  organisation_id TEXT NOT NULL REFERENCES organisation (id),
  visited_on      TEXT NOT NULL CHECK (date(julianday(visited_on)) IS visited_on),
  status          TEXT NOT NULL CHECK (status IN ('planned', 'done', 'cancelled')),
  mode            TEXT NOT NULL DEFAULT 'on_site' CHECK (mode IN ('on_site', 'online', 'phone')),
  visitor_id      TEXT REFERENCES person (id),
  summary         TEXT NOT NULL DEFAULT '' CHECK (length(summary) <= 20000),
  private_note    TEXT NOT NULL DEFAULT '' CHECK (length(private_note) <= 20000), -- never exported unless asked
  recorded_at     TEXT NOT NULL,
  retired_at      TEXT
) STRICT;
CREATE INDEX visit_by_day ON visit (visited_on DESC, id DESC, retired_at);
CREATE INDEX visit_by_organisation ON visit (organisation_id, status, visited_on, retired_at);
CREATE INDEX visit_by_visitor ON visit (visitor_id, visited_on);
CREATE INDEX visit_by_entry ON visit (recorded_at);
CREATE INDEX visit_by_status ON visit (status, visited_on, organisation_id, retired_at);

CREATE TABLE visit_met ( -- people met; a row each, never joined text
  id         TEXT PRIMARY KEY NOT NULL,
  visit_id   TEXT NOT NULL REFERENCES visit (id),
  contact_id TEXT REFERENCES organisation_contact (id),
  name       TEXT NOT NULL CHECK (length(trim(name)) BETWEEN 1 AND 200),
  position   INTEGER NOT NULL DEFAULT 0,
  retired_at TEXT
) STRICT;
CREATE INDEX visit_met_by_visit ON visit_met (visit_id, position);

-- Goals that a visit was about.
CREATE TABLE visit_goal ( -- id: UUIDv5 of visit and goal
  id         TEXT PRIMARY KEY NOT NULL,
  visit_id   TEXT NOT NULL REFERENCES visit (id),
  goal_id    TEXT NOT NULL REFERENCES goal (id),
  retired_at TEXT
) STRICT;
CREATE INDEX visit_goal_by_visit ON visit_goal (visit_id);
CREATE INDEX visit_goal_by_goal ON visit_goal (goal_id, visit_id);

CREATE TABLE visit_need ( -- id: UUIDv5 of visit and tag; needs heard
  id         TEXT PRIMARY KEY NOT NULL,
  visit_id   TEXT NOT NULL REFERENCES visit (id),
  tag        TEXT NOT NULL CHECK (length(trim(tag)) BETWEEN 1 AND 80),
  retired_at TEXT
) STRICT;
CREATE INDEX visit_need_by_visit ON visit_need (visit_id);
CREATE INDEX visit_need_by_tag ON visit_need (tag);

-- Something promised (opvolgpunt), during a visit or about a goal or an indicator.
CREATE TABLE follow_up (
  id           TEXT PRIMARY KEY NOT NULL,
  visit_id     TEXT REFERENCES visit (id),
  goal_id      TEXT REFERENCES goal (id),
  indicator_id TEXT REFERENCES indicator (id),
  what         TEXT NOT NULL CHECK (length(trim(what)) BETWEEN 1 AND 2000),
  owner_id     TEXT REFERENCES person (id),
  due_on       TEXT CHECK (due_on IS NULL OR date(julianday(due_on)) IS due_on),
  done_on      TEXT CHECK (done_on IS NULL OR date(julianday(done_on)) IS done_on),
  outcome      TEXT NOT NULL DEFAULT '' CHECK (length(outcome) <= 20000),
  recorded_at  TEXT NOT NULL,
  retired_at   TEXT
) STRICT;
CREATE INDEX follow_up_by_owner ON follow_up (owner_id, done_on, due_on);
CREATE INDEX follow_up_by_due ON follow_up (done_on, due_on);
CREATE INDEX follow_up_by_visit ON follow_up (visit_id);
CREATE INDEX follow_up_by_goal ON follow_up (goal_id);
CREATE INDEX follow_up_by_entry ON follow_up (recorded_at);
CREATE INDEX follow_up_by_indicator ON follow_up (indicator_id);

-- ---------------------------------------------------------------- reference figures

-- Figures that the plan prints and nobody measures: the sector, the budget.
CREATE TABLE key_figure ( -- id: UUIDv5 of plan, line, name, year
  id           TEXT PRIMARY KEY NOT NULL,
  plan_id      TEXT NOT NULL REFERENCES plan (id),
  work_type_id TEXT REFERENCES work_type (id),
  line         TEXT NOT NULL DEFAULT '', -- budget line, or the work type's name as printed
  year         INTEGER CHECK (year BETWEEN 1900 AND 2199),
  name         TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  value        TEXT NOT NULL CHECK (length(value) <= 40 AND value GLOB '*[0-9]*' AND value NOT GLOB '*[^-0-9.]*' AND substr(value, 2) NOT GLOB '*-*' AND value NOT GLOB '*.*.*'),
  unit         TEXT NOT NULL DEFAULT '',
  source_line  TEXT NOT NULL DEFAULT '',
  retired_at   TEXT
) STRICT;
CREATE INDEX key_figure_by_plan ON key_figure (plan_id, name, year);

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

-- ---------------------------------------------------------------- lists that come in

-- How the lists of somebody are read, kept by name: which column is what, and how numbers and
-- days are written in them.
CREATE TABLE import_mapping ( -- id: UUIDv5 of kind and name
  id         TEXT PRIMARY KEY NOT NULL,
  kind       TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 60), -- organisations, visits ...
  name       TEXT NOT NULL CHECK (length(trim(name)) BETWEEN 1 AND 120),
  decimals   TEXT CHECK (decimals IN ('comma', 'point')), -- none: as is found
  days       TEXT CHECK (days IN ('day_first', 'month_first')), -- of 3/4/2016; none: as is found
  retired_at TEXT
) STRICT;

-- What one column of such a list is.
CREATE TABLE import_column ( -- id: UUIDv5 of mapping and header
  id         TEXT PRIMARY KEY NOT NULL,
  mapping_id TEXT NOT NULL REFERENCES import_mapping (id),
  header     TEXT NOT NULL CHECK (length(header) BETWEEN 1 AND 300), -- as the list has it
  field      TEXT NOT NULL CHECK (length(field) <= 60), -- '': the column is left out
  retired_at TEXT
) STRICT;
CREATE INDEX import_column_by_mapping ON import_column (mapping_id);

-- ---------------------------------------------------------------- settings of this file

CREATE TABLE setting ( -- of the file, not of the person: plan shown, pinned date of a demo
  key   TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
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
  new            TEXT, -- JSON: for U the changed columns, for I all that differ from their default
  heard          TEXT  -- JSON: up to where others were known of whom something had just come in
) STRICT;
CREATE UNIQUE INDEX change_by_sequence ON change (replica, sequence);
CREATE INDEX change_by_row ON change (row_id);
CREATE INDEX change_by_heard ON change (replica, sequence) WHERE heard IS NOT NULL;

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
  fingerprint TEXT NOT NULL DEFAULT '', -- of tables and triggers when they were last compared
  team        TEXT NOT NULL DEFAULT '', -- what laptops that exchange have in common
  heard       TEXT NOT NULL DEFAULT '', -- JSON: what came in since the last change, for the next one
  former      TEXT NOT NULL DEFAULT '[]' -- JSON: replicas under which this file was written before
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

-- ---------------------------------------------------------------- this device

CREATE TABLE device ( -- laptops that have written in this file, and what they said of themselves
  id           TEXT PRIMARY KEY NOT NULL, -- the replica
  name         TEXT NOT NULL,
  first_seen   TEXT NOT NULL,
  profile      TEXT NOT NULL DEFAULT '{}', -- JSON: person, version of the program, keys ...
  seen         TEXT NOT NULL DEFAULT '{}' -- JSON: how far it said to have seen the others
) STRICT;

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

-- ---------------------------------------------------------------- search
-- search_document holds the text of what can be found. Triggers keep it in step, so a write
-- by any other tool is found as well, and note in search_stale what FTS5 has to index anew:
-- with trusted_schema off a trigger may not write in a virtual table itself. The program does
-- it before each commit and when it opens the file.

-- What can be found, a row each.
CREATE TABLE search_document (
  number INTEGER PRIMARY KEY,
  kind   TEXT NOT NULL,
  ref    TEXT NOT NULL UNIQUE, -- id of the row
  title  TEXT NOT NULL,
  body   TEXT NOT NULL
) STRICT;
CREATE INDEX search_document_by_kind ON search_document (kind);

-- Rows of search_document that are to be indexed anew.
CREATE TABLE search_stale (
  number INTEGER PRIMARY KEY
) STRICT;

CREATE VIRTUAL TABLE search USING fts5 ( -- accents are ignored
  title, body, tokenize = "unicode61 remove_diacritics 2"
);

CREATE TRIGGER search_document_added AFTER INSERT ON search_document BEGIN
  INSERT OR IGNORE INTO search_stale (number) VALUES (new.number);
END;
CREATE TRIGGER search_document_removed AFTER DELETE ON search_document BEGIN
  INSERT OR IGNORE INTO search_stale (number) VALUES (old.number);
END;

CREATE TRIGGER goal_found_added AFTER INSERT ON goal WHEN new.retired_at IS NULL BEGIN
  INSERT INTO search_document (kind, ref, title, body) VALUES ('goal', new.id, new.code || ' ' || new.title, new.summary || ' ' || new.challenge);
END;
CREATE TRIGGER goal_found_changed AFTER UPDATE OF code, title, summary, challenge, retired_at ON goal BEGIN
  DELETE FROM search_document WHERE ref = old.id;
  INSERT INTO search_document (kind, ref, title, body)
    SELECT 'goal', new.id, new.code || ' ' || new.title, new.summary || ' ' || new.challenge WHERE new.retired_at IS NULL;
END;
CREATE TRIGGER goal_found_removed AFTER DELETE ON goal BEGIN
  DELETE FROM search_document WHERE ref = old.id;
END;

CREATE TRIGGER indicator_found_added AFTER INSERT ON indicator WHEN new.retired_at IS NULL BEGIN
  INSERT INTO search_document (kind, ref, title, body) VALUES ('indicator', new.id, new.code || ' ' || new.title, new.definition);
END;
CREATE TRIGGER indicator_found_changed AFTER UPDATE OF code, title, definition, retired_at ON indicator BEGIN
  DELETE FROM search_document WHERE ref = old.id;
  INSERT INTO search_document (kind, ref, title, body)
    SELECT 'indicator', new.id, new.code || ' ' || new.title, new.definition WHERE new.retired_at IS NULL;
END;
CREATE TRIGGER indicator_found_removed AFTER DELETE ON indicator BEGIN
  DELETE FROM search_document WHERE ref = old.id;
END;

CREATE TRIGGER organisation_found_added AFTER INSERT ON organisation WHEN new.retired_at IS NULL BEGIN
  INSERT INTO search_document (kind, ref, title, body) VALUES ('organisation', new.id, new.code || ' ' || new.name, new.municipality || ' ' || new.federation || ' ' || new.note);
END;
CREATE TRIGGER organisation_found_changed AFTER UPDATE OF code, name, municipality, federation, note, retired_at ON organisation BEGIN
  DELETE FROM search_document WHERE ref = old.id;
  INSERT INTO search_document (kind, ref, title, body)
    SELECT 'organisation', new.id, new.code || ' ' || new.name, new.municipality || ' ' || new.federation || ' ' || new.note WHERE new.retired_at IS NULL;
END;
CREATE TRIGGER organisation_found_removed AFTER DELETE ON organisation BEGIN
  DELETE FROM search_document WHERE ref = old.id;
END;

CREATE TRIGGER visit_found_added AFTER INSERT ON visit WHEN new.retired_at IS NULL BEGIN
  INSERT INTO search_document (kind, ref, title, body)
    SELECT 'visit', new.id, new.visited_on || ' ' || name, new.summary || ' ' || new.private_note FROM organisation WHERE id = new.organisation_id;
END;
CREATE TRIGGER visit_found_changed AFTER UPDATE OF organisation_id, visited_on, summary, private_note, retired_at ON visit BEGIN
  DELETE FROM search_document WHERE ref = old.id;
  INSERT INTO search_document (kind, ref, title, body)
    SELECT 'visit', new.id, new.visited_on || ' ' || name, new.summary || ' ' || new.private_note FROM organisation WHERE id = new.organisation_id AND new.retired_at IS NULL;
END;
CREATE TRIGGER visit_found_removed AFTER DELETE ON visit BEGIN
  DELETE FROM search_document WHERE ref = old.id;
END;

CREATE TRIGGER measurement_found_added AFTER INSERT ON measurement WHEN new.retired_at IS NULL AND new.note <> '' BEGIN
  INSERT INTO search_document (kind, ref, title, body)
    SELECT 'measurement', new.id, new.observed_on || ' ' || code || ' ' || title, new.note FROM indicator WHERE id = new.indicator_id;
END;
CREATE TRIGGER measurement_found_changed AFTER UPDATE OF observed_on, note, retired_at ON measurement BEGIN
  DELETE FROM search_document WHERE ref = old.id;
  INSERT INTO search_document (kind, ref, title, body)
    SELECT 'measurement', new.id, new.observed_on || ' ' || code || ' ' || title, new.note FROM indicator WHERE id = new.indicator_id AND new.retired_at IS NULL AND new.note <> '';
END;
CREATE TRIGGER measurement_found_removed AFTER DELETE ON measurement BEGIN
  DELETE FROM search_document WHERE ref = old.id;
END;

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
-- which version of the program, and how long the journal was: what is older is judged again.
CREATE TABLE kept_status (
  one        INTEGER PRIMARY KEY CHECK (one = 1),
  plan_id    TEXT NOT NULL,
  as_of      TEXT NOT NULL,
  version    TEXT NOT NULL,
  sequence   INTEGER NOT NULL,
  lines      TEXT NOT NULL -- JSON
) STRICT;

-- ---------------------------------------------------------------- what other programs read
-- These views give the numbers of the program for one day, the one that published_status was
-- worked out for. What is retired, private or personal is in none of them.

-- For which plan and day, and how long the journal was: when it has grown, the status is older.
CREATE TABLE published (
  one      INTEGER PRIMARY KEY CHECK (one = 1),
  plan_id  TEXT NOT NULL,
  as_of    TEXT NOT NULL,
  pinned   INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)), -- 1: somebody chose the day
  sequence INTEGER NOT NULL,
  made_at  TEXT NOT NULL
) STRICT;

-- The status as the program judged it: a line for the plan, each goal and each indicator.
CREATE TABLE published_status (
  position         INTEGER PRIMARY KEY,
  id               TEXT NOT NULL,
  level            TEXT NOT NULL,
  code             TEXT NOT NULL,
  title            TEXT NOT NULL,
  unit             TEXT NOT NULL,
  baseline         REAL,
  target           REAL,
  period_start     TEXT,
  period_end       TEXT,
  value            REAL,
  progress         REAL, -- 1 is all of the way
  expected         REAL,
  pace_ratio       REAL,
  days_behind      REAL,
  status           TEXT NOT NULL,
  with_data        INTEGER NOT NULL,
  parts            INTEGER NOT NULL,
  last_measurement TEXT,
  contact_person   TEXT NOT NULL,
  late_changes     INTEGER NOT NULL
) STRICT;

-- How the plan stands: a line for the plan, each goal and each indicator, in the order of the plan.
CREATE VIEW v_goal_status AS
SELECT s.code, s.level, s.title, s.unit, s.baseline, s.target, s.period_start, s.period_end,
       s.value, s.progress, s.expected, s.pace_ratio, s.days_behind, s.status, s.with_data,
       s.parts, s.last_measurement, s.contact_person, s.late_changes, p.as_of,
       p.sequence = (SELECT max(seq) FROM change) AS up_to_date
FROM published_status s, published p
ORDER BY s.position;

-- Organisations visited since the start of the plan, by work type; the total is the last line.
CREATE VIEW v_coverage AS
WITH
day AS (
  SELECT d.as_of, n.starts_on, min(d.as_of, n.ends_on) AS until,
         CASE n.coverage_policy WHEN 'fixed' THEN n.coverage_fixed END AS fixed
  FROM published d JOIN plan n ON n.id = d.plan_id
),
recognised AS (
  SELECT o.work_type_id, EXISTS (
           SELECT 1 FROM visit v
           WHERE v.organisation_id = o.id AND v.status = 'done' AND v.retired_at IS NULL
             AND v.visited_on BETWEEN d.starts_on AND d.until) AS visited
  FROM organisation o, day d
  WHERE o.retired_at IS NULL
    AND (o.recognised_from IS NULL OR o.recognised_from <= d.as_of)
    AND (o.recognised_until IS NULL OR d.as_of <= o.recognised_until)
),
counted AS (
  SELECT w.position, w.name AS work_type,
         coalesce((SELECT e.name FROM assignment a JOIN person e ON e.id = a.person_id
                   WHERE a.work_type_id = w.id AND a.retired_at IS NULL AND a.starts_on <= d.as_of
                     AND (a.ends_on IS NULL OR d.as_of <= a.ends_on)
                   ORDER BY a.starts_on DESC, a.id LIMIT 1), '') AS contact_person,
         (SELECT count(*) FROM recognised r WHERE r.work_type_id = w.id AND r.visited) AS visited,
         (SELECT count(*) FROM recognised r WHERE r.work_type_id = w.id) AS recognised, d.as_of
  FROM work_type w, day d
  WHERE w.retired_at IS NULL
  UNION ALL
  SELECT 9e9, '', '', (SELECT count(*) FROM recognised WHERE visited),
         coalesce(d.fixed, (SELECT count(*) FROM recognised)), d.as_of
  FROM day d
)
SELECT work_type, contact_person, visited, recognised,
       visited * 1.0 / nullif(recognised, 0) AS share, as_of
FROM counted
ORDER BY position, work_type;

-- The visit log, newest first, without private notes and without who was met.
CREATE VIEW v_visits AS
SELECT v.id, v.visited_on AS date, o.name AS organisation, w.name AS work_type, v.status, v.mode,
       coalesce(e.name, '') AS visitor,
       coalesce((SELECT group_concat(code, '; ') FROM (
          SELECT g.code FROM visit_goal vg JOIN goal g ON g.id = vg.goal_id
          WHERE vg.visit_id = v.id AND vg.retired_at IS NULL ORDER BY g.position, g.code)), '') AS goals,
       coalesce((SELECT group_concat(tag, '; ') FROM (
          SELECT tag FROM visit_need
          WHERE visit_id = v.id AND retired_at IS NULL ORDER BY tag)), '') AS needs,
       (SELECT count(*) FROM follow_up f
        WHERE f.visit_id = v.id AND f.done_on IS NULL AND f.retired_at IS NULL) AS open_follow_ups,
       v.summary
FROM visit v JOIN organisation o ON o.id = v.organisation_id
JOIN work_type w ON w.id = o.work_type_id LEFT JOIN person e ON e.id = v.visitor_id
WHERE v.retired_at IS NULL
ORDER BY v.visited_on DESC, v.id DESC;

-- What was measured up to the day, newest first, of every plan in the file.
CREATE VIEW v_measurements AS
SELECT m.id, i.code AS indicator, g.code AS goal, n.code AS plan, m.observed_on AS date, m.form,
       CAST(m.value AS REAL) AS value, CAST(m.numerator AS REAL) AS numerator,
       CAST(m.denominator AS REAL) AS denominator, i.unit, m.qualifier,
       coalesce(w.name, '') AS work_type, m.note, m.evidence, m.recorded_at
FROM published d, measurement m JOIN indicator i ON i.id = m.indicator_id
JOIN goal g ON g.id = i.goal_id JOIN plan n ON n.id = g.plan_id
LEFT JOIN work_type w ON w.id = m.work_type_id
WHERE m.retired_at IS NULL AND m.observed_on <= d.as_of
ORDER BY m.observed_on DESC, m.id DESC;
