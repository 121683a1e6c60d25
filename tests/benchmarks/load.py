"""Many governors at once: signed in, over the stream that a browser uses, all opening pages in one moment.

``python -m tests.benchmarks.load --home H --users 50``: the seconds from asking for a page until all of it is there:
one user of each role alone; all on the same page, page by page; each on another page, as on the evening of a meeting.
And the errors, and the server's memory. The home is only read: sign-ins and entitlements lie in a folder of their own.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string
from websockets.asyncio.client import ClientConnection, connect

from dashboards import board, staff
from dashboards.access import APP_ROLES, Role
from dashboards.releases import find_release
from dashboards.server_settings import command
from tests.support.sign_ins import claims, cookie, write_entitlements, write_sign_in

GOAL_TOGETHER, GOAL_ALONE = 3.0, 1.0
TIMEOUT = 120
ROUNDS = 3
PAGES = {"board": board.PAGES, "staff": staff.PAGES}


@dataclass
class Window:
    """One person's window of the browser."""

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


@dataclass(frozen=True)
class Served:
    """An app that runs: its name, its address, its process."""

    app: str
    origin: str
    process: int

    async def come(self, name: str) -> Window:
        """Open the stream as a browser that has signed in."""
        token = generate_xsrf_token_string()
        headers = {"Cookie": f"{cookie(self.app, self.origin, claims(name))}; _streamlit_xsrf={token}"}
        address = self.origin.replace("http", "ws") + "/_stcore/stream"
        stream = await connect(address, origin=self.origin, additional_headers=headers,  # type: ignore[arg-type]
                               subprotocols=["streamlit", token], max_size=None, proxy=None)  # type: ignore[list-item]  # fmt: skip
        return Window(name, stream)

    async def alone(self, roles: Iterable[Role]) -> None:
        """One user of each role, nobody else there: every page for the first time, then again. A line each."""
        print(f"{'one user alone':<16}{'first s':>10}{'again s':>10}  dearest again (goal {GOAL_ALONE:g})")
        for role in roles:
            window = await self.come(f"{role.value}0")
            pages = [leaf.address for leaf in PAGES[self.app][role]]
            first = [await window.open(page) for page in pages]
            again = {page: await window.open(page) for page in pages}
            dearest = max(again, key=lambda page: again[page])
            verdict = "" if again[dearest] <= GOAL_ALONE else "  over the goal"
            print(f"{role.value:<16}{max(first):>10.2f}{again[dearest]:>10.2f}  {dearest}{verdict}")
            await leave([window])

    async def together(self, users: int) -> None:
        """All governors in one moment: on the same page, page by page; then each on another one. A line a round."""
        pages = [leaf.address for leaf in board.PAGES[Role.GOVERNOR]]
        everyone = [await self.come(f"{Role.GOVERNOR.value}{number}") for number in range(users)]
        print(f"{'all at once':<16}{'p50 s':>8}{'p95 s':>8}{'last s':>8}{'CPU ms a look':>15}")
        for page in [*pages, pages[0]]:
            await self._round(page, [(window, page) for window in everyone])
        for shift in range(ROUNDS):
            spread = [pages[(place + shift) % len(pages)] for place in range(users)]
            await self._round("different pages", list(zip(everyone, spread, strict=True)))
        await leave(everyone)

    async def _round(self, name: str, looks: Sequence[tuple[Window, str]]) -> None:
        """All looks at once. The server's own processor time is the figure that a busy machine does not blur."""
        before = processor_seconds(self.process)
        taken = sorted(await asyncio.gather(*(window.open(page) for window, page in looks)))
        middle, most = taken[len(taken) // 2], taken[min(len(taken) - 1, round(0.95 * len(taken)))]
        look = 1000 * (processor_seconds(self.process) - before) / len(looks)
        verdict = "" if most <= GOAL_TOGETHER else "  over the goal"
        print(f"{name:<16}{middle:>8.2f}{most:>8.2f}{taken[-1]:>8.2f}{look:>15.0f}{verdict}")


async def leave(windows: Iterable[Window]) -> None:
    """Tell what went wrong, if anything, and close the windows."""
    windows = list(windows)
    failed = [error for window in windows for error in window.errors]
    print(f"errors: {len(failed)} {sorted(set(failed))[:5] if failed else ''}")
    for window in windows:
        await window.stream.close()


@contextmanager
def served(app: str, home: Path, users: int, port: int) -> Iterator[Served]:
    """An app over the release of ``home``, with so many people of each role; its memory before and after is told."""
    release, origin = find_release(home), f"http://127.0.0.1:{port}"
    urns = sorted(path.stem.removeprefix("agg_") for path in release.folder.glob("agg_[0-9]*.duckdb"))
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder)
        (own / "CURRENT").symlink_to(release.folder)
        write_sign_in(own, app, origin)
        write_entitlements(
            own, [(f"{role.value}{n}", role, urns[n % len(urns)]) for role in Role for n in range(users)]
        )
        process = subprocess.Popen(command(app, own, port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while process.poll() is None:
                with suppress(URLError, ConnectionError), urllib.request.urlopen(f"{origin}/_stcore/health"):
                    break
                time.sleep(0.2)
            print(f"{app} server before: {memory_megabytes(process.pid)} MB")
            yield Served(app, origin, process.pid)
            print(f"{app} server after: {memory_megabytes(process.pid)} MB, "
                  f"at most {memory_megabytes(process.pid, 'VmHWM')} MB")  # fmt: skip
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
    with served("board", given.home, given.users, given.port) as there:
        asyncio.run(there.alone(APP_ROLES["board"]))
        asyncio.run(there.together(given.users))
    with served("staff", given.home, 1, given.port + 1) as there:
        asyncio.run(there.alone(APP_ROLES["staff"]))


if __name__ == "__main__":
    main()
