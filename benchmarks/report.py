"""How every benchmark tells what it found: a table on the terminal and JSON beside it, with the machine it ran on."""

import json
import os
import platform
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

RESULTS = Path(__file__).parent / "results"


def machine() -> dict[str, Any]:
    """What the figures depend on."""
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "cpu": platform.machine(),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
    }


def report(name: str, title: str, rows: list[dict[str, Any]], **facts: Any) -> None:
    """Print `rows` as a table headed `title` and write them to results/NAME.json."""
    table = Table(title=title)
    for column in rows[0]:
        table.add_column(column, justify="left" if isinstance(rows[0][column], str) else "right")
    for row in rows:
        table.add_row(*(f"{value:.4g}" if isinstance(value, float) else str(value) for value in row.values()))
    Console().print(table)
    RESULTS.mkdir(exist_ok=True)
    found = {"machine": machine(), **facts, "rows": rows}
    (RESULTS / f"{name}.json").write_text(json.dumps(found, indent=1) + "\n")
