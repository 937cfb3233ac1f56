"""The shape of the tree: who may import what, how long a file may be, that each module says what it is.

Imports between the layers of `app` are import-linter's business (pyproject.toml); here is what it cannot say.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "app").rglob("*.py"))
LONGEST = 350

PURE_LAYERS = frozenset({"vocabulary", "container", "engine", "data", "spec", "assemble", "session"})
"""Layers in which the same input gives the same bits: no clock, IO, threads or global randomness."""

# fmt: off
IMPURE = frozenset({
    "asyncio", "concurrent", "datetime", "glob", "http", "io", "logging", "multiprocessing", "os",
    "pathlib", "random", "secrets", "select", "selectors", "shutil", "signal", "socket",
    "sqlite3", "subprocess", "tempfile", "threading", "time", "urllib", "uuid",
})
# fmt: on

WHO_MAY_IMPORT = {
    "PIL": {"takeaway"},
    "alembic": {"store"},
    "fastapi": {"web", "main"},
    "jinja2": {"web"},
    "latex2mathml": {"explain"},
    "markdown_it": {"lessons"},
    "mdit_py_plugins": {"lessons"},
    "numpy": {
        "container",
        "engine",
        "data",
        "assemble",
        "session",
        "wire",
        "host",
        "headless",
        "takeaway",
        "playground",
        "cli",
    },
    "onnx": {"takeaway"},
    "plotly": {"web", "takeaway", "playground"},
    "prometheus_client": {"web", "main"},
    "pydantic": {"spec", "lessons", "session", "wire", "links", "web", "settings", "cli"},
    "pydantic_core": {"spec", "session", "wire", "web"},
    "pydantic_settings": {"settings"},
    "rich": {"cli"},
    "safetensors": {"session", "wire", "takeaway", "cli"},
    "segno": {"web"},
    "sqlalchemy": {"store"},
    "starlette": {"web", "main"},
    "structlog": {"store", "host", "web", "main", "cli"},
    "typer": {"cli"},
    "uvicorn": {"main", "cli"},
    "uvloop": {"host", "main", "cli"},
    "websockets": {"web", "cli"},
}
"""Each package that is not Python's own, with the layers that may know it."""


def layer_of(module: Path) -> str:
    """`engine` for app/engine/losses.py, `main` for app/main.py."""
    return module.relative_to(ROOT / "app").parts[0].removesuffix(".py")


def imported_packages(module: Path) -> Iterator[str]:
    """The first part of every name that a module imports, wherever in the file it does so."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def named(path: Path) -> str:
    """A file by its path in the tree."""
    return str(path.relative_to(ROOT))


def test_a_module_imports_only_packages_its_layer_may_know() -> None:
    """A package missing from the table is a new dependency: it wants a decision, not a default."""
    own = sys.stdlib_module_names | {"app"}
    strangers = {
        (named(module), package)
        for module in MODULES
        for package in imported_packages(module)
        if package not in own and layer_of(module) not in WHO_MAY_IMPORT.get(package, ())
    }
    assert strangers == set()


def test_a_pure_layer_knows_no_clock_no_io_and_no_threads() -> None:
    """What makes any step of the past reachable again."""
    pure = [module for module in MODULES if layer_of(module) in PURE_LAYERS]
    assert len(pure) > 100
    assert {
        named(module): found for module in pure if (found := IMPURE & set(imported_packages(module)))
    } == {}


def test_a_module_says_what_it_owns() -> None:
    """An empty package marker too."""
    parsed = {named(module): ast.parse(module.read_text(encoding="utf-8")) for module in MODULES}
    assert [name for name, tree in parsed.items() if not ast.get_docstring(tree)] == []


def test_no_file_is_too_long_to_hold_one_concept() -> None:
    """The app's modules, and the page's scripts and styles."""
    page = [path for path in (ROOT / "static").rglob("*") if path.suffix in {".js", ".css"}]
    lengths = {named(path): len(path.read_text("utf-8").splitlines()) for path in [*MODULES, *page]}
    assert not {name: length for name, length in lengths.items() if length > LONGEST}


def test_every_script_test_has_the_name_that_make_looks_for() -> None:
    """`make test` runs tests/js/**/*.test.js; a test by another name would never run."""
    scripts = [path for path in (ROOT / "tests" / "js").rglob("*") if path.suffix in {".js", ".mjs"}]
    tests = [path for path in scripts if "node:test" in path.read_text(encoding="utf-8")]
    assert not {named(path) for path in tests if not path.name.endswith(".test.js")}
