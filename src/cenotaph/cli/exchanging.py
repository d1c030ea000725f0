"""Commands that carry the register to other programs and back: export and import."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from cenotaph.cli.building import Author, CaseArg
from cenotaph.cli.output import Json, emit
from cenotaph.cli.talking import say


def attach(app: typer.Typer) -> None:
    """Give the commands of this module to the application."""
    app.command()(export)
    app.command("import")(import_)


def export(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="csv, xlsx, ftm, jsonld or huridocs.")],
    case: CaseArg,
    out: Annotated[
        Path | None, typer.Option(help="File to write, for huridocs a folder; else build/interchange.")
    ] = None,
    internal: Annotated[bool, typer.Option("--internal", help="Everything the case holds; csv and xlsx.")] = False,
    extended: Annotated[
        bool, typer.Option("--extended", help="ftm with schemata for detention, killing and burial.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Write the register in a format of other programs: public properties only, unless you say --internal."""
    from cenotaph.pipeline.exchanging import export_register

    found = export_register(case, form, out=out, internal=internal, extended=extended)
    emit(found, as_json=as_json, text=lambda: _exported(found))


def import_(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help="csv (also a workbook that Cenotaph made) or ftm.")],
    case: CaseArg,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The register.")],
    name: Annotated[str, typer.Option("--name", help="What the register is called in the case.")] = "",
    author: Author = "local",
    as_json: Json = False,
) -> None:
    """Take a whole register into a case, or make a new case of it: its persons, claims and sources as they are."""
    from cenotaph.pipeline.exchanging import import_register

    found = import_register(case, form, file, name=name, author=author)
    emit(found, as_json=as_json, text=lambda: _imported(found))


def _exported(found: dict[str, Any]) -> str:
    lines = [str(path) for path in found["files"]]
    if found["internal"]:
        lines.append(
            say()("It holds everything the case knows, names of informants and authors of decisions included: keep it "
                  "as safe as the case and send it to nobody.")
        )  # fmt: skip
    return "\n".join(lines)


def _imported(found: dict[str, Any]) -> str:
    return say()(
        "register {name}: {persons} persons from {records} records; {choices} values chosen as the file shows them",
        name=found["register"], persons=found["persons"], records=found["records"], choices=found["choices"],
    )  # fmt: skip
