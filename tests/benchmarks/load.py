"""Many governors at once: signed in, over the stream that a browser uses, all opening the same page in one moment.

``python -m tests.benchmarks.load --home H --users 50``: the seconds from asking for a page until all of it is there,
by page; the errors; the server's memory. The home is only read: sign-ins and entitlements lie in a folder of their own.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string
from websockets.asyncio.client import ClientConnection, connect

from dashboards import board
from dashboards.access import Role
from dashboards.releases import find_release
from dashboards.server_settings import command
from tests.support.sign_ins import claims, cookie, write_entitlements, write_sign_in

GOAL_TOGETHER, GOAL_ALONE = 3.0, 1.0
TIMEOUT = 120


@dataclass
class Governor:
    """One governor's window."""

    name: str
    stream: ClientConnection
    errors: list[str] = field(default_factory=list)

    async def open(self, address: str) -> float:
        """Seconds from asking for a page until its last part is there."""
        asked, start = BackMsg(), time.perf_counter()
        asked.rerun_script.page_script_hash = calc_hash(address)
        await self.stream.send(asked.SerializeToString())
        has_heading = False
        while True:
            message = ForwardMsg()
            message.ParseFromString(bytes(await asyncio.wait_for(self.stream.recv(), TIMEOUT)))  # type: ignore[arg-type]
            kind = message.WhichOneof("type")
            if kind == "delta":
                element = message.delta.new_element
                has_heading |= "<h1>" in element.html.body
                if element.WhichOneof("type") == "exception" or "could not be shown" in element.html.body:
                    self.errors.append(f"{address}: {element.exception.type or 'failed'}")
            if kind == "script_finished":
                if not has_heading:
                    self.errors.append(f"{address}: no heading")
                return time.perf_counter() - start


async def come(origin: str, name: str) -> Governor:
    """Open the stream as a browser that has signed in."""
    token = generate_xsrf_token_string()
    headers = {"Cookie": f"{cookie('board', origin, claims(name))}; _streamlit_xsrf={token}"}
    address = origin.replace("http", "ws") + "/_stcore/stream"
    stream = await connect(address, origin=origin, additional_headers=headers, subprotocols=["streamlit", token],  # type: ignore[arg-type,list-item]
                           max_size=None, proxy=None)  # fmt: skip
    return Governor(name, stream)


async def rounds(origin: str, process: int, users: int) -> None:
    """Cold, alone, then all together page by page; prints a line each.

    The server's own processor time for one look is the figure that a busy machine does not blur.
    """
    pages = [leaf.address for leaf in board.PAGES[Role.GOVERNOR]]
    alone = await come(origin, "g0")
    cold = {page: await alone.open(page) for page in pages}
    warm = {page: await alone.open(page) for page in pages}
    print(f"one user, first look at each page: at most {max(cold.values()):.2f} s; again: at most "
          f"{max(warm.values()):.2f} s (goal {GOAL_ALONE:g})")  # fmt: skip
    everyone = [await come(origin, f"g{number}") for number in range(users)]
    print(f"{'all at once':<14}{'p50 s':>8}{'p95 s':>8}{'last s':>8}{'CPU ms a look':>15}")
    for page in [*pages, pages[0]]:
        before = processor_seconds(process)
        taken = sorted(await asyncio.gather(*(governor.open(page) for governor in everyone)))
        middle, most = taken[len(taken) // 2], taken[min(len(taken) - 1, round(0.95 * len(taken)))]
        look = 1000 * (processor_seconds(process) - before) / users
        verdict = "" if most <= GOAL_TOGETHER else "  over the goal"
        print(f"{page:<14}{middle:>8.2f}{most:>8.2f}{taken[-1]:>8.2f}{look:>15.0f}{verdict}")
    failed = [error for governor in (alone, *everyone) for error in governor.errors]
    print(f"errors: {len(failed)} {sorted(set(failed))[:5] if failed else ''}")
    for governor in (alone, *everyone):
        await governor.stream.close()


@contextmanager
def served(home: Path, users: int, port: int) -> Iterator[tuple[str, int]]:
    """The board app over the release of ``home``, with so many governors; (origin, process)."""
    release, origin = find_release(home), f"http://127.0.0.1:{port}"
    urns = sorted(path.stem.removeprefix("agg_") for path in release.folder.glob("agg_[0-9]*.duckdb"))
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder)
        (own / "CURRENT").symlink_to(release.folder)
        write_sign_in(own, "board", origin)
        write_entitlements(own, [(f"g{n}", Role.GOVERNOR, urns[n % len(urns)]) for n in range(users)])
        process = subprocess.Popen(command("board", own, port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while process.poll() is None:
                with suppress(URLError, ConnectionError), urllib.request.urlopen(f"{origin}/_stcore/health"):
                    break
                time.sleep(0.2)
            yield origin, process.pid
        finally:
            process.terminate()
            process.wait(20)


def processor_seconds(process: int) -> float:
    """What a process has used of the processors so far, all its threads together."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_megabytes(process: int, name: str = "VmRSS") -> int:
    """What a process holds (``VmHWM``: held at most), as the kernel tells it."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--port", type=int, default=8511)
    given = parser.parse_args()
    print(f"{os.cpu_count()} cores, load before: {os.getloadavg()[0]:.1f}")
    with served(given.home, given.users, given.port) as (origin, process):
        print(f"server before: {memory_megabytes(process)} MB")
        asyncio.run(rounds(origin, process, given.users))
        print(f"server after: {memory_megabytes(process)} MB, at most {memory_megabytes(process, 'VmHWM')} MB")


if __name__ == "__main__":
    main()
