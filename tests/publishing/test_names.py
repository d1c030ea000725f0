"""The alphabetical index: everyone once, in the order a reader looks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cenotaph.publishing.public import Card
from cenotaph.publishing.site.layout import Layout
from cenotaph.publishing.site.names import entries, pages, sort_key
from cenotaph.publishing.site.words import words


def _cards(names: list[str]) -> list[Card]:
    return [
        Card(
            id=f"id{number:04d}",
            names={"Latn": name} if name else {},
            spellings=(name,),
            died=None,
            place="",
            lists=(),
            status="",
            fate="killed",
        )
        for number, name in enumerate(names)
    ]


@given(st.lists(st.text(max_size=6) | st.sampled_from(["Ali", '"Ali"', "Álvaro", "(Mina)", "12", "آرش", "ارش", "ß"])))
def test_any_names_make_an_index(names: list[str]) -> None:
    """Whatever the names are, every page has its own address and every person stands on one of them, once."""
    made = list(pages(entries(_cards(names), "Latn"), words("en"), Layout(0)))
    addresses = [address for address, _ in made]
    listed = [line["file"] for _, parts in made for line in parts["people"]]
    assert len(addresses) == len(set(addresses))
    assert sorted(listed) == sorted({f"p/id{number:04d}.html" for number in range(len(names))})


def test_persian_is_in_persian_order() -> None:
    """The letters that Persian added to the alphabet stand where Persian readers look for them."""
    names = ["ژاله", "پروین", "گلی", "بهرام", "چنگیز", "زهرا", "کامران", "هما", "وحید", "یلدا", "آرش"]
    ordered = ["آرش", "بهرام", "پروین", "چنگیز", "زهرا", "ژاله", "کامران", "گلی", "وحید", "هما", "یلدا"]
    assert sorted(names, key=sort_key) == ordered


def test_long_letters_are_cut_into_pages() -> None:
    """No page of a letter holds more than four hundred names."""
    made = list(pages(entries(_cards(["Ali"] * 1000), "Latn"), words("en"), Layout(0)))
    assert [len(parts["people"]) for _, parts in made] == [0, 400, 400, 200]
