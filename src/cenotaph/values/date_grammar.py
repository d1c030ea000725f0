"""The grammar of an expression: before, after, between, ranges, "or", and one date said in two calendars.

Invariant: every way of splitting is tried in a fixed order and the first that reads both sides whole is taken, so
equal texts always give equal nodes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from cenotaph.values.date_nodes import Between, Field, Node, Open, Stated, Statement
from cenotaph.values.date_single import single
from cenotaph.values.date_words import Token, tokens

_LONGEST = 40  # tokens
_MOST_DAYS = 31
_PREFIXES = ("before", "until", "after", "since")
_SUFFIXES = {"onward": "since", "backward": "until"}
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_DASHES = frozenset("-–/")
_HYPHENATED = ("part", "before", "after")  # mid-August, pre-1988
_QUALIFIERS = {"circa": "approximate", "uncertain": "uncertain"}


def parse(text: str) -> Statement | None:
    """Read an expression, or return None when a word or a shape in it is not understood."""
    found = tokens(text)
    if not found or len(found) > _LONGEST or _tells_two_events(found):
        return None
    kept, flags = _qualified(found)
    node = _expression(kept)
    return Statement(node=node, flags=frozenset(flags)) if node else None


def _tells_two_events(found: Sequence[Token]) -> bool:
    """Say whether an arrest and a death, or any two events, stand in one text: that is two dates."""
    told = {each.value for token in found for each in token.senses if each.kind == "noise" and each.value}
    return len(told) > 1


def _qualified(found: Sequence[Token]) -> tuple[list[Token], set[str]]:
    """Take out the words and signs that say "about" and "perhaps", wherever they stand."""
    kept: list[Token] = []
    flags: set[str] = set()
    for at, token in enumerate(found):
        is_hyphen = token.text in {"-", "–"} and at > 0 and any(found[at - 1].has(kind) for kind in _HYPHENATED)
        if flag := _qualifier(token, found[at - 1] if at else None, found[at + 1 : at + 2]):
            flags |= flag
        elif not is_hyphen:
            kept.append(token)
    return _without_empty(kept), flags


def _qualifier(token: Token, before: Token | None, after: Sequence[Token]) -> set[str]:
    for kind, flag in _QUALIFIERS.items():
        if token.has(kind) and not token.has("month"):
            return {flag}
    beside_sign = any(each.text in {"/", ".", "?"} for each in after) or (
        before and before.text in {"/", ".", "?", "-"}
    )
    if token.text == "?" and not beside_sign:
        return {"uncertain"}
    return {"~": {"approximate"}, "%": {"approximate", "uncertain"}}.get(token.text, set())


def _without_empty(found: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    for token in found:
        if kept and token.text in _CLOSING and kept[-1].text in _OPENING:
            kept.pop()
        else:
            kept.append(token)
    return kept


def _expression(found: Sequence[Token]) -> Node | None:
    for rule in (_bracketed, _limited, _between, _equals, single, _split):
        if node := rule(found):
            return node
    return None


def _has_number(found: Sequence[Token]) -> bool:
    return any(each.number is not None for each in found)


def _bracketed(found: Sequence[Token]) -> Node | None:
    """Read ``28 Tir 1367 (19 July 1988)``; brackets around words only, ``(O.S.)``, are as good as absent."""
    opening = next((at for at, each in enumerate(found) if each.text in _OPENING), None)
    if opening is None:
        return None
    closing = next((at for at, each in enumerate(found) if at > opening and each.text in _CLOSING), len(found))
    inner, outer = found[opening + 1 : closing], [*found[:opening], *found[closing + 1 :]]
    if inner and all(_is_remark(each) for each in inner):
        return _expression(outer)
    twice = _has_number(inner) and _has_number(outer)
    double = _equal(_expression(outer), _expression(inner)) if twice else None
    return double or _expression([*found[:opening], *inner, *found[closing + 1 :]])


def _is_remark(token: Token) -> bool:
    """Say whether a word in brackets says nothing of when: ``30 September 2022 (Bloody Friday)``."""
    return token.is_word and all(each.kind == "noise" for each in token.senses)


def _equal(left: Node | None, right: Node | None) -> Node | None:
    return Between(left, right, "equal") if left and right else None


def _limited(found: Sequence[Token]) -> Node | None:
    """Read "before", "by", "after" and "since" in front of a date, "onwards" and "or earlier" behind it."""
    start = next((at for at, each in enumerate(found) if not (each.has("noise") and not _limits(each))), 0)
    if start < len(found) and (side := _limits(found[start])):
        rest = found[start + 1 :]
        side = "since" if rest and rest[-1].has("onward") else side
        inner = _expression(rest[:-1] if rest and rest[-1].has("onward") else rest)
        if inner and not isinstance(inner, Open) and not (side == "since" and isinstance(inner, Between)):
            return Open(inner, side)
    last = next((side for kind, side in _SUFFIXES.items() if found and found[-1].has(kind)), None)
    inner = _expression(found[:-1]) if last else None
    return Open(inner, last) if inner and last else None


def _limits(token: Token) -> str | None:
    return next((kind for kind in _PREFIXES if token.has(kind)), None)


def _between(found: Sequence[Token]) -> Node | None:
    """Read "between a and b" and "from a to b"."""
    for kind, joints, how in (("between", ("and", "to"), "set"), ("from", ("to",), "range")):
        if found and found[0].has(kind) and (node := _halves(found[1:], joints, how)):
            return node
    return None


def _halves(found: Sequence[Token], joints: tuple[str, ...], how: str) -> Node | None:
    for at in range(1, len(found) - 1):
        is_joint = any(found[at].has(joint) for joint in joints) or (how == "set" and found[at].text in "-–")
        if is_joint and (node := _merged(single(found[:at]), single(found[at + 1 :]), how)):
            return node
    return None


def _equals(found: Sequence[Token]) -> Node | None:
    for at in range(1, len(found) - 1):
        if found[at].has("equals") or found[at].text == "=":
            return _equal(_expression(found[:at]), _expression(found[at + 1 :]))
    return None


def _joints(found: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """Return the places where an expression may be split, the surest first, and what the joint means."""
    inside = range(1, len(found) - 1)
    yield from ((at, "range") for at in inside if found[at].has("to"))
    yield from ((at, "either") for at in inside if found[at].has("or"))
    yield from ((at, "slash" if found[at].text == "/" else "range") for at in inside
                if found[at].text in _DASHES and found[at].loose and found[at].follows)  # fmt: skip
    yield from ((at, "range") for at in inside if found[at].text in {"-", "–", ".."})
    yield from ((at, "either") for at in inside if found[at].has("and") or found[at].text == ",")
    yield from ((at, "slash") for at in inside if found[at].text == "/")


def _split(found: Sequence[Token]) -> Node | None:
    if node := _several(found):
        return node
    for at, how in _joints(found):
        if node := _merged(single(found[:at]), single(found[at + 1 :]), how):
            return node
    return None


def _several(found: Sequence[Token]) -> Node | None:
    """Read three dates or more, ``July, August or September 1988``: each takes from the next what it does not say."""
    joints = [
        at for at in range(1, len(found) - 1) if found[at].has("or") or found[at].has("and") or found[at].text == ","
    ]
    if len(joints) < 2:
        return None
    edges = [-1, *joints, len(found)]
    members = [single(found[first + 1 : last]) for first, last in pairwise(edges)]
    node: Node | None = members[-1]
    behind = members[-1]
    for each in reversed(members[:-1]):
        pair = _merged(each, behind, "either")
        if not isinstance(pair, Between) or not isinstance(pair.left, Stated) or node is None:
            return None
        behind, node = pair.left, Between(pair.left, node if node is not members[-1] else pair.right, "either")
    return node


def _merged(left: Stated | None, right: Stated | None, how: str) -> Node | None:
    """Give each end of a range what only the other states: ``28 July – 15 August 1988``."""
    if left is None or right is None:
        return None
    if left.bare and right.bare:
        return Between(left, right, how) if _are_years(left.bare, right.bare) else None
    left, right = _ends(left, right)
    complete = all(each.bare is None and (each.year is not None or each.triple) for each in (left, right))
    if not complete:
        return None
    lent = _lent(left, right) if how == "either" else right
    return Between(left, lent, how, right if lent is not right else None)


def _are_years(left: Field, right: Field) -> bool:
    """Say whether two lone numbers can only be years, 67 - 68; whose years, the list must say."""
    return left.digits == right.digits == 2 and _MOST_DAYS < (left.value or 0) < (right.value or 0)


def _lent(left: Stated, right: Stated) -> Stated:
    """Give a year alone the season or month of the other: ``spring 1989 or 1990`` are two springs."""
    is_alone = not (right.month or right.season or right.part or right.triple or right.span > 1)
    if not is_alone or left.triple or left.span > 1 or not (left.month or left.season or left.part):
        return right
    return replace(right, month=left.month, day=left.day, season=left.season, part=left.part, months=left.months,
                   calendar=left.calendar, languages=right.languages or left.languages)  # fmt: skip


def _ends(left: Stated, right: Stated) -> tuple[Stated, Stated]:
    left, right = _left_bare(left, right), _right_bare(left, right)
    left, right = _shared_triple(left, right), _with_month(right, left)
    left = _with_month(left, right)
    era = left.era or right.era
    left, right = replace(left, era=left.era or era), replace(right, era=right.era or era)
    if left.year is None and right.year is not None and not left.triple:
        year = right.year - 1 if right.digits == 4 and _later(left, right) else right.year
        left = replace(left, year=year, digits=right.digits)
    elif right.year is None and left.year is not None and not right.triple:
        right = replace(right, year=left.year + (1 if _later(left, right) else 0), digits=left.digits)
    return left, right


def _later(left: Stated, right: Stated) -> bool:
    """Say whether the left end comes later in the year than the right: December – January."""
    if left.month and right.month:
        return left.calendar == right.calendar and left.month > right.month
    return left.season == 4 and right.season is not None and right.season < 4


def _left_bare(left: Stated, right: Stated) -> Stated:
    """Read a lone number on the left: a day when the right end has a day, else a two-digit year."""
    if left.bare is None:
        return left
    if right.day is not None or right.triple:
        return replace(left, bare=None, day=left.bare.value)
    return replace(left, bare=None, year=left.bare.value, digits=left.bare.digits) if right.digits == 2 else left


def _right_bare(left: Stated, right: Stated) -> Stated:
    """Read a lone number on the right: ``1367-68`` completes the year, ``July 28-30`` is a day."""
    if right.bare is None:
        return right
    number: Field = right.bare
    if (left.day is not None and left.year is None) or (left.day is not None and (number.value or 0) > left.day):
        return replace(right, bare=None, day=number.value, month=left.month, calendar=left.calendar)
    if left.year is not None and left.digits == 4 and number.digits == 2:
        year = left.year - left.year % 100 + (number.value or 0) + (100 if left.year % 100 == 99 else 0)
        return replace(right, bare=None, year=year, digits=4, season=left.season) if year > left.year else right
    if left.year is not None and number.digits == left.digits:
        return replace(right, bare=None, year=number.value, digits=number.digits)
    return right


def _shared_triple(left: Stated, right: Stated) -> Stated:
    """Give the left end month and year of a numeric right end: ``28.-30.7.1988``, ``28.7.-15.8.1988``."""
    if right.triple is None or left.triple or left.year is not None or left.day is None:
        return left
    first, second, third = right.triple
    if first.digits > 2 or left.calendar:
        return left
    month = Field(left.month, 2) if left.month else second
    return replace(left, day=None, month=None, triple=(Field(left.day, 2), month, third), sign=right.sign)


def _with_month(one: Stated, other: Stated) -> Stated:
    """Give a lone day the month of the other end."""
    if one.day is None or one.month is not None or other.month is None:
        return one
    return replace(one, month=other.month, calendar=other.calendar)
