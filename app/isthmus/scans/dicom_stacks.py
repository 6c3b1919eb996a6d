"""Where the frames of a file lie that has many, but no functional groups, as dose and old MR have.

The file gives one position, that of its first frame. The others follow along the normal, unless
they are pictures of one place at many times.
"""

import dataclasses
from collections.abc import Sequence
from typing import Any

from isthmus.scans.dicom_frames import Frame
from isthmus.scans.dicom_tags import cross, floats, value_of

_TIMES = ("FrameTime", "FrameTimeVector", "RWaveTimeVector")


def stacked(frames: Sequence[Frame], dataset: Any) -> tuple[Frame, ...]:
    """Place the frames of a file one above the other, as its header says.

    Args:
        frames: All at the place of the first.
        dataset: Their header.
    """
    first = frames[0]
    if first.position is None or first.along_row is None or first.along_column is None:
        return tuple(frames)
    offsets = floats(value_of(dataset, "GridFrameOffsetVector"))
    if len(offsets) != len(frames):
        if any(value_of(dataset, keyword) is not None for keyword in _TIMES):
            return tuple(frames)
        offsets = tuple(n * (first.thickness or 1.0) for n in range(len(frames)))
    x, y, z = first.position
    across = cross(first.along_row, first.along_column)
    return tuple(
        dataclasses.replace(
            frame, position=(x + across[0] * way, y + across[1] * way, z + across[2] * way)
        )
        # Offsets that do not begin with zero are places along the body's axis.
        for frame, way in zip(frames, (one - offsets[0] for one in offsets), strict=True)
    )
