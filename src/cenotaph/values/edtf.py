"""Extended Date/Time Format (ISO 8601-2, levels 0 to 2 as far as dates of death need it): read and write.

Invariant: what ``write`` gives, ``read`` reads back to the same first and last day. EDTF is always Gregorian.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from cenotaph.values.date_nodes import Between, Node, Open, Stated, Statement

_LONGEST = 80
_DATE = re.compile(r"(\d{2}XX|\d{3}X|\d{4})(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?")
_UNSURE_DECADE = re.compile(r"^(\d{3})[?-]$")  # 198? and 198- as library catalogues write a decade
_UNSURE_CENTURY = re.compile(r"^(\d{2})--$")
_QUALIFIERS = {"~": {"approximate"}, "?": {"uncertain"}, "%": {"approximate", "uncertain"}}
_SEASONS = {code: (code - 21) % 4 + 1 for code in range(21, 29)}
_MONTHS = (
    {29: (9, 3), 30: (12, 3), 31: (3, 3), 32: (6, 3)}  # southern seasons
    | {33 + quarter: (1 + 3 * quarter, 3) for quarter in range(4)}
    | {37 + third: (1 + 4 * third, 4) for third in range(3)}
    | {40 + half: (1 + 6 * half, 6) for half in range(2)}
)
_SEASONAL = re.compile(r"-2\d\b(?!-)|X.*/|/.*X")
_MEMBERS = re.compile(r"\s*,\s*")


def read(text: str) -> Statement | None:
    """Read an EDTF string, or return None when it is none (``1367-05-07`` is one: the calendar is decided later)."""
    plain = text.strip()
    if not plain or len(plain) > _LONGEST:
        return None
    plain = _UNSURE_CENTURY.sub(r"\1XX", _UNSURE_DECADE.sub(r"\1X", plain))
    flags: set[str] = set()
    for sign, meant in _QUALIFIERS.items():
        flags |= meant if sign in plain else set()
    bare = re.sub(r"(?<=[\dX])[~?%]|[~?%](?=\d{2})", "", plain.replace("u", "X").replace("x", "X"))
    node = _set(bare) or _interval(bare) or _date(bare)
    return Statement(node=node, flags=frozenset(flags)) if node else None


def _year(text: str) -> tuple[int, int]:
    """Return the first year and how many years it stands for: 198X is ten from 1980."""
    span = 10 ** text.count("X")
    return int(text.replace("X", "0")), span


def _date(text: str) -> Stated | None:
    if not (found := _DATE.fullmatch(text)):
        return None
    year, span = _year(found[1])
    month = None if found[2] in {None, "XX"} else int(found[2])
    day = None if found[3] in {None, "XX"} else int(found[3])
    if (span > 1 and month) or (day and not month):
        return None
    if month and month > 20:
        return None if day else _season(year, month)
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    return Stated(year=year, digits=4, span=span, month=month, day=day, is_edtf=True)


def _season(year: int, code: int) -> Stated | None:
    if season := _SEASONS.get(code):
        return Stated(year=year, digits=4, season=season, is_edtf=True)
    if found := _MONTHS.get(code):
        return Stated(year=year, digits=4, month=found[0], months=found[1], is_edtf=True)
    return None


def _set(text: str) -> Node | None:
    """Read ``[a..b]``, ``[a,b]``, ``[..b]``, ``[a..]`` and the same in braces: one of its members."""
    if len(text) < 2 or text[0] + text[-1] not in {"[]", "{}"}:
        return None
    members = _MEMBERS.split(text[1:-1])
    if len(members) > 1 and (members[0].startswith("..") or members[-1].endswith("..")):
        ends = [end for member in members for end in member.split("..")]
        return _ends(ends[0], ends[-1], "set")
    nodes = [_one(member) for member in members]
    found = nodes[-1]
    for each in reversed(nodes[:-1]):
        found = Between(each, found, "either") if each and found else None
    return found


def _one(member: str) -> Node | None:
    first, dots, last = member.partition("..")
    return _ends(first, last if dots else first, "set")


def _interval(text: str) -> Node | None:
    left, slash, right = text.partition("/")
    if not slash or "/" in right:
        return None
    return _ends(left.replace("..", ""), right.replace("..", ""), "range")


def _ends(left: str, right: str, how: str) -> Node | None:
    first, last = _date(left), _date(right)
    if first and last:
        return first if left == right and how == "set" else Between(first, last, how)
    if first and not right:
        return Open(first, "since", how == "set")
    if last and not left:
        return Open(last, "until", how == "set")
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What is written of an interval: its days, a shorter form if one says the same, and whether it is one of a set."""

    earliest: dt.date | None
    latest: dt.date | None
    short: str | None = None
    as_set: bool = True
    members: tuple[tuple[dt.date, dt.date], ...] = ()  # the pieces of a set with gaps
    approximate: bool = False
    uncertain: bool = False

    @property
    def sign(self) -> str:
        """The qualifier that each date carries."""
        return {(True, True): "%", (True, False): "~", (False, True): "?"}.get((self.approximate, self.uncertain), "")


def write(what: Written) -> str | None:
    """Write an interval of days; an unknown day in it is one of a set, ``[a..b]``, a stretch of time is ``a/b``.

    No tool reads a qualifier on a set or a season, so with one both are written ``a~/b~``.
    """
    if what.earliest is None and what.latest is None:
        return None
    if what.short and not (what.sign and _SEASONAL.search(what.short)):
        return "/".join(end + what.sign for end in what.short.split("/"))
    first = what.earliest.isoformat() + what.sign if what.earliest else ""
    last = what.latest.isoformat() + what.sign if what.latest else ""
    if what.members and not what.sign:
        return f"[{','.join(_member(*each) for each in what.members)}]"
    if what.as_set and (first == last or not what.sign):
        return first if first == last else f"[{first}..{last}]"
    return f"{first or '..'}/{last or '..'}"


def _member(first: dt.date, last: dt.date) -> str:
    """Write one piece of a set: a year or a month that is whole, else its days."""
    if (first.month, first.day, last.month, last.day, last.year) == (1, 1, 12, 31, first.year):
        return f"{first:%Y}"
    next_day = last.toordinal() + 1
    if (
        first.day == 1
        and (first.year, first.month) == (last.year, last.month)
        and dt.date.fromordinal(next_day).day == 1
    ):
        return f"{first:%Y-%m}"
    return first.isoformat() if first == last else f"{first.isoformat()}..{last.isoformat()}"
