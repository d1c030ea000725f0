"""The demo's door: one call writes the case folder of the invented country, and its truth beside it.

Invariant: nothing below ``truth/`` is named by ``cenotaph.toml``; no stage of a build can read it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from cenotaph.demo import lists
from cenotaph.demo.formats import as_bytes
from cenotaph.demo.lists import Sheet
from cenotaph.demo.people import Person
from cenotaph.demo.sheets import all_sheets
from cenotaph.demo.world import COUNTRY

SIZE = 2000
TITLES = {
    lists.PRISONERS: "کشته‌شدگان سپندار",
    lists.CEMETERY: "دفتر گورستان‌های سپندار (سرزمینی ساختگی)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoFiles:
    """Where the demo was written, and what is true of it."""

    folder: Path
    lists: tuple[Path, ...]
    truth: Path
    answers: Path
    true_number: int
    documented: int


def write_case(folder: Path, *, seed: int = 1988, size: int = SIZE) -> DemoFiles:
    """Write the invented case: ``cenotaph.toml``, ``content/``, ``lists/`` and, to measure by, ``truth/``.

    Parameters
    ----------
    folder : Path
        The case folder to be; made when it does not exist.
    seed : int
        The same seed gives the same bytes on every machine.
    size : int
        The true number of the dead; about three quarters of them come to stand on a list.
    """
    people, sheets = all_sheets(seed, size)
    answers = _answers(people, sheets, seed)
    _write(folder / "cenotaph.toml", _config())
    for kind in ("content", "narratives", "passages", "ground"):
        for name, data in _bundled(kind):
            _write(folder / kind / name, data)
    paths = [
        _write(folder / "lists" / sheet.file, as_bytes(sheet, TITLES.get(sheet.list, sheet.list))) for sheet in sheets
    ]
    return DemoFiles(
        folder=folder,
        lists=tuple(paths),
        truth=_write(folder / "truth" / "truth.csv", _truth(sheets)),
        answers=_write(folder / "truth" / "truth.json", _json(answers)),
        true_number=len(people),
        documented=int(str(answers["on_some_list"])),
    )


def _write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def _config() -> bytes:
    text = resources.files("cenotaph.demo").joinpath("data", "cenotaph.toml").read_text(encoding="utf-8")
    return text.encode("utf-8")


def _bundled(kind: str) -> Iterator[tuple[str, bytes]]:
    """Yield what the invented group writes (articles with drawings, an event, panels), captures and marks."""
    with resources.as_file(resources.files("cenotaph.demo").joinpath("data", kind)) as content:
        for path in sorted(content.rglob("*")):
            if path.is_file():
                yield path.relative_to(content).as_posix(), path.read_bytes()


def _last_editions(sheets: Sequence[Sheet]) -> list[Sheet]:
    return list({sheet.list: sheet for sheet in sheets}.values())


def _truth(sheets: Sequence[Sheet]) -> bytes:
    """Write who each row truly is, for ``cenotaph evaluate``; rows that a later edition dropped are still records."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("list", "record", "person"))
    said = {(sheet.list, key): person for sheet in sheets for key, person in sheet.truth}
    writer.writerows((name, key, person) for (name, key), person in said.items())
    return text.getvalue().encode("utf-8")


def _answers(people: Sequence[Person], sheets: Sequence[Sheet], seed: int) -> dict[str, object]:
    dead = {person.id for person in people}
    named = {sheet.list: {person for _, person in sheet.truth} for sheet in _last_editions(sheets)}
    captures = set().union(*(named[name] for name in lists.CAPTURE))
    return {
        "country": COUNTRY,
        "invented": True,
        "seed": seed,
        "true_number": len(dead),
        "on_some_list": len(dead & set().union(*named.values())),
        "on_a_capture_list": len(dead & captures),
        "named_but_not_of_these_dead": len(set().union(*named.values()) - dead),
        "rows": {sheet.file: len(sheet.rows) for sheet in sheets},
        "people": {name: len(found) for name, found in sorted(named.items())},
    }


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
