"""How long the walls of names take: invented names, distinct ones, set on A1 panels, twice, to the same bytes.

    python benchmarks/exhibition.py [--names 200 10000]

Prints seconds and CPU seconds for each size, and whether the second run gave the same bytes.
"""

from __future__ import annotations

import argparse
import itertools
import time

from cenotaph.publishing.exhibition.typeset import A1, FONTS, qr, typeset
from cenotaph.publishing.exhibition.walls import A_PANEL

_FA = ("بهروز", "مینا", "کیوان", "شیرین", "فرهاد", "غلامرضا", "سارا", "یوسف", "نسرین", "داریوش", "پروانه", "منوچهر")
_FA_FAMILY = ("نامدار", "ساوالانی", "حسینی‌نژاد", "میرزاپور", "رستمی", "زرین‌قلم", "قادری", "نیلگاهی", "ابریشان")
_EN = ("Behruz", "Mina", "Keyvan", "Shirin", "Farhad", "Gholamreza", "Sara", "Yusef", "Nasrin", "Dariush", "Parvaneh")
_EN_FAMILY = ("Namdar", "Savalani", "Hosseini-Nejad", "Mirzapur", "Rostami", "Zarringhalam", "Qaderi", "Nilgahi")


def _people(size: int) -> list[dict[str, dict[str, str]]]:
    persian = itertools.cycle(itertools.product(_FA, _FA_FAMILY, _FA_FAMILY, _FA_FAMILY))
    latin = itertools.cycle(itertools.product(_EN, _EN_FAMILY, _EN_FAMILY, _EN_FAMILY))
    return [
        {
            "first": {"text": " ".join(next(persian)[:4]), "lang": "fa", "dir": "rtl"},
            "second": {"text": " ".join(next(latin)[:4]), "lang": "en", "dir": "ltr"},
        }
        for _ in range(size)
    ]


def _document(size: int) -> dict[str, object]:
    people = _people(size)
    panels = [
        {
            "key": f"names-{at}", "kind": "wall", "qr": qr("https://example.org/en/"), "qr-says": "QR",
            "sides": [{"lang": "en", "dir": "ltr", "title": "Names", "entries": []}],
            "foot": [{"lang": "en", "dir": "ltr", "lines": ["Invented people"]}],
            "names": people[at : at + A_PANEL], "wall": {"columns": 5, "rows": A_PANEL // 5, "dir": "rtl"},
        }
        for at in range(0, size, A_PANEL)
    ]  # fmt: skip
    return {"title": "Walls", "publisher": "Nobody", "languages": ["fa"], "fonts": list(FONTS), "day": [2026, 1, 1],
            "width": A1[0], "height": A1[1], "panels": panels}  # fmt: skip


def main() -> None:
    """Print a line a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, nargs="+", default=[200, 10_000])
    for size in parser.parse_args().names:
        document = _document(size)
        wall, cpu = time.perf_counter(), time.process_time()
        first = typeset("panel", document)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        same = typeset("panel", document) == first
        print(f"{size:>7,} names  {wall:5.2f} s  {cpu:5.2f} CPU s  {len(first):>10,} bytes  same bytes again: {same}")


if __name__ == "__main__":
    main()
