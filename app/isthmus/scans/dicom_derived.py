"""What a written DICOM slice says of itself: derived, lossy, from which images, by what."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from isthmus.scans.dicom_codes import make_code
from isthmus.scans.dicom_templates import Reference
from isthmus.scans.volume import Source, Volume

# PS3.3 C.7.6.1.1.5 names the methods that are standards of their own. These are defined terms, to
# which others may be added: a learned codec is none of them, so that it says its name.
METHOD = "ISTHMUS"
_NUMBER_STEP = {False: 1000, True: 2000}


@dataclass(frozen=True)
class Loss:
    """How a volume was compressed with loss.

    Attributes:
        ratio: Size as stored to size of the file; 0 if unknown.
        how: The model and its bottleneck, such as `"mr-general-2, 32 ch"`.
    """

    ratio: float
    how: str

    @staticmethod
    def of(source: Source, header: Any) -> "Loss | None":
        """Return the loss that a volume's provenance tells of and a header does not yet."""
        if not source.lossy or header.get("LossyImageCompression") == "01":
            return None
        ratio = re.search(r"([\d.]+):1", source.lossy)
        return Loss(float(ratio[1]) if ratio else 0.0, source.lossy)


@dataclass(frozen=True)
class Marking:
    """What all slices of a series are.

    Attributes:
        loss: How they were compressed, if they were.
        difference: Whether they are reconstruction − original.
        anonymous: Whether nothing may say when or of whom they are.
        made: When they were made; one time for all, or programs take them for several series.
    """

    loss: Loss | None
    difference: bool
    anonymous: bool = False
    made: datetime = field(default_factory=datetime.now)


def mark(
    header: Any,
    volume: Volume,
    marking: Marking,
    sources: Sequence[Reference],
    scaling: tuple[float, float],
) -> None:
    """Write into a slice's header what it is and where it comes from.

    Args:
        header: Still with the source's rescale.
        volume: That it is a slice of.
        marking: What all slices are.
        sources: What it is made of.
        scaling: Rescale slope and intercept that it is going to have.
    """
    header.SeriesNumber = int(header.get("SeriesNumber") or 0) + _NUMBER_STEP[marking.difference]
    _describe(header, volume, marking)
    _refer(header, marking, sources)
    if marking.loss or marking.difference:
        _derive(header, marking)
    if marking.loss:
        _add_loss(header, marking.loss)
    if not marking.anonymous:
        header.InstanceCreationDate = header.SeriesDate = f"{marking.made:%Y%m%d}"
        header.InstanceCreationTime = header.SeriesTime = f"{marking.made:%H%M%S}"
        header.ContentDate, header.ContentTime = header.SeriesDate, header.SeriesTime
    equipment = _item()
    equipment.PurposeOfReferenceCodeSequence = [make_code("ModifyingEquipment")]
    equipment.Manufacturer, equipment.ManufacturerModelName = "Isthmus", "Isthmus"
    equipment.SoftwareVersions = _version()
    known = [] if marking.anonymous else list(header.get("ContributingEquipmentSequence") or [])
    header.ContributingEquipmentSequence = [*known, equipment]
    _show_windows(header, volume, scaling, marking.difference)


def _describe(header: Any, volume: Volume, marking: Marking) -> None:
    """Name the series by its kind, so that a list tells it from its source."""
    before = str(header.get("SeriesDescription") or volume.source.sequence)
    what = "difference" if marking.difference else "lossy" if marking.loss else ""
    ratio = f" {marking.loss.ratio:.3g}:1" if marking.loss and marking.loss.ratio else ""
    simulated = "simulated" if volume.source.simulated else ""
    parts, part = volume.source.parts, volume.source.part
    label = f"[{parts[part]}]" if part < len(parts) else ""
    words = " ".join(part for part in (simulated, before, label) if part)
    suffix = f" [Isthmus {what}{ratio}]" if what else ""
    header.SeriesDescription = (words[: 64 - len(suffix)] + suffix).strip()
    if simulated:
        header.ImageComments = "Simulated, not a patient"


def _refer(header: Any, marking: Marking, sources: Sequence[Reference]) -> None:
    before_loss = marking.loss is not None and not marking.difference
    purpose = "UncompressedPredecessor" if before_loss else "SourceImageForImageProcessingOperation"
    items = []
    for sop_class, sop_instance, frame in sources:
        item = _item()
        item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = sop_class, sop_instance
        if frame is not None:
            item.ReferencedFrameNumber = frame
        item.PurposeOfReferenceCodeSequence = [make_code(purpose)]
        item.SpatialLocationsPreserved = "YES"
        items.append(item)
    if items:
        header.SourceImageSequence = items
    else:
        header.pop("SourceImageSequence", None)


def _derive(header: Any, marking: Marking) -> None:
    """Say that the picture is computed, and how."""
    drop_padding(header)
    kinds = [str(kind) for kind in header.get("ImageType") or ()]
    # The third value is the standard's, by modality.
    kinds = ["DERIVED", "SECONDARY", *kinds[2:]]
    if len(kinds) == 2:
        kinds.append("AXIAL" if header.get("Modality") == "CT" else "OTHER")
    header.ImageType = [*kinds, "DIFFERENCE"] if marking.difference else kinds
    sentences, codes = [], []
    if marking.loss:
        ratio = f", {marking.loss.ratio:.3g}:1" if marking.loss.ratio else ""
        sentences.append(
            f"Compressed with loss by Isthmus {_version()}, a learned codec, {marking.loss.how}"
            f"{ratio}, and decompressed."
        )
        codes.append("LossyCompression")
    if marking.difference:
        sentences.append("Reconstruction minus original.")
        codes.append("PixelByPixelSubtraction")
    sentences.append("For research. Not for diagnosis.")
    header.DerivationDescription = " ".join(sentences).encode("ascii", "replace").decode()[:1024]
    header.DerivationCodeSequence = [make_code(code) for code in codes]


def drop_padding(header: Any) -> None:
    """Take back that some value means "no picture here": it might now be one."""
    for keyword in ("PixelPaddingValue", "PixelPaddingRangeLimit"):
        header.pop(keyword, None)


def _add_loss(header: Any, loss: Loss) -> None:
    """Add a step to the history of lossy compression; what was lossy once stays so."""
    ratios, methods = (
        _many(header.get(f"LossyImageCompression{what}")) for what in ("Ratio", "Method")
    )
    if header.get("LossyImageCompression") == "01":
        # Both lists have a value for each step, in order.
        steps = max(len(ratios), len(methods), 1)
        ratios += ["1"] * (steps - len(ratios))
        methods += ["UNKNOWN"] * (steps - len(methods))
    else:
        ratios, methods = [], []
    header.LossyImageCompression = "01"
    header.LossyImageCompressionRatio = [*ratios, f"{loss.ratio or 1:.6g}"]
    header.LossyImageCompressionMethod = [*methods, METHOD]


def _show_windows(
    header: Any, volume: Volume, scaling: tuple[float, float], difference: bool
) -> None:
    """Keep the slice's own windows where they still hold; the others get the volume's."""
    before = tuple(
        usual if header.get(keyword) in (None, "") else float(header[keyword].value)
        for keyword, usual in (("RescaleSlope", 1.0), ("RescaleIntercept", 0.0))
    )
    there = header.get("WindowCenter") not in (None, "") and "WindowWidth" in header
    if there and before == scaling and not difference:
        return
    for keyword in ("WindowCenter", "WindowWidth", "VOILUTFunction"):
        header.pop(keyword, None)
    header.pop("WindowCenterWidthExplanation", None)
    windows = [window for window in volume.windows if math.isfinite(window.width)]
    if windows:
        header.WindowCenter = [f"{window.centre:.10g}" for window in windows]
        header.WindowWidth = [f"{window.width:.10g}" for window in windows]
        names = [window.name.replace("\\", " ")[:64] for window in windows]
        header.WindowCenterWidthExplanation = names
        if min(window.width for window in windows) < 1:
            header.VOILUTFunction = "LINEAR_EXACT"  # the other may not be so narrow


def _item() -> Any:
    from pydicom.dataset import Dataset

    return Dataset()


def _many(value: Any) -> list[str]:
    if value is None or value == "":
        return []
    return [str(value)] if isinstance(value, str | float | int) else [str(one) for one in value]


@cache
def _version() -> str:
    from importlib.metadata import version

    return version("isthmus")
