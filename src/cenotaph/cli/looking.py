"""Commands that look and check: search, ask, evaluate, compare, date, verify, exposure."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cenotaph.cli.building import CaseArg
from cenotaph.cli.output import FAULT, Json, emit, progress
from cenotaph.cli.talking import say
from cenotaph.messages import Message


def attach(app: typer.Typer) -> None:
    """Give the commands of this module to the application."""
    for command in (search, ask, evaluate, compare, why, date, verify, exposure):
        app.command()(command)


def search(
    case: CaseArg,
    text: Annotated[str, typer.Argument(help="A name, in any script.")],
    limit: Annotated[int, typer.Option(help="How many hits at most.")] = 10,
    as_json: Json = False,
) -> None:
    """Find a name in any script; each hit says why it was found."""
    from cenotaph.pipeline.searching import search as find

    hits = find(case, text, limit=limit)
    emit(
        {"query": text, "hits": hits},
        as_json=as_json,
        text=lambda: (
            "\n".join(f"{hit['score']:.2f}  {hit['person']}  {hit['name']}\n      {hit['why']}" for hit in hits)
            or say()("nothing found")
        ),
    )


def ask(
    case: CaseArg,
    question: Annotated[str, typer.Argument(help="Terms with commas between: women, Gohardasht, 1988.")],
    limit: Annotated[int, typer.Option(min=1, help="How many people to show of each certainty.")] = 20,
    as_json: Json = False,
) -> None:
    """Ask the register in words; the answer says how it was understood, and shows people with their grounds."""
    from cenotaph.pipeline.questions import ask_case

    asked = ask_case(case, question, limit=limit, language=say().language)
    emit(asked.to_json(), as_json=as_json, text=lambda: asked.to_text(say()))


def evaluate(
    case: CaseArg,
    truth: Annotated[Path, typer.Argument(metavar="TRUTH.csv", help="Columns list, record, person.")],
    as_json: Json = False,
) -> None:
    """Measure the links against known truth: pairwise, B³ and cluster precision, recall and F1."""
    from cenotaph.pipeline import evaluate_case
    from cenotaph.pipeline.report import evaluation_text

    report = evaluate_case(case, truth)
    emit(report, as_json=as_json, text=lambda: evaluation_text(report))


class Compared(StrEnum):
    """What two texts are compared as."""

    NAME = "name"
    FATHER = "father"
    IDENTITY = "identity"


def compare(
    a: Annotated[str, typer.Argument(help="A name.")],
    b: Annotated[str, typer.Argument(help="Another name, in any script.")],
    as_: Annotated[
        Compared, typer.Option("--as", help="What the two are: names, fathers' names, identity numbers.")
    ] = Compared.NAME,
    as_json: Json = False,
) -> None:
    """Compare two names and print the alignment behind the score."""
    if as_ is not Compared.NAME:
        _compare_as(as_, a, b, as_json=as_json)
        return
    from cenotaph.values import compare as run

    found = run(a, b)
    emit(
        {"a": a, "b": b, "score": found.score, "weight": found.weight, "alignment": found.alignment},
        as_json=as_json,
        text=lambda: f"score {found.score:.3f}, weight {found.weight:+.1f} bits\n{found.alignment}",
    )


def why(
    case: CaseArg,
    one: Annotated[str, typer.Argument(metavar="RECORD", help="A record's id, or a person's public id.")],
    other: Annotated[
        str | None, typer.Argument(metavar="[RECORD]", help="Another record; without it, what the person hangs on.")
    ] = None,
    pictures: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write the waterfall there, SVG and PNG, in each language.")
    ] = None,
    keys: Annotated[
        bool, typer.Option("--keys", help="Also say by what the pair was found; takes as long as linking.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Explain why two records are held for one person or for two: each reason with its bits, the names word by word."""
    from cenotaph.pipeline.explaining import explain

    with progress("why", quiet=as_json) as step:
        found = explain(case, one, other, keys=keys, step=step)
    if found is None:
        alone = Message("{record}: one record alone; no link holds this person together", record=one)
        emit({"record": one, "weakest": None}, as_json=as_json, text=lambda: say()(alone))
        return
    made = [str(path) for path in found.draw(pictures)] if pictures else []
    emit({**found.to_json(), "pictures": made}, as_json=as_json,
         text=lambda: "\n".join([found.text(say().language), *made]))  # fmt: skip


def _compare_as(kind: Compared, a: str, b: str, *, as_json: bool) -> None:
    """Compare two fathers' names or two identity numbers and say why they are alike or not."""
    from cenotaph.values.fathers import compare_fathers
    from cenotaph.values.identity import compare_identities

    if kind is Compared.FATHER:
        father = compare_fathers(a, b)
        emit({"a": a, "b": b, "score": father.score, "words": father.words}, as_json=as_json,
             text=lambda: f"score {father.score:.3f}\n{father.words}")  # fmt: skip
        return
    number = compare_identities(a, b)
    level = number.agreement.name.lower().replace("_", " ")
    emit({"a": a, "b": b, "agreement": level, "words": number.words}, as_json=as_json, text=lambda: number.words)


def date(
    text: Annotated[str, typer.Argument(help="A date as somebody wrote it.")],
    calendar: Annotated[str | None, typer.Option(help="gregorian, persian, islamic, julian.")] = None,
    language: Annotated[str | None, typer.Option(help="Language of the text, such as fa.")] = None,
    as_json: Json = False,
) -> None:
    """Read a date: what it says at the earliest and the latest, and what is doubtful."""
    from cenotaph.pipeline.report import date_json, date_text
    from cenotaph.values import date as run

    found = run(text, calendar, language)
    emit(date_json(found), as_json=as_json, text=lambda: date_text(found))


def verify(case: CaseArg, as_json: Json = False) -> None:
    """Re-hash every byte, walk the chain, rebuild and compare; name each fault."""
    from cenotaph.pipeline.checking import verify as run
    from cenotaph.pipeline.report import verify_text

    with progress("verify", quiet=as_json) as step:
        report = run(case, step=step)
    emit(report, as_json=as_json, text=lambda: verify_text(report, say()))
    if not report["ok"]:
        raise typer.Exit(FAULT)


def exposure(
    case: CaseArg,
    post: Annotated[str, typer.Option(help="Only posts with these words in title, holder or institution.")] = "",
    place: Annotated[str, typer.Option(help="Only posts over this place, or site.")] = "",
    acts: Annotated[bool, typer.Option("--acts", help="Show each act with its days.")] = False,
    as_json: Json = False,
) -> None:
    """Show who held a post over a place when acts were done there: presence, not responsibility."""
    from cenotaph.pipeline.exposing import exposure as run
    from cenotaph.pipeline.exposing import exposure_text

    report = run(case, post=post, place=place)
    emit(report, as_json=as_json, text=lambda: exposure_text(report, say(), acts=acts))
