"""The journal: every changed row, by whatever program, as one row of `change`.

`triggers` makes the triggers that write it, `values` is the JSON they write, `projection` works
out rows from it, `comparison` finds where rows and journal differ, `sets` reads and writes who
did what.
"""
