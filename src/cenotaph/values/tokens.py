"""The words of a name and what kind of word each is: title, given, family, kunya, article, alias, initial, suffix.

Invariant: nothing is corrected or thrown away: `Name.raw` is what was written, `Name.tokens` holds every word once, in
order; `Name.forms` are the ways the name may be said, the plainest first, and are what comparing works on. A form never
holds a title unless the title may be part of the name. The words are in `name_words.csv`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from cenotaph.values.folding import fold
from cenotaph.values.skeleton import word_key
from cenotaph.values.tables import rows

Form = tuple[str, ...]

MOST_FORMS = 4
_SHORTEST_NAME = 3
_NO_NAMES = ("زاده", "zad")  # سیدزاده is a surname
_BRACKETED = re.compile(r"[(\[{«“\"]([^()\[\]{}«»“”\"]*)[)\]}»”\"]")
_COMMA = re.compile(r"[,،]")
_JOINING = frozenset({"article", "kunya", "servant", "particle"})
_SPECIAL_SIGNS = re.compile(r"[(\[{«“\",،]")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a name, folded, and its kind."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written and as understood."""

    raw: str
    script: str
    tokens: tuple[Token, ...]
    forms: tuple[Form, ...]
    suffix: int = 0


@cache
def words() -> dict[str, str]:
    """Return the kind of every folded word that is not simply a name."""
    return {fold(row["word"]): row["kind"] for row in rows("name_words")}


@cache
def _suffixes() -> dict[str, int]:
    return {fold(row["word"]): int(row["note"]) for row in rows("name_words") if row["kind"] == "suffix"}


def kind_of(word: str) -> str:
    """Return the kind of a folded word: one of the kinds of the table, ``initial`` or ``name``."""
    return words().get(word) or ("initial" if len(word) == 1 and not word.isdigit() else "name")


def has_special_sign(text: str) -> bool:
    """Tell whether something in a name is bracketed, quoted or parted by a comma."""
    return _SPECIAL_SIGNS.search(text) is not None


@cache
def _sayyids() -> tuple[str, ...]:
    """Return the spellings of *sayyid*: a title that is also written together with the given name after it."""
    return tuple(word for word, kind in words().items() if kind == "honorific" and word_key(word) == word_key("سید"))


def _without_sayyid(word: str) -> str:
    """Return the given name that stands after *sayyid* in one word, else the word."""
    rest = next((word[len(title) :] for title in _sayyids() if word.startswith(title)), "")
    return rest if len(rest) >= _SHORTEST_NAME and not rest.startswith(_NO_NAMES) else word


def may_hold_sayyid(word: str) -> bool:
    """Tell whether a folded word begins as *sayyid* does, which may be written together with a given name."""
    return word.startswith(_sayyids())


def sayyid_letters() -> str:
    """Return the letters with which spellings of *sayyid* begin."""
    return "".join(sorted({word[0] for word in _sayyids()}))


def is_unknown_name(text: str) -> bool:
    """Tell whether a text names nobody: *name withheld*, *Unknown man*, ناشناس, a dash, nothing at all.

    Examples
    --------
    >>> is_unknown_name("Name withheld by police"), is_unknown_name("Ali Namdar")
    (True, False)
    """
    kinds = [words().get(word, "name") for word in fold(text).split() if not word.isdigit()]
    if not kinds:
        return True
    return "unknown" in kinds and all(kind in ("unknown", "filler", "title", "link") for kind in kinds)


def parse(text: str) -> Name:
    """Read a name into words with kinds and the ways it may be said."""
    outside, inside, asides = _aliases(text)
    front, back = _around_comma(outside)
    kinds = [Token(word, kind_of(word)) for word in (*front, *back)]
    suffix = next((_suffixes()[token.text] for token in kinds if token.kind == "suffix"), 0)
    aliases = [Token(word, "alias") for alias in asides for word in alias]
    unknown = is_unknown_name(text)
    forms = () if unknown else _forms(kinds, inside, asides)
    return Name(text, script_of(text), (*_placed(kinds, len(front) if back else 0), *aliases), forms, suffix)


def script_of(text: str) -> str:
    """Return the script most letters of a text are in, in lower case: ``arabic``, ``latin`` ..., or ``none``."""
    found = [unicodedata.name(letter, "none").split()[0].lower() for letter in text if letter.isalpha()]
    return max(sorted(set(found)), key=found.count) if found else "none"


def _aliases(text: str) -> tuple[str, int, list[list[str]]]:
    """Split off what stands in brackets or quotes, or after *alias*; also how many words stand before it."""
    match = _BRACKETED.search(text)
    outside = _BRACKETED.sub(" ", text)
    before = len(fold(text[: match.start()]).split()) if match else 0
    asides = [fold(alias).split() for alias in _BRACKETED.findall(text)]
    plain = outside.split()
    cut = next((at for at, word in enumerate(plain) if at and words().get(fold(word)) == "also"), len(plain))
    said = [word for word in fold(" ".join(plain[cut + 1 :])).split() if word not in ("به", "as", "ب")]
    asides = [alias for alias in (*asides, said) if alias and all(words().get(w) != "also" for w in alias)]
    return (outside if cut == len(plain) else " ".join(plain[:cut])), before, asides


def _around_comma(text: str) -> tuple[list[str], list[str]]:
    """Put *Family, Given* in speaking order; a comma before a suffix changes nothing. Returns given, family."""
    parts = [fold(part).split() for part in _COMMA.split(text)]
    parts = [part for part in parts if part]
    tail = [word for part in parts[1:] for word in part]
    if not tail or all(kind_of(word) in ("suffix", "title") for word in tail):
        return (parts[0] if parts else []) + tail, []
    return tail, parts[0]


def _placed(tokens: Sequence[Token], given: int) -> tuple[Token, ...]:
    """Call the names given or family: by the comma, else the first is given and the last is family."""
    names = [at for at, token in enumerate(tokens) if token.kind == "name"]
    cut = given or (names[-1] if len(names) > 1 else len(tokens))
    return tuple(
        Token(token.text, "given" if at < cut else "family") if token.kind == "name" else token
        for at, token in enumerate(tokens)
    )


def _forms(tokens: Sequence[Token], inside: int, asides: Sequence[Sequence[str]]) -> tuple[Form, ...]:
    plain = _joined(token for token in tokens if token.kind not in ("title", "honorific", "suffix", "link"))
    full = _joined(token for token in tokens if token.kind not in ("title", "suffix"))
    if len(plain) == 1 < len(full):
        plain = full  # Haj Moradi is a mention: its one word must not answer for every Moradi
    forms = [plain, *(_with_alias(plain, inside, tuple(alias)) for alias in asides), full]
    forms.append(tuple(map(_without_sayyid, plain)))
    if asides:
        forms += [(*plain, *asides[0]), tuple(asides[0]) if len(asides[0]) > 1 else ()]
    return tuple(dict.fromkeys(form for form in forms if form))[:MOST_FORMS]


def _with_alias(plain: Form, inside: int, alias: Form) -> Form:
    """Put an alias where it stands: for the word before it, or for the family name at the end."""
    if len(alias) > 1 or len(plain) < 2:
        return alias
    at = min(max(inside, 1), len(plain)) - 1
    return (*plain[:at], *alias, *plain[at + 1 :])


def _joined(tokens: Iterable[Token]) -> Form:
    """Join articles, kunyas, *abd* and particles to the word they belong to: al Husayni is one word."""
    said: list[str] = []
    waiting = ""
    for token in tokens:
        if token.kind in _JOINING and not (token.kind in ("article", "particle") and not said and not waiting):
            waiting += token.text
        else:
            said.append(waiting + token.text)
            waiting = ""
    return (*said, waiting) if waiting else tuple(said)
