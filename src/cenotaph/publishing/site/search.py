"""The index of search: names by the consonants they are made of, in small files that also load from a disk.

Invariant: the tables of folding and of consonants are those of the values room, written out for the browser; a name is
found there under the same keys as here. Every file is a classic script that calls one function, because a page opened
from a disk may load nothing else.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from cenotaph.publishing.public import Card
from cenotaph.publishing.safe import script_json
from cenotaph.publishing.site.layout import Layout
from cenotaph.publishing.site.moments import reading
from cenotaph.publishing.site.words import Words
from cenotaph.values.folding import fold
from cenotaph.values.skeleton import skeletons
from cenotaph.values.tables import rows

A_SHARD = 400  # records in a file, about 40 kB
HOT = 800  # records; a key with more is looked up together with a second one
_BLOCKS = ((0x00A0, 0x0600), (0x0600, 0x0780), (0x08A0, 0x0900), (0x1E00, 0x2070), (0xFB00, 0xFB60), (0xFB50, 0xFE00),
           (0xFE70, 0xFF00))  # fmt: skip

Record = list[object]


def word_keys(name: str) -> tuple[str, ...]:
    """Return the key of each word of a name: its consonants, or the folded word when it has none."""
    words = fold(name).split()
    return tuple(key or "~" + word for key, word in zip(skeletons(name), words, strict=True))


def keys(names: Iterable[str]) -> tuple[str, ...]:
    """Return every key a person is found under: each word, and each two neighbours written as one."""
    found: dict[str, None] = {}
    for name in names:
        words = word_keys(name)
        joined = [a + b for a, b in pairwise(words) if not (a + b).startswith("~") and "~" not in b]
        found |= dict.fromkeys((*words, *joined))
    return tuple(found)


def shards(cards: Sequence[Card], languages: Sequence[Words], layout: Layout) -> Iterator[tuple[str, bytes]]:
    """Yield the address and the bytes of each file of the index."""
    postings, hot = _postings(cards)
    firsts: list[str] = []
    records: dict[str, Record] = {}
    by_id = {card.id: card for card in cards}
    for number, portion in enumerate(_portions(postings)):
        firsts.append(portion[0][0])
        named = sorted({one for _, people in portion for one in people})
        place = {one: at for at, one in enumerate(named)}
        records = {one: _record(by_id[one], languages) for one in named}
        content = [
            number,
            {key: [place[one] for one in people] for key, people in portion},
            [records[one] for one in named],
        ]
        yield f"search/{number}.js", f"cenotaphShard({script_json(content)});\n".encode()
    directory = {"first": firsts, "hot": hot, "languages": [each.language for each in languages], "depth": layout.depth}
    yield "search/directory.js", f"var cenotaphDirectory={script_json(directory)};\n".encode()
    yield "search/tables.js", f"var cenotaphTables={script_json(tables())};\n".encode()


def tables() -> Mapping[str, object]:
    """Return folding and consonants for the browser: what its own normalisation does not already say."""
    letters = [(row["letters"], row["key"]) for row in rows("skeleton")]
    digraphs = sorted((row for row in letters if len(row[0]) > 1), key=lambda row: (-len(row[0]), row[0]))
    spellings = {row["from"]: row["to"] for row in rows("folding")}
    return {
        "fold": spellings | _exceptions(spellings),
        "digraphs": digraphs,
        "keys": {sign: key for sign, key in letters if len(sign) == 1},
    }


def _exceptions(spellings: Mapping[str, str]) -> dict[str, str]:
    """Letters that the plain rule of the browser would fold otherwise than the values room does."""
    letters = (chr(point) for start, end in _BLOCKS for point in range(start, end))
    probe = ((letter, fold(f"x{letter}x")[1:-1]) for letter in letters)
    return {letter: said for letter, said in probe if said != _plain(letter, spellings)}


def _plain(letter: str, spellings: Mapping[str, str]) -> str:
    """Fold a letter as the script in the page does without help of a table."""
    parts = unicodedata.normalize("NFKD", letter.lower()) if letter not in spellings else letter
    return "".join(spellings[part] if part in spellings else _kept(part) for part in parts)


def _kept(part: str) -> str:
    category = unicodedata.category(part)
    if category in ("Lo", "Ll", "Lu", "Lt", "Mc") or part == "'":
        return part
    if category == "Nd":
        return str(unicodedata.digit(part))
    return "" if category in ("Mn", "Me", "Lm", "Sk") else " "


def _postings(cards: Sequence[Card]) -> tuple[list[tuple[str, list[str]]], list[str]]:
    """Return keys with the ids of their people, in the order the browser compares keys; and the keys with too many."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    held = {card.id: keys(card.spellings) for card in cards}
    for name, own in held.items():
        for key in own:
            found[key].append(name)
    hot = sorted((key for key, people in found.items() if len(people) > HOT), key=_order)
    for key in hot:
        for name in found[key]:
            for other in set(held[name]) - {key}:
                found[f"{key} {other}"].append(name)
        found[key] = sorted(found[key])[:HOT]
    pairs = ((key, sorted(people)[:HOT]) for key, people in found.items())
    return sorted(pairs, key=lambda pair: _order(pair[0])), hot


def _order(key: str) -> bytes:
    """Return what orders keys as a browser does: by UTF-16 units."""
    return key.encode("utf-16-be", "surrogatepass")


def _portions(postings: Sequence[tuple[str, list[str]]]) -> Iterator[list[tuple[str, list[str]]]]:
    """Cut the keys into files of about ``A_SHARD`` records; a key is never divided."""
    portion: list[tuple[str, list[str]]] = []
    held: set[str] = set()
    for key, people in postings:
        if portion and len(held | set(people)) > A_SHARD:
            yield portion
            portion, held = [], set()
        portion.append((key, people))
        held |= set(people)
    if portion:
        yield portion


def _record(card: Card, languages: Sequence[Words]) -> Record:
    died = [reading(card.died, words) if card.died else "" for words in languages]
    shown = list(card.names.items())
    others = [name for name in card.spellings if name not in card.names.values()]
    return [card.id, shown, died, card.place, list(keys(card.spellings)), others]
