"""An invented register to ask: women and men of two prisons, in two calendars, with gaps and contradictions."""

from __future__ import annotations

from typing import Any

from tests.registry.town import town

from cenotaph.registry import Register

LISTS = {
    "committee": {"title": "Committee (invented)"},
    "families": {"language": "fa", "title": "دفتر خانواده‌ها (ساختگی)"},
    "copy": {"derived_from": ("committee",)},
}
SERVED = {"sentence.start": "1981-06-20", "sentence.length": "5 years", "death.date": "1988-07-30"}
PERSIAN = {"sentence.start": "۳۰ خرداد ۱۳۶۰", "sentence.length": "۵ سال", "death.date": "۸ مرداد ۱۳۶۷"}
ROWS: list[dict[str, Any]] = [
    {"list": "committee", "name": "Sina Varzin", "sex": "female", "death.site": "Gohardasht Prison", **SERVED},
    {"list": "families", "name": "مینا ورزین", "sex": "زن", "death.site": "رجایی‌شهر", **PERSIAN, "age": "۱۷ ساله"},
    {"list": "committee", "name": "Nina Varzin", "sex": "F", "death.site": "Gohardasht Prison", **SERVED,
     "sentence.length": "10 years"},
    {"list": "families", "name": "رضا ورزین", "sex": "مرد", "death.site": "زندان گوهردشت", **PERSIAN},
    {"list": "families", "name": "تارا ورزین", "death.site": "زندان گوهردشت", **PERSIAN},
    {"list": "families", "name": "لیلا ورزین", "sex": "زن", "death.site": "اوین", **PERSIAN,
     "affiliation": "Party of Dawn", "death.manner": "تیرباران"},
    {"list": "committee", "name": "Mahin Varzin", "sex": "female", "death.site": "Gohardasht Prison", **SERVED,
     "sentence.length": "5-10 years", "death.place": "Tehran province"},
    {"list": "copy", "name": "Mahin Varzin", "sex": "male", "death.site": "Evin", "death.date": "1988"},
    {"list": "committee", "name": "Parvin Varzin", "sex": "female", "disappearance.date": "Mordad 1367",
     "detention.place": "Evin", "detention[2].place": "Gohardasht Prison", "arrest.date": "1981",
     "fate": "disappeared"},
    {"list": "families", "name": "Zari Varzin", "sex": "female", "burial.place": "Khavaran", "trial.held": "no",
     "death.date": "1365"},
]  # fmt: skip
CLUSTERS = [0, 1, 2, 3, 4, 5, 6, 6, 7, 8]


def people(**more: Any) -> Register:
    """Return the register; the second record of the seventh person contradicts the first."""
    return town(ROWS, CLUSTERS, lists=LISTS, toml='country = "IR"', **more)
