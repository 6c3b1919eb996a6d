"""Files that people take for scans, or that are scans which Isthmus does not read, by content."""

from pathlib import Path

from isthmus.errors import ScanError

_PICTURE = "Open the scan from which it was made."
_CONVERT = "Convert it to NIfTI."
_COPY_AGAIN = "Copy or download the file again."
_UNPACK = "Unpack it, and open the folder."

# First bytes, what the file is, and the remedy.
_NO_SCANS: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG", "a PNG picture", _PICTURE),
    (b"\xff\xd8\xff", "a JPEG picture", _PICTURE),
    (b"GIF8", "a GIF picture", _PICTURE),
    (b"BM", "a BMP picture", _PICTURE),
    (b"II*\0", "a TIFF picture", _CONVERT),
    (b"MM\0*", "a TIFF picture", _CONVERT),
    (b"%PDF", "a PDF document", "Open a NIfTI or DICOM scan."),
    (
        b"ISTH",
        "a file compressed by Isthmus",
        "Reconstruct it first: isthmus decompress FILE.isth OUT.nii.gz.",
    ),
    (b"7z\xbc\xaf", "a 7-Zip archive", _UNPACK),
    (b"Rar!", "a RAR archive", _UNPACK),
)
_UNREAD_SCANS: tuple[tuple[bytes, str, str], ...] = (
    (b"CDF\x01", "a MINC file", "Convert it to NIfTI with mnc2nii."),
    (b"CDF\x02", "a MINC file", "Convert it to NIfTI with mnc2nii."),
    (b"\x89HDF\r\n", "an HDF5 file, as MINC 2 is", _CONVERT),
    (b"\x93NUMPY", "a NumPy array", "Save it as NIfTI, with its affine."),
    (b"MATLAB 5", "a MATLAB file", "Save it as NIfTI, with its affine."),
    (b"# vtk DataFile", "a VTK file", "Convert it to NIfTI or MetaImage."),
    (b"# === DATA DESCRIPTION FILE", "a Philips PAR header", "Convert it with dcm2niix."),
    (b"\ntype = ", "an AFNI header", "Convert it to NIfTI with 3dAFNItoNIFTI."),
    (b"type = ", "an AFNI header", "Convert it to NIfTI with 3dAFNItoNIFTI."),
    (b"ENVI", "an ENVI header", _CONVERT),
    (b"MATRIX7", "an ECAT file", _CONVERT),
    (b"\x1f\x8b", "a gzip archive of another kind", "Unpack it, and open what it holds."),
)


def refuse_other_kinds(path: Path) -> None:
    """Say what a file is, if it is one of these.

    Raises:
        ScanError: It is.
    """
    with path.open("rb") as file:
        head = file.read(132)
    if not head:
        raise ScanError(path, f"{path.name} is empty.", _COPY_AGAIN)
    if head[128:] == b"DICM":
        return  # what stands before the mark is free, and may be the start of a TIFF file
    for start, kind, remedy in _NO_SCANS:
        if head.startswith(start):
            raise ScanError(path, f"{path.name} is {kind}, not a scan.", remedy)
    if path.name.lower().endswith((".nii", ".nii.gz")):
        raise ScanError(
            path, f"{path.name} is not NIfTI, or is damaged in its header.", _COPY_AGAIN
        )
    for start, kind, remedy in _UNREAD_SCANS:
        if head.startswith(start):
            raise ScanError(path, f"{path.name} is {kind}, which Isthmus does not read.", remedy)
