"""Points of anchors kept between runs, in a folder that the person names.

An anchor's result is decided by the voxels, its settings and its library, and may take minutes. A
file is named after a hash of all three, so that a change in any of them is another file.
"""

import hashlib
import json
import math
from collections.abc import Callable
from pathlib import Path
from weakref import WeakKeyDictionary

from isthmus.anchors import Anchor
from isthmus.errors import IsthmusError, UsageError
from isthmus.evaluation.results import Measured
from isthmus.quality import OperatingPoint
from isthmus.scans import Volume
from isthmus.scans.writing import replacing

# Counted up when points are measured in another way.
_MEASURED_AS = 1


class Store:
    """Remembers points.

    Args:
        folder: Made if it is not there; None remembers nothing.

    Raises:
        UsageError: The folder cannot be made.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._hashes: WeakKeyDictionary[Volume, str] = WeakKeyDictionary()
        if folder is not None:
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise UsageError(
                    f"The folder {folder} cannot be made.", "Choose another --keep."
                ) from error

    def recall(
        self, volume: Volume, anchor: Anchor, target: float, measure: Callable[[], Measured]
    ) -> Measured:
        """Return a point from an earlier run, or measure it now and keep it.

        Args:
            volume: The scan.
            anchor: The codec.
            target: PSNR that it aims at, in dB; infinity for lossless.
            measure: Called if the point is not there.

        Raises:
            IsthmusError: The anchor's library is not installed, or the folder is full.
        """
        if self._folder is None:
            return measure()
        path = self._folder / f"{self._key(volume, anchor, target)}.json"
        try:
            return _from_json(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, KeyError, TypeError):
            measured = measure()
        try:
            with replacing(path) as file:
                file.write(_to_json(measured, anchor).encode())
        except OSError as error:
            raise IsthmusError(
                f"{path.name} cannot be kept: {error.strerror}.", "Choose another --keep."
            ) from error
        return measured

    def _key(self, volume: Volume, anchor: Anchor, target: float) -> str:
        if volume not in self._hashes:
            voxels = volume.voxels
            what = f"{voxels.shape} {voxels.dtype.str} {volume.scale!r} {volume.offset!r}"
            digest = hashlib.sha256(what.encode())
            digest.update(voxels.data)
            self._hashes[volume] = digest.hexdigest()
        parts = (
            _MEASURED_AS, self._hashes[volume], anchor.name, anchor.settings, anchor.version(),
            anchor.bits, float(target),
        )  # fmt: skip
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _to_json(measured: Measured, anchor: Anchor) -> str:
    point = measured.point
    entries = {
        "anchor": anchor.name,
        "version": anchor.version(),
        "setting": measured.setting,
        "bytes": point.file_bytes,
        "bits_per_voxel": point.bpv,
        "psnr": None if math.isinf(point.psnr) else point.psnr,
        "ssim": point.ssim,
        "encode_s": measured.encode_s,
        "decode_s": measured.decode_s,
    }
    return json.dumps(entries)


def _from_json(text: str) -> Measured:
    entries = json.loads(text)
    psnr = math.inf if entries["psnr"] is None else float(entries["psnr"])
    point = OperatingPoint(
        int(entries["bytes"]), float(entries["bits_per_voxel"]), psnr, float(entries["ssim"])
    )
    return Measured(
        str(entries["setting"]), point, float(entries["encode_s"]), float(entries["decode_s"])
    )
