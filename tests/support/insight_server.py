"""A local HTTP server that behaves as Insight's Assessments API is documented to, and fails as it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

PAGE_ROWS = 100
FILTERS = ("academicYear", "yearGroup", "term", "name", "subject", "markSchemeId")


@dataclass
class Failure:
    """One answer given in place of the right one: a status, a cut connection (``status=0``), or other bytes."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass
class InsightServer:
    """What the server holds and what it was asked."""

    records: dict[str, list[dict[str, Any]]]
    key: str
    failures: list[Failure] = field(default_factory=list)
    announced_extra_count: int = 0
    asked: list[dict[str, str]] = field(default_factory=list)
    base_url: str = ""

    def answer(self, school_id: str, query: dict[str, str]) -> dict[str, Any]:
        """The documented answer: 100 records a page, and the counts."""
        found = [record for record in self.records[school_id] if _fits(record, query)]
        page = int(query.get("page", "1"))
        start = (page - 1) * PAGE_ROWS
        return {
            "assessments": found[start : start + PAGE_ROWS],
            "metadata": {
                "totalResults": len(found) + self.announced_extra_count,
                "page": page,
                "totalPages": -(-len(found) // PAGE_ROWS),
            },
        }


def _fits(record: dict[str, Any], query: dict[str, str]) -> bool:
    return all(str(record[name]) == query[name] for name in FILTERS if name in query)


@contextmanager
def serve_insight(records: dict[str, list[dict[str, Any]]], key: str) -> Iterator[InsightServer]:
    """The server on a free loopback port, for as long as the block lasts."""
    state = InsightServer(records, key)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer_request(self, state)

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.base_url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer_request(request: BaseHTTPRequestHandler, state: InsightServer) -> None:
    """One request: a planned failure if there is one, else key, school and page as documented."""
    address = urlsplit(request.path)
    query = {name: values[0] for name, values in parse_qs(address.query).items()}
    state.asked.append(query)
    if state.failures:
        failure = state.failures.pop(0)
        if failure.status == 0:
            request.connection.close()
            return
        send(request, failure.status, failure.body, failure.headers)
        return
    parts = address.path.strip("/").split("/")
    if request.headers.get("authorization") != f"Bearer {state.key}":
        send(request, 401, b"{}")
    elif len(parts) != 4 or (parts[0], parts[1], parts[3]) != ("api", "schools", "assessments"):
        send(request, 404, b"{}")
    elif parts[2] not in state.records:
        send(request, 403, b"{}")
    else:
        send(request, 200, json.dumps(state.answer(parts[2], query)).encode())


def send(request: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
    """An answer with its length and kind."""
    request.send_response(status)
    for name, value in (headers or {}).items():
        request.send_header(name, value)
    request.send_header("content-type", "application/json")
    request.send_header("content-length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)
