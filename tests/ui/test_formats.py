"""Figures on screen."""

import math
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from isthmus.ui import formats


@pytest.fixture(autouse=True)
def plain_locale() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale.c())
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (660.6, "661:1"),
        (93.4, "93:1"),
        (10.0, "10:1"),
        (9.96, "10:1"),
        (9.94, "9.9:1"),
        (3.7, "3.7:1"),
        (None, "—"),
        (math.inf, "—"),
    ],
)
def test_ratio_has_a_decimal_only_below_ten(value: float | None, text: str) -> None:
    assert formats.ratio(value) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0\u00a0bytes"),
        (999, "999\u00a0bytes"),
        (1000, "1.00\u00a0kB"),
        (97_960, "98.0\u00a0kB"),
        (999_499, "999\u00a0kB"),
        (999_600, "1.00\u00a0MB"),
        (9_166_000, "9.17\u00a0MB"),
        (203_000_000, "203\u00a0MB"),
        (None, "—"),
    ],
)
def test_bytes_have_three_significant_digits(count: int | None, text: str) -> None:
    assert formats.size(count) == text


def test_estimates_say_so() -> None:
    assert formats.ratio(93.4, estimated=True) == "≈93:1"
    assert formats.size(97_960, estimated=True) == "≈98.0\u00a0kB"
    assert formats.decibel(35.62, estimated=True) == "≈35.6\u00a0dB"
    assert formats.bits_per_voxel(0.171, estimated=True) == "≈0.17"
    assert formats.decibel(None, estimated=True) == "—"


def test_few_bits_are_not_none() -> None:
    assert formats.bits_per_voxel(0.0002) == "<0.001"
    assert formats.bits_per_voxel(0.0006) == "0.001"
    assert formats.bits_per_voxel(0.0) == "0.000"


def test_psnr_of_a_perfect_copy_is_infinite_and_of_nothing_unknown() -> None:
    assert formats.decibel(math.inf) == "∞\u00a0dB"
    assert formats.decibel(math.nan) == "—"


def test_minus_is_a_minus_and_zero_has_no_sign() -> None:
    assert formats.number(-25.4, 0) == "−25"
    assert formats.number(-0.01, 1) == "0.0"
    assert formats.number(5, 0, signed=True) == "+5"
    assert formats.number(0, 0, signed=True) == "0"


@pytest.mark.parametrize(
    ("data_range", "decimals"),
    [(1019, 1), (4095, 1), (100, 1), (20, 2), (1, 3), (0, 1), (math.nan, 1)],
)
def test_errors_of_small_ranges_get_more_decimals(data_range: float, decimals: int) -> None:
    assert formats.error_decimals(data_range) == decimals


def test_saving_is_never_rounded_up_to_everything() -> None:
    assert formats.saved(93.4) == "−98.9\u00a0%"
    assert formats.saved(1e6) == "−99.99\u00a0%"
    assert formats.saved(None) == "—"


def test_ranges_below_zero_are_joined_by_a_word() -> None:
    assert formats.span(0, 1019) == "0–1019"
    assert formats.span(-1024, 3071) == "−1024 to 3071"
    assert formats.span(0, 0.5) == "0.000–0.500"


def test_the_decimal_sign_is_the_persons() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    assert formats.size(97_960) == "98,0\u00a0kB"
    assert formats.ratio(3.7) == "3,7:1"
