"""Warnings that several commands give."""

STILL_IN_THE_LOG = "other programs read the store: its log keeps old pages until the last of them has ended"
