"""An explanation as a picture: a waterfall of bits from what was believed first to the total, with the names below.

Invariant: plain SVG without fonts or scripts of its own, as the pictures of an estimate are; one person is always to
the right and two persons to the left, while the words stand on the side where their language begins.
"""

from __future__ import annotations

import html
from dataclasses import dataclass

from cenotaph.review.telling import facing, percent, sides, signed, silent
from cenotaph.review.waterfall import Step, Waterfall
from cenotaph.review.wording import Words

WIDE = 760
_CHART, _GAP, _EDGE = 300, 18, 14  # of the chart's side, between it and the words, beside the picture
_TOP, _LINE, _ROW = 74, 16, 10  # where the first step begins, a line of text, room between steps
_INK, _SOFT, _FOR, _AGAINST, _START, _GRID = "#333", "#666", "#4c6a88", "#b07d3b", "#8a8a8a", "#ccc"
_PALE, _BOLD = f' fill="{_SOFT}"', ' font-weight="bold"'
_HALO = ' stroke="#fff" stroke-width="3" paint-order="stroke"'
_REASON = 300  # where the reasons of words begin, from the words' own edge
_LETTERS = 66  # of a line of small type
_FARTHEST = 30.0  # bits; a verdict counts more than any picture could show
_ISOLATE = "\u2067{}\u2069"


@dataclass(frozen=True, slots=True)
class _Row:
    """One step as drawn: its words, where its bar begins and ends, in bits."""

    title: str
    lines: tuple[str, ...]
    bits: float
    start: float
    end: float
    colour: str

    @property
    def high(self) -> float:
        return _LINE * (1 + len(self.lines)) + _ROW


@dataclass(frozen=True, slots=True)
class _Page:
    """Where things stand: the scale of bits, and the side of the words."""

    low: float
    high: float
    words: Words

    def across(self, bits: float) -> float:
        start = _EDGE if self.words.right_to_left else WIDE - _EDGE - _CHART
        kept = min(max(bits, self.low), self.high)
        return start + (kept - self.low) / (self.high - self.low) * _CHART

    def text(self, y: float, text: str, *, size: int = 11, look: str = "", indent: int = 0) -> str:
        x, anchor = (WIDE - _EDGE - indent, "end") if self.words.right_to_left else (_EDGE + indent, "start")
        return _text(x, y, self.run(text), anchor=anchor, size=size, look=look)

    def run(self, text: str) -> str:
        """Set words apart so that they run in the direction of their language; the picture runs from the left."""
        return _ISOLATE.format(text) if self.words.right_to_left else text


def picture(found: Waterfall, words: Words, names: tuple[str, str]) -> str:
    """Return the explanation as SVG.

    Parameters
    ----------
    found
        The explanation.
    words
        The language.
    names
        The titles of the two lists.
    """
    rows = _rows(found, words)
    reach = [min(_FARTHEST, max(-_FARTHEST, edge)) for row in rows for edge in (row.start, row.end)]
    page = _Page(min(0.0, *reach) - 1.0, max(0.0, *reach) + 1.0, words)
    parts, y = [_heading(found, page, names)], float(_TOP)
    for place, row in enumerate(rows):
        parts.append(_drawn(row, page, y, joined=place < len(rows) - 1))
        y += row.high
    parts.append(_zero(page, y))
    below, y = _below(found, page, y + 22)
    return _svg(words.say("waterfall", "title", left=found.left, right=found.right), [*parts, below], y)


def _rows(found: Waterfall, words: Words) -> list[_Row]:
    rows, at = [], 0.0
    for step in found.steps:
        colour = _START if step.kind == "prior" else _FOR if step.bits >= 0 else _AGAINST
        rows.append(_Row(step.title, _lines(step, words), step.bits, at, at + step.bits, colour))
        at += step.bits
    now = words.say("waterfall", "now_one" if found.linked else "now_two")
    told = words.say("waterfall", "total_note", percent=percent(found.probability, words))
    rows.append(_Row(words.say("waterfall", "total"), (told, now), found.total, 0.0, found.total, _INK))
    return rows


def _lines(step: Step, words: Words) -> tuple[str, ...]:
    told = (step.note, *sides(step, words)) if step.kind == "property" else tuple(_wrapped(step.note))
    return tuple(line if len(line) <= _LETTERS else f"{line[: _LETTERS - 1]}…" for line in told)


def _wrapped(text: str, letters: int = _LETTERS) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _heading(found: Waterfall, page: _Page, names: tuple[str, str]) -> str:
    words = page.words
    one, other = (f"{record} ({name})" for record, name in zip((found.left, found.right), names, strict=True))
    return (
        page.text(22, words.say("waterfall", "heading"), size=14, look=_BOLD)
        + page.text(40, words.say("waterfall", "side_a", value=one), look=_PALE)
        + page.text(56, words.say("waterfall", "side_b", value=other), look=_PALE)
        + _ends(page)
    )


def _ends(page: _Page) -> str:
    """Say at either end of the chart what a step towards it speaks for."""
    low, high = page.across(page.low), page.across(page.high)
    two, one = (page.run(page.words.say("pairs", which)) for which in ("two", "one"))
    arrows = "".join(
        f'<path d="M{x:.1f},52.5 l{way * 7},-3.5 v7 z" fill="{_SOFT}"/>' for x, way in ((low, 1), (high, -1))
    )
    return (
        arrows
        + _text(low + 11, 56, two, size=10, look=_PALE)
        + _text(high - 11, 56, one, anchor="end", size=10, look=_PALE)
    )


def _drawn(row: _Row, page: _Page, y: float, *, joined: bool) -> str:
    """Draw a step: its words on one side, its bar on the other, and the line that leads to the next."""
    one, other = sorted((page.across(row.start), page.across(row.end)))
    figure = signed(row.bits, page.words)
    # beside the bar, on the side where there is room
    beside = (other + 4, "start") if other + 40 < page.across(page.high) else (one - 4, "end")
    parts = [
        page.text(y + 12, row.title, size=12, look=_BOLD),
        *(page.text(y + 12 + _LINE * n, line, size=10, look=_PALE) for n, line in enumerate(row.lines, 1)),
        f'<rect x="{one:.1f}" y="{y + 2:.1f}" width="{max(1.5, other - one):.1f}" height="14" fill="{row.colour}"/>',
        _text(beside[0], y + 13, figure, anchor=beside[1], size=11, look=_HALO),
    ]
    if joined:
        x = page.across(row.end)
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{y + 16:.1f}" y2="{y + row.high + 2:.1f}" stroke="{_SOFT}" '
                     'stroke-width="0.8"/>')  # fmt: skip
    return "".join(parts)


def _zero(page: _Page, y: float) -> str:
    x = page.across(0.0)
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP - 8}" y2="{y:.1f}" stroke="{_GRID}" stroke-dasharray="3 3"/>'
        + _text(x, y + 10, "۰" if page.words.language == "fa" else "0", anchor="middle", size=10, look=_PALE)
    )


def _below(found: Waterfall, page: _Page, y: float) -> tuple[str, float]:
    """Write what says nothing, what a bit is, and the names word by word."""
    words, parts = page.words, []
    told = [*(_wrapped(silent(found, words), 2 * _LETTERS) if found.silent else []), words.say("waterfall", "doubles")]
    for line in told:
        parts.append(page.text(y, line, size=10, look=_PALE))
        y += _LINE
    if found.facing:
        y += _ROW
        parts.append(page.text(y, words.say("waterfall", "words"), size=12, look=_BOLD))
        for row in found.facing:
            y += _LINE
            pair, why = facing(row, words)
            parts += [page.text(y, pair), page.text(y, why, size=10, look=_PALE, indent=_REASON)]
    return "".join(parts), y + 16


def _text(x: float, y: float, text: str, *, anchor: str = "start", size: int, look: str = "") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}"{look}>'
        f"{html.escape(text, quote=False)}</text>"
    )


def _svg(title: str, parts: list[str], height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {height:.0f}" role="img" direction="ltr" '
        f'font-family="Vazirmatn, sans-serif" fill="{_INK}"><title>{html.escape(title, quote=False)}</title>'
        f'<rect width="{WIDE}" height="{height:.0f}" fill="#fff"/>{"".join(parts)}</svg>\n'
    )
