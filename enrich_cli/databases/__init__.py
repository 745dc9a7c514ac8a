"""Databases by their URL, for sources and outputs alike."""
