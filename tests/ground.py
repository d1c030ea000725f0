"""Tables about sites and actors of the invented country, with every case that the guard must tell apart."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

QUIET = "CANARY-9c41"  # stands in everything that must never leave
TABLES: Mapping[str, tuple[str, Sequence[Mapping[str, str]]]] = {
    "ground-sites": (
        "sites",
        (
            {"site": "green-wall", "name (en)": "Green Wall Prison", "name (fa)": "زندان دیوار سبز", "kind": "prison",
             "place (en)": "Kahrmand", "place (fa)": "کهرماند", "latitude": "31.25125", "longitude": "56.5",
             "source": "Survey of the hills (invented)", "page": "p. 4"},
            {"site": "green-wall", "name (en)": "Divar-e Sabz", "from": "1360", "until": "1371",
             "source": "A letter of 1379 (invented)"},
            {"site": "green-wall", "name (en)": "Green Wall Prison (Divar-e Sabz)", "kind": "prison",
             "source": "A letter of 1379 (invented)", "note": QUIET},
            {"site": "haft-hayat", "name (en)": "Seven Courtyards Prison", "name (fa)": "زندان هفت‌حیاط",
             "kind": "prison", "place (en)": "Nimkadeh", "place (fa)": "نیمکده",
             "source": "Survey of the hills (invented)"},
            {"site": "silent-garden", "name (en)": "Silent Garden", "name (fa)": "گورستان باغ خاموش",
             "kind": "mass grave", "place (en)": "Kahrmand", "place (fa)": "کهرماند", "latitude": "31.77731",
             "longitude": "56.77732", "source": "Survey of the hills (invented)", "page": "p. 11"},
            {"site": "shell", "name (en)": "Shell Cemetery", "name (fa)": "گورستان صدف", "kind": "cemetery",
             "place (en)": "Abginshahr", "place (fa)": "آبگین‌شهر", "latitude": "29.5", "longitude": "52.5",
             "source": "Survey of the hills (invented)"},
            {"site": "poplars", "name (en)": "Poplars", "name (fa)": "گورستان سپیدارها", "kind": "cemetery",
             "place (en)": "Nimkadeh", "published position": "none", "source": "Survey of the hills (invented)"},
            {"site": "Bad Id!", "name (en)": "Nowhere", "source": "A rumour"},
        ),
    ),
    "ground-history": (
        "site_history",
        (
            {"site": "silent-garden", "what": "found", "date": "1372/02",
             "text (en)": "Relatives found open ground.", "text (fa)": "بستگان زمینی بازشده یافتند.",
             "source": "A letter of 1379 (invented)"},
            {"site": "silent-garden", "what": "bulldozed", "date": "1375",
             "text (en)": "The ground was levelled with machines.", "text (fa)": "زمین را با ماشین هموار کردند.",
             "source": "Survey of the hills (invented)", "page": "p. 12"},
            {"site": "silent-garden", "what": "mourning forbidden", "date": "1380",
             "source": "Survey of the hills (invented)", "page": "p. 13"},
            {"site": "shell", "what": "exhumed", "date": "1398", "source": "Survey of the hills (invented)"},
        ),
    ),
    "ground-people": (
        "site_people",
        (
            {"record": "prisoners:1", "site": "haft-hayat", "link": "held", "wording": "perhaps",
             "source": "A letter of 1379 (invented)"},
            {"record": "prisoners:none", "site": "haft-hayat", "link": "held", "source": "A letter of 1379 (invented)"},
        ),
    ),
    "ground-actors": (
        "actors",
        (
            {"actor": "warden", "name (en)": "Person W (invented)", "name (fa)": "شخص و (ساختگی)", "kind": "person",
             "source": "Gazette of Sepandar (invented)", "page": "1371, p. 2"},
            {"actor": "judge", "name (en)": "Person J (invented)", "name (fa)": "شخص ق (ساختگی)", "kind": "person",
             "source": "Gazette of Sepandar (invented)"},
            {"actor": "quiet", "name (en)": f"Person Q {QUIET}", "kind": "person", "source": "A rumour"},
            {"actor": "unasked", "name (en)": f"Person U {QUIET}", "kind": "person", "source": "A rumour"},
            {"actor": "freed", "name (en)": f"Person F {QUIET}", "kind": "person", "source": "A rumour"},
            {"actor": "bureau", "name (en)": "Bureau of Transfers (invented)", "name (fa)": "ادارهٔ انتقال‌ها (ساختگی)",
             "kind": "institution", "source": "Gazette of Sepandar (invented)"},
        ),
    ),
    "ground-posts": (
        "posts",
        (
            {"actor": "warden", "post (en)": "Director of the Green Wall Prison", "post (fa)": "رئیس زندان دیوار سبز",
             "institution": "bureau", "site": "green-wall", "from": "1370", "until": "Dey 1371",
             "source": "Gazette of Sepandar (invented)", "page": "1370, p. 9"},
            {"actor": "judge", "post (en)": "Member of the commission of Kahrmand",
             "post (fa)": "عضو هیئت کهرماند", "commission": "yes", "place (en)": "Kahrmand", "place (fa)": "کهرماند",
             "from": "1371/5/1", "until": "1371/12/29", "source": "Gazette of Sepandar (invented)"},
            {"actor": "quiet", "post (en)": f"Deputy {QUIET}", "site": "green-wall", "from": "1370",
             "source": "A rumour"},
            {"actor": "bureau", "post (en)": "Ran the Seven Courtyards Prison", "post (fa)": "ادارهٔ زندان هفت‌حیاط",
             "site": "haft-hayat", "from": "1365", "source": "Gazette of Sepandar (invented)"},
        ),
    ),
    "ground-command": (
        "command",
        (
            {"over": "bureau", "under": "warden", "from": "1370", "until": "1371",
             "source": "Gazette of Sepandar (invented)"},
            {"over": "quiet", "under": "warden", "source": f"{QUIET}"},
        ),
    ),
    "ground-allegations": (
        "allegations",
        (
            {"allegation": "orders", "actor": "warden", "text (en)": "Signed the orders of the night transfers.",
             "text (fa)": "دستورهای انتقال شبانه را امضا کرد.", "basis": "testimony", "date": "Mordad 1371",
             "site": "green-wall", "asked on": "2026-01-10", "reply by": "2026-03-01",
             "source": "A letter of 1379 (invented)", "page": "p. 2"},
            {"allegation": "orders", "actor": "warden", "text (en)": "Signed the orders of the night transfers.",
             "basis": "report", "source": "Survey of the hills (invented)", "page": "p. 20"},
            {"allegation": "verdict", "actor": "judge", "text (en)": "Sat on the commission that sent people to death.",
             "text (fa)": "در هیئتی نشست که کسان را به مرگ فرستاد.", "basis": "court finding",
             "court": "Court of Appeal of Lindeby (invented)", "count": "count 2", "finality": "final",
             "later history": "served the sentence", "asked on": "2026-01-10", "reply": "I followed the law.",
             "replied on": "2026-02-01", "source": "Judgment 12/2024 (invented)", "page": "para. 40"},
            {"allegation": "quiet-one", "actor": "quiet", "text (en)": f"Did it, {QUIET}.", "basis": "report",
             "asked on": "2026-01-10", "reply by": "2026-03-01", "source": "A rumour"},
            {"allegation": "unasked-one", "actor": "unasked", "text (en)": f"Did it, {QUIET}.", "basis": "report",
             "source": "A rumour"},
            {"allegation": "freed-one", "actor": "freed", "text (en)": f"Did it, {QUIET}.", "basis": "court finding",
             "court": "A court", "count": "count 1", "finality": "overturned", "asked on": "2026-01-10",
             "reply": "It was overturned.", "source": "Judgment 13/2024 (invented)"},
            {"allegation": "ran-it", "actor": "bureau", "text (en)": "Organised the night transfers.",
             "text (fa)": "انتقال‌های شبانه را سازمان داد.", "basis": "official document", "date": "1371",
             "source": "Circular 77 (invented)", "page": "p. 1"},
        ),
    ),
}  # fmt: skip
REVIEWED = ("orders", "verdict", "unasked-one", "freed-one", "ran-it")  # `quiet-one` never is


def drop_tables(folder: Path) -> None:
    """Take the tables that the bundled case names out of its ``cenotaph.toml``."""
    path = folder / "cenotaph.toml"
    path.write_text(re.sub(r"\[tables\.[^\[]*", "", path.read_text(encoding="utf-8")), encoding="utf-8")


def write_ground(folder: Path) -> None:
    """Write the tables below a case folder and name them, and no others, in its ``cenotaph.toml``."""
    drop_tables(folder)
    (folder / "tables").mkdir(exist_ok=True)
    said = []
    for name, (about, rows) in TABLES.items():
        (folder / "tables" / f"{name}.csv").write_bytes(as_csv(rows))
        said.append(
            f'\n[tables.{name}]\nabout = "{about}"\nfile = "tables/{name}.csv"\naudience = "public"\n'
            'calendar = "persian"\ndate_order = "ymd"\n'
        )
    path = folder / "cenotaph.toml"
    path.write_text(path.read_text(encoding="utf-8") + "".join(said), encoding="utf-8")


def as_csv(rows: Sequence[Mapping[str, str]]) -> bytes:
    """Return rows as the bytes of a CSV file, with every column that any of them has."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")
