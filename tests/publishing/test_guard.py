"""The guard: nothing leaves unless a rule lets it through."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.registry.town import town

from cenotaph.errors import Refused
from cenotaph.publishing.guard import Withheld, card, refusal
from cenotaph.publishing.policy import NEVER, Policy
from cenotaph.publishing.release import make_site
from cenotaph.registry.persons import Fate
from cenotaph.values import Age
from cenotaph.values.properties import PROPERTIES

CANARY = "CANARY-7f3a"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"fates": {}, "fate": Fate.UNKNOWN}, Withheld.NOT_STATED),
        ({"fates": {"alive": ("amar",)}, "fate": Fate.ALIVE}, Withheld.NOT_STATED),
        ({"fates": {"killed": ()}}, Withheld.NOT_STATED),
        ({"included": False}, Withheld.EXCLUDED),
        ({"contested": True}, Withheld.CONTESTED),
        ({"visibility": "hidden"}, Withheld.HIDDEN),
        ({"visibility": "a word nobody foresaw"}, Withheld.HIDDEN),
    ],
)
def test_who_is_kept_back(invented: Any, changes: dict[str, Any], reason: Withheld) -> None:
    """Nobody leaves whom no source states dead, who is excluded, contested or hidden, or of whom we do not know."""
    person = invented.person("Mina Zarrin", **changes)
    guard = invented.guard()
    assert refusal(person) is reason
    assert list(guard.people([person])) == []
    assert guard.withheld == {reason: 1}
    with pytest.raises(Refused, match="not published"):
        guard.person(person)


def test_a_refusal_names_no_person(invented: Any) -> None:
    """The message of a refusal holds a public id and no name."""
    person = invented.person("Mina Zarrin", contested=True)
    with pytest.raises(Refused, match=person.public_id) as caught:
        invented.guard().person(person)
    assert "Mina" not in str(caught.value)


INTERNAL = sorted(name for name, each in PROPERTIES.items() if each.audience != "public")


@pytest.mark.parametrize("key", [*INTERNAL, "other.remarks", "other.name", "relative", "informant", "identity.number"])
def test_internal_properties_stay(invented: Any, key: str) -> None:
    """No claim of a property that is internal, or of a column nobody mapped, leaves."""
    person = invented.person("Mina Zarrin", invented.value(invented.claim(key, CANARY, CANARY)))
    assert CANARY not in repr(invented.guard().person(person))


@pytest.mark.parametrize("key", sorted(NEVER | {"other.anything", "other.name", "cites.leaflet", "name.of.nobody"}))
def test_no_configuration_opens_these(key: str) -> None:
    """Identity numbers, relatives, informants, contacts, actors, sexual violence and unmapped columns never leave."""
    assert not Policy({key: "public"}).is_public(key)
    assert not Policy({key: "public"}).is_public(f"{key}[2]")


def test_a_case_can_open_and_close(invented: Any) -> None:
    """A case may publish fathers' names, and may close occupations."""
    said = [
        invented.value(invented.claim("name.father", "Reza")),
        invented.value(invented.claim("occupation", "baker")),
    ]
    person = invented.person("Mina Zarrin", *said)
    shown = invented.guard(name__father="public", occupation="internal").person(person)
    assert {value.property for value in shown.values} == {"name", "name.father"}


@pytest.mark.parametrize(
    ("ages", "shown"), [([17], False), ([17, 30], False), ([], False), ([None], False), ([25], True)]
)
def test_photographs_of_minors_stay(invented: Any, ages: list[int | None], shown: bool) -> None:  # noqa: FBT001
    """A photograph the case opened leaves only where every age a source gives is an adult's, and one is given."""
    said = [invented.value(invented.claim("photo", CANARY))]
    said += [invented.value(invented.claim("age", str(n), Age(raw=str(n), low=n, high=n))) for n in ages]
    person = invented.person("Mina Zarrin", *said)
    assert (CANARY in repr(invented.guard(photo="public").person(person))) is shown


def test_name_only_consent_shows_names_only(invented: Any) -> None:
    """A family that lets the name stand and no more gets a page with the name, and the lists that have it."""
    person = invented.person(
        "Mina Zarrin", invented.value(invented.claim("occupation", CANARY)), visibility="name-only"
    )
    shown = invented.guard().person(person)
    assert CANARY not in repr(shown)
    assert {value.property for value in shown.values} == {"name"}


def test_no_record_id_leaves(invented: Any) -> None:
    """Record ids and the keys of lists enumerate a list, so nothing that leaves holds one."""
    assert "secretkey" not in repr(invented.guard().person(invented.rich()))


def test_claims_of_an_unknown_list_stay(invented: Any) -> None:
    """A claim whose list the case does not describe has no source to show, and does not leave."""
    person = invented.person("Mina Zarrin", invented.value(invented.claim("occupation", CANARY, of="nowhere")))
    assert CANARY not in repr(invented.guard().person(person))


def test_controls_that_reorder_a_line_are_taken_out(invented: Any) -> None:
    """A right-to-left override in a name cannot make it read as another name."""
    shown = invented.guard().person(invented.person("Mina \u202enirraZ"))
    assert shown.names["Latn"].text == "Mina nirraZ"


def test_a_name_that_says_unknown_is_no_name(invented: Any) -> None:
    """Somebody listed as unknown gets a page without a name, not a page for a man called Unknown."""
    shown = invented.guard().person(invented.person("Name withheld"))
    assert dict(shown.names) == {}
    assert card(shown).spellings == ()


def test_an_id_unfit_for_an_address_is_refused(invented: Any) -> None:
    """An id that could leave the folder of people is refused."""
    with pytest.raises(Refused, match="not fit for an address"):
        invented.guard().person(invented.person("Mina Zarrin", public_id="../index"))


def test_a_locator_is_short(invented: Any) -> None:
    """Text that strayed into a locator is cut: a place in a source is short."""
    claim: Callable[..., Any] = invented.claim
    shown = invented.guard().person(invented.rich())
    assert all(len(each.locator) <= 120 for value in shown.values for each in value.claims)
    assert claim("name", "x").claim.locator == "row 1"


@pytest.mark.parametrize("missing", ["source", "locator"])
def test_a_value_without_a_source_fails_the_build(invented: Any, missing: str, tmp_path: Path) -> None:
    """One public claim without source, or without its place there, stops the publication; nothing is written."""
    read = invented.claim("occupation", "teacher", "teacher")
    bare = dataclasses.replace(read, claim=dataclasses.replace(read.claim, **{missing: ""}))
    people = [invented.person("Mina Zarrin"), invented.person("Sina Zarrin", invented.value(bare), number=2)]
    with pytest.raises(Refused, match="amar:secretkey1, occupation: the claim has no source"):
        make_site(invented.release(people), tmp_path / "site")
    assert not (tmp_path / "site").exists()


HELD = {
    "list": "amar",
    "name": "Sina Varzin",
    "birth.date": "1967-05-10",
    "arrest.date": "1981-06-20",
    "sentence.start": "1981-06-20",
    "sentence.length": "5 years",
    "death.date": "1988-07-30",
    "arrest.relatives": "yes",
    "commission.date": "1988-07-30",
    "commission.question": CANARY,
    "burial.manner": "mass grave",
}


def _held(**changes: Any) -> Any:
    """Return a person put together by the register, fit for an address."""
    found = town([HELD], [0], lists={"amar": {}}).person(0)
    return dataclasses.replace(found, public_id="p0000001x", aliases=(), **changes)


def test_a_flag_leaves_with_the_values_it_rests_on(invented: Any) -> None:
    """What follows from public claims leaves; a flag that rests on an internal claim, or is excluded, stays."""
    public = invented.guard().person(_held())
    assert {flag.name: flag.certainty for flag in public.follows} == {
        "killed_after_term": "certain",
        "killed_after_commission": "possible",
        "minor_at_arrest": "certain",
        "continuing_disappearance": "possible",
    }
    said = {(value.property, value.index) for value in public.values}
    assert all(ground in said for flag in public.follows for ground in flag.grounds)
    assert CANARY not in repr(public)


def test_a_closed_property_takes_its_flags_and_acts_along(invented: Any) -> None:
    """When a case closes the length of sentences and the burial, nothing that rests on them leaves."""
    closed = {"sentence.length": "internal", "burial.manner": "internal", "commission.date": "internal"}
    public = invented.guard(**closed).person(_held())
    assert [flag.name for flag in public.follows] == ["minor_at_arrest"]
    assert public.whereabouts == {}
    assert [act.kind for act in public.acts] == ["birth", "arrest", "sentence", "death"]


def test_name_only_consent_leaves_no_act_no_flag_no_grave(invented: Any) -> None:
    """A family that consents to the name alone publishes nothing that was done."""
    public = invented.guard().person(_held(visibility="name-only"))
    assert (public.acts, public.follows, dict(public.whereabouts)) == ((), (), {})


def test_acts_leave_in_time_order(invented: Any) -> None:
    """Acts keep the order of the register, each with what is in doubt."""
    acts = invented.guard().person(_held()).acts
    assert [act.kind for act in acts] == ["birth", "arrest", "sentence", "commission", "death", "burial"]
    assert {act.doubt for act in acts} == {"none"}
