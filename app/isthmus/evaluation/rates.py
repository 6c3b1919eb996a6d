"""BD-rates of all pairs that matter, by scan, by patient, and in the mean over patients."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from isthmus.evaluation.results import ScanResult
from isthmus.quality import BdRate, Mean, bd_rate, mean_with_confidence


@dataclass(frozen=True)
class Comparison:
    """One codec against another.

    Attributes:
        tested: A codec; see `Curve.codec`.
        reference: The anchor that it is compared to.
        scans: BD-rate on each scan, in the order of the results; None where a codec was not
            measured or the two share no range of quality.
        patients: Mean over each patient's scans, in percent.
        mean: Over patients, with a confidence interval of 95 %; None if there is no BD-rate.
    """

    tested: str
    reference: str
    scans: tuple[BdRate | None, ...]
    patients: dict[str, float]
    mean: Mean | None


def compare_rates(results: Sequence[ScanResult]) -> tuple[Comparison, ...]:
    """Compare every row of models to every anchor, and every anchor to the first one.

    The first one is JPEG 2000 if it was measured.
    """
    anchors = codecs_of(results, anchor=True)
    base = "jpeg2000" if "jpeg2000" in anchors else next(iter(anchors), "")
    pairs = [
        (label, anchor) for label in codecs_of(results, anchor=False) for anchor in anchors
    ] + [(anchor, base) for anchor in anchors if anchor != base]
    return tuple(_compare(results, tested, reference) for tested, reference in pairs)


def codecs_of(results: Sequence[ScanResult], *, anchor: bool) -> dict[str, str]:
    """Return the names and titles of all anchors, or of all rows of models, in order."""
    return {
        curve.codec: curve.title
        for result in results
        for curve in result.curves
        if curve.anchor is anchor
    }


def _compare(results: Sequence[ScanResult], tested: str, reference: str) -> Comparison:
    scans: list[BdRate | None] = []
    by_patient: dict[str, list[float]] = {}
    for result in results:
        ours, theirs = result.curve(tested), result.curve(reference)
        rate = bd_rate(ours.operating_points, theirs.operating_points) if ours and theirs else None
        scans.append(rate)
        if rate is not None:
            by_patient.setdefault(result.patient, []).append(rate.percent)
    patients = {name: math.fsum(rates) / len(rates) for name, rates in by_patient.items()}
    mean = mean_with_confidence(list(patients.values())) if patients else None
    return Comparison(tested, reference, tuple(scans), patients, mean)
