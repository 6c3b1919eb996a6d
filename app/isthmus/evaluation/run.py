"""Measures the scans of a plan, one after the other."""

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from isthmus import codec
from isthmus.anchors import Anchor, find_anchors
from isthmus.errors import ScanError
from isthmus.evaluation.anchor_points import measure_anchor, measure_lossless
from isthmus.evaluation.model_points import measure_model
from isthmus.evaluation.plan import Case, Plan
from isthmus.evaluation.results import Curve, ScanResult
from isthmus.evaluation.store import Store
from isthmus.quality import value_range
from isthmus.scans import Volume, read
from isthmus.work import Progress, no_progress

if TYPE_CHECKING:
    from isthmus.codec import Codec  # loads torch

Say = Callable[[str], None]

# What anchors are measured over where no model says, in dB: from poor to very good.
_USUAL = (30.0, 51.0)


def evaluate(
    plan: Plan,
    *,
    device: str = "auto",
    keep: Path | None = None,
    progress: Progress = no_progress,
    say: Say = lambda words: None,
) -> Iterator[ScanResult]:
    """Measure every scan of a plan with its models and with the anchors.

    Everything that can be checked without work is checked before the first scan is measured.

    Args:
        plan: Scans, models and anchors.
        device: What computes the models: `"auto"`, `"cpu"`, `"cuda"` or `"mps"`.
        keep: A folder for points of anchors, which are taken from it if they are there.
        progress: Told what is being measured.
        say: Told what is odd about a scan or a device.

    Yields:
        The result of each scan as soon as it is there.

    Raises:
        UsageError: There is no such anchor, or `keep` is no place for a folder.
        CheckpointError: There is no such model or bottleneck.
        ScanError: A scan is missing, cannot be read, or has no contrast to measure.
        IsthmusError: An anchor's library is not installed.
    """
    anchors, store = find_anchors(plan.anchors), Store(keep)
    _check(plan, anchors)
    engines = _Engines(device, say)
    for i, case in enumerate(plan.cases):

        def doing(text: str, case: Case = case, done: float = i / len(plan.cases)) -> None:
            progress(done, f"{case.patient} {case.name}: {text}")

        doing("reading")
        volume = read(case.scan)
        for warning in volume.source.warnings:
            say(f"{case.scan.name}: {warning}")
        low, high = value_range(volume)
        if low == high:
            raise ScanError(
                case.scan, f"{case.scan.name} has no contrast to measure.", "Leave it out."
            )
        models = [
            _model_curve(volume, label, engines.load(model), plan.bottlenecks, doing)
            for label, model in case.models
        ]
        yield ScanResult(
            case.patient, case.name, volume.shape, volume.spacing, volume.voxels.dtype.name,
            high - low, (*models, *_anchor_curves(volume, anchors, models, store, doing)),
        )  # fmt: skip


class _Engines:
    """Loads each model once."""

    def __init__(self, device: str, say: Say) -> None:
        self._device, self._say = device, say
        self._loaded: dict[Path, Codec] = {}

    def load(self, model: str | Path | None) -> "Codec":
        info = codec.find_model(model)
        if info.path not in self._loaded:
            engine = codec.load(info, self._device)
            engine.warm_up()  # or the first scan's time would hold a compiler's
            for words in engine.take_notices():
                self._say(words)
            self._loaded[info.path] = engine
        return self._loaded[info.path]


def _check(plan: Plan, anchors: tuple[Anchor, ...]) -> None:
    for anchor in anchors:
        anchor.version()
    for case in plan.cases:
        if not case.scan.exists():
            raise ScanError(case.scan, f"{case.scan} does not exist.", "Check the path.")
        for _, model in case.models:
            info = codec.find_model(model)
            for name in plan.bottlenecks:
                info.bottleneck(name)


def _model_curve(
    volume: Volume, label: str, engine: "Codec", names: tuple[str, ...], doing: Say
) -> Curve:
    points = []
    for bottleneck in engine.info.bottlenecks:
        if not names or bottleneck.name in names:
            doing(f"{label}, {bottleneck.name}")
            points.append(measure_model(volume, engine, bottleneck))
    version = f"{engine.info.name} {engine.info.checkpoint_id}"
    return Curve(label, label, False, version, tuple(points))


def _anchor_curves(
    volume: Volume, anchors: tuple[Anchor, ...], models: list[Curve], store: Store, doing: Say
) -> Iterator[Curve]:
    psnrs = [point.psnr for curve in models for point in curve.operating_points]
    reached = [psnr for psnr in psnrs if math.isfinite(psnr)] or _USUAL
    for anchor in anchors:
        points = measure_anchor(volume, anchor, min(reached), max(reached), store, doing)
        lossless = measure_lossless(volume, anchor, store, doing)
        yield Curve(anchor.name, anchor.title, True, anchor.version(), points, lossless)
