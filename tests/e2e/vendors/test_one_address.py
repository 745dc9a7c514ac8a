"""Vendors that are reached at one address, as through a company's own gateway."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.e2e.conftest import Cli

IN_FLIGHT = 2
OTHERS = 6
"""Customers who are asked about at X alone: more than are in flight."""
LONGEST_SECONDS = 20.0
"""Time enough for X to answer everybody."""


class Address(ThreadingHTTPServer):
    """X answers at once; LinkedIn not before X has answered for everybody."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.all_asked = threading.Event()
        self.asked: set[str] = set()
        self.waited_in_vain = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Address

    def do_GET(self) -> None:
        handle = self.path.partition("?")[0].rpartition("/")[2]
        if self.path.startswith("/2/users/"):
            self.server.asked.add(handle)
            if len(self.server.asked) == OTHERS:
                self.server.all_asked.set()
            body: object = {"data": {"id": "1", "name": "Ada Sample", "username": handle}}
        else:
            self.server.waited_in_vain |= not self.server.all_asked.wait(LONGEST_SECONDS)
            body = {"data": None, "message": "ok"}
        content = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 as the base class declares it
        """Say nothing."""


@contextmanager
def one_address() -> Iterator[Address]:
    with Address() as address:
        serving = threading.Thread(target=address.serve_forever)
        serving.start()
        try:
            yield address
        finally:
            address.shutdown()
            serving.join()


def test_a_slow_vendor_leaves_the_others_their_connections(ten: Cli) -> None:
    slow = [f"Ada Sample,https://www.linkedin.com/in/ada-{number}," for number in range(2 * IN_FLIGHT)]
    quick = [f"Ada Sample,,ada_{number}" for number in range(OTHERS)]
    source = ten.write("social.csv", "\n".join(["Name,LinkedIn URL,Twitter", *slow, *quick, ""]))
    with one_address() as address:
        ten.settings |= {"LINKEDIN_BASE_URL": address.url, "TWITTER_BASE_URL": address.url}
        ten.settings["ENRICHMENT_TIMEOUT"] = "10"
        result = ten.run("enrich", source, "--types", "social", "--concurrency", str(IN_FLIGHT), "--json")
    assert not address.waited_in_vain
    assert result.counts == {"enriched": OTHERS, "not_found": 2 * IN_FLIGHT}
