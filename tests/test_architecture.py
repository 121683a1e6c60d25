"""The shape of the house, held by reading its code: who imports whom, names and units, lengths, places."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from expectations.checks import PenceBetween
from expectations.contract import Kind, Unit
from expectations.tables import ALL
from models.engine import sql_of, tables_read, tables_with_sql, transpile_to_spark

TOP = Path(__file__).parents[1]
ROOMS: dict[str, set[str]] = {  # room: the rooms it may import
    "expectations": set(),
    "models": {"expectations"},
    "pipelines": {"expectations", "models"},
    "dashboards": {"expectations"},
    "seeds": {"expectations"},
}
SHOWS_PAGES = ("dashboards/board.py", "dashboards/staff.py", "dashboards/access.py", "dashboards/marts.py",
               "dashboards/journal.py", "dashboards/gate.py", "dashboards/serving.py", "dashboards/views/")  # fmt: skip
ONLY_IN = {  # library: the files that may know it
    "dagster": ("pipelines/",),
    "great_expectations": ("expectations/gx.py",),
    "pandas": ("expectations/gx.py",),
    "streamlit": SHOWS_PAGES,
    "plotly": ("dashboards/charts/",),
}
SLOW_TO_IMPORT = {"great_expectations", "pandas", "scipy", "statsmodels", "openpyxl", "xlsxwriter", "sqlglot", "typst"}
DOORS = {  # the program that a person starts calls the rooms beside it, by one function each
    "pipelines/sampling.py": "seeds",
    "pipelines/serve.py": "dashboards.server_settings",
}
OPENS_DATABASES = ("pipelines/store.py", "pipelines/publish.py", "dashboards/marts.py")
AT_THE_TOP = {".ci", ".gitignore", "LICENSE", "Makefile", "README.md", "bootstrap.lock", "pyproject.toml",
              "requirements.lock", "tests", "workspace.yaml", *ROOMS}  # fmt: skip


LAYERS = ("raw", "clean", "core", "model", "mart")
OF_TWO_KINDS = {
    # Of an intervention group, whole sessions; of a plan's line, the share of a year's sessions that fell due.
    "due_sessions_count",
}
UNIT_ENDS = {
    Unit.PENCE: ("_pence",), Unit.RATE: ("_rate",), Unit.WEEKS: ("_weeks",), Unit.HOURS: ("_hours",),
    Unit.MINUTES: ("_minutes",), Unit.DAYS: ("_days",), Unit.MONTHS: ("_months",), Unit.SD: ("_sd",),
    Unit.POINTS: ("_points",),
}  # fmt: skip


def code(*rooms: str) -> Iterator[tuple[str, ast.Module]]:
    """(path in the repository, syntax tree) of every Python file of the rooms."""
    for room in rooms or ROOMS:
        for path in sorted((TOP / room).rglob("*.py")):
            yield path.relative_to(TOP).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> Iterator[str]:
    """Dotted names of everything imported anywhere in the tree; what only a type checker sees is left out."""
    unseen = {id(inner) for node in ast.walk(tree) if _is_for_types(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in unseen:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide who imports whom"
            yield node.module or ""


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def at_import(tree: ast.Module) -> ast.Module:
    """The tree without the bodies of its functions: what runs when the module is imported."""

    class Hollow(ast.NodeTransformer):
        def visit_FunctionDef(self, node: ast.FunctionDef) -> None: ...

        def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None: ...

    return Hollow().visit(tree)


def test_rooms_import_only_what_they_may() -> None:
    wrong = [
        f"{path} imports {name}"
        for path, tree in code()
        for name in imported(tree)
        if (room := name.split(".")[0]) in {*ROOMS, "tests"}
        and room not in ROOMS[path.split("/")[0]] | {path.split("/")[0]}
        and name != DOORS.get(path)
    ]
    assert wrong == []


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_known_in_its_place_only(library: str) -> None:
    wrong = [
        path
        for path, tree in code()
        if library in {name.split(".")[0] for name in imported(tree)} and not path.startswith(ONLY_IN[library])
    ]
    assert wrong == []


def test_great_expectations_is_imported_inside_functions_only() -> None:
    for path, tree in code("expectations"):
        assert not {"great_expectations", "pandas"} & {name.split(".")[0] for name in imported(at_import(tree))}, path


def test_few_files_open_a_database() -> None:
    wrong = [path for path, tree in code() if "duckdb.connect" in ast.unparse(tree) and path not in OPENS_DATABASES]
    assert wrong == []


@pytest.mark.parametrize("module", ["pipelines.cli", "pipelines.definitions"])
def test_heavy_libraries_wait_until_they_are_needed(module: str) -> None:
    """A command or Dagster's code server must not pay for what it does not use: start-up is the main cost."""
    ask = f"import sys, {module}; print(*sorted({SLOW_TO_IMPORT!r} & set(sys.modules)))"
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ask], cwd=TOP, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == []


def test_same_name_means_same_kind_and_unit() -> None:
    seen: dict[str, set[tuple[Kind, Unit | None]]] = defaultdict(set)
    for table in ALL.values():
        for column in table.columns:
            seen[column.name].add((column.kind, column.unit))
    assert {name: kinds for name, kinds in seen.items() if len(kinds) > 1 and name not in OF_TWO_KINDS} == {}


def test_units_end_names() -> None:
    """``_pence``, ``_weeks``, ``_rate`` and the like stand for their unit and nothing else; people are counted."""
    wrong = []
    for table, column in ((t, c) for t in ALL.values() for c in t.columns):
        name, ends = column.name, UNIT_ENDS.get(column.unit, ("_count",)) if column.unit else ()
        is_named_so = not ends or name.endswith(ends) or any(f"{end[1:]}_per_" in name for end in ends)
        is_meant_so = all(not name.endswith(end) or column.unit is unit for unit, all_ends in UNIT_ENDS.items()
                          for end in all_ends if end != "_count")  # fmt: skip
        is_counted = not name.endswith("_count") or column.kind is Kind.INTEGER
        is_dated = (column.kind is Kind.DATE) is name.endswith("_date")
        is_asked = (column.kind is Kind.BOOLEAN) is name.startswith(("is_", "has_"))
        is_money = column.kind is not Kind.MONEY or column.unit is Unit.PENCE
        if not all((is_named_so, is_meant_so, is_counted or name in OF_TWO_KINDS, is_dated, is_asked, is_money)):
            wrong.append(f"{table.name}.{name}")
    assert wrong == []


def test_money_that_arrives_is_told_in_pounds() -> None:
    """A school reads the rule of an amount beside its own file, which is in pounds."""
    for table in (t for t in ALL.values() if t.source):
        for column in (c for c in table.columns if c.kind is Kind.MONEY):
            assert all(isinstance(check, PenceBetween) for check in column.checks), f"{table.name}.{column.name}"


@pytest.mark.parametrize("name", tables_with_sql())
def test_each_sql_file_fills_a_declared_table_from_declared_tables(name: str) -> None:
    read = tables_read(sql_of(name))
    assert name in ALL
    assert read, "it reads no table"
    assert set(read) <= set(ALL)
    assert LAYERS.index(ALL[name].layer) >= max(LAYERS.index(ALL[source].layer) for source in read)


@pytest.mark.parametrize("name", tables_with_sql())
def test_each_sql_file_carries_to_spark(name: str) -> None:
    """sqlglot writes it in Spark's dialect and can read what it wrote: the way out of one machine stays open."""
    import sqlglot

    written = transpile_to_spark(sql_of(name))
    (parsed,) = sqlglot.parse(written, read="spark")
    assert parsed is not None
    assert list(parsed.named_selects) == list(ALL[name].column_names)


def test_pages_of_the_board_know_no_page_of_the_staff() -> None:
    staff = tuple(f"dashboards.views.{role}_" for role in ("send_lead", "senco", "central"))
    board = tuple(f"dashboards/views/{role}_" for role in ("board", "governor", "trustee", "shared"))
    found = {path: [name for name in imported(tree) if name.startswith(staff)]
             for path, tree in code("dashboards") if path.startswith(board)}  # fmt: skip
    assert found
    assert not any(found.values()), found


def test_functions_are_short() -> None:
    lengths = {
        f"{path}:{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path, tree in code()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > 60} == {}
    assert sum(length <= 30 for length in lengths.values()) >= 0.9 * len(lengths)


def test_files_are_short() -> None:
    """300 lines, and 400 for declarations, which are lists."""
    for path, _ in code():
        declares = path.startswith("expectations/tables/") or path == "expectations/vocabulary.py"
        assert len((TOP / path).read_text(encoding="utf-8").splitlines()) <= (400 if declares else 300), path


def test_every_module_says_what_it_holds() -> None:
    assert [path for path, tree in code(*ROOMS, "tests") if not ast.get_docstring(tree) and ast.unparse(tree)] == []


def test_nothing_else_stands_at_the_top(committed: list[Path]) -> None:
    assert {path.relative_to(TOP).parts[0] for path in committed} <= AT_THE_TOP


def test_no_module_is_a_drawer() -> None:
    """A name says what a file is about; ``utils`` and ``process_`` say nothing."""
    names = [path for path, _ in code() if Path(path).stem in {"utils", "util", "helpers", "common", "misc"}]
    empty = ("process_", "handle_")
    names += [
        f"{path}:{node.name}"
        for path, tree in code()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name.lower().lstrip("_").startswith(empty)
    ]
    assert names == []


def test_every_folder_of_tests_is_a_package_so_that_two_rooms_may_name_a_test_alike() -> None:
    folders = {path.parent for path in (TOP / "tests").rglob("test_*.py")}
    assert [path for path in folders if not (path / "__init__.py").exists()] == []
