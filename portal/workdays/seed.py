"""The calendar of 2016 to 2030 to begin with: what the package `holidays` knows, put right."""

from datetime import date, timedelta
from functools import cache

from django.db import transaction
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import override
from holidays import country_holidays

from portal.workdays.models import SATURDAY, CalendarDay, CalendarYear, Edition

YEARS = range(2016, 2031)
DECIDED = range(2016, 2027)
ONE_DAY = timedelta(days=1)

# The package gives the day before Tết and four days from it. In these years the Prime Minister chose two and three;
# for 2027 and later this is a guess.
TWO_DAYS_BEFORE_TET = {2017, 2018, 2020, 2021, 2023, 2024, 2025, 2027, 2028, 2030}
EVE, FOURTH = "Giao thừa Tết Nguyên Đán", "Mùng bốn Tết Nguyên Đán"
# the package calls it the 29th, which it is not in years like 2025 when the month before Tết has 29 days
DAY_BEFORE_THE_EVE = ("Ngày trước Giao thừa Tết Nguyên Đán", "Day before Lunar New Year's Eve")

OF_2019 = "Công văn số 6519/VPCP-KGVX ngày 11/7/2018 của Văn phòng Chính phủ"
SWAPS = [  # the day off, the day worked for it, on what basis
    (date(2018, 12, 31), date(2019, 1, 5), OF_2019),
    (date(2019, 4, 29), date(2019, 5, 4), OF_2019),
    (date(2024, 4, 29), date(2024, 5, 4), "Công văn số 2450/VPCP-KGVX ngày 12/4/2024 của Văn phòng Chính phủ"),
    (date(2025, 5, 2), date(2025, 4, 26), "Công văn số 8726/VPCP-KGVX năm 2024 của Văn phòng Chính phủ"),
    # the package lacks this one
    (date(2026, 1, 2), date(2026, 1, 10), "Văn bản số 12729/VPCP-KGVX ngày 25/12/2025 của Văn phòng Chính phủ"),
    # the number of its decision was not found
    (date(2026, 8, 31), date(2026, 8, 22), "Phương án nghỉ lễ được Thủ tướng Chính phủ đồng ý (hoán đổi)"),
]
SWAPPED_OFF = {off for off, _worked, _basis in SWAPS}

# a day off by a resolution of the Party, until the Code lists it: not confirmed, and so not counted
CULTURE_DAY = (11, 24)
CULTURE_DAY_BASIS = "Nghị quyết số 80-NQ/TW ngày 07/01/2026; chờ sửa khoản 1 Điều 112 Bộ luật Lao động"
CODE_OF_2012 = "Bộ luật Lao động số 10/2012/QH13", "Điều 115", "khoản 3 Điều 115"
CODE_OF_2019 = "Bộ luật Lao động số 45/2019/QH14", "Điều 112", "khoản 3 Điều 111"
CODE_OF_2019_FROM = date(2021, 1, 1)


def seed():
    """Adds what the table lacks; how many days and years that were. What the table has goes before what we know.

    A year that has both its row and days is the administrators' from then on: what they deleted stays deleted.
    """
    with override("vi"), transaction.atomic():
        Edition.objects.select_for_update().get_or_create(pk=1)  # one at a time
        dates = set(CalendarDay.objects.values_list("date", flat=True))
        years = set(CalendarYear.objects.values_list("year", flat=True))
        settled = years & {day.year for day in dates}
        new_days = [row for row in days() if row.date not in dates and row.date.year not in settled]
        new_years = [CalendarYear(year=year, decided=year in DECIDED) for year in YEARS if year not in years]
        CalendarDay.objects.bulk_create(new_days)
        CalendarYear.objects.bulk_create(new_years)
        if new_days or new_years:
            Edition.advance(_("Calendar: the days known for 2016 to 2030 were filled in."))
    return len(new_days), len(new_years)


def days():
    """Every day to seed, as rows that are not saved."""
    holidays = _holidays()
    return [
        *(_holiday(day, *names) for day, names in holidays.items()),
        *(_compensation(day, lost, *holidays[lost]) for lost, day in _made_up(holidays)),
        *(row for swap in SWAPS for row in _swap(*swap)),
    ]


@cache
def _holidays():
    """{date: (Vietnamese name, English name)}"""
    found = {}
    for year in YEARS:
        found |= _holidays_of(year)
    return found


def _holidays_of(year):
    # without the days the package makes up for: it names those of Tết like holidays
    vi, en = (country_holidays("VN", years=year, language=name, observed=False) for name in ("vi", "en_US"))
    found = {day: (vi[day], en[day]) for day in sorted(vi) if day not in SWAPPED_OFF}
    if year in TWO_DAYS_BEFORE_TET:
        [eve], [fourth] = ([day for day in found if found[day][0] == name] for name in (EVE, FOURTH))
        del found[fourth]
        found[eve - ONE_DAY] = DAY_BEFORE_THE_EVE
    return found


def _made_up(holidays):
    """(holiday, day) for each holiday on a day off: the working day after it that is still free, in order."""
    taken = {*holidays, *SWAPPED_OFF}
    for lost in sorted(holidays):
        if lost.weekday() >= SATURDAY:
            day = lost
            while day in taken or day.weekday() >= SATURDAY:
                day += ONE_DAY
            taken.add(day)
            yield lost, day


def _holiday(day, name_vi, name_en):
    code, article, _clause = _code(day)
    return _row(day, CalendarDay.Kind.HOLIDAY, name_vi, name_en, f"{code}, {article}", holiday=day)


def _compensation(day, lost, name_vi, name_en):
    code, _article, clause = _code(lost)
    names = f"{name_vi} (nghỉ bù)", f"{name_en} (compensation day)"
    return _row(day, CalendarDay.Kind.COMPENSATION, *names, f"{code}, {clause}", holiday=lost)


def _code(day):
    return CODE_OF_2019 if day >= CODE_OF_2019_FROM else CODE_OF_2012


def _swap(off, worked, basis):
    """Both rows of a swap: each names the other day."""
    names = f"Nghỉ, làm bù ngày {worked:%d/%m/%Y}", f"Day off, made up for on {_in_english(worked)}"
    yield _row(off, CalendarDay.Kind.SWAPPED_OFF, *names, basis)
    names = f"Làm bù cho ngày {off:%d/%m/%Y}", f"Working day that makes up for {_in_english(off)}"
    yield _row(worked, CalendarDay.Kind.SWAPPED_WORK, *names, basis)


def _in_english(day):
    with override("en"):
        return format_date(day, "j F Y")


def _row(day, kind, name_vi, name_en, basis, *, holiday=None):
    """`holiday`: the one that the row is or makes up for."""
    is_culture_day = holiday and (holiday.month, holiday.day) == CULTURE_DAY
    return CalendarDay(
        date=day,
        kind=kind,
        name_vi=name_vi,
        name_en=name_en,
        legal_basis=CULTURE_DAY_BASIS if is_culture_day else basis,
        confirmed=not is_culture_day,
    )
