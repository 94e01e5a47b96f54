"""What servers here know of HTTP: bodies that are read in pieces, headers without keys, requests that are passed on."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import json
import socket
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, BinaryIO, Self
from urllib.parse import parse_qsl, urlsplit

PIECE = 256 * 1024
SECRET = ("authorization", "api-key", "proxy-authorization", "cookie")
OF_ONE_HOP = ("connection", "transfer-encoding", "content-length", "host", "keep-alive", "expect")


@dataclass
class Answer:
    """A status, headers and a body."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def json_answer(value: Any, status: int = 200, **headers: str) -> Answer:
    """A value as JSON."""
    return Answer(status, json.dumps(value).encode(), {"Content-Type": "application/json", **headers})


def error_answer(
    status: int, message: str, code: str | None = None, param: str | None = None, kind: str = "invalid_request_error"
) -> Answer:
    """An error in OpenAI's form."""
    return json_answer({"error": {"message": message, "type": kind, "param": param, "code": code}}, status)


class Body:
    """The body of a request, read in pieces, with its size and digest so far."""

    def __init__(self, stream: BinaryIO, headers: http.client.HTTPMessage) -> None:
        self.stream = stream
        self.chunked = "chunked" in headers.get("Transfer-Encoding", "").lower()
        self.length = None if self.chunked else int(headers.get("Content-Length") or 0)
        self.left = self.length or 0
        self.ended = self.length == 0
        self.bytes = 0
        self._digest = hashlib.sha256()

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def read(self, size: int = PIECE) -> bytes:
        """At most `size` bytes; none at the end. Raises ConnectionError when the client is gone before it."""
        if self.ended:
            return b""
        if self.chunked and not self.left:
            self.left = int(self.stream.readline().split(b";")[0] or b"0", 16)
            if not self.left:
                while self.stream.readline().strip():
                    pass
                self.ended = True
                return b""
        piece: bytes = self.stream.read1(min(size, self.left))  # type: ignore[attr-defined]
        if not piece:
            raise ConnectionError("the request ended before its body did")
        self.left -= len(piece)
        self.bytes += len(piece)
        self._digest.update(piece)
        if self.chunked and not self.left:
            self.stream.readline()
        self.ended = not self.chunked and not self.left
        return piece

    def rest(self) -> bytes:
        """What is left of it."""
        return b"".join(iter(self.read, b""))

    def drain(self) -> None:
        """Read what is left and forget it, so that the connection can go on."""
        while self.read():
            pass


def without_keys(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Headers that can be kept, by their names in small letters."""
    return {name.lower(): value for name, value in headers if name.lower() not in SECRET}


def query_of(target: str) -> tuple[str, list[tuple[str, str]]]:
    """The path of a request's target, and the pairs of its query."""
    parts = urlsplit(target)
    return parts.path, parse_qsl(parts.query, keep_blank_values=True)


def pass_on(
    upstream: str, method: str, target: str, headers: Iterable[tuple[str, str]], body: Any, length: int | None
) -> Answer:
    """Send a request to another server (a piece of the body at a time) and wait for its whole answer."""
    address = urlsplit(upstream)
    connection = http.client.HTTPConnection(address.hostname or "127.0.0.1", address.port, timeout=120)
    kept = {name: value for name, value in headers if name.lower() not in OF_ONE_HOP}
    if length is not None and (length or method != "GET"):
        kept["Content-Length"] = str(length)
    try:
        pieces = iter(lambda: body.read(PIECE), b"") if length or length is None else None
        connection.request(method, address.path + target, pieces, kept, encode_chunked=length is None)
        answer = connection.getresponse()
        passed = {name: value for name, value in answer.getheaders() if name.lower() not in OF_ONE_HOP}
        return Answer(answer.status, answer.read(), passed)
    finally:
        connection.close()


class Handler(BaseHTTPRequestHandler):
    """A request of any method goes to `answer`, which gives the answer, or None to drop the connection."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # headers and body in one packet

    def answer(self, body: Body) -> Answer | None:
        raise NotImplementedError

    def handle_any(self) -> None:
        body = Body(self.rfile, self.headers)  # type: ignore[arg-type]
        try:
            answer = self.answer(body)
            if answer is None:
                self.cut()
                return
            body.drain()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)
            self.wfile.flush()
        except OSError:  # the client is gone, killed perhaps
            self.close_connection = True

    do_GET = do_POST = do_DELETE = do_PUT = do_PATCH = do_HEAD = do_OPTIONS = handle_any

    def cut(self) -> None:
        """Close the connection without an answer."""
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError):
            super().handle()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: there is a journal."""


class Server:
    """A server on a port of this machine, in threads, until `stop`."""

    def __init__(self, port: int = 0) -> None:
        owner = self
        self.connections: set[socket.socket] = set()

        class Bound(Handler):
            def setup(self) -> None:
                super().setup()
                owner.connections.add(self.connection)

            def finish(self) -> None:
                owner.connections.discard(self.connection)
                with contextlib.suppress(OSError):
                    super().finish()

            def answer(self, body: Body) -> Answer | None:
                return owner.answer(self, body)

        self.http = ThreadingHTTPServer(("127.0.0.1", port), Bound)
        self.http.daemon_threads = True
        self.root = f"http://127.0.0.1:{self.http.server_address[1]}"
        self.thread = Thread(target=self.http.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    def answer(self, request: Handler, body: Body) -> Answer | None:
        """The answer to a request, or None to drop the connection."""
        raise NotImplementedError

    @property
    def base_url(self) -> str:
        """What to give a client as base URL."""
        return f"{self.root}/v1"

    def stop(self) -> None:
        """Take no more requests, and end the connections that there are."""
        self.http.shutdown()
        self.http.server_close()
        for connection in [*self.connections]:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
