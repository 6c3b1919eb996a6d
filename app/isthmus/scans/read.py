"""The one way in: a path becomes a `Volume`, whatever kind of scan lies there."""

from pathlib import Path

from isthmus.errors import ScanError
from isthmus.scans.failures import explained
from isthmus.scans.volume import Volume
from isthmus.work import CancelToken, Progress, no_progress


def read(
    path: Path | str,
    *,
    series: str = "",
    part: int = 0,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
    available: int | None = None,
) -> Volume:
    """Read a scan.

    What lies at the path is recognised by content, not by name: a NIfTI, Analyze, MGH, NRRD or
    MetaImage file; a folder with a DICOM series, in it or below; a DICOMDIR, or a ZIP archive of
    such a folder; an enhanced multi-frame DICOM file; or one file of a classic series, which opens
    the series to which it belongs, from the same folder. What is odd but can be opened is said in
    `volume.source.warnings`.

    Args:
        path: A file or a folder.
        series: Series instance UID, for a folder with several; empty opens the largest.
        part: Which of several volumes of one series or file, from 0: an echo, a time point, a
            place on a fourth axis. `volume.source.parts` names them.
        progress: Told the fraction done and which slice is being read.
        cancel: Checked between slices and files.
        available: Bytes of memory that may be taken; None asks the system.

    Returns:
        Voxels with axes (k, j, i) in their stored type, and an affine to RAS+ millimetres.

    Raises:
        ScanError: There is no scan, or it is damaged; the message names the file and a remedy.
        OutOfMemoryError: The scan would not fit into memory; it was not read.
        Cancelled: `cancel` was set.
    """
    path = Path(path).absolute()  # "." has no name that a message could use
    with explained(path):
        return _read(path, series, part, progress, cancel, available)


def _read(
    path: Path,
    series: str,
    part: int,
    progress: Progress,
    cancel: CancelToken | None,
    available: int | None,
) -> Volume:
    from isthmus.scans.dicom import read_dicom_file, read_dicom_folder
    from isthmus.scans.dicom_files import is_collection
    from isthmus.scans.formats import find_image
    from isthmus.scans.image_file import read_image
    from isthmus.scans.other_kinds import refuse_other_kinds

    if path.exists() and not path.is_file() and not path.is_dir():
        # Reading a pipe or a device would wait for ever.
        raise ScanError(
            path, f"{path.name} is neither a file nor a folder.", "Open a NIfTI or DICOM scan."
        )
    if is_collection(path):
        return read_dicom_folder(
            path, series=series, part=part, progress=progress, cancel=cancel, available=available
        )
    progress(0.0, "Reading the file")
    if (image := find_image(path)) is not None:
        return read_image(image, part, progress=progress, cancel=cancel, available=available)
    refuse_other_kinds(path)
    return read_dicom_file(path, part=part, progress=progress, cancel=cancel, available=available)
