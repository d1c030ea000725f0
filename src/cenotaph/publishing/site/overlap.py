"""How the lists overlap: counted from the public persons, as rows of a table and as a drawing."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cenotaph.publishing.public import Card
from cenotaph.publishing.site.words import Words

_ROWS = 15
_STEP, _LINE, _BAR = 26, 26, 300


@dataclass(frozen=True, slots=True)
class Overlap:
    """Persons by the exact set of lists that name them by a record of their own."""

    patterns: Mapping[tuple[str, ...], int]

    @classmethod
    def of(cls, cards: Iterable[Card]) -> Overlap:
        """Count the persons of each pattern, the most frequent first."""
        counted = Counter(card.lists for card in cards if card.lists)
        return cls(dict(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))))

    @property
    def lists(self) -> tuple[str, ...]:
        """Return every list that names somebody, the largest first."""
        totals = Counter[str]()
        for pattern, n in self.patterns.items():
            totals.update(dict.fromkeys(pattern, n))
        return tuple(sorted(totals, key=lambda name: (-totals[name], name)))

    def total(self, name: str) -> int:
        """Return the persons a list names."""
        return sum(n for pattern, n in self.patterns.items() if name in pattern)

    def alone(self, name: str) -> int:
        """Return the persons whom no other list names."""
        return self.patterns.get((name,), 0)


def drawing(overlap: Overlap, titles: Mapping[str, str], words: Words) -> str:
    """Draw the largest patterns: a dot for each list that names them, a bar for their number.

    No style and no script inside: the drawing obeys the style sheet of the page.
    """
    lists, rows = overlap.lists, list(overlap.patterns.items())[:_ROWS]
    if not rows:
        return ""
    left = _STEP * len(lists) + 20
    size = (left + _BAR + 80, _LINE * (len(rows) + 1) + 8)
    most = max(n for _, n in rows)
    head = "".join(_head(place, name, titles, words) for place, name in enumerate(lists))
    body = "".join(_row(place, row, lists, (left, most), words) for place, row in enumerate(rows, 1))
    label = html.escape(words.say("Number of persons by the lists that name them"))
    return (
        f'<svg viewBox="0 0 {size[0]} {size[1]}" width="{size[0]}" height="{size[1]}" role="img" aria-label="{label}" '
        f'direction="ltr">{head}{body}</svg>'
    )


def _head(place: int, name: str, titles: Mapping[str, str], words: Words) -> str:
    title = html.escape(titles.get(name, name))
    x = _STEP * place + 13
    return (
        f'<text class="key" x="{x}" y="18" text-anchor="middle">{words.number(place + 1)}<title>{title}</title></text>'
    )


def _row(
    place: int, row: tuple[tuple[str, ...], int], lists: Sequence[str], scale: tuple[int, int], words: Words
) -> str:
    (pattern, n), (left, most) = row, scale
    y = _LINE * place + 13
    dots = "".join(
        f'<circle class="{kind}" cx="{_STEP * i + 13}" cy="{y}" r="{size}"/>'
        for i, name in enumerate(lists)
        for kind, size in [("on", 6) if name in pattern else ("off", 3)]
    )
    held = [i for i, name in enumerate(lists) if name in pattern]
    line = (
        f'<line class="on" x1="{_STEP * held[0] + 13}" x2="{_STEP * held[-1] + 13}" y1="{y}" y2="{y}"/>' if held else ""
    )
    width = max(1, round(_BAR * n / most))
    bar = f'<rect class="bar" x="{left}" y="{y - 8}" width="{width}" height="16"/>'
    return f'{line}{dots}{bar}<text x="{left + width + 6}" y="{y + 5}">{words.number(n)}</text>'
