"""Which of several claims is shown, and which contradict it. Nothing is overwritten: the rule only chooses.

The written rule, in this order: a reviewer's choice; the value that most independent lists support (a wider statement
supports a narrower one inside it: "1988" supports "29 July 1988"); the more precise; the one entered first.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from cenotaph.registry.independence import Independence
from cenotaph.registry.persons import ReadClaim, Reading, Rule
from cenotaph.values import Age, PartialDate, Place, compare, fold, properties, vocabularies
from cenotaph.values.skeleton import skeleton
from cenotaph.values.tokens import script_of

_WIDTH_UNKNOWN = 10**6
_ALIKE = 0.85  # score of two spellings of one place name


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice among claims: what is shown, why, and every claim marked compatible with it or not."""

    claims: tuple[ReadClaim, ...]
    index: int
    rule: Rule

    @property
    def disputed(self) -> bool:
        """Say whether some claim contradicts the one shown."""
        return not all(claim.compatible for claim in self.claims)


def choose(claims: Sequence[ReadClaim], independence: Independence, *, decided: str | None = None) -> Chosen:
    """Choose the claim to show among claims of one property, given in the order they were entered.

    Parameters
    ----------
    claims
        At least one claim.
    independence
        Counts the independent lists behind a value.
    decided
        Record whose claim a reviewer chose, when one did.
    """
    compatible = _compatible(claims)
    support = [independence.count(b.claim.list for b, ok in zip(claims, row, strict=True) if ok) for row in compatible]
    widths = [width(claim.reading) for claim in claims]
    index, rule = _best(claims, support, widths, decided)
    marked = tuple(
        ReadClaim(claim=claim.claim, reading=claim.reading, compatible=ok)
        for claim, ok in zip(claims, compatible[index], strict=True)
    )
    return Chosen(marked, index, rule)


def _best(
    claims: Sequence[ReadClaim], support: Sequence[int], widths: Sequence[int], decided: str | None
) -> tuple[int, Rule]:
    for index, claim in enumerate(claims):
        if decided is not None and claim.claim.record == decided:
            return index, Rule.CHOICE
    order = sorted(range(len(claims)), key=lambda i: (-support[i], widths[i], i))
    best = order[0]
    rivals = [i for i in order[1:] if claims[i].reading != claims[best].reading]
    if not rivals:
        return best, Rule.ONLY
    if all(support[i] < support[best] for i in rivals):
        return best, Rule.SUPPORT
    if all(widths[i] > widths[best] for i in rivals if support[i] == support[best]):
        return best, Rule.PRECISION
    return best, Rule.EARLIEST


def width(reading: Reading) -> int:
    """Return how little a reading says, in days, years or steps up the gazetteer: smaller is more precise."""
    if isinstance(reading, PartialDate):
        if reading.earliest is None or reading.latest is None:
            return _WIDTH_UNKNOWN
        return (reading.latest - reading.earliest).days
    if isinstance(reading, Age):
        return _WIDTH_UNKNOWN if reading.low is None or reading.high is None else int(reading.high - reading.low)
    if isinstance(reading, Place):
        return ("site", "city", "province", "country", "unknown").index(reading.precision)
    return 0 if reading else _WIDTH_UNKNOWN


def _compatible(claims: Sequence[ReadClaim]) -> list[list[bool]]:
    """Compare each pair of claims once."""
    size = len(claims)
    found = [[True] * size for _ in range(size)]
    for left, right in itertools.combinations(range(size), 2):
        found[left][right] = found[right][left] = _are_compatible(claims[left], claims[right])
    return found


def _are_compatible(a: ReadClaim, b: ReadClaim) -> bool:
    """Compare two claims of one property: by its vocabulary where it has one and both words are in it."""
    if a.reading is b.reading:
        return True
    vocabulary = properties.property_of(a.claim.key).vocabulary
    known = vocabulary and all(vocabularies.entry(vocabulary, claim.claim.raw) for claim in (a, b))
    return vocabularies.agree(vocabulary, a.claim.raw, b.claim.raw) if known else agree(a.reading, b.reading)


def agree(a: Reading, b: Reading) -> bool:
    """Say whether two readings can both be true of the same thing."""
    if isinstance(a, PartialDate) and isinstance(b, PartialDate):
        return _overlap(a.earliest, a.latest, b.earliest, b.latest)
    if isinstance(a, Age) and isinstance(b, Age):
        return _ages_agree(a, b)
    if isinstance(a, Place) and isinstance(b, Place):
        return _places_agree(a, b)
    if isinstance(a, str) and isinstance(b, str):
        return _texts_agree(a, b)
    return a == b or not a or not b


def _texts_agree(a: str, b: str) -> bool:
    """Texts in two scripts are two languages: nobody here can say that they contradict each other."""
    return a == b or not a or not b or script_of(a) != script_of(b)


def _overlap(a: dt.date | None, b: dt.date | None, c: dt.date | None, d: dt.date | None) -> bool:
    """Open or unreadable ends contradict nothing."""
    return (a is None or d is None or a <= d) and (c is None or b is None or c <= b)


def _ages_agree(a: Age, b: Age) -> bool:
    """Ages may differ by one year: age at death and age at listing are rarely told apart."""
    if a.low is None or a.high is None or b.low is None or b.high is None:
        return True
    return a.low <= b.high + 1 and b.low <= a.high + 1


def _places_agree(a: Place, b: Place) -> bool:
    """Places agree when one lies in the other; places no gazetteer knows agree when their letters do."""
    if not a.id and not b.id:
        return _words_agree(a.raw, b.raw)
    if not a.id or not b.id or a.id == b.id:
        return True
    if a.precision == b.precision:
        return False
    narrow, wide = sorted((a, b), key=width)
    return wide.id in (narrow.province, narrow.country)


@lru_cache(maxsize=65_536)
def _words_agree(a: str, b: str) -> bool:
    """Compare sounds: one name may be written with more words than the other, or as one word."""
    if a == b:
        return True
    if compare(a, b).score >= _ALIKE:
        return True
    left, right = ({skeleton(word) for word in fold(text).split()} - {""} for text in (a, b))
    return left <= right or right <= left
