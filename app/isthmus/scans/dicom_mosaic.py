"""Siemens mosaics: one picture that holds the slices of a volume side by side, in a square.

Diffusion and functional scans come like this, one file for each volume. A mosaic's slices become
frames like any others, so that nothing behind knows of it but the one that decodes.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from isthmus.scans.dicom_frames import Frame, Header
from isthmus.work import CancelToken, Progress

if TYPE_CHECKING:
    from isthmus.scans.dicom_pixels import Pixels


def read_slices(
    frames: Sequence[Frame],
    headers: Mapping[Path, Header],
    *,
    progress: Progress,
    cancel: CancelToken | None,
) -> "Pixels":
    """Decode frames as `read_pixels` does, and cut those of mosaics out of their pictures.

    Raises:
        ScanError: A file is cut short, damaged, or compressed in a way that cannot be decoded.
        Cancelled: `cancel` was set.
    """
    # Decoders import pydicom.
    from isthmus.scans.dicom_pixels import read_pixels

    if all(frame.tile is None for frame in frames):
        return read_pixels(frames, headers, progress=progress, cancel=cancel)
    pictures = {frame.path: _picture(frame) for frame in frames}
    pixels = read_pixels(list(pictures.values()), headers, progress=progress, cancel=cancel)
    places = {path: k for k, path in enumerate(pictures)}
    voxels = np.empty((len(frames), frames[0].rows, frames[0].columns), pixels.voxels.dtype)
    for k, frame in enumerate(frames):
        picture = pixels.voxels[places[frame.path]]
        down, right = divmod(frame.tile or 0, picture.shape[1] // frame.columns)
        voxels[k] = picture[
            down * frame.rows : (down + 1) * frame.rows,
            right * frame.columns : (right + 1) * frame.columns,
        ]
    return dataclasses.replace(pixels, voxels=voxels)


def _picture(frame: Frame) -> Frame:
    """Return the frame of the whole picture in which a tile stands."""
    if frame.tile is None:
        return frame
    return dataclasses.replace(
        frame, tile=None, rows=frame.rows * frame.across, columns=frame.columns * frame.across
    )
