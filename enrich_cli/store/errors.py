"""What can be wrong with a store; the texts are for people."""

from __future__ import annotations

from enrich_cli.domain.errors import ShownError


class StoreError(ShownError):
    """The store can't be used, or not for this purpose."""

    exit_code = 2


class StoreFull(ShownError):
    """The disk is full, or failed while writing; nothing half-written stays."""

    exit_code = 1


class KeeperLost(ShownError):
    """The process that keeps the books is gone, perhaps killed."""

    exit_code = 1

    def __init__(self, *, begun: bool) -> None:
        """`begun`: the books were already open, so the run can be resumed."""
        then = (
            "; what arrived before that is saved: continue with --resume last" if begun else ": run the command again"
        )
        super().__init__(f"the process that keeps the run's books has ended{then}")


class CompanyKeyError(ShownError):
    """The company key is malformed, revoked, or another company's."""

    exit_code = 5


class MasterKeyError(ShownError):
    """The master key is missing, malformed or not the one that the store was sealed with."""

    exit_code = 5
