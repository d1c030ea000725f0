"""How commands speak: text for people, JSON for programs, one place where an error becomes an exit code.

With ``--json`` standard output is JSON and nothing else; progress and messages go to standard error.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from cenotaph.cli import talking
from cenotaph.messages import Message

DONE, ERROR, USAGE, FAULT = 0, 1, 2, 3

Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else on standard output.")]

stderr = Console(stderr=True, highlight=False, soft_wrap=True)


def emit(data: Mapping[str, Any], *, as_json: bool, text: Callable[[], str]) -> None:
    """Print a result, as JSON or as the text a person reads."""
    body = json.dumps(data, ensure_ascii=False, indent=2, default=str) if as_json else text().rstrip("\n")
    _write(body + "\n")


def message_of(error: BaseException) -> str:
    """Return what an error says: its message as it was made, so that it can be said in another language."""
    first = error.args[0] if error.args else ""
    return first if isinstance(first, Message) else str(error)


def fail(message: str, *, as_json: bool) -> int:
    """Print an error, on standard error and for programs as JSON, and return the exit code."""
    spoken = talking.say()
    stderr.print(spoken("error: {message}", message=message), markup=False)
    if as_json:
        _write(json.dumps({"error": message}, ensure_ascii=False) + "\n")
    return ERROR


def _write(text: str) -> None:
    """Write UTF-8 whatever the console's code page: names in Persian must survive a Windows pipe."""
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
    else:
        buffer.write(text.encode("utf-8", "replace"))
        buffer.flush()


@contextmanager
def progress(title: str, *, quiet: bool = False) -> Iterator[Callable[[str, int, int], None]]:
    """Give a function ``step(what, done, total)`` that moves a bar on a terminal and is silent in a pipe."""
    with Progress(
        TextColumn("[progress.description]{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
        console=stderr,
        transient=True,
        disable=quiet or not stderr.is_terminal,
    ) as bar:
        task = bar.add_task(title, total=None)
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total or None)
