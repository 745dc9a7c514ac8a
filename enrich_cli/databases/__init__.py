"""Databases by URL, for sources and outputs alike."""
