"""Results as tables for people, as CSV and as one JSON object."""

import csv
import io
import math
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from isthmus.evaluation.rates import Comparison, codecs_of
from isthmus.evaluation.results import Curve, Measured, ScanResult
from isthmus.quality import Mean

_COLUMNS = (
    "patient", "scan", "codec", "version", "setting", "bytes", "bits_per_voxel", "psnr_db", "ssim",
    "encode_s", "decode_s",
)  # fmt: skip


def to_csv(results: Sequence[ScanResult]) -> str:
    """Return every point, one a line; an infinite PSNR is `inf`."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_COLUMNS)
    for result in results:
        for curve in result.curves:
            for each in (*curve.points, *([curve.lossless] if curve.lossless else [])):
                point = each.point
                table.writerow(
                    (
                        result.patient, result.scan, curve.codec, curve.version, each.setting,
                        point.file_bytes, f"{point.bpv:.6f}", f"{point.psnr:.4f}",
                        f"{point.ssim:.6f}", f"{each.encode_s:.4f}", f"{each.decode_s:.4f}",
                    )
                )  # fmt: skip
    return text.getvalue()


def to_json(results: Sequence[ScanResult], comparisons: Sequence[Comparison]) -> dict[str, Any]:
    """Return everything as one object; numbers may be infinite, or not numbers."""
    return {
        "scans": [
            {
                "patient": result.patient,
                "scan": result.scan,
                "shape": list(result.shape),
                "spacing_mm": list(result.spacing),
                "type": result.dtype,
                "peak": result.peak,
                "codecs": [_curve_entries(curve) for curve in result.curves],
            }
            for result in results
        ],
        "bd_rates": [_comparison_entries(results, each) for each in comparisons],
    }


def to_text(results: Sequence[ScanResult], comparisons: Sequence[Comparison]) -> str:
    """Return the tables of BD-rates, lossless sizes and times, in Markdown."""
    models = codecs_of(results, anchor=False)
    parts = [_rates_table(results, comparisons, label, title) for label, title in models.items()]
    parts.append(_anchors_table(results, comparisons))
    parts.append(_lossless_table(results))
    parts.append(_times_table(results))
    return "\n\n".join(part for part in parts if part)


def _curve_entries(curve: Curve) -> dict[str, Any]:
    return {
        "codec": curve.codec,
        "title": curve.title,
        "anchor": curve.anchor,
        "version": curve.version,
        "points": [_point_entries(each) for each in curve.points],
        "lossless": _point_entries(curve.lossless) if curve.lossless else None,
    }


def _point_entries(measured: Measured) -> dict[str, Any]:
    point = measured.point
    return {
        "setting": measured.setting,
        "bytes": point.file_bytes,
        "bits_per_voxel": point.bpv,
        "psnr": point.psnr,
        "ssim": point.ssim,
        "encode_s": measured.encode_s,
        "decode_s": measured.decode_s,
    }


def _comparison_entries(results: Sequence[ScanResult], each: Comparison) -> dict[str, Any]:
    mean = each.mean
    return {
        "tested": each.tested,
        "reference": each.reference,
        "scans": [
            {
                "patient": result.patient,
                "scan": result.scan,
                "percent": rate.percent if rate else None,
                "psnr": [rate.low, rate.high] if rate else None,
            }
            for result, rate in zip(results, each.scans, strict=True)
        ],
        "patients": each.patients,
        "mean": mean
        and {
            "percent": mean.value,
            "patients": mean.count,
            "confidence_95": mean.half_width,
        },
    }


def _rates_table(
    results: Sequence[ScanResult], comparisons: Sequence[Comparison], label: str, title: str
) -> str:
    titles = codecs_of(results, anchor=True)
    chosen = [each for each in comparisons if each.tested == label]
    if not chosen:
        return ""
    model = {
        result.patient: curve.version.partition(" ")[0]
        for result in results
        if (curve := result.curve(label))
    }
    head = ["patient", "scan", "model", *(f"to {titles[each.reference]}" for each in chosen)]
    lines = _by_patient(results, chosen, lambda patient: [model.get(patient, "–")])
    return f"BD-rate of {title}, in percent; negative saves bits\n\n" + _table(head, lines, 3)


def _anchors_table(results: Sequence[ScanResult], comparisons: Sequence[Comparison]) -> str:
    titles = codecs_of(results, anchor=True)
    chosen = [each for each in comparisons if each.tested in titles]
    if not chosen:
        return ""
    head = ["patient", "scan", *(titles[each.tested] for each in chosen)]
    lines = _by_patient(results, chosen, lambda patient: [])
    base = titles[chosen[0].reference]
    return f"BD-rate of the anchors to {base}, in percent\n\n" + _table(head, lines, 2)


def _by_patient(
    results: Sequence[ScanResult], chosen: Sequence[Comparison], beside: Any
) -> list[list[str]]:
    """Return a line for each scan, for each patient with several, and for all patients."""
    lines: list[list[str]] = []
    numbered = enumerate(results)
    for patient, group in groupby(numbered, key=lambda pair: pair[1].patient):
        scans = list(group)
        for i, result in scans:
            rates = [each.scans[i] for each in chosen]
            cells = [_percent(rate.percent) if rate else "–" for rate in rates]
            lines.append([patient, result.scan, *beside(patient), *cells])
        if len(scans) > 1:
            cells = [_percent(each.patients.get(patient)) for each in chosen]
            lines.append([patient, f"mean of {len(scans)}", *beside(patient), *cells])
    count = len({result.patient for result in results})
    if count > 1:
        means = [_mean(each.mean, count) for each in chosen]
        lines.append([f"mean of {count} patients", "", *("" for _ in beside("")), *means])
    return lines


def _mean(mean: Mean | None, patients: int) -> str:
    """Return a mean with its interval, and over how many patients if not over all."""
    if mean is None:
        return "–"
    interval = "" if math.isnan(mean.half_width) else f" ± {mean.half_width:.1f}"
    return _percent(mean.value) + interval + (f" ({mean.count})" if mean.count < patients else "")


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:+.1f}".replace("-", "−")


def _lossless_table(results: Sequence[ScanResult]) -> str:
    head = ["patient", "scan", "codec", "bytes", "bits/voxel", "exact"]
    lines = [
        [
            result.patient, result.scan, curve.title, f"{curve.lossless.point.file_bytes:,}",
            f"{curve.lossless.point.bpv:.3f}",
            "yes" if math.isinf(curve.lossless.point.psnr) else
            f"no, {curve.lossless.point.psnr:.0f} dB",
        ]
        for result in results
        for curve in result.curves
        if curve.lossless
    ]  # fmt: skip
    return "Without loss\n\n" + _table(head, lines, 3) if lines else ""


def _times_table(results: Sequence[ScanResult]) -> str:
    head = ["codec", "encode, s", "decode, s", "encode, Mvoxel/s", "decode, Mvoxel/s"]
    lines = []
    for codec, title in {
        **codecs_of(results, anchor=False), **codecs_of(results, anchor=True)
    }.items():  # fmt: skip
        points = [
            (result.voxels, each)
            for result in results
            if (curve := result.curve(codec))
            for each in curve.points
        ]
        if not points:
            continue
        voxels = sum(size for size, _ in points)
        encode = math.fsum(each.encode_s for _, each in points)
        decode = math.fsum(each.decode_s for _, each in points)
        speeds = [f"{voxels / 1e6 / max(seconds, 1e-9):.1f}" for seconds in (encode, decode)]
        means = [f"{seconds / len(points):.2f}" for seconds in (encode, decode)]
        lines.append([title, *means, *speeds])
    return "Wall time, mean over scans and points\n\n" + _table(head, lines, 1)


def _table(head: Sequence[str], lines: Iterable[Sequence[str]], texts: int) -> str:
    """Lay out a table whose first columns are texts and whose others are figures."""
    rows = [list(head), *map(list, lines)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]

    def line(row: Sequence[str]) -> str:
        cells = [
            cell.ljust(width) if i < texts else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        return f"| {' | '.join(cells)} |"

    rule = ["-" * width if i < texts else "-" * (width - 1) + ":" for i, width in enumerate(widths)]
    return "\n".join([line(rows[0]), line(rule), *map(line, rows[1:])])
