"""The floor of an export: the csv module over a bare cursor of the same columns and rows."""

import csv
import sqlite3
import sys

QUERY = """
SELECT m.id, i.code AS indicator, m.observed_on AS date, m.form, m.value, m.numerator,
  m.denominator, i.unit, m.qualifier, w.name AS work_type, m.note, m.evidence,
  p.name AS recorded_by, m.recorded_at
FROM measurement m JOIN indicator i ON i.id = m.indicator_id
LEFT JOIN work_type w ON w.id = m.work_type_id LEFT JOIN person p ON p.id = m.recorded_by
WHERE m.retired_at IS NULL ORDER BY m.observed_on DESC, m.recorded_at DESC, m.id DESC
"""

database, target = sys.argv[1:]
connection = sqlite3.connect(database)
rows = connection.execute(QUERY)
with open(target, "w", encoding="utf-8", newline="") as file:
    writer = csv.writer(file)
    writer.writerow([column[0] for column in rows.description])
    writer.writerows(rows)
