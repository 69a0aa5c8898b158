-- From version 2 to 3: plans that follow each other, organisations that turned out to be one,
-- how lists are read, and what other programs read. Frozen: later changes are later steps.

ALTER TABLE plan ADD COLUMN previous_plan_id TEXT REFERENCES plan (id);
ALTER TABLE goal ADD COLUMN previous_goal_id TEXT REFERENCES goal (id);
ALTER TABLE indicator ADD COLUMN previous_indicator_id TEXT REFERENCES indicator (id);
ALTER TABLE organisation ADD COLUMN merged_into_id TEXT REFERENCES organisation (id);

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

-- ---------------------------------------------------------------- what other programs read
-- These views give the numbers of the program for one day, the one that published_status was
-- worked out for. What is retired, private or personal is in none of them.

-- For which plan and day, and how far the journal was: when it has grown, the status is older.
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
       p.sequence = (SELECT sequence FROM journal_state) AS up_to_date
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
