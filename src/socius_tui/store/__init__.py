"""The SQLite file: the only SQL of the program, and the only import of a SQLite library."""
