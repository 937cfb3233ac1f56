"""The command line: serve the page, train without one, print the schema."""

import contextlib
import json
import logging
import socket
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any

import typer
import uvicorn
from pydantic import ValidationError
from rich.console import Console
from rich.progress import track
from rich.table import Table

from app.assemble import settle
from app.data.tables import BUNDLED, Shelf
from app.data.tables.problems import TableError
from app.headless import Headless, Part, Report, put_on_shelf
from app.host import logs
from app.lessons.course import Course
from app.lessons.folder import FOLDER
from app.main import create_app
from app.rehearsal import rehearse
from app.session.commands import parse_command
from app.settings import Settings
from app.spec import Experiment, SpecError
from app.store.database import StoreError
from app.vocabulary import FirstLine, Source

cli = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)
errors = Console(stderr=True)


def main() -> None:
    """Run the command line; what the user got wrong is one line, not a traceback."""
    try:
        cli()
    except SpecError as error:
        where = "".join(f"{part}." for part in error.path)[:-1]
        fail(f"{where}: {error.message}" if where and where not in error.message else error.message)
    except TableError as error:
        fail(error.message)
    except StoreError as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename or 'cannot go on'}: {error.strerror}")


def fail(message: str) -> None:
    """Say what is wrong and leave."""
    errors.print(message, style="red", markup=False, highlight=False, soft_wrap=True)
    sys.exit(1)


@cli.command()
def serve() -> None:
    """Serve the playground. HOST, PORT, ENGINES and the other settings come from the environment."""
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        fail(f"{'.'.join(map(str, first['loc'])).upper()}: {first['msg']} (got {first['input']!r})")
    logs.configure()
    logging.getLogger("uvicorn.error").addFilter(without_traceback)
    listener = listen(settings.host, settings.port)
    app = create_app(settings)
    config = uvicorn.Config(
        app,
        log_level="warning",
        log_config=None,
        ws="websockets-sansio",
        ws_max_size=settings.max_message_bytes,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=3,
        server_header=False,
    )
    with contextlib.suppress(KeyboardInterrupt):
        Server(config, app.state.prepare, app.state.end_conversations).run(sockets=[listener])


def without_traceback(record: logging.LogRecord) -> bool:
    """A log filter: text that is not UTF-8 is the browser's mistake; a traceback would say that it is ours."""
    if "Invalid UTF-8" in record.getMessage():
        record.exc_info = None
    return True


class Server(uvicorn.Server):
    """Uvicorn, but what it needs is made ready before it says where it listens, and browsers are told that the server
    goes away (1001) before it stops."""

    def __init__(
        self,
        config: uvicorn.Config,
        prepare: Callable[[], Awaitable[None]],
        farewell: Callable[[], Awaitable[None]],
    ) -> None:
        super().__init__(config)
        self._prepare, self._farewell = prepare, farewell

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Make ready, say where the page is, and begin."""
        try:
            await self._prepare()
        except StoreError as error:
            fail(str(error))
        for listener in sockets or []:
            host, port = listener.getsockname()[:2]
            shown = f"[{host}]" if ":" in host else host
            print(f"Gradient Playground: http://{shown}:{port}", flush=True)  # noqa: T201
        await super().startup(sockets)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Say goodbye, then stop."""
        await self._farewell()
        await super().shutdown(sockets)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; one line and exit code 1 where that cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(512)
    except OSError as error:
        listener.close()
        if error.errno in {98, 48, 10048}:
            fail(f"port {port} on {host} is in use; choose another with PORT=...")
        fail(f"cannot listen on {host} port {port}: {error.strerror}")
    return listener


@cli.command()
def lessons(
    names: Annotated[list[str] | None, typer.Argument(help="Ids of lessons; none: all of them.")] = None,
    folder: Annotated[Path, typer.Option(help="Where the lessons are.")] = FOLDER,
) -> None:
    """Check lessons: their files, and each task's solution and wrong answer on a session. Exit code 1 for trouble."""
    course = Course.read(folder, parse_command)
    wanted = names or [*course.lessons]
    unknown = [name for name in wanted if name not in course.lessons]
    troubles = [*course.problems, *(f"there is no whole lesson {name}" for name in unknown)]
    for name in wanted:
        if name not in course.lessons:
            continue
        for found in rehearse(course.lessons[name]):
            said = found.trouble or "as it should be"
            shown = f" ({', '.join(found.measured)})" if found.measured else ""
            line = f"{name}/{found.stage}/{found.task}: {found.play}: {said}{shown}"
            print(line)  # noqa: T201
            if found.trouble:
                troubles.append(line)
    for trouble in troubles:
        errors.print(trouble, style="red", markup=False, highlight=False, soft_wrap=True)
    if troubles:
        sys.exit(1)


@cli.command()
def schema() -> None:
    """Print the JSON Schema of a spec."""
    print(json.dumps(Experiment.model_json_schema(), indent=2))  # noqa: T201


@cli.command()
def train(
    spec: Annotated[Path, typer.Argument(help="A spec as JSON; - reads standard input.")],
    epochs: Annotated[int, typer.Option(min=0, help="Passes over the training points.")],
    init: Annotated[Path | None, typer.Option(help="Weights to begin with (safetensors).")] = None,
    save: Annotated[Path | None, typer.Option(help="Where to write the weights.")] = None,
    table: Annotated[
        Path | None,
        typer.Option(help="CSV, .npz or gzipped CSV of pictures: the data, whatever the spec says."),
    ] = None,
    first_line: Annotated[
        FirstLine,
        typer.Option(help="What the first line of the CSV holds: names, data, or what it looks like."),
    ] = FirstLine.FOUND,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Train without a page and print how well it went. Exit code 2 if training diverged."""
    tables, name = shelf_with(table, first_line) if table else (BUNDLED, None)
    run = Headless(read_spec(spec, tables, name), init.read_bytes() if init else None, tables)
    steps = run.epochs(epochs)
    for _ in steps if as_json else track(steps, "training", epochs, console=errors, transient=True):
        pass
    report = run.report()
    if save:
        save.write_bytes(run.weights())
    if as_json:
        print(json.dumps(report.as_json()))  # noqa: T201
    else:
        Console().print(as_table(report))
    if report.diverged:
        sys.exit(2)


AS_DATA = "the first line is read as data, columns are called “column 1” and so on; --first-line header if it is names"


def shelf_with(path: Path, first_line: FirstLine) -> tuple[Shelf, str]:
    """A shelf with the table in a file, and the table's name; what is odd about the file is said, and where it was
    found to begin with data."""
    shelf = Shelf()
    with path.open("rb") as file:
        name, found = put_on_shelf(shelf, file, path.name, first_line)
    remarks = [problem.message for problem in found.problems]
    if first_line is FirstLine.FOUND and not found.header:
        remarks.insert(0, AS_DATA)
    for remark in remarks:
        errors.print(f"{path.name}: {remark}", markup=False, highlight=False, soft_wrap=True)
    return shelf, name


def read_spec(path: Path, tables: Shelf, table: str | None) -> Experiment:
    """The spec in a file, on the data of `table` if there is one; SpecError for what is no JSON or no spec."""
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text("utf-8")
        tree = json.loads(text)
        if table:
            tree = on_table(tree, table)
        return Experiment.parse(settle(tree, tables))
    except (ValueError, RecursionError) as error:
        if isinstance(error, SpecError):
            raise
        raise SpecError(f"{path} is not JSON: {error}") from error


def on_table(tree: Any, name: str) -> Any:
    """A spec's JSON with the table of that name as its data, and all that it says of a table; else as it is, for others
    to refuse."""
    data = tree.get("data", {}) if isinstance(tree, dict) else None
    if not isinstance(data, dict) or not isinstance(data.get("table", {}), dict):
        return tree
    return tree | {"data": data | {"source": Source.TABLE, "table": data.get("table", {}) | {"name": name}}}


def as_table(report: Report) -> Table:
    """The report for a person."""
    table = Table(
        title=f"epoch {report.epoch}, step {report.step}" + (", diverged" if report.diverged else "")
    )
    for heading in ("", "loss", report.score_name):
        table.add_column(heading, justify="right")
    for name, part in (("train", report.train), ("test", report.test)):
        table.add_row(name, *figures(part))
    if report.penalty:
        table.caption = f"penalty {report.penalty:.6g}"
    return table


def figures(part: Part) -> list[str]:
    """Loss and score, a dash where there is none."""
    return ["-" if figure is None else f"{figure:.6g}" for figure in (part.loss, part.score)]
