"""What the program remembers: one SQLite file, in which everything personal is sealed."""
