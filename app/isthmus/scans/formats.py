"""Which format a file has, found by content; names only help where a file has no mark of its own.

A `.img` or `.raw` holds nothing but samples. It is opened by the header that lies beside it under
the same name, if that header means this file.
"""

from pathlib import Path

from isthmus.errors import ScanError
from isthmus.scans.byte_source import GZIP_MAGIC, ByteSource, DamagedStreamError
from isthmus.scans.image_file import ImageFile
from isthmus.scans.metaimage import is_metaimage, parse_metaimage
from isthmus.scans.mgh import is_mgh, parse_mgh
from isthmus.scans.nifti import is_analyze, is_nifti, parse_analyze, parse_nifti
from isthmus.scans.nrrd import is_nrrd, parse_nrrd

# Enough for the longest binary header, NIfTI-2, and to know a textual one.
_HEAD = 4096
_HEADERS = {
    ".img": (".hdr", ".HDR", ".hdr.gz"),
    ".raw": (".mhd", ".nhdr", ".MHD", ".NHDR"),
    ".zraw": (".mhd", ".MHD"),
}


def find_image(path: Path) -> ImageFile | None:
    """Understand the header of a file that is not DICOM.

    Args:
        path: A regular file: a header, a whole image, or the samples of a pair.

    Returns:
        What the header says; None if this is no format known here.

    Raises:
        ScanError: It is such a format, but damaged or not a scan.
    """
    head = head_of(path)
    if (image := _strong(path, head)) is not None:
        return image
    if head[128:132] == b"DICM":
        return None
    return _by_companion(path) or _weak(path, head)


def head_of(path: Path) -> bytes:
    """Return the first bytes of a file, decompressed if it is packed with gzip."""
    try:
        with ByteSource(path) as source:
            return source.read(_HEAD)
    except DamagedStreamError:
        with path.open("rb") as file:
            return file.read(_HEAD)


def _strong(path: Path, head: bytes) -> ImageFile | None:
    """Know formats that say their name."""
    if is_nifti(head):
        return parse_nifti(path, head)
    if not (is_nrrd(head) or is_metaimage(head)):
        return None
    with path.open("rb") as file:
        if file.read(2) == GZIP_MAGIC:
            raise ScanError(
                path, f"{path.name} is compressed as a whole.", "Unpack it with gunzip."
            )
    return parse_nrrd(path) if is_nrrd(head) else parse_metaimage(path)


def _weak(path: Path, head: bytes) -> ImageFile | None:
    """Know formats by sizes and types that make sense."""
    if is_mgh(head):
        return parse_mgh(path, head)
    if is_analyze(head):
        return parse_analyze(path, head)
    return None


def _by_companion(path: Path) -> ImageFile | None:
    """Look for the header that means this file as its data."""
    name = path.name[:-3] if path.name.lower().endswith(".gz") else path.name
    for ending in _HEADERS.get(Path(name).suffix.lower(), ()):
        header = path.with_name(Path(name).stem + ending)
        if not header.is_file():
            continue
        head = head_of(header)
        try:
            image = _strong(header, head) or _weak(header, head)
        except ScanError:
            # Whoever opens the data of a damaged header should hear about the header; but a
            # header for something else beside this file is no reason to refuse it.
            if Path(name).suffix.lower() == ".img":
                raise
            continue
        if image is not None and image.data is not None and image.data.samefile(path):
            return image
    return None
