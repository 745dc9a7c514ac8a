"""Where a vendor's address sends its callers elsewhere, nobody goes there with a key."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli
    from tests.e2e.vendors.conftest import Row


@contextmanager
def answering(status: int, location: str = "") -> Iterator[tuple[str, list[str]]]:
    """A server on loopback that answers all with this status. Gives its address, and the paths that are asked for."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            self.send_header("Location", location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_GET  # noqa: N815 the name is the base class's

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 as the base class declares it
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    "status", [pytest.param(301, marks=pytest.mark.slow), pytest.param(302, marks=pytest.mark.slow), 307]
)
def test_no_redirect_is_followed_by_any_vendors_requests(ten: Cli, row: Row, header: str, status: int) -> None:
    """CoreLogic's key goes for a token first, which is redirected like the rest."""
    del ten.settings["CORELOGIC_TOKEN_URL"]
    vendors = [name for name in ten.settings if name.endswith("_BASE_URL")]
    assert len(vendors) == 10
    source = ten.write("one.csv", f"{header}\n{row('Birch Tooling')}\n")
    with answering(200) as (elsewhere, strayed), answering(status, f"{elsewhere}/taken") as (here, asked):
        ten.settings |= dict.fromkeys(vendors, here)
        result = ten.run("enrich", source, "--json")
    assert (result.code, result.counts) == (3, {"failed": 1})
    assert {entry["failed"] for entry in result.report["providers"]} == {1}
    assert len(asked) >= len(vendors)
    assert strayed == []
    assert result.report["cost_usd"] == "0.00"
