"""A picture of reliability as SVG text: what was predicted of pairs across, what is true of them upwards.

Invariant: plain SVG without fonts or scripts of its own; a bin of few pairs is drawn small, so that it persuades less.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log10
from typing import Any

_SIZE, _EDGE = 320, 48
_INK, _GRID, _MARK = "#333", "#ddd", "#4c6a88"


def reliability_plot(found: Mapping[str, Any]) -> str:
    """Draw what `reliability` found."""
    rows: Sequence[Mapping[str, Any]] = found["bins"]
    whole = _SIZE + 2 * _EDGE
    told = f"{sum(row['pairs'] for row in rows):,} pairs, calibration error {found['error']:.3f}"
    line = " ".join(f"{_across(row['predicted']):.1f},{_up(row['observed']):.1f}" for row in rows)
    body = (
        _grid()
        + f'<polyline points="{line}" fill="none" stroke="{_MARK}" stroke-width="1.5"/>'
        + "".join(_dot(row) for row in rows)
        + _words(told, whole)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" role="img" direction="ltr" '
        f'font-family="sans-serif" font-size="12" fill="{_INK}"><title>{told}</title>{body}</svg>\n'
    )


def _across(share: float) -> float:
    return _EDGE + _SIZE * share


def _up(share: float) -> float:
    return _EDGE + _SIZE * (1.0 - share)


def _grid() -> str:
    """Draw the square, its tenths, and the diagonal on which probabilities mean what they say."""
    lines = []
    for tenth in range(0, 11, 2):
        x, y = _across(tenth / 10), _up(tenth / 10)
        lines.append(f'<path d="M{x:.1f} {_up(0)}V{_up(1)}M{_across(0)} {y:.1f}H{_across(1)}" stroke="{_GRID}"/>')
        lines.append(f'<text x="{x:.1f}" y="{_up(0) + 16}" text-anchor="middle">{tenth / 10:g}</text>')
        lines.append(f'<text x="{_EDGE - 6}" y="{y + 4:.1f}" text-anchor="end">{tenth / 10:g}</text>')
    diagonal = f'<path d="M{_across(0)} {_up(0)}L{_across(1)} {_up(1)}" stroke="{_INK}" stroke-dasharray="4 4"/>'
    return "".join(lines) + diagonal


def _dot(row: Mapping[str, Any]) -> str:
    radius = 1.5 + 1.2 * log10(max(row["pairs"], 1))
    said = f"{row['pairs']:,} pairs: predicted {row['predicted']:.3f}, true {row['observed']:.3f}"
    at = f'cx="{_across(row["predicted"]):.1f}" cy="{_up(row["observed"]):.1f}"'
    return f'<circle {at} r="{radius:.1f}" fill="{_MARK}"><title>{said}</title></circle>'


def _words(told: str, whole: int) -> str:
    middle = whole / 2
    return (
        f'<text x="{middle}" y="{_EDGE - 20}" text-anchor="middle">{told}</text>'
        f'<text x="{middle}" y="{whole - 12}" text-anchor="middle">predicted probability</text>'
        f'<text transform="translate(14 {middle}) rotate(-90)" text-anchor="middle">share that is true</text>'
    )
