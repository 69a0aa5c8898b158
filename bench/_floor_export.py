"""The floor of an export: the csv module over a bare cursor of the same columns and rows."""

import csv
import sqlite3
import sys

from socius_tui.store.measurements import _FROM, _NEWEST_FIRST, _TEXTS

database, target = sys.argv[1:]
connection = sqlite3.connect(database)
rows = connection.execute(f"{_TEXTS} {_FROM} WHERE m.retired_at IS NULL {_NEWEST_FIRST}")
with open(target, "w", encoding="utf-8", newline="") as file:
    writer = csv.writer(file)
    writer.writerow([column[0] for column in rows.description])
    writer.writerows(rows)
