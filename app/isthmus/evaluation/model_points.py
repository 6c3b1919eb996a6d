"""A model's points on a scan: through files, as `isthmus compress` and `decompress` write them."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from isthmus.codec import Bottleneck
from isthmus.errors import ScanError
from isthmus.evaluation.results import Measured, operating_point
from isthmus.scans import Volume, read, write_nifti

if TYPE_CHECKING:
    from isthmus.codec import Codec  # loads torch


def measure_model(volume: Volume, engine: "Codec", bottleneck: Bottleneck) -> Measured:
    """Compress a scan to a file, reconstruct that to a NIfTI file, and measure what both hold.

    Raises:
        IsthmusError: The scan cannot be compressed, or a file cannot be written.
    """
    with TemporaryDirectory(prefix="isthmus-") as folder:
        packed, back = Path(folder, "scan.isth"), Path(folder, "scan.nii")
        start = time.perf_counter()
        data = engine.write(engine.encode(volume, bottleneck))
        encode_s = time.perf_counter() - start
        try:
            packed.write_bytes(data)
        except OSError as error:
            raise ScanError(
                packed, f"{packed} cannot be written: {error.strerror}.", "Make room on the disk."
            ) from error
        stored = packed.read_bytes()
        start = time.perf_counter()
        reconstruction = engine.decode(engine.read(stored))
        decode_s = time.perf_counter() - start
        write_nifti(reconstruction, back)
        point = operating_point(volume, read(back), packed.stat().st_size)
    return Measured(bottleneck.name, point, encode_s, decode_s)
