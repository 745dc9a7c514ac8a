"""The sandbox's answers from as little server as there can be, so that it is the client that is measured.

    python -m tests.bench.bare_server [--latency SECONDS] [--slow VENDOR=SECONDS]…

What is asked for the first time is answered by the sandbox's own code, and kept; when it is asked for again, the same
bytes are sent. One port for each vendor, as the sandbox has; prints their addresses as it does.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Mapping
from functools import partial
from urllib.parse import parse_qsl, urlsplit

from multidict import CIMultiDict

from enrich_cli.console.sandbox import base_url_lines
from enrich_cli.sandbox.catalog import VENDORS
from enrich_cli.sandbox.server import HOST
from enrich_cli.sandbox.vendor import Call, Vendor

_BACKLOG = 1024
_HEAD_END = b"\r\n\r\n"
_LENGTH = b"\r\ncontent-length:"
_NOT_READY = 202
"""Asked again, the vendor says something else."""


class Answers:
    """One vendor's, by what was asked."""

    def __init__(self, vendor: Vendor) -> None:
        self._vendor = vendor
        self._kept: dict[bytes, bytes] = {}

    def to(self, head: bytes, body: bytes) -> bytes:
        """The whole answer to a request, as it goes out."""
        question = head[: head.index(b"\r\n")] + body
        answer = self._kept.get(question)
        if answer is None:
            status, answer = self._made(head, body)
            if status != _NOT_READY:
                self._kept[question] = answer
        return answer

    def _made(self, head: bytes, body: bytes) -> tuple[int, bytes]:
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ")
        url = urlsplit(target)
        headers = CIMultiDict((name, value.strip()) for name, _, value in (line.partition(":") for line in lines))
        query = dict(parse_qsl(url.query, keep_blank_values=True))
        reply = self._vendor.answer(Call(method, url.path, query, headers, body))
        own = {**reply.headers, "Content-Length": str(len(reply.body))}
        told = "".join(f"{name}: {value}\r\n" for name, value in own.items())
        return reply.status, f"HTTP/1.1 {reply.status} Said\r\n{told}\r\n".encode("latin-1") + reply.body


class Connection(asyncio.Protocol):
    """One client's; it asks again when it has been answered."""

    def __init__(self, answers: Answers, latency: float) -> None:
        self._answers = answers
        self._latency = latency
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(_HEAD_END)
        if end < 0:
            return
        head, start = self._buffer[:end], end + len(_HEAD_END)
        length = _body_length(head)
        if len(self._buffer) - start < length:
            return
        body, self._buffer = self._buffer[start : start + length], self._buffer[start + length :]
        answer = self._answers.to(head, body)
        if self._latency:
            asyncio.get_running_loop().call_later(self._latency, self._send, answer)
        else:
            self._send(answer)

    def _send(self, answer: bytes) -> None:
        if self._transport:
            self._transport.write(answer)


def _body_length(head: bytes) -> int:
    if head.startswith(b"GET "):
        return 0
    _, _, rest = head.lower().partition(_LENGTH)
    return int(rest.partition(b"\r\n")[0] or 0)


async def serve(latency: float, slow: Mapping[str, float]) -> None:
    """Serve until the process ends. `latency` and `slow`, by vendor: seconds before an answer."""
    loop = asyncio.get_running_loop()
    urls = {}
    for vendor in VENDORS:
        answers, seconds = Answers(vendor()), slow.get(vendor.name, latency)
        connect = partial(Connection, answers, seconds)
        server = await loop.create_server(connect, HOST, 0, backlog=_BACKLOG)
        urls[vendor.name] = f"http://{HOST}:{server.sockets[0].getsockname()[1]}"
    sys.stdout.write("\n".join(base_url_lines(urls)) + "\n")
    sys.stdout.flush()
    await loop.create_future()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bare_server")
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--slow", action="append", default=[], metavar="VENDOR=SECONDS")
    options = parser.parse_args()
    slow = {name: float(seconds) for name, _, seconds in (one.partition("=") for one in options.slow)}
    asyncio.run(serve(options.latency, slow))


if __name__ == "__main__":
    main()
