"""Commands for texts as sources: text, and passages import and list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from cenotaph.cli.building import Author, CaseArg
from cenotaph.cli.output import Json, emit
from cenotaph.cli.talking import say


def attach(app: typer.Typer) -> None:
    """Give the commands of this module to the application."""
    app.command()(text)
    passages = typer.Typer(help="Places marked in a text, that say something of somebody.", no_args_is_help=True)
    passages.command("import")(import_)
    passages.command("list")(list_)
    app.add_typer(passages, name="passages")


def text(
    case: CaseArg,
    source: Annotated[str, typer.Argument(help="A narrative of cenotaph.toml, or a captured file.")],
    as_json: Json = False,
) -> None:
    """Print the text of a source; before each line stands the number of its first character."""
    from cenotaph.pipeline import text_of

    found = text_of(case, source)
    emit(found, as_json=as_json, text=lambda: _text(found))


def import_(
    case: CaseArg,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .csv, .xlsx or .toml file of marked passages.")],
    narrative: Annotated[str, typer.Option("--narrative", help="The narrative of rows that name none.")] = "",
    author: Author = "local",
    as_json: Json = False,
) -> None:
    """Enter marked passages as records; importing a file twice adds nothing."""
    from cenotaph.pipeline import import_passages

    found = import_passages(case, file, author=author, source=narrative)
    emit(found, as_json=as_json, text=lambda: _imported(found))


def list_(case: CaseArg, as_json: Json = False) -> None:
    """List the entered records, with the places they were marked at. For the group only."""
    from cenotaph.pipeline import list_passages

    found = list_passages(case)
    emit({"records": found}, as_json=as_json, text=lambda: _listed(found))


def _text(found: dict[str, Any]) -> str:
    lines, page = [], None
    for line in found["lines"]:
        if line["page"] != page:
            page = line["page"]
            lines.append(say()("page {page}", page=str(page)))
        lines.append(f"{line['start']:>8}  {line['text']}")
    head = say()("{file}: {n} characters, read by {reader}", file=found["file"], n=found["characters"],
                 reader=found["reader"])  # fmt: skip
    return "\n".join([head, *lines])


def _imported(found: dict[str, Sequence[str]]) -> str:
    counts = {name: len(records) for name, records in found.items()}
    new = counts["entered"] + counts["superseded"] + counts["withdrawn"]
    line = say()("{entered} records entered, {superseded} superseded, {withdrawn} withdrawn, {already} known before",
                 **counts)  # fmt: skip
    return "\n".join([line, *([say()("run build to see what follows")] if new else [])])


def _listed(found: Sequence[dict[str, Any]]) -> str:
    return "\n".join(
        f"{each['record']}  {each['kind']}  {passage['place']}  {', '.join(passage['claims'])}"
        for each in found
        for passage in each["passages"]
    ) or say()("no passage was marked")
