"""Errors that are meant for the user."""

from __future__ import annotations

from typing import ClassVar


class ShownError(Exception):
    """Its text says what, where and what to do, and is shown as it is, in one place, without a traceback."""

    exit_code: ClassVar[int] = 1


class UsageProblem(ShownError):
    """Something in the command line, or what it points to, can't be used."""

    exit_code = 2


class ReaderLeft(ShownError):
    """The reader of standard output has gone, as in `… | head -1`: there is nobody to tell, so nothing is shown."""


class Declined(ShownError):
    """The user was asked, and answered no."""

    exit_code = 130


class NotConfigured(ShownError):
    """What the command needs is not set up, or switched off."""

    exit_code = 5
