"""Names: what is said of two names, one by one and by the million."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cenotaph.values import alignment, folding, letter_table, names, tokens
from cenotaph.values.house_styles import house_key, house_keys
from cenotaph.values.tables import rows

SAME = [
    ("محمدرضا حسینی", "Mohammad Reza Hoseyni"),
    ("قاسم شمسی", "Ghassem Shamsi"),
    ("أحمد عبد الله", "Ahmed Abdullah"),
    ("ئازاد کەریمی", "Azad Karimi"),
    ("Haschem Sabbaghian", "Hashem Sabaghian"),
    ("Мухаммад Карими", "Muhammad Karimi"),
    ("Karl Meier", "Carl Meyer"),
]
DIFFERENT = [
    ("حسن جمشیدی", "Hossein Jamshidi"),
    ("محمود کریمی", "Mohammad Karimi"),
    ("علی رضایی", "Parvin Salehi"),
    ("Karl Meier", "Hans Meier"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_one_name_in_two_spellings_scores_high(a: str, b: str) -> None:
    """A name in another script or house style is likelier the same than not."""
    assert names.compare(a, b).weight > 1


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_two_names_score_low(a: str, b: str) -> None:
    """Two well known names are never taken for spellings of each other."""
    assert names.compare(a, b).weight < -1


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Hosseini Mohammadreza", "محمدرضا حسینی"),
        ("Hosseini, Mohammad Reza", "محمدرضا حسینی"),
        ("Dr. Seyyed Parviz Daneshvar", "پرویز دانشور"),
        ("M. R. Husayni", "محمدرضا حسینی"),
        ("نوید (فرشید) دانشور", "Farshid Daneshvar"),
        ("Robert Fairweather Jr.", "Bob Fairweather"),
        ("عبد الرحمن ابو اللیل", "Abdulrahman Abulleil"),
        ("محمدرضا خوش نویس", "Khoshnevis Mohammad Reza"),
    ],
)
def test_order_titles_initials_aliases_and_joins_cost_little(a: str, b: str) -> None:
    """What lists do to a name does not hide it."""
    assert names.compare(a, b).score > 0.87


def test_lam_alef_reversal_is_a_soft_alternative_with_its_own_words() -> None:
    """A reversed lam-alef is nearer than a strange name, costs more than the name itself, and says what it is."""
    turned = names.compare("صلاح", "صالح")
    assert names.fold("صلاح") != names.fold("صالح")
    assert names.compare("صلاح", "کامران").score < turned.score < names.compare("صلاح", "صلاح").score
    assert "lam-alef" in turned.alignment


def test_a_suffix_tells_father_from_son() -> None:
    """Junior and senior are less alike than either and the bare name."""
    apart = names.compare("John Fairweather Jr.", "John Fairweather Sr.").score
    assert apart < names.compare("John Fairweather Jr.", "John Fairweather").score


@pytest.mark.parametrize(
    "text", ["", "-", "Unknown", "Name withheld by police", "ناشناس", "مجهول الهویة", "TK TK", "NN"]
)
def test_a_text_that_names_nobody_is_known_as_such_and_matches_nothing(text: str) -> None:
    """Unknown names never match, not even each other."""
    assert names.is_unknown_name(text)
    assert names.compare(text, text).score == 0


@pytest.mark.parametrize("text", ["Ali Namdar", "علی نامدار", "Boy George", "Nomen Nescio Smith"])
def test_a_name_is_not_taken_for_unknown(text: str) -> None:
    """A word that may be a name makes a text a name."""
    assert not names.is_unknown_name(text)


@pytest.mark.parametrize("text", ["", "دکتر", "Dr. Mr.", "🕯🕊", "...", "()"])
def test_nothing_to_compare_matches_nothing(text: str) -> None:
    """Empty keys never match, each other included."""
    assert names.compare(text, text).score == 0
    assert names.compare(text, text).alignment == "nothing to compare"


@pytest.mark.parametrize(
    "text", ["ب" * 10_000, "a b " * 5_000, "علی Ali علی", "\u202eAli\u202c", "\ud800", "( (", "A, ,B"]
)
def test_strange_texts_are_answered(text: str) -> None:
    """Very long, mixed and broken texts are compared like any other."""
    assert 0 <= names.compare(text, "علی").score <= 1


def test_the_table_and_compare_agree_whatever_stands_beside() -> None:
    """A pair scores the same alone, in a large table, and with other pairs before it."""
    listed = [name for pair in SAME + DIFFERENT for name in pair]
    table = names.prepare(listed)
    left, right = (side.ravel() for side in np.meshgrid(np.arange(len(listed)), np.arange(len(listed))))
    many = names.similarity(table, np.tile(left, 40), np.tile(right, 40))[-len(left) :]
    alone = [names.compare(listed[x], listed[y]).score for x, y in zip(left, right, strict=True)]
    assert many.tolist() == pytest.approx(alone, abs=1e-7)
    assert np.array_equal(many.reshape(len(listed), -1), many.reshape(len(listed), -1).T)


def test_an_alignment_shows_what_was_read() -> None:
    """The costly letters, the short forms and the words left over are in the explanation."""
    assert "ظ→z 0.08" in names.compare("کاظم", "Kazem").alignment
    assert "short form" in names.compare("Bob Fairweather", "Robert Fairweather").alignment
    assert names.compare("Ali Namdar", "علی").alignment.endswith("without a counterpart: namdar")


def test_words_have_kinds() -> None:
    """A title, a kunya, an article, an initial, an alias and a suffix are told from names."""
    found = {token.text: token.kind for token in tokens.parse('Dr. A. Abu Bakr al Namdar "Shir" Jr.').tokens}
    assert found == {
        "dr": "title",
        "a": "initial",
        "abu": "kunya",
        "bakr": "given",
        "al": "article",
        "namdar": "family",
        "jr": "suffix",
        "shir": "alias",
    }


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("كريم", "کریم"),
        ("ﺎﻟﺴّﻼم", "السلام"),
        ("Saʿīd", "sa'id"),
        ("آزاد‌ه", "ازاد ه"),
        ("۱۲", "12"),
        ("Müller-Øst", "muller ost"),
    ],
)
def test_folding_joins_the_spellings_of_one_letter(text: str, folded: str) -> None:
    """Keyboards, fonts and marks do not make two names of one."""
    assert names.fold(text) == folded


def test_a_skeleton_is_the_same_in_every_script() -> None:
    """Consonants are written in every alphabet."""
    assert names.skeleton("محمدرضا حسینی") == names.skeleton("Mohammad Reza Hoseyni")
    assert names.search_keys("...") == ()
    assert set(names.search_keys("کامران دانشور")) == set(names.search_keys("Kamran Daneshvar"))


def test_the_table_of_sounds_is_symmetric() -> None:
    """Reading one letter as another costs the same both ways, and itself nothing."""
    cost = letter_table.letter_table().cost
    assert np.array_equal(cost, cost.T)
    assert not cost.diagonal().any()


name_like = st.text(st.sampled_from("ابتحدرسعقکلمنوهیآئةك abcdeghiklmnorstuvyz'.-()،,ABMR"), max_size=24) | st.text(
    max_size=24
)


@given(name_like)
def test_folding_is_idempotent(text: str) -> None:
    """Folding what is folded changes nothing, alone or in bulk."""
    folded = folding.fold(text)
    assert folding.fold(folded) == folded
    assert folding.fold_all([text] * 501) == [folded] * 501


@settings(deadline=None)
@example("O:U", "")
@given(name_like, name_like)
def test_scores_are_symmetric_and_a_name_is_most_like_itself(a: str, b: str) -> None:
    """The order of a pair is nothing, and nothing is nearer than the same."""
    score = names.compare(a, b).score
    assert names.compare(b, a).score == score
    assert score <= names.compare(a, a).score
    assert names.compare(a, a).score in (0.0, 1.0)


@settings(deadline=None, max_examples=50)
@given(name_like, name_like)
def test_any_text_can_be_explained(a: str, b: str) -> None:
    """No text breaks an explanation, a skeleton or a reading into words."""
    assert names.compare(a, b).alignment
    assert alignment.explain((), ()) == "nothing to compare"
    assert names.skeleton(a).isascii()
    assert names.parse(a).raw == a


def test_no_spelling_stands_for_two_well_known_names() -> None:
    """A spelling two names share, in any house style, is in no row: it could hide a true pair."""
    owners: dict[str, set[int]] = {}
    for number, row in enumerate(rows("known_names")):
        for spelling in row["spellings"].split():
            owners.setdefault(house_key(names.fold(spelling)), set()).add(number)
    assert {key: found for key, found in owners.items() if len(found) > 1} == {}


@pytest.mark.parametrize(("a", "b"), [("مالکی", "Maleki"), ("شاهین", "Shahin"), ("علیرضا", "Alireza")])
def test_a_spelling_that_two_names_share_vetoes_neither(a: str, b: str) -> None:
    """Maleki may write ملکی and مالکی."""
    assert names.compare(a, b).score > 0.9


def test_a_compound_given_name_is_not_its_second_half() -> None:
    """The first letters of Alireza are no article before Reza."""
    assert names.compare("رضا نامدار", "Alireza Namdar").weight < 0


@given(st.lists(st.text("abcdeghijklmoqsuvwyz'ابه", min_size=1), max_size=20))
def test_house_keys_of_many_words_are_those_of_each(words: list[str]) -> None:
    """Rewriting many words at once gives what rewriting one by one gives; no pattern reaches over the end of a word."""
    assert house_keys(words) == [house_key(word) for word in words]


@pytest.mark.parametrize("text", ["سید علی نامدار", "سیدعلی نامدار", "Seyyed Ali Namdar", "Sayed-Ali Namdar"])
def test_sayyid_may_be_a_title_or_part_of_the_name(text: str) -> None:
    """A name with سید is the name without it, and also the given name written together."""
    assert names.compare(text, "علی نامدار").weight > 0
    assert names.compare(text, "Seyedali Namdar").weight > 0


def test_a_title_and_one_word_are_a_mention() -> None:
    """Haj Namdar is no longer every Namdar: the title that may be a name is compared too."""
    assert names.compare("حاج نامدار", "Ali Namdar").score < names.compare("نامدار", "Ali Namdar").score
    assert names.compare("Dr. Namdar", "نامدار").score > 0.9


@pytest.mark.parametrize(("one", "full"), [("نامدار", "Ali Namdar"), ("Ali", "علی نامدار")])
def test_a_name_of_one_word_is_a_mention_and_weighs_less_than_the_whole(one: str, full: str) -> None:
    """One word never weighs what the whole name weighs, and never less than a strange one."""
    mention = names.compare(one, full)
    assert names.compare(full, full).weight - mention.weight > 2
    assert mention.score > names.compare("کامران", full).score


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("مریم معمارزاده", "Zadeh Maryam Memar"),
        ("علی فیض اللهی", "Ali Feizollahi"),
        ("حسن حسن زاده", "Hassanzadeh Hassan"),
    ],
)
def test_words_written_as_one_are_found_though_a_part_is_like_another_word(a: str, b: str) -> None:
    """A surname of two words is one word elsewhere, also when its end was put first or its half is the given name."""
    assert names.compare(a, b).score > 0.93


def test_a_misread_letter_costs_less_than_another_letter() -> None:
    """Letters that print alike are nearer than letters that do not, in both scripts."""
    assert names.compare("Namdar", "Namclar").score > names.compare("Namdar", "Namkzar").score
    assert names.compare("Namdar", "Namlar").score > names.compare("Namdar", "Namkar").score
    assert names.compare("دانشور", "دانسور").score > names.compare("دانشور", "دانکور").score
