"""Finds what is wrong in a file: facts, without words. Nothing here writes in the file.

`copying` gives a copy in memory to look at, `structure` asks SQLite and compares the schema,
`journalling` holds journal and rows against each other, `planning` looks at what the rows say.
"""
