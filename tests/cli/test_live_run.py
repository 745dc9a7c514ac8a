"""A run that loses the keeper of its books, at the instants that matter."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from enrich_cli.cli.context import Context
from enrich_cli.cli.log import Log
from enrich_cli.cli.run_options import RunOptions
from enrich_cli.cli.session import perform
from enrich_cli.store.errors import KeeperLost
from enrich_cli.store.keeper import Opening, RunLine, keep
from enrich_cli.store.messages import Reply
from enrich_cli.store.orders import ReceivedOrder
from enrich_cli.store.reading import read_quota, read_runs
from enrich_cli.store.verbs import END
from tests.keeping import KeeperThread


class CutAtTheEnd(RunLine):
    """The run hears nothing more once it has ordered the end, as when the keeper is killed then."""

    def __init__(self, connection: socket.socket, *, carried_out: bool) -> None:
        super().__init__(connection)
        self._carried_out = carried_out

    def take(self) -> Sequence[ReceivedOrder]:
        orders = super().take()
        if any(order.verb is END for order in orders):
            self.is_open = False
            if not self._carried_out:
                self._connection.shutdown(socket.SHUT_RDWR)
                return ()
        return orders

    def send(self, replies: Sequence[Reply]) -> None:
        if self.is_open:
            super().send(replies)
        else:
            self._connection.shutdown(socket.SHUT_RDWR)


class MortalKeeper(KeeperThread):
    """Dies when it is ordered the end: before it is carried out, or after that."""

    def __init__(self, *, carried_out: bool) -> None:
        super().__init__()
        self._carried_out = carried_out

    def _keep(self, opening: Opening) -> None:
        with self._its_end:
            keep(CutAtTheEnd(self._its_end, carried_out=self._carried_out), opening)


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file in a folder where nothing is set, of somebody whose keys are made there, too."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("os.environ", {"XDG_CONFIG_HOME": str(tmp_path)})
    source = tmp_path / "customers.csv"
    source.write_text("email\nada@example.com\ngrace@example.com\n")
    return source


def enrich(source: Path, keeper: KeeperThread) -> int:
    options = RunOptions(
        command="enrich", source=str(source), output=str(source.with_name("out.csv")), types="person", sandbox=True
    )
    try:
        return perform(Context(source.with_name("store.db"), "acme", quiet=True, log=Log(quiet=True)), keeper, options)
    finally:
        keeper.join()


def state_of_run(source: Path) -> str:
    (run,) = read_runs(source.with_name("store.db"), "acme", datetime.now(UTC), most=9)
    return run.state


def test_a_run_whose_end_is_written_down_has_succeeded_whoever_dies_then(source: Path) -> None:
    assert enrich(source, MortalKeeper(carried_out=True)) == 0
    assert state_of_run(source) == "done"
    assert source.with_name("out.csv").exists()
    quota, _ = read_quota(source.with_name("store.db"), "acme", datetime.now(UTC))
    assert (quota.used, quota.reserved) == (2, 0)


def test_one_whose_end_is_not_written_down_says_how_to_go_on(source: Path) -> None:
    with pytest.raises(KeeperLost, match="--resume last"):
        enrich(source, MortalKeeper(carried_out=False))
    assert state_of_run(source) == "crashed"
