"""The five invented compilers: what each writes in its columns, row by row.

Invariant: a row depends on its person, its list and its number only; the copying list alone reads another list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cenotaph.demo import dating, spelling
from cenotaph.demo.dice import Dice
from cenotaph.demo.hearsay import DAY, MONTH, YEAR, Heard, When, hear
from cenotaph.demo.lists import CEMETERY, FAMILIES, HABITS, PRISONERS, WATCH, Cell, informant, phone
from cenotaph.demo.people import Person, identity_number, spelled
from cenotaph.demo.world import Word

Row = Mapping[str, Cell]
_SEX_FA = {"male": "مرد", "female": "زن"}
_ONE_WORD, _DATE_CELL, _DAYS_TO_BURIAL = 0.012, 0.5, 9
_FATES = ("detained", "released", "no news", "abroad")


def heard(person: Person, name: str, dice: Dice, *, surely: bool = False) -> Heard:
    """Hear of a person with the habits of a list; ``surely`` when the whole date is known."""
    habits = HABITS[name]
    if surely:
        habits = replace(habits, day=1.0, month=0.0, season=0.0, year=0.0, day_off=0.0, month_off=0.0, year_off=0.0)
    return hear(person, habits, dice)


def prisoners_row(person: Person, number: int, said: Heard, dice: Dice) -> Row:
    """Write a row of the former prisoners' workbook: Persian, Solar Hijri, some dates as real date cells."""
    name = dice.pick((said.given, said.family)) if dice.chance(_ONE_WORD) else said.name
    return {
        "ردیف": str(number),
        "نام و نام خانوادگی": name,
        "نام پدر": said.father or "",
        "جنسیت": _SEX_FA.get(said.sex or "", ""),
        "سن": f"{dating.digits(said.age)}{dice.pick(('', ' ساله'))}" if said.age else "",
        "تاریخ کشته شدن": _date_cell(said.died, dice),
        "شهر": _written(said.city, "fa"),
        "استان": _written(said.province, "fa"),
        "زندان": _written(said.prison, "fa"),
        "تاریخ دستگیری": dating.in_persian(When(person.arrested, dice.pick((MONTH, YEAR))), dice),
        "مدت حکم": f"{dating.digits(person.years)} سال" if dice.chance(0.4) else "",
        "شغل": _written(said.occupation, "fa"),
        "خبردهنده": informant(PRISONERS, number),
        "تلفن خبردهنده": phone(PRISONERS, number),
        "شماره شناسنامه": identity_number(person) if dice.chance(0.2) else "",
        "یادداشت": f"گفته‌ی {informant(PRISONERS, number)}" if dice.chance(0.1) else "",
    }


def watch_row(number: int, said: Heard, dice: Dice) -> Row:
    """Write a row of the rights monitor's file: Latin, Gregorian, day first."""
    age = dice.pick((f"{said.age}", f"{said.age}", f"{said.age}", f"about {said.age}")) if said.age else ""
    return {
        "id": f"W-{number:04d}",
        "name": said.name,
        "father": said.father or "",
        "sex": {"male": "M", "female": "F"}.get(said.sex or "", ""),
        "age": age,
        "date_of_death": dating.in_english(said.died),
        "city": _written(said.city, "press"),
        "province": _written(said.province, "press"),
        "prison": _written(said.prison, "press"),
        "occupation": _written(said.occupation, "press"),
        "informant": informant(WATCH, number),
        "phone": phone(WATCH, number),
        "desk_note": f"call back {informant(WATCH, number)}" if dice.chance(0.1) else "",
    }


def voice_row(number: int, original: Row, died: When | None, dice: Dice) -> Row:
    """Copy a row of the rights monitor's file, its misspellings too; most dates become the first of January."""
    name = str(original["name"])
    whole = died is not None and died.precision == DAY
    flat = not whole or not dice.chance(0.15)
    return {
        "nr": f"{number}",
        "victim": spelling.slip(name, dice) if dice.chance(0.02) else name,
        "age": str(original["age"]).removeprefix("about "),
        "date": dating.flattened(died) if flat or died is None else dating.iso(died.jdn),
        "where": ", ".join(part for part in (str(original["city"]), str(original["province"])) if part),
        "sent in by": informant("voice", number),
    }


def families_row(person: Person, number: int, said: Heard, dice: Dice, *, dead: bool = True) -> Row:
    """Write an entry of the families' file: Latin by another style, given and family name apart, two calendars.

    Of who is not stated dead there is no day and no place of death.
    """
    return {
        "file": f"F{number:04d}",
        "given": said.given,
        "family": said.family,
        "father": said.father or "",
        "sex": said.sex or "",
        "age_or_birth": _age_or_birth(said, dice),
        "fate": "killed" if dead else dice.pick(_FATES),
        "when": dating.by_families(said.died, dice) if dead else "",
        "town": _written(said.city, "scholar") if dead else "",
        "province": _written(said.province, "scholar") if dead else "",
        "home": spelled(person.home.name, "scholar") if dice.chance(0.8) else "",
        "occupation": _written(said.occupation, "scholar"),
        "reported_by": informant(FAMILIES, number),
        "reporter_phone": phone(FAMILIES, number),
        "identity_number": identity_number(person) if dice.chance(0.3) else "",
    }


def cemetery_row(person: Person, grave: tuple[int, int], said: Heard, dice: Dice) -> Row:
    """Write a line of the grave register: Persian, years of birth, burial better known than death."""
    buried = When(person.died + dice.below(_DAYS_TO_BURIAL), DAY if dice.chance(0.85) else MONTH)
    return {
        "قطعه": str(grave[0]),
        "شماره": str(grave[1]),
        "نام": said.given,
        "نام‌خانوادگی": said.family,
        "نام‌پدر": said.father or "",
        "سال‌تولد": dating.digits(dating.solar(said.born)[0]) if said.born else "",
        "تاریخ‌فوت": dating.in_persian_figures(said.died),
        "تاریخ‌دفن": dating.in_persian_figures(buried),
        "گورستان": person.cemetery.fa,
        "شهر": _written(said.city, "fa"),
        "استان": _written(said.province, "fa"),
        "ثبت‌کننده": informant(CEMETERY, grave[0] * 100 + grave[1]),
    }


def _written(word: Word | None, style: str) -> str:
    return spelled(word, style) if word else ""


def _date_cell(when: When | None, dice: Dice) -> Cell:
    if when is not None and when.precision == DAY and dice.chance(_DATE_CELL):
        return when.jdn
    return dating.in_persian(when, dice)


def _age_or_birth(said: Heard, dice: Dice) -> str:
    if said.born is None:
        return str(said.age) if said.age else ""
    return str((dating.solar if dice.chance(0.5) else dating.western)(said.born)[0])
