"""Commands that compute: demo, add, build and its stages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from cenotaph.cli.output import Json, emit, progress
from cenotaph.cli.talking import say
from cenotaph.errors import InputError

CaseArg = Annotated[Path, typer.Argument(metavar="CASE", help="The case folder.")]
Author = Annotated[
    str, typer.Option("--author", envvar="CENOTAPH_AUTHOR", help="Your pseudonymous code, such as r1; never a name.")
]
PARTS = ("site", "data", "exhibition")


def attach(app: typer.Typer) -> None:
    """Give the commands of this module to the application."""
    for command in (demo, add, build, read, link, register, publish):
        app.command()(command)


def demo(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder; it becomes the case folder.")],
    as_json: Json = False,
) -> None:
    """Make the bundled case of invented people in DIR, run all stages and print where to look."""
    from cenotaph.demo.show import demonstrate

    with progress("demo", quiet=as_json) as step:
        report = demonstrate(folder, step=step)
    emit(report, as_json=as_json, text=lambda: report["text"])


def add(
    case: CaseArg,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Files to capture.")],
    name: Annotated[str, typer.Option("--list", help="The list of cenotaph.toml the files belong to.")],
    origin: Annotated[str, typer.Option("--from", help="Where the file comes from: an address, a person's code.")] = "",
    author: Author = "local",
    as_json: Json = False,
) -> None:
    """Capture files for a list: the bytes are kept for ever under their digest."""
    from cenotaph.pipeline import add_files

    found = add_files(case, files, name=name, origin=origin, author=author)
    emit(
        {"captured": found},
        as_json=as_json,
        text=lambda: "\n".join(f"{row['digest']}  {row['filename']}" for row in found),
    )


def build(
    case: CaseArg,
    data: Annotated[Path | None, typer.Option(help="Folder with the files that cenotaph.toml names.")] = None,
    out: Annotated[Path | None, typer.Option(help="Case folder to make from a template and build.")] = None,
    until: Annotated[str, typer.Option(help="Last stage: read, link, register, estimate or publish.")] = "publish",
    as_json: Json = False,
) -> None:
    """Run the whole way: read, link, register, estimate, publish."""
    _build(case, until=until, as_json=as_json, data=data, out=out)


def read(case: CaseArg, as_json: Json = False) -> None:
    """Read the captured lists into records."""
    _build(case, until="read", as_json=as_json)


def link(
    case: CaseArg,
    relearn: Annotated[bool, typer.Option("--relearn", help="Link in full, whatever the last run kept.")] = False,
    engine: Annotated[
        str, typer.Option(help="What links: local, this machine; or spark, many, with the same result.")
    ] = "local",
    master: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Spark cluster, as spark://host:7077; this machine by default."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Link records of the same person."""
    _build(case, until="link", as_json=as_json, relearn=relearn, engine=engine, master=master)


def register(case: CaseArg, as_json: Json = False) -> None:
    """Make persons from records and links."""
    _build(case, until="register", as_json=as_json)


def _build(case: Path, *, until: str, as_json: bool, **options: Any) -> None:
    from cenotaph.pipeline import build as run
    from cenotaph.pipeline.report import as_text

    with progress(until, quiet=as_json) as step:
        report = run(case, until=until, step=step, **options)
    emit(report, as_json=as_json, text=lambda: as_text(report, say()))


def publish(
    words: Annotated[
        list[str], typer.Argument(metavar="[site|data|exhibition]… CASE", help="What to publish, and the case folder.")
    ],
    as_json: Json = False,
) -> None:
    """Publish what the guard lets through: the memorial site, the open data, the printed exhibition."""
    parts = tuple(word for word in words if word in PARTS)
    cases = [word for word in words if word not in PARTS]
    if len(cases) != 1:
        raise InputError(f"publish takes parts ({', '.join(PARTS)}) and one case folder; got {' '.join(words)!r}")
    _build(Path(cases[0]), until="publish", as_json=as_json, parts=parts or PARTS)
