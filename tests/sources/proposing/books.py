"""Invented workbooks and tables as groups keep them."""

from __future__ import annotations

import datetime as dt
import io

from openpyxl import Workbook

FA_IR = "[$-fa-IR,16]yyyy/mm/dd;@"  # a day shown in the Solar Hijri calendar
HEADERS = ("ردیف", "نام", "نام خانوادگی", "نام پدر", "سن", "جنسیت", "تاریخ اعدام", "محل اعدام", "شماره تماس خانواده")
PEOPLE = (
    ("سینا", "ورزین", "امید", 24, "مرد", dt.date(1988, 7, 30), "نوشهر ساختگی"),
    ("تارا", "رستاک", "کاوه", 31, "زن", dt.date(1988, 8, 4), "نوشهر ساختگی"),
    ("مینا", "لاور", "سام", 19, "زن", dt.date(1988, 8, 12), "نامعلوم"),
)


def persian_workbook() -> bytes:
    """Return a workbook with a merged title, headers in row 3 and days shown in the Solar Hijri calendar."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["فهرست جان‌باختگان شهری ساختگی"])
    sheet.merge_cells("A1:I1")
    sheet.append([])
    sheet.append(HEADERS)
    for number, row in enumerate(PEOPLE, start=1):
        sheet.append([number, *row, "canary"])
    for (cell,) in sheet.iter_rows(min_row=4, min_col=7, max_col=7):
        cell.number_format = FA_IR
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
