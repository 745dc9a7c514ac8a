"""Enriched rows out: flat columns in one file, then one file per format."""
