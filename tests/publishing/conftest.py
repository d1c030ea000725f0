"""Invented people for the publishing room: small ones made by hand, and a crowd made by a seed."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest

from cenotaph.model import Claim
from cenotaph.publishing.guard import Guard
from cenotaph.publishing.policy import Policy
from cenotaph.publishing.public import Correction, Criterion, PublicCase, PublicEstimate, PublicList, Publisher
from cenotaph.publishing.release import Release
from cenotaph.registry.persons import Fate, Naming, Person, ReadClaim, Rule, Value
from cenotaph.values import Age, PartialDate

LISTS = {
    "amar": PublicList(name="amar", title="Amar Committee", language="en", files=((1, "a" * 64),)),
    "bayan": PublicList(name="bayan", title="دفتر بیان", language="fa", files=((1, "b" * 64), (2, "c" * 64))),
    "copy": PublicList(name="copy", title="The Copybook", language="en", derived_from=("amar",)),
    "leaflet": PublicList(name="leaflet", title="Leaflet of 1371", language="", cited_by="amar"),
}
MORDAD = PartialDate(
    raw="مرداد ۱۳۶۷",
    calendar="persian",
    earliest=dt.date(1988, 7, 23),
    latest=dt.date(1988, 8, 22),
    edtf="[1988-07-23..1988-08-22]",
)
YEAR = PartialDate(
    raw="1988", calendar="gregory", earliest=dt.date(1988, 1, 1), latest=dt.date(1988, 12, 31), edtf="1988"
)
DAY = PartialDate(
    raw="2 August 1988", calendar="gregory", earliest=dt.date(1988, 8, 2), latest=dt.date(1988, 8, 2), edtf="1988-08-02"
)
DECEMBER = PartialDate(
    raw="3.12.1988", calendar="gregory", earliest=dt.date(1988, 12, 3), latest=dt.date(1988, 12, 3), edtf="1988-12-03"
)


def claim(
    key: str, raw: str, reading: object = None, *, of: str = "amar", row: int = 1, agrees: bool = True
) -> ReadClaim:
    """Return a claim of a list, read as given."""
    record = f"{of}:secretkey{row}"
    stated = Claim(record=record, key=key, raw=raw, list=of, source="d" * 64, locator=f"row {row}")
    return ReadClaim(claim=stated, reading=reading, compatible=agrees)  # type: ignore[arg-type]


def value(*claims: ReadClaim, rule: Rule = Rule.ONLY, disputed: bool = False) -> Value:
    """Return a value whose first claim is shown."""
    stated = claims[0].claim
    return Value(property=stated.property, index=1, claims=claims, chosen=claims[0], rule=rule, disputed=disputed)


def person(name: str, *values: Value, number: int = 1, **changes: object) -> Person:
    """Return an invented person whom list ``amar`` names in Latin letters."""
    named = value(claim("name", name, row=number))
    facts: dict[str, object] = {
        "id": f"amar:secretkey{number}",
        "public_id": f"p{number:07d}x",
        "aliases": (),
        "records": (f"amar:secretkey{number}",),
        "names": {"Latn": named},
        "values": (named, *values),
        "acts": (),
        "namings": (Naming(list="amar", record=f"amar:secretkey{number}", locator=f"row {number}", source="d" * 64),),
        "independent": 1,
        "fate": Fate.KILLED,
        "fates": {"killed": ("amar",)},
        "status": "reported",
        "included": True,
        "why": "included",
        "contested": False,
    }
    return Person(**(facts | changes))  # type: ignore[arg-type]


def rich(number: int = 2) -> Person:
    """Return a person whom two lists name in two scripts, with dates that contradict each other."""
    latin = claim("name", "Behruz Namdar-Hosseini", row=number)
    persian_name = claim("name", "بهروز نامدار حسینی", of="bayan", row=88)
    death = value(
        claim("death.date", "مرداد ۱۳۶۷", MORDAD, of="bayan", row=88),
        claim("death.date", "2 August 1988", DAY, row=number),
        claim("death.date", "3.12.1988", DECEMBER, of="copy", row=5, agrees=False),
        rule=Rule.SUPPORT,
        disputed=True,
    )
    namings = (
        Naming(list="amar", record=f"amar:secretkey{number}", locator=f"row {number}", source="d" * 64),
        Naming(list="bayan", record="bayan:secretkey88", locator="row 88, column نام", source="b" * 64),
        Naming(list="copy", record="copy:secretkey5", locator="row 5", source="c" * 64, withdrawn=True),
        Naming(
            list="leaflet", record=f"amar:secretkey{number}", locator=f"row {number}", source="d" * 64, cited_by="amar"
        ),
    )
    return person(
        "Behruz Namdar-Hosseini",
        death,
        value(claim("age", "24", Age(raw="24", low=24, high=24), row=number)),
        value(claim("death.place", "زندان ساوالان", of="bayan", row=88)),
        value(claim("occupation", "teacher", "teacher", row=number)),
        value(claim("affiliation", "Reed Society", "reed society", row=number)),
        number=number,
        names={"Latn": value(latin), "Arab": value(persian_name)},
        values=(
            value(latin, persian_name),
            death,
            value(claim("age", "24", Age(raw="24", low=24, high=24), row=number)),
            value(claim("death.place", "زندان ساوالان", of="bayan", row=88)),
            value(claim("occupation", "teacher", "teacher", row=number)),
            value(claim("affiliation", "Reed Society", "reed society", row=number)),
        ),
        namings=namings,
        aliases=("polder01",),
        independent=2,
        status="corroborated",
        fates={"killed": ("amar", "bayan")},
    )


_GIVEN = (("Behruz", "بهروز"), ("Mina", "مینا"), ("Keyvan", "کیوان"), ("Shirin", "شیرین"), ("Farhad", "فرهاد"),
          ("Gholam", "غلام"), ("Sara", "سارا"), ("Yusef", "یوسف"))  # fmt: skip
_FAMILY = (("Namdar", "نامدار"), ("Savalani", "ساوالانی"), ("Hosseini", "حسینی"), ("Mirzapur", "میرزاپور"),
           ("Rostami", "رستمی"), ("Zarrin", "زرین"), ("Qaderi", "قادری"))  # fmt: skip


def crowd(size: int, seed: int = 7) -> Iterator[Person]:
    """Yield invented people, most of them with little known."""
    chance = random.Random(seed)
    for number in range(1, size + 1):
        (given, given_fa), (family, family_fa) = chance.choice(_GIVEN), chance.choice(_FAMILY)
        day = dt.date(1988, 7, 25) + dt.timedelta(days=chance.randrange(60))
        read = PartialDate(raw=day.isoformat(), calendar="gregory", earliest=day, latest=day, edtf=day.isoformat())
        death = value(claim("death.date", day.isoformat(), chance.choice([read, YEAR, MORDAD]), row=number))
        latin, persian_name = (
            claim("name", f"{given} {family}", row=number),
            claim("name", f"{given_fa} {family_fa}", of="bayan", row=number),
        )
        both = chance.random() < 0.6
        names = {"Latn": value(latin), "Arab": value(persian_name)} if both else {"Arab": value(persian_name)}
        said = value(latin, persian_name) if both else value(persian_name)
        namings = [Naming(list="bayan", record=f"bayan:k{number}", locator=f"row {number}", source="b" * 64)]
        if both:
            namings.append(Naming(list="amar", record=f"amar:k{number}", locator=f"row {number}", source="a" * 64))
        yield person(
            "", number=number, names=names, values=(said, death), namings=tuple(namings),
            status="corroborated" if both else "reported", independent=1 + both,
        )  # fmt: skip


CASE = PublicCase(
    title="The Dead of Savalan",
    titles={"fa": "کشتگان ساوالان"},
    languages=("en", "fa"),
    period="1988",
    include="killed in the prisons of Savalan in 1367",
    invented=True,
    publisher=Publisher(name="Savalan Circle", affiliation="none", funding="members", contact="desk@savalan.example"),
    lists=LISTS,
    criteria=(
        Criterion(
            name="corroborated",
            title={"en": "Corroborated", "fa": "تأییدشده"},
            text={"en": "Two lists or more name this person.", "fa": "دو فهرست یا بیشتر از این شخص نام برده‌اند."},
            conditions="independent >= 2",
        ),
        Criterion(
            name="reported",
            title={"en": "Reported", "fa": "گزارش‌شده"},
            text={"en": "One list names this person.", "fa": "یک فهرست از این شخص نام برده است."},
            conditions="independent >= 1",
        ),
    ),
    corrections=(
        Correction(date="2026-03-01", what="A page that was two people was divided.", why="A relative wrote."),
    ),
    quality={"precision": 0.991, "recall": 0.972},
    head="0f" * 32,
    date="2026-11-01",
    url="https://savalan.example/",
    version="0.1.0",
)
ESTIMATE = PublicEstimate(
    documented=3,
    verdict="refused",
    statement={"en": "Three people are documented. No estimate is given."},
    reasons=({"en": "The lists name hardly anyone in common."},),
    methods={"chao": {"lower_bound": 9.4}, "lcmcr": {"status": "modes_disagree", "median": 12.0, "rhat": 1.31}},
    seed=1988,
    table_sha256="e" * 64,
    version="0.1.0",
)
INCLUSION: Mapping[str, Mapping[str, str]] = {"included": {"en": "A source states it.", "fa": "منبعی آن را گفته است."}}


@dataclass(frozen=True)
class Invented:
    """What tests build from."""

    case: PublicCase = CASE
    estimate: PublicEstimate = ESTIMATE
    lists: Mapping[str, PublicList] = field(default_factory=lambda: LISTS)
    claim = staticmethod(claim)
    value = staticmethod(value)
    person = staticmethod(person)
    rich = staticmethod(rich)
    crowd = staticmethod(crowd)

    def guard(self, **overrides: str) -> Guard:
        """Return a guard over the invented lists, with audiences changed as the case would."""
        changed = {key.replace("__", "."): audience for key, audience in overrides.items()}
        return Guard(Policy(changed), {name: row.language for name, row in self.lists.items()})

    def release(self, people: list[Person], **changes: object) -> Release:
        """Return a release of some people."""
        facts: dict[str, object] = {
            "persons": lambda: iter(people),
            "expected": len(people),
            "addresses": len(people),
            "guard": self.guard(),
            "case": self.case,
            "estimate": self.estimate,
            "inclusion": INCLUSION,
        }
        return Release(**(facts | changes))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def invented() -> Invented:
    """Return builders of invented people."""
    return Invented()
