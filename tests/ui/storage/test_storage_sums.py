"""Bytes into seconds and years, and the table as CSV."""

import csv
import io
import math
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from isthmus.errors import ScanError
from isthmus.ui.storage.bars import figures
from isthmus.ui.storage.encoding import JPEG_2000, Point
from isthmus.ui.storage.feature import between
from isthmus.ui.storage.sums import (
    LINES,
    Habit,
    Kind,
    Row,
    duration_text,
    gigabytes_text,
    rate_text,
    seconds_text,
)
from isthmus.ui.storage.table import HEADER, Entry, save, text


@pytest.fixture(autouse=True)
def english():
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English))
    yield
    QLocale.setDefault(before)


def plain(words: str) -> str:
    return words.replace("\u00a0", " ")


def test_seconds_are_bits_over_the_rate():
    assert Habit(megabits=16.0).seconds(2_000_000) == pytest.approx(1.0)
    assert Habit(megabits=1000.0).seconds(9_165_312) == pytest.approx(0.0733, abs=1e-4)


def test_a_year_has_250_working_days():
    assert Habit(per_day=20).per_year == 5000
    row = Row(Kind.STORED, "", 9_165_312)
    size, seconds, year, year_seconds = map(plain, figures(row, Habit(20, 16.0)))
    assert (size, seconds) == ("9.17 MB", "4.58 s")
    assert (year, year_seconds) == ("45.8 GB", "22,913 s")


def test_estimates_say_so_in_every_figure():
    row = Row(Kind.BOTTLENECK, "", 98_000, estimated=True)
    assert all(figure.startswith("≈") for figure in figures(row, Habit()))


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (None, "—"), (0.0001, "<0.001 s"), (0.049, "0.049 s"), (0.71, "0.71 s"), (4.584, "4.58 s"),
        (45.8, "45.8 s"), (99.96, "100 s"), (22913.3, "22,913 s"),
    ],
)  # fmt: skip
def test_seconds_have_three_figures(seconds, said):
    assert plain(seconds_text(seconds)) == said


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (None, "—"), (1000, "<0.001 GB"), (234e6, "0.234 GB"), (7.05e9, "7.05 GB"),
        (45.83e9, "45.8 GB"), (458.3e9, "458 GB"), (4_583e9, "4,583 GB"),
    ],
)  # fmt: skip
def test_a_year_is_said_in_gigabytes(size, said):
    assert plain(gigabytes_text(size)) == said


def test_lines_and_long_times_have_words():
    assert [plain(line.title()) for line in LINES] == [
        "DSL 16 Mbit/s", "4G 20 Mbit/s", "100 Mbit/s", "1 Gbit/s"
    ]  # fmt: skip
    assert plain(rate_text(2.5)) == "2.5 Mbit/s"
    assert duration_text(22913) == "6.4 hours"
    assert duration_text(60) == ""


def test_a_size_between_two_encodings_is_estimated_between_them():
    points = tuple(Point(JPEG_2000, size, db, 0.9, "") for size, db in ((1000, 30.0), (4000, 40.0)))
    assert between(points, 35.0) == pytest.approx(2000)
    assert between(points, 30.0) == pytest.approx(1000)
    assert between(points, 29.0) is None
    assert between(points, 41.0) is None


ENTRIES = [
    Entry("mr", "abc", "32ch", 32, 0.125, True, 97960, 93.56, 0.1711, 35.62, 0.9071),
    Entry("mr", "abc", "64ch", 64, 0.125, False, 203_000.4, 45.1, 0.36, 39.5, None),
    Entry("jpegls", "charls 2", "lossless", None, None, True, 2_510_819, 3.65, 4.38, math.inf, 1.0),
]


def test_the_table_has_points_as_decimal_signs_and_says_what_was_measured():
    QLocale.setDefault(QLocale(QLocale.Language.German))
    rows = list(csv.DictReader(io.StringIO(text(ENTRIES))))
    assert tuple(rows[0]) == HEADER
    assert (rows[0]["bytes"], rows[0]["psnr_db"], rows[0]["source"]) == (
        "97960",
        "35.62",
        "measured",
    )
    assert (rows[1]["bytes"], rows[1]["ssim"], rows[1]["source"]) == ("203000", "", "expected")
    assert (rows[2]["codec"], rows[2]["psnr_db"], rows[2]["channels"]) == ("jpegls", "inf", "")


def test_a_table_that_cannot_be_written_leaves_the_old_one(tmp_path: Path):
    there = tmp_path / "points.csv"
    there.write_text("old")
    assert save(there, ENTRIES).read_text() == text(ENTRIES)
    assert [each.name for each in tmp_path.iterdir()] == ["points.csv"]
    with pytest.raises(ScanError, match="cannot be written"):
        save(tmp_path / "nowhere" / "points.csv", ENTRIES)
