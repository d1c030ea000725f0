"""Answers: who, how surely, and on what grounds; by column and person by person alike."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.registry.asking.people import LISTS, ROWS, people
from tests.registry.town import town

from cenotaph.model import Choice
from cenotaph.registry import Certainty, Register, flags_of
from cenotaph.registry.asking import Answer, ask, columns, judge, known, read, weigh, words

QUESTIONS = [
    "women", "men", "killed", "disappeared", "Gohardasht", "Evin", "Tehran province", "Alborz province", "1988",
    "تابستان ۶۷", "Mordad 1367", "aged 17", "under 18", "Party of Dawn", "executed by shooting", "arrested 1981",
    "detained in Evin", "buried in Khavaran", "trial", "burial", "according to committee", "status corroborated",
    "killed after the term had ended", "killed while serving", "held without trial", "minor at death", "mellikesh",
]  # fmt: skip


@pytest.fixture(scope="module")
def register() -> Register:
    """Return the invented register."""
    return people()


def answer(register: Register, question: str, **more: int) -> Answer:
    return ask(register, read(question, known(register)), **more)


def names(found: Answer, certainty: str) -> list[str]:
    return [next(iter(each.person.names.values())).shown for each in found.found if each.certainty == certainty]


@pytest.mark.parametrize(
    "question",
    [
        "killed after the term had ended, women, Gohardasht, 1988",
        "کشته‌شده پس از پایان حکم، زنان، گوهردشت، ۱۳۶۷",
        "1988; Rajai Shahr; women; killed after term",
    ],
)
def test_the_question_of_the_founding_article_is_answered(register: Register, question: str) -> None:
    """Women killed at Gohardasht in 1988 after their term: certain, possible, contradicted as intervals allow."""
    found = answer(register, question)
    assert names(found, "certain") == ["Sina Varzin", "مینا ورزین"]
    assert names(found, "possible") == ["Mahin Varzin"]
    assert "Nina Varzin" in names(found, "contradicted")


def test_each_ground_shows_claims_with_their_sources(register: Register) -> None:
    """The first answer's flag rests on sentence and death, each with list and place, and shows its intervals."""
    first = answer(register, "killed after the term had ended, women").found[0]
    flag, sex = first.grounds
    assert {value.property for value in flag.values} == {"sentence.start", "sentence.length", "death.date"}
    assert all(claim.claim.locator and claim.claim.list for value in flag.values for claim in value.claims)
    assert flag.spans["end of term 1"].last < flag.spans["death"].first
    assert [value.property for value in sex.values] == ["sex"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_columns_say_what_persons_say(register: Register, question: str) -> None:
    """What is worked out for all at once is, person by person, what is worked out for each alone."""
    (term,) = read(question, known(register))
    measured = columns.measure(register, term)
    for person, mark, is_open in zip(register.persons(), measured.marks, measured.open, strict=True):
        ground = weigh(term, person)
        assert is_open or mark == columns.CODE[None if ground is None else ground.certainty], person.id


@given(asked=st.lists(st.sampled_from(QUESTIONS), min_size=1, max_size=4), rows=st.permutations(range(len(ROWS))))
@settings(max_examples=60, deadline=None)
def test_an_answer_is_what_judging_everybody_gives(asked: list[str], rows: list[int]) -> None:
    """Any question of any register answers as if each person were put together and judged, however records fall."""
    mixed = town([ROWS[row] for row in rows], [row // 2 for row in rows], lists=LISTS, toml='country = "IR"')
    terms = read(", ".join(asked), known(people()))
    judged = [judge(terms, person) for person in mixed.persons(included=True)]
    counts = Counter(each.certainty for each in judged if each is not None)
    assert {certainty: n for certainty, n in ask(mixed, terms).counts.items() if n} == counts


def test_a_reviewers_choice_decides(register: Register) -> None:
    """Where a reviewer chose one of two sexes, the other does not make the answer doubtful any more."""
    choice = Choice(record="committee:6", property="sex", chosen="committee:6", reviewer="r1", sequence=1)
    before, after = answer(register, "women, Evin"), answer(people(choices=(choice,)), "women")
    assert "Mahin Varzin" in names(before, "possible")
    assert "Mahin Varzin" in names(after, "certain")


def test_silence_is_counted_and_never_an_answer(register: Register) -> None:
    """Who is nowhere said to be a woman or a man is in no answer about either, and is counted."""
    found = answer(register, "women, killed after the term had ended")
    assert "تارا ورزین" not in names(found, "certain") + names(found, "possible") + names(found, "contradicted")
    assert found.silent[0] == 1


def test_a_province_says_nothing_about_a_prison_in_it(register: Register) -> None:
    """A claim that only names the province neither puts anybody in a prison nor keeps anybody out."""
    (term,) = read("Gohardasht", known(register))
    person = next(person for person in register.persons() if len(person.records) == 2)
    ground = weigh(term, person)
    assert ground is not None
    assert {value.property for value in ground.values} == {"death.site"}


def test_a_site_lay_perhaps_in_a_province_of_old(register: Register) -> None:
    """Karaj was in Tehran province until 2010: Gohardasht is possible there, and certain in Alborz."""
    assert "Sina Varzin" in names(answer(register, "Tehran province"), "possible")
    assert "Sina Varzin" in names(answer(register, "Alborz province"), "certain")


def test_a_denied_act_is_no_act(register: Register) -> None:
    """Who had no trial, as a source says, is not among those tried."""
    assert answer(register, "trial").counts[Certainty.CERTAIN] == 0


def test_the_limit_shortens_the_list_and_not_the_count(register: Register) -> None:
    """A limit of one shows one person of each certainty; the counts stay."""
    whole, short = answer(register, "killed"), answer(register, "killed", limit=1)
    assert short.counts == whole.counts
    assert names(short, "certain") == names(whole, "certain")[:1]


def test_every_flag_of_the_register_can_be_asked_for(register: Register) -> None:
    """No flag is raised that the table of words does not know."""
    raised = {flag.name for person in register.persons() for flag in flags_of(person)}
    assert raised <= {code for row in words.of("flag") for code in row.codes}


def test_one_person_is_judged_without_a_register(register: Register) -> None:
    """The same terms judge a single person, as a page needs it."""
    terms = read("killed after the term had ended, women", known(register))
    judged = [judge(terms, person) for person in register.persons()]
    found = ask(register, terms)
    assert [each.person.id for each in judged if each and each.certainty == "certain"] == [
        each.person.id for each in found.found if each.certainty == "certain"
    ]
