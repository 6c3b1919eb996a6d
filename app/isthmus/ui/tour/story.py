"""What the guided demo tells: its steps, and how each gets its words from the scan's figures."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from isthmus.quality import OperatingPoint
from isthmus.scans import acquired_plane
from isthmus.ui import formats
from isthmus.ui.session import Session
from isthmus.ui.state import ViewStore
from isthmus.ui.study import Record
from isthmus.ui.view_state import Comparison, Layout, ViewState
from isthmus.ui.words import later, tr

LINE_MBIT = 10
"""The line over which the last step sends the scan, in Mbit/s."""

_DRIVEN = ("layout", "comparison", "panels", "maximised", "plane", "cursor", "bottleneck")
_PLACED = ("centre", "mm_per_pixel", "fit")


class Subject(Enum):
    """What a step speaks of."""

    ORIGINAL = auto()
    RECONSTRUCTION = auto()
    SELECTOR = auto()
    MAP = auto()


@dataclass(frozen=True)
class Step:
    """One step.

    Attributes:
        title: In a few words.
        subject: What is ringed.
        bottleneck: Which one is shown: a number in the model's list, or None for the middle one.
        words: The text, from the open scan's figures; None while they are not there yet.
        waiting: What is said until then.
    """

    title: str
    subject: Subject
    bottleneck: int | None
    words: Callable[[Session], str | None]
    waiting: str


def show(step: Step, session: Session) -> None:
    """Bring the view to a step, by commands to the store."""
    store, model = session.store, session.model
    if store.volume is not None:
        store.set_plane(acquired_plane(store.volume))
    store.show(
        layout=Layout.THREE,
        comparison=Comparison.SIDE_BY_SIDE,
        panels=ViewState().panels,
        maximised=None,
    )
    if model is not None:
        number = len(model.bottlenecks) // 2 if step.bottleneck is None else step.bottleneck
        store.set_bottleneck(model.bottlenecks[number].name)


def changed(new: ViewState, old: ViewState) -> bool:
    """Whether two states differ in what the demo drives, and so the person looks around."""
    return any(getattr(new, name) != getattr(old, name) for name in _DRIVEN)


def put_back(store: ViewStore, before: ViewState) -> None:
    """Show what was shown before the demo; window, tool and overlays are not touched by it."""
    store.show(**{name: getattr(before, name) for name in (*_DRIVEN, *_PLACED)})


# The words


def _record(session: Session) -> Record | None:
    """Return what is known of the bottleneck that is asked for, once it is whole and measured."""
    record = session.record()
    if record is None or record.file is None or record.quality is None:
        return None
    return record


def _scan(session: Session) -> str | None:
    study = session.study
    if study is None:
        return None
    source, (slices, rows, columns) = study.volume.source, study.volume.shape
    if source.simulated:
        text = tr(
            "A simulated head, not a patient: {slices} slices of {rows} × {columns} voxels, {size} "
            "as stored. Blue always stands for what was there: the original."
        )
    else:
        text = tr(
            "{title}: {slices} slices of {rows} × {columns} voxels, {size} as stored. "
            "Blue always stands for what was there: the original."
        )
    return text.format(
        title=source.title,
        slices=slices,
        rows=rows,
        columns=columns,
        size=formats.size(source.stored_bytes),
    )


def _squeeze(session: Session) -> str | None:
    record, study, model = _record(session), session.study, session.model
    if record is None or study is None or model is None:
        return None
    assert record.file is not None
    assert record.quality is not None
    stored, size = study.volume.source.stored_bytes, len(record.file)
    return tr(
        "A trained network passes the scan through {channels} channels. Of {stored}, {size} are "
        "left: {ratio}. Orange stands for what came through. The PSNR says how close it is: "
        "{psnr}, and more is closer."
    ).format(
        channels=model.bottleneck(session.asked).channels,
        stored=formats.size(stored),
        size=formats.size(size),
        ratio=formats.ratio(stored / size),
        psnr=formats.decibel(record.quality.psnr),
    )


def _tightest(session: Session) -> str | None:
    record, study, model = _record(session), session.study, session.model
    if record is None or study is None or model is None:
        return None
    assert record.file is not None
    assert record.quality is not None
    times = study.volume.source.stored_bytes / len(record.file)
    return tr(
        "With {channels} channels the file is {times} times smaller, and the PSNR falls to {psnr}. "
        "In the difference, blue was removed and orange was added. Hold Space to bring the "
        "original back into the reconstruction's place."
    ).format(
        channels=model.bottleneck(session.asked).channels,
        times=formats.number(times, 0 if times >= 9.95 else 1),
        psnr=formats.decibel(record.quality.psnr),
    )


def _curve(session: Session) -> str | None:
    study, model = session.study, session.model
    if study is None or model is None:
        return None
    voxels = study.volume.voxels.size
    measured = [study.record(each.name).point(voxels) for each in model.bottlenecks]
    points = [point for point in measured if point is not None]
    if len(points) < len(measured) or len(points) < 3:
        return None
    middle = len(points) // 2
    first, last = _gain(points[0], points[1]), _gain(points[-2], points[-1])
    return tr(
        "Each point is this scan at another size, measured. Doubling the file gains {first} at the "
        "small end, {middle} in the middle and {last} at the large end. Where the curve is steep, "
        "a larger file is worth its bytes; where it is flat, it is not."
    ).format(
        first=formats.decibel(first),
        middle=formats.decibel(_gain(points[middle - 1], points[middle])),
        last=formats.decibel(last),
    )


def _gain(small: OperatingPoint, large: OperatingPoint) -> float:
    """Return by how many decibel the PSNR rises when the file doubles, between two points."""
    doublings = math.log2(large.file_bytes / small.file_bytes)
    gained = large.psnr - small.psnr
    return gained / doublings if doublings > 0 else 0.0


def _map(session: Session) -> str | None:
    record, model = session.record(), session.model
    if record is None or record.slice_map is None or model is None:
        return None
    return tr(
        "The network describes {depth} slices at a time. Each of the {count} points is one such "
        "description, and alike ones lie close together. The ring is what is on the screen; "
        "click a point to go there."
    ).format(depth=model.slab_depth, count=len(record.slice_map.slices))


def _sending(session: Session) -> str | None:
    record, study = _record(session), session.study
    if record is None or study is None:
        return None
    assert record.file is not None
    return tr(
        "Over a line of {rate} Mbit/s the stored scan takes {before}, this file {after}. Whether "
        "what was lost matters is yours to judge: slide along the curve, and press N for the "
        "slice that suffered most."
    ).format(
        rate=LINE_MBIT,
        before=_seconds(study.volume.source.stored_bytes),
        after=_seconds(len(record.file)),
    )


def _seconds(size: int) -> str:
    """Return how long so many bytes take on the line, in words."""
    seconds = 8 * size / (LINE_MBIT * 1e6)
    decimals = 3 if seconds < 0.095 else 2 if seconds < 0.95 else 1 if seconds < 9.5 else 0
    return tr("{seconds} s").format(seconds=formats.number(seconds, decimals))


STEPS = (
    Step(later("The scan"), Subject.ORIGINAL, None, _scan, later("The scan is being read.")),
    Step(
        later("The squeeze"),
        Subject.RECONSTRUCTION,
        None,
        _squeeze,
        later("The scan is being squeezed, slab by slab. The slice you see comes first."),
    ),
    Step(
        later("The tightest squeeze"),
        Subject.SELECTOR,
        0,
        _tightest,
        later("The smallest file is being made. The slice you see comes first."),
    ),
    Step(
        later("How the curve bends"),
        Subject.SELECTOR,
        None,
        _curve,
        later("The other sizes are being made and measured. Hollow points are expected ones."),
    ),
    Step(
        later("The latent map"),
        Subject.MAP,
        None,
        _map,
        later("The map is drawn when the whole scan has gone through the network."),
    ),
    Step(
        later("Sooner at the other end"),
        Subject.SELECTOR,
        None,
        _sending,
        later("The file is being made."),
    ),
)
