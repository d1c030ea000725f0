"""The ``cenotaph.toml`` that ``init`` writes: what was proposed, with its remarks in the language of who asked.

Invariant: what is held back stands there as a remark with a question mark; the file can be followed as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from cenotaph.messages import Speech
from cenotaph.sources.proposing import Draft, Line, Value

HELD, DOUBT = "# ? ", "  # (?) "
_BREAK = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


def config_text(title: str, languages: Sequence[str], drafts: Sequence[Draft], say: Speech) -> str:
    """Return the text of a new ``cenotaph.toml``."""
    lines = [*_head(title, languages, say)]
    for draft in drafts:
        lines += ["", *_list(draft, say)]
    return "\n".join(lines) + "\n"


def remark(text: str) -> str:
    """Return a text as it may stand behind a ``#``: one line, whatever a file put into it."""
    return _BREAK.sub(" ", text)


def toml(value: Value) -> str:
    """Write a value as TOML does."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list):
        return "[" + ", ".join(toml(each) for each in value) + "]"
    pairs = (f"{_key(name)} = {toml(each)}" for name, each in value.items())  # type: ignore[arg-type]
    return "{ " + ", ".join(pairs) + " }"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else toml(name)


def _head(title: str, languages: Sequence[str], say: Speech) -> Iterator[str]:
    yield "# " + say("A line that begins with # is a remark; the program does not read it.")
    yield "# " + say("A line that begins with # ? is a question: take the # ? away if it is right, or leave it.")
    yield "# " + say("A line with # (?) behind it is used as it stands, and doubtful: look at it.")
    yield ""
    yield "[case]"
    yield f"title = {toml(title)}" + DOUBT + say("what the case is called on its pages")
    yield f"languages = {toml(list(languages))}" + DOUBT + say("languages of the pages, the first one first")
    yield HELD + 'country = "IR"  # ' + say("where places are looked for: a code of two letters")
    yield HELD + 'period = "1988/1989"  # ' + say("deaths outside it do not belong in; 1988/.. has no end")
    yield HELD + 'include = ""  # ' + say("who belongs in, in your words")
    yield ""
    yield "[publisher]  # " + say("who speaks, and their interest; needed before anything is published")
    yield from (f'{name} = ""' for name in ("name", "affiliation", "funding", "contact"))
    yield ""
    yield "[publish]"
    yield HELD + 'date = "2026-01-31"  # ' + say("the day the lists were last looked at; figures are shown with it")


def _list(draft: Draft, say: Speech) -> Iterator[str]:
    active = any(line.property and line.certainty != "held" for line in draft.lines)
    if not active:
        yield "# " + say("No column of {file} could be mapped: write the lines yourself.", file=remark(draft.file))
    lines = [
        f"[lists.{draft.name}]",
        f"title = {toml(draft.title)}" + DOUBT + say("the name of the list, as readers should see it"),
        f"file = {toml(draft.file)}",
        *(_line(line, say) for line in sorted(draft.lines, key=_place)),
    ]
    yield from lines if active else (HELD + line.removeprefix(HELD) for line in lines)
    yield from _questions(say)
    if draft.unmapped:
        names = remark(", ".join(draft.unmapped[:60])) + (" …" if len(draft.unmapped) > 60 else "")
        yield "# " + say("Mapped to nothing: kept, internal, never published: {columns}", columns=names)
    if draft.cites:
        yield HELD + f"[lists.{draft.name}.cites]  # " + say("columns that say which earlier lists named a person")
        yield from (HELD + f"{_key(name)} = {toml(column)}" for name, column in draft.cites.items())


def _place(line: Line) -> int:
    """Return where a line stands: what concerns the whole list first, calendars last."""
    order = ("key", "unique", "sheet", "language", "missing", "date_order")
    return order.index(line.key) if line.key in order else len(order) + line.key.startswith("calendar.")


def _line(line: Line, say: Speech) -> str:
    text = f"{line.key} = {toml(line.value)}"
    why = remark(say(line.why)) if line.why else ""
    if line.certainty == "held":
        return HELD + text + (f"  # {why}" if why else "")
    if line.certainty == "doubtful":
        return text + DOUBT + why
    return text + (f"  # {why}" if why else "")


def _questions(say: Speech) -> Iterator[str]:
    """Yield what no file can tell and only its compilers know; never guessed."""
    yield (
        HELD + "capture = true  # " + say("did this list look for people by itself? Only then it counts in an estimate")
    )
    yield HELD + 'covers = { period = "1988/1989" }  # ' + say("outside it, not being on the list means nothing")
    yield HELD + "derived_from = []  # " + say("the lists it copied from")
    yield HELD + 'states = "killed"  # ' + say("does it say of everyone on it: killed, died, or disappeared?")
