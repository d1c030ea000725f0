"""The stand kit: sign-up sheets, correction cards, the list of names to be read, the book list, the checklist.

Invariant: a sign-up sheet asks for no more than it needs, says to whom it goes and until when it is kept, and has two
consents that can be given apart. Every sheet has a number, so that none is lost unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cenotaph.publishing.exhibition.plates import plates
from cenotaph.publishing.exhibition.sheets import isolated
from cenotaph.publishing.exhibition.showing import Exhibition
from cenotaph.publishing.exhibition.walls import named, wall_script
from cenotaph.publishing.public import PublicStand
from cenotaph.publishing.site.moments import as_date, span
from cenotaph.publishing.site.words import Words

Label = list[dict[str, str]]  # the same in each language
_BLANK = "…" * 14
_BOOKS_BY_HAND = 18  # empty lines of a book list that nobody has filled in


def kit(show: Exhibition) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the name of each sheet and what stands on it."""
    yield "sign-up", _document(show, "signup", _signup(show))
    yield "correction-cards", _document(show, "cards", _cards(show))
    yield "reading-list", _document(show, "reading", _reading(show), numbered=True)
    yield "book-list", _document(show, "books", _books(show))
    yield "checklist", _document(show, "checklist", _checklist(show))


def _document(show: Exhibition, sheet: str, data: dict[str, Any], *, numbered: bool = False) -> dict[str, Any]:
    case = show.printer.case
    head = [
        _said(words, words.say("Head of the ledger: {head}", head=isolated(case.head))) for words in _sides(show)[:1]
    ]
    who = {"lang": "und", "dir": "ltr", "text": case.publisher.name}
    invented = [_said(words, words.say("Invented people: nobody on this sheet ever lived.")) for words in _sides(show)]
    foot = [who, *head, *(invented if case.invented else [])]
    title = next((side["title"] for side in data["sides"]), sheet)
    return {"sheet": sheet, "name": f"{case.title}: {title}", "numbered": numbered, "foot": foot, **data}


def _signup(show: Exhibition) -> dict[str, Any]:
    stand = show.printer.case.stand
    return {
        "numbers": [f"{number:04d}" for number in range(1, stand.sheets + 1)],
        "lines": stand.lines,
        "sides": [_side(words, words.say("Add your name"), _purpose(stand, show, words)) for words in _sides(show)],
        "columns": [
            _label(show, "No."),
            _label(show, "Name"),
            _label(show, "Town, country"),
            _label(show, "E-mail (only for news)"),
            _label(show, "A: hand it over"),
            _label(show, "B: send me news"),
            _label(show, "Signature"),
        ],
        "ends": [_said(words, words.say(
            "Signed lines: ____  Unreadable: ____  Struck out: ____  Returned on: ________  By (code): ____"
        )) for words in _sides(show)],
    }  # fmt: skip


def _purpose(stand: PublicStand, show: Exhibition, words: Words) -> list[str]:
    until = as_date(stand.retention)
    return [
        words.say("What for: {purpose}", purpose=isolated(words.choose(stand.purpose)[0]) if stand.purpose else _BLANK),
        words.say("To whom: {recipient}", recipient=isolated(stand.recipient) if stand.recipient else _BLANK),
        words.say(
            "Who keeps this sheet: {who}. Until: {day}; then it is destroyed.",
            who=isolated(f"{show.printer.case.publisher.name}, {show.printer.case.publisher.contact}"),
            day=isolated(span(until, until, words)) if until else _BLANK,
        ),
        words.say(
            "Tick A if your name may be handed to the addressee. Tick B, apart from it, if we may write to you. You "
            "may tick one, both or none, and take either back at any time."
        ),
        words.say("If you or your family could be in danger, do not sign."),
    ]  # fmt: skip


def _cards(show: Exhibition) -> dict[str, Any]:
    sides = [_side(words, words.say("Do you know this person?"), [
        words.say(
            "Write what you know, also if it contradicts what stands here. Write nothing that could put somebody "
            "in danger; you need not say who you are."
        ),
        words.say("To: {contact}", contact=isolated(show.printer.case.publisher.contact)),
    ]) for words in _sides(show)]  # fmt: skip
    columns = ["The name, and how it is written on the panel", "Number on the panel or address of the page",
               "What is wrong or missing", "How you know it", "How we may reach you (only if it is safe)"]  # fmt: skip
    return {"sides": sides, "columns": [_label(show, text) for text in columns]}


def _reading(show: Exhibition) -> dict[str, Any]:
    script, own = wall_script(show)
    everybody = plates(show.people.cards, script, own.say("Name not known"))
    sides = [_side(words, words.say("The names, to be read"), [
        words.count("{n} name", "{n} names", len(everybody)),
        words.say("Read slowly. Where a name stands in two scripts, it is one person."),
    ]) for words in _sides(show)]  # fmt: skip
    return {"sides": sides, "people": [named(plate, own) for plate in everybody]}


def _books(show: Exhibition) -> dict[str, Any]:
    sides = [_side(words, words.say("Books at the stand"), []) for words in _sides(show)]
    columns = [_label(show, text) for text in ("Title", "Author", "Language", "Year", "Price", "Brought", "Left")]
    blank = [[_plain(" ")] * len(columns)] * _BOOKS_BY_HAND
    return {"sides": sides, "columns": columns, "widths": [5, 3, 2, 1.4, 1.6, 1.6, 1.6], "rows": [*show.books, *blank]}


def _checklist(show: Exhibition) -> dict[str, Any]:
    rows = [[*(_said(words, words.say(text)) for words in _sides(show)), _plain("☐")] for text in _TO_DO]
    sides = [_side(words, words.say("Before, at and after the stand"), []) for words in _sides(show)]
    columns = [*([_said(words, words.say("What to do"))] for words in _sides(show)), [_plain("☐")]]
    return {"sides": sides, "columns": columns, "widths": [*([6] * len(_sides(show))), 1], "rows": rows}


_TO_DO = (
    "Permit for the place and the time, and who answers for it",
    "Panels in their order, stands, clips, something against wind and rain",
    "Scan the QR code of each panel with a telephone before you hang it",
    "Numbered sheets: write down which numbers you take with you",
    "A pen on a string, a closed box for sheets and cards",
    "Cover signed lines, so that nobody reads the names of others",
    "Photographs only of people who said yes; nobody in the background",
    "Whoever asks for a missing name gets a correction card, not a promise",
    "How many came: write a number only with how you counted",
    "No telephone with the register on it, no list of helpers",
    "Afterwards: sheets taken, returned and void add up to zero",
    "Sheets and cards to the agreed person the same day, locked",
)


def _sides(show: Exhibition) -> Sequence[Words]:
    return show.printer.sides


def _side(words: Words, title: str, lines: Sequence[str]) -> dict[str, Any]:
    return {"lang": words.language, "dir": words.direction, "title": title, "lines": list(lines)}


def _said(words: Words, text: str) -> dict[str, str]:
    return {"lang": words.language, "dir": words.direction, "text": text}


def _plain(text: str) -> dict[str, str]:
    return {"lang": "und", "dir": "ltr", "text": text}


def _label(show: Exhibition, text: str) -> Label:
    return [_said(words, words.say(text)) for words in _sides(show)]
