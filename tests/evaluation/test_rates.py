"""BD-rates of known curves, by scan, by patient and over patients."""

import math

import pytest
from scipy import stats

from isthmus.evaluation import Curve, Measured, ScanResult, compare_rates
from isthmus.evaluation.tables import to_text
from isthmus.quality import OperatingPoint


def curve(codec, factor, *, anchor=True, low=30):
    points = tuple(
        Measured(f"{db} dB", OperatingPoint(1000, factor * 2 ** (db / 6 - 8), db, 0.9), 2.0, 0.5)
        for db in range(low, low + 16, 3)
    )
    return Curve(codec, codec.upper(), anchor, f"{codec} 1.0", points)


def result(patient, scan, *curves):
    return ScanResult(patient, scan, (10, 20, 50), (3.0, 1.0, 1.0), "uint16", 1000.0, curves)


@pytest.fixture
def results():
    """Two patients, one with two scans; Isthmus takes 60, 80 and 50 % of JPEG 2000's bits."""
    return [
        result("01", "a", curve("isthmus", 0.6, anchor=False), curve("other", 0.75),
               curve("jpeg2000", 1)),
        result("01", "b", curve("isthmus", 0.8, anchor=False), curve("other", 0.8),
               curve("jpeg2000", 1)),
        result("02", "a", curve("isthmus", 0.5, anchor=False), curve("other", 1, low=60),
               curve("jpeg2000", 1)),
    ]  # fmt: skip


def found(results, tested, reference):
    return next(
        each
        for each in compare_rates(results)
        if (each.tested, each.reference) == (tested, reference)
    )


def test_every_patient_counts_once(results):
    comparison = found(results, "isthmus", "jpeg2000")
    assert [rate.percent for rate in comparison.scans] == pytest.approx([-40, -20, -50])
    assert comparison.patients == pytest.approx({"01": -30, "02": -50})
    assert (comparison.mean.value, comparison.mean.count) == (pytest.approx(-40), 2)
    half = stats.t.ppf(0.975, 1) * 10  # standard error of −30 and −50
    assert comparison.mean.half_width == pytest.approx(half)


def test_scans_without_a_common_quality_are_left_out_of_means(results):
    comparison = found(results, "isthmus", "other")
    assert comparison.scans[2] is None
    assert comparison.patients == pytest.approx({"01": -10})
    assert (comparison.mean.value, comparison.mean.count) == (pytest.approx(-10), 1)
    assert math.isnan(comparison.mean.half_width)


def test_anchors_are_compared_to_jpeg_2000(results):
    pairs = [(each.tested, each.reference) for each in compare_rates(results)]
    assert pairs == [("isthmus", "other"), ("isthmus", "jpeg2000"), ("other", "jpeg2000")]
    assert found(results, "other", "jpeg2000").scans[0].percent == pytest.approx(-25)


def test_the_tables_say_so(results):
    text = to_text(results, compare_rates(results))
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()]
    assert ["patient", "scan", "model", "to OTHER", "to JPEG2000"] in lines
    assert ["01", "a", "isthmus", "−20.0", "−40.0"] in lines
    assert ["01", "mean of 2", "isthmus", "−10.0", "−30.0"] in lines
    assert ["02", "a", "isthmus", "–", "−50.0"] in lines
    # Over one patient only there is no interval.
    assert ["mean of 2 patients", "", "", "−10.0 (1)", "−40.0 ± 127.1"] in lines
    # 10,000 voxels in 2 seconds.
    assert ["ISTHMUS", "2.00", "0.50", "0.0", "0.0"] in lines
