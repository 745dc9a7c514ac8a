"""Errors that are meant for the user."""

from __future__ import annotations

from typing import ClassVar


class ShownError(Exception):
    """An error whose text says what, where and what to do; it is shown as it is, in one place, without a traceback."""

    exit_code: ClassVar[int] = 1


class UsageProblem(ShownError):
    """Something on the command line, or something it points to, can't be used."""

    exit_code = 2


class ReaderLeft(ShownError):
    """The reader of standard output has gone, as with `… | head -1`: nobody would see a message, so none is shown."""


class Declined(ShownError):
    """The user was asked and answered no."""

    exit_code = 130


class NotConfigured(ShownError):
    """Something the command needs is not set up, or is switched off."""

    exit_code = 5
