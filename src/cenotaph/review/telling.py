"""An explanation as text: steps with their bits and bars, the names word by word, as a terminal or a cell shows them.

Invariant: every text that a source wrote is set apart from the sentence around it where either runs from right to
left, so that neither can move the other's signs about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from cenotaph.linkage import Meeting
from cenotaph.messages.speech import FIRST, LEFT, POP
from cenotaph.review.waterfall import Step, Waterfall, named
from cenotaph.review.wording import Words
from cenotaph.values.facing import Facing

_DIGITS = str.maketrans("0123456789.", "۰۱۲۳۴۵۶۷۸۹٫")
_BAR = 12  # signs of the longest bar
_FULL = 12.0  # bits that fill it


def signed(bits: float, words: Words) -> str:
    """Return bits with their sign, in the digits of the language."""
    text = f"{bits:+.1f}".replace("-", "\u2212").replace("\u22120.0", "0.0").replace("+0.0", "0.0")
    return f"{LEFT}{text.translate(_DIGITS)}{POP}" if words.language == "fa" else text


def percent(probability: float, words: Words) -> str:
    """Return a probability; what is nearly sure is never written as sure."""
    text = "> 99.9%" if probability > 0.999 else "< 0.1%" if probability < 0.001 else f"{100 * probability:.1f}%"
    return f"{LEFT}{text.translate(_DIGITS).replace('%', '٪')}{POP}" if words.language == "fa" else text


def apart(text: str, words: Words) -> str:
    """Set a text of a source, or an id, apart from the sentence around it, where either runs from right to left."""
    foreign = words.right_to_left or any("\u0590" <= sign <= "\u08ff" for sign in text)
    return f"{FIRST}{text}{POP}" if foreign and text else text


def bar(bits: float) -> str:
    """Return a bar as long as the bits are many: full for one person, hollow against."""
    size = min(_BAR, max(1, round(abs(bits) / _FULL * _BAR)))
    return ("█" if bits >= 0 else "░") * size


def sides(step: Step, words: Words) -> tuple[str, str]:
    """Return what the two sources wrote, each after its letter."""
    unsaid = words.say("waterfall", "unsaid")
    one, other = (apart(text, words) or unsaid for text in (step.left, step.right))
    return words.say("waterfall", "side_a", value=one), words.say("waterfall", "side_b", value=other)


def total_note(found: Waterfall, words: Words) -> str:
    """Say what all steps make."""
    now = words.say("waterfall", "now_one" if found.linked else "now_two")
    return f"{words.say('waterfall', 'total_note', percent=percent(found.probability, words))}. {now}"


def silent(found: Waterfall, words: Words) -> str:
    """Say which properties say nothing."""
    comma = "، " if words.language == "fa" else ", "
    return words.say("waterfall", "silent", what=comma.join(named(key, words) for key in found.silent))


def text_of(found: Waterfall, words: Words, names: tuple[str, str]) -> str:
    """Return the whole explanation for a terminal.

    Parameters
    ----------
    names
        The titles of the two lists.
    """
    ids = [
        f"{apart(each, words)} ({apart(name, words)})"
        for each, name in zip((found.left, found.right), names, strict=True)
    ]
    lines = [words.say("waterfall", "title", left=ids[0], right=ids[1]), ""]
    for step in found.steps:
        lines += _step(step, words)
    lines.append(_line(found.total, words.say("waterfall", "total"), total_note(found, words), words))
    lines += [silent(found, words)] if found.silent else []
    lines.append(words.say("waterfall", "doubles"))
    if found.facing:
        lines += ["", words.say("waterfall", "words"), *(f"  {line}" for line in facings(found.facing, words))]
    return "\n".join(lines)


def _step(step: Step, words: Words) -> list[str]:
    first = _line(step.bits, step.title, step.note, words)
    return [first, *(f"{'':21}{side}" for side in sides(step, words))] if step.kind == "property" else [first]


def _line(bits: float, title: str, note: str, words: Words) -> str:
    return f"{signed(bits, words):>6} {bar(bits):<{_BAR}}  {title}: {note}"


def cell(found: Waterfall, words: Words) -> str:
    """Return the steps for one cell of a workbook: a line each, with its bar."""
    steps = [(step.bits, step.title, step.note) for step in found.steps]
    steps.append((found.total, words.say("waterfall", "total"), total_note(found, words)))
    return "\n".join(f"{bar(bits)} {signed(bits, words)}  {title}: {note}" for bits, title, note in steps)


def facings(rows: Sequence[Facing], words: Words) -> list[str]:
    """Return a line for each row of an alignment: the two words, and why they answer each other."""
    return [f"{pair}: {why}" for pair, why in (facing(row, words) for row in rows)]


def facing(row: Facing, words: Words) -> tuple[str, str]:
    """Return the words of one row, and the reason with the letters that had to be read."""
    pair = " = ".join(apart(word, words) for word in (row.left, row.right) if word)
    if not row.left or not row.right:
        pair = f"{pair} = –" if row.left else f"– = {pair}"
    letters = (
        f"{apart(x, words)}→{apart(y, words)}" if x and y else f"−{apart(x or y, words)}" for x, y, _ in row.letters
    )
    told = ", ".join(letters)
    why = words.say("facing", row.answer)
    return pair, f"{why} ({told})" if told else why


def met(meeting: Meeting | None, words: Words, *, kept: bool) -> list[str]:
    """Say by what two records were found, or why they were never compared; nothing where nobody asked."""
    if meeting is None:
        return []
    why = "apart" if meeting.apart else "compared" if meeting.compared else "never"
    lines = [] if kept else [words.say("met", why)]
    if not meeting.shared:
        return [*lines, words.say("met", "no_keys")]
    comma = "، " if words.language == "fa" else ", "
    shared = sorted(meeting.shared.items(), key=lambda each: -each[1])
    what = comma.join(words.say("met", "key", name=named(key, words), bits=amount(bits, words)) for key, bits in shared)
    told, needed = (amount(bits, words) for bits in (sum(meeting.shared.values()), meeting.needed))
    return [*lines, words.say("met", "keys", what=what, bits=told, needed=needed, count=meeting.records)]


def amount(bits: float, words: Words) -> str:
    """Return bits without a sign, in the digits of the language."""
    text = f"{bits:.1f}"
    return text.translate(_DIGITS) if words.language == "fa" else text


def hanging(held: tuple[int, int], words: Words) -> str:
    """Say that a person hangs on a link: how many records in all, how many beyond it."""
    sides_ = words.say("hanging", "sides", records=held[0], side=held[1])
    return f"{words.say('hanging', 'title')}. {sides_}"


def plain(found: Waterfall) -> dict[str, Any]:
    """Return an explanation as plain data."""
    return asdict(found)
