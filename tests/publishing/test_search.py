"""The index of search: the same keys as the values room, in small files."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from cenotaph.publishing.guard import card
from cenotaph.publishing.site import search
from cenotaph.publishing.site.layout import Layout
from cenotaph.publishing.site.words import words


def _files(invented: Any, people: list[Any]) -> dict[str, Any]:
    cards = [card(person) for person in invented.guard().people(people)]
    found = search.shards(cards, [words("en"), words("fa")], Layout(0))
    return {
        name: json.loads(re.fullmatch(r"[^\[{]*([\[{].*[\]}])\)?;\n", text.decode(), re.DOTALL).group(1))
        for name, text in found
    }  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["Hosseini", "Hoseini", "Husayni", "حسینی", "حسيني", "Hussaini"])
def test_spellings_of_one_name_share_a_key(name: str) -> None:
    """One name has one key in every script and spelling."""
    assert search.word_keys(name) == search.word_keys("Hosseini")


def test_a_name_of_vowels_has_a_key() -> None:
    """A word without consonants is found by itself."""
    assert search.word_keys("Aio") == ("~aio",)


def test_neighbours_written_as_one_are_found() -> None:
    """*Mohammad Reza* is also found by *Mohammadreza*."""
    assert search.word_keys("Mohammadreza")[0] in search.keys(["Mohammad Reza"])


def test_every_person_is_under_every_key(invented: Any) -> None:
    """Each person stands in the index under each key of their names, in the file the directory says."""
    files = _files(invented, [invented.rich(), *invented.crowd(50)])
    directory = files["search/directory.js"]
    for number, first in enumerate(directory["first"]):
        shard = files[f"search/{number}.js"]
        assert shard[0] == number
        assert min(shard[1]) == first
        assert all(len(postings) == len(set(postings)) for postings in shard[1].values())
    hosseini = search.word_keys("Hosseini")[0]
    held = [shard for name, shard in files.items() if isinstance(shard, list) and hosseini in shard[1]]
    assert len(held) == 1
    names = [json.dumps(held[0][2][at], ensure_ascii=False) for at in held[0][1][hosseini]]
    assert names
    assert all("حسینی" in name or "Hosseini" in name for name in names)


def test_frequent_keys_are_divided(invented: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key with too many people is cut, and its people are found by a second name."""
    monkeypatch.setattr(search, "HOT", 5)
    monkeypatch.setattr(search, "A_SHARD", 10)
    files = _files(invented, list(invented.crowd(200)))
    hosseini, mina = search.word_keys("Hosseini Mina")
    directory = files["search/directory.js"]
    assert hosseini in directory["hot"]
    keys = {key: postings for shard in files.values() if isinstance(shard, list) for key, postings in shard[1].items()}
    assert len(keys[hosseini]) == 5
    assert f"{hosseini} {mina}" in keys
    assert len(directory["first"]) > 5


def test_the_directory_is_in_the_browser_s_order(invented: Any) -> None:
    """First keys stand in the order in which a browser compares texts."""
    first = _files(invented, list(invented.crowd(300)))["search/directory.js"]["first"]
    assert first == sorted(first, key=lambda key: key.encode("utf-16-be"))


def test_tables_are_small() -> None:
    """The tables of folding and consonants written out for the browser weigh less than 12 kB."""
    assert len(json.dumps(search.tables(), ensure_ascii=False).encode()) < 12_000
