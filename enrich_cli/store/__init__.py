"""What we remember: one SQLite file, with everything personal in it sealed."""
