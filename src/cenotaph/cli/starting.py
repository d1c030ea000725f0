"""`init`: the first command of a group that has files and no case."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import Annotated

import typer

from cenotaph.cli.building import Author
from cenotaph.cli.output import Json, emit
from cenotaph.cli.talking import say
from cenotaph.sources.proposing import Draft, Line, column_key
from cenotaph.values import is_known


def attach(app: typer.Typer) -> None:
    """Give the commands of this module to the application."""
    app.command()(init)


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The case folder to make.")],
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE…]", help="More lists, after the one that --from names.")
    ] = None,
    first: Annotated[
        list[Path] | None, typer.Option("--from", metavar="FILE…", help="The lists: .xlsx .csv .tsv .json .html")
    ] = None,
    author: Author = "local",
    as_json: Json = False,
) -> None:
    """Make a case; with --from, propose how each file is read, and show what its first rows become."""
    from cenotaph.pipeline.starting import init_case
    from cenotaph.pipeline.starting_text import init_text

    ask = _ask if sys.stdin.isatty() and sys.stdout.isatty() and not as_json else None
    report = init_case(folder, [*(first or []), *(files or [])], author=author, say=say(), ask=ask)
    emit(report, as_json=as_json, text=lambda: init_text(report, say()))


def _ask(draft: Draft, line: Line) -> Line | None:
    """Ask on the terminal about one line; an empty answer leaves it as it is, with its question mark."""
    from cenotaph.pipeline.proposal_text import toml

    spoken = say()
    typer.echo(spoken("{file}: {line}", file=draft.file, line=f"{line.key} = {toml(line.value)}"))
    if line.why is not None:
        typer.echo("  " + spoken(line.why))
    prompt = spoken("y: yes; n: no, leave it internal; another property; Enter: decide later")
    while True:
        answer = typer.prompt(prompt, default="", show_default=False).strip()
        if answer == "":
            return line
        if answer.casefold() in ("y", "yes", "ب", "بله"):
            return dataclasses.replace(line, certainty="sure", why=None)
        if answer.casefold() in ("n", "no", "ن", "نه", "خیر"):
            return None
        if line.property and is_known(answer):
            return dataclasses.replace(line, key=column_key(answer), certainty="sure", why=None)
        typer.echo(spoken("{answer} is no property; see values/data/properties.csv", answer=answer))
