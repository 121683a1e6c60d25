"""What may be committed: no trace of a machine, no registry, no unlisted data, nothing that looks like a child."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

TOP = Path(__file__).parents[1]
MACHINE_PATH = re.compile(r"(?<![\w./<])/(?:work|root|home|Users|tmp|mnt|srv)/\w")
REGISTRY = re.compile(r"py(?:pi)\.org|python(?:hosted)|npm(?:js)\.|index-(?:url)|artifact(?:ory)", re.IGNORECASE)
UPN_LIKE = re.compile(r"\b[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]\b")
DATA = {".csv", ".tsv", ".xlsx", ".xls", ".xml", ".json", ".jsonl", ".parquet", ".arrow", ".duckdb", ".db", ".sqlite",
        ".zip", ".gz", ".ods"}  # fmt: skip
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[\w,-]+\])?==([^\s;\\]+)", re.MULTILINE)


def texts(committed: list[Path]) -> dict[str, str]:
    """Content of every committed text file, by its path in the repository."""
    found = {}
    for path in committed:
        try:
            found[path.relative_to(TOP).as_posix()] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture
    return found


@pytest.mark.parametrize("trace", [MACHINE_PATH, REGISTRY], ids=["machine path", "registry"])
def test_no_committed_file_names_a_machine_or_a_registry(committed: list[Path], trace: re.Pattern[str]) -> None:
    found = {name: hit.group() for name, text in texts(committed).items() if (hit := trace.search(text))}
    assert found == {}


@pytest.mark.parametrize(
    ("trace", "text"),
    [
        (MACHINE_PATH, "open('/" + "home/someone/x')"),
        (MACHINE_PATH, "see /" + "tmp/x"),
        (REGISTRY, "https://" + "pypi" + ".org/simple"),
        (UPN_LIKE, "upn B" + "801200005001."),
        (UPN_LIKE, "B" + "80120000500A"),
    ],
)
def test_each_trace_would_be_seen(trace: re.Pattern[str], text: str) -> None:
    assert trace.search(text)


@pytest.mark.parametrize("name", ["requirements.lock", "bootstrap.lock"])
def test_a_lock_pins_by_hash_and_names_no_host(repository: Path, name: str) -> None:
    text = (repository / name).read_text(encoding="utf-8")
    assert "://" not in text
    blocks = re.split(r"\n(?=\S)", text)
    pins = [block for block in blocks if LOCKED.match(block)]
    assert pins
    assert [block.split()[0] for block in pins if "--hash=sha256:" not in block] == []
    assert not [line for line in text.splitlines() if line.startswith("-")]


def test_the_lock_covers_what_the_project_asks_for(repository: Path) -> None:
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))
    lock = (repository / "requirements.lock").read_text(encoding="utf-8")
    locked = {canonicalize_name(name): version for name, version in LOCKED.findall(lock)}
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    for requirement in map(Requirement, asked):
        version = locked.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is not in the lock"
        assert requirement.specifier.contains(version), f"{requirement} but the lock has {version}"


def test_every_data_file_is_listed_with_its_source_and_licence(committed: list[Path], repository: Path) -> None:
    with (repository / "seeds" / "FILES.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["path"]: row for row in csv.DictReader(file)}
    data = {path.relative_to(repository).as_posix() for path in committed if path.suffix.lower() in DATA}
    assert data - {"seeds/FILES.csv"} == set(listed)
    for row in listed.values():
        assert row["status"] in {"reference", "synthetic"}
        assert all(row[name].strip() for name in ("source", "licence", "retrieved")), row["path"]


def test_nothing_that_looks_like_a_upn_stands_outside_seeds_and_tests(committed: list[Path]) -> None:
    found = [
        name
        for name, text in texts(committed).items()
        if not name.startswith(("seeds/", "tests/")) and not name.endswith(".lock") and UPN_LIKE.search(text)
    ]
    assert found == []


def test_no_large_file_is_committed(committed: list[Path]) -> None:
    assert [path.name for path in committed if path.stat().st_size > 1_000_000] == []
