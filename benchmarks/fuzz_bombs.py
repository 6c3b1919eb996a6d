"""Archives and headers that promise more than they hold, or hold more than they promise."""

import bz2
import functools
import gzip
import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import nibabel
import numpy as np
import pydicom
import pydicom.data

MIB = 1 << 20
MR_SMALL = Path(pydicom.data.__file__).parent / "test_files" / "MR_small.dcm"


@dataclass(frozen=True)
class Case:
    """Something to open.

    Attributes:
        name: Names it, and seeds its chance.
        make: Writes it into an empty folder, and returns the path to open.
        voxel_bytes: Size of the voxels that the header announces, before it was spoilt.
    """

    name: str
    make: Callable[[Path], Path]
    voxel_bytes: int = 0


def bombs() -> Iterator[Case]:
    """Make the cases."""
    yield Case("trap/gzip bomb behind the voxels", lambda folder: _gzip_bomb(folder, (8, 8, 8)))
    yield Case(
        "trap/gzip bomb in the voxels", lambda folder: _gzip_bomb(folder, (20000, 20000, 40))
    )
    yield Case("trap/gzip bomb, no header", _gzip_of_zeros)
    yield Case("trap/gzip in gzip", _gzip_in_gzip)
    for name, make in _FILES.items():
        yield Case(f"trap/{name}", make)
    for name, make in _PROMISES.items():
        yield Case(f"trap/1.5 GiB promised: {name}", make)
    for name, make in _ZIPS.items():
        yield Case(f"trap/zip: {name}", make, MR_SMALL.stat().st_size)


def _nifti(shape: tuple[int, int, int]) -> bytes:
    header = nibabel.Nifti1Header()
    header.set_data_shape(shape)
    header.set_data_dtype(np.int16)
    header["vox_offset"], header["magic"] = 352, b"n+1"
    return bytes(header.binaryblock) + bytes(4)


def _gzip_bomb(folder: Path, shape: tuple[int, int, int]) -> Path:
    """Sixteen gibibytes of zeros in sixteen mebibytes: one gzip stream after another."""
    path = folder / "bomb.nii.gz"
    path.write_bytes(gzip.compress(_nifti(shape), mtime=0) + _zeros(16384))
    return path


def _gzip_of_zeros(folder: Path) -> Path:
    path = folder / "zeros.nii.gz"
    path.write_bytes(_zeros(4096))
    return path


def _gzip_in_gzip(folder: Path) -> Path:
    path = folder / "twice.nii.gz"
    path.write_bytes(gzip.compress(gzip.compress(_nifti((8, 8, 8)) + bytes(1024))))
    return path


def _nrrd(encoding: str, sizes: str) -> bytes:
    return (
        f"NRRD0004\ntype: short\ndimension: 3\nsizes: {sizes}\nspace: RAS\nendian: little\n"
        f"space directions: (1,0,0) (0,1,0) (0,0,1)\nencoding: {encoding}\n\n"
    ).encode()


def _mha(sizes: str, *, packed: bool) -> bytes:
    return (
        f"NDims = 3\nDimSize = {sizes}\nElementType = MET_SHORT\nCompressedData = {packed}\n"
        "ElementDataFile = LOCAL\n"
    ).encode()


def _mgh(shape: tuple[int, int, int]) -> bytes:
    return struct.pack(">7ih", 1, *shape, 1, 4, 0, 0).ljust(284, b"\0")


def _zeros(mebibytes: int) -> bytes:
    return _stream() * (mebibytes // 64)


@functools.cache
def _stream() -> bytes:
    """64 MiB of zeros; gzip streams may follow each other in one file."""
    return gzip.compress(bytes(64 * MIB), 9, mtime=0)


def _file(name: str, content: Callable[[], bytes]) -> Callable[[Path], Path]:
    """Return what writes a file; what is in it is made only then."""

    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content())
        return folder / name

    return make


def _promising_dicom(frames: int, **attributes: object) -> bytes:
    dataset = pydicom.dcmread(MR_SMALL)
    dataset.NumberOfFrames = frames
    for keyword, value in attributes.items():
        setattr(dataset, keyword, value)
    target = io.BytesIO()
    dataset.save_as(target)
    return target.getvalue()


# Volumes of 8×8×8 with gibibytes behind them, and streams without end.
_FILES = {
    "gzip bomb behind the voxels of NRRD": _file(
        "a.nrrd", lambda: _nrrd("gzip", "8 8 8") + _zeros(16384)
    ),
    "bzip2 bomb behind the voxels of NRRD": _file(
        "a.nrrd", lambda: _nrrd("bzip2", "8 8 8") + bz2.compress(bytes(8 * MIB)) * 512
    ),
    "zlib bomb behind the voxels of MetaImage": _file(
        "a.mha", lambda: _mha("8 8 8", packed=True) + zlib.compress(bytes(512 * MIB), 1)
    ),
    "gzip bomb behind the voxels of MGZ": _file(
        "a.mgz", lambda: gzip.compress(_mgh((8, 8, 8))) + _zeros(16384)
    ),
    "a header without end": _file("a.nrrd", lambda: b"NRRD0004\n" + b"#" * (300 * MIB)),
    "a header of many lines": _file("a.nrrd", lambda: b"NRRD0004\n" + b"#\n" * (8 * MIB)),
    "a line of many numbers": _file("a.nrrd", lambda: _nrrd("raw", "8 " * 3_000_000)),
    "a file that names itself": _file(
        "a.mhd", lambda: _mha("8 8 8", packed=False).replace(b"LOCAL", b"a.mhd")
    ),
    "a pattern of a million files": _file(
        "a.mhd", lambda: _mha("8 8 9999999", packed=False).replace(b"LOCAL", b"%d.raw 1 9999999 1")
    ),
    "a device as data": _file(
        "a.mhd", lambda: _mha("8 8 8", packed=False).replace(b"LOCAL", b"/dev/zero")
    ),
}
# Headers that announce far more than stands behind them, and less than fits into memory.
_BOX = (1024, 1024, 768)
_BOX_TEXT = "1024 1024 768"
_PROMISES = {
    "NIfTI": _file("a.nii", lambda: _nifti(_BOX)),
    "NIfTI, gzip": _file("a.nii.gz", lambda: gzip.compress(_nifti(_BOX) + bytes(MIB))),
    "NRRD": _file("a.nrrd", lambda: _nrrd("raw", _BOX_TEXT) + bytes(MIB)),
    "NRRD, gzip": _file("a.nrrd", lambda: _nrrd("gzip", _BOX_TEXT) + gzip.compress(bytes(MIB))),
    "NRRD, text": _file("a.nrrd", lambda: _nrrd("ascii", _BOX_TEXT) + b"1 2 3\n" * 1000),
    "MetaImage": _file("a.mha", lambda: _mha(_BOX_TEXT, packed=False) + bytes(MIB)),
    "MetaImage, zlib": _file(
        "a.mha", lambda: _mha(_BOX_TEXT, packed=True) + zlib.compress(bytes(MIB))
    ),
    "MGH": _file("a.mgh", lambda: _mgh(_BOX) + bytes(MIB)),
    "MGZ": _file("a.mgz", lambda: gzip.compress(_mgh(_BOX) + bytes(MIB))),
    "DICOM frames": _file("a.dcm", lambda: _promising_dicom(190_000)),
    "DICOM size": _file("a.dcm", lambda: _promising_dicom(1, Rows=28000, Columns=28000)),
}


def _zip_bomb(folder: Path) -> Path:
    """An archive of one file: four gibibytes of zeros behind a sound DICOM header."""
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        start = MR_SMALL.read_bytes()
        zeros = bytes(64 * MIB)
        once = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
        again = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
        packed = once + again * 64 + packer.flush()
        # zipfile would compress again: store the stream, then say that it is deflated.
        archive.writestr(zipfile.ZipInfo("IM1"), packed, zipfile.ZIP_STORED)
        entry = archive.getinfo("IM1")
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.file_size = len(start) + 64 * len(zeros)
        offset = entry.header_offset
    raw = bytearray((folder / "bomb.zip").read_bytes())
    raw[offset + 8 : offset + 10] = struct.pack("<H", zipfile.ZIP_DEFLATED)
    (folder / "bomb.zip").write_bytes(raw)
    return folder / "bomb.zip"


def _zip_that_lies(folder: Path) -> Path:
    """The same, but the directory says that the file is small."""
    path = _zip_bomb(folder)
    raw = bytearray(path.read_bytes())
    at = raw.rfind(b"PK\1\2")
    raw[at + 24 : at + 28] = struct.pack("<I", 10000)
    path.write_bytes(raw)
    return path


def _zip_of(folder: Path, *names: str, flags: int = 0) -> Path:
    path = folder / "disc.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of names that come twice
        for name in names:
            archive.writestr(name, MR_SMALL.read_bytes())
    if flags:
        raw = bytearray(path.read_bytes())
        raw[raw.find(b"PK\3\4") + 6] |= flags
        raw[raw.rfind(b"PK\1\2") + 8] |= flags
        path.write_bytes(raw)
    return path


def _zip_in_zips(folder: Path) -> Path:
    path = _zip_of(folder, "IM1")
    for _ in range(20):
        inner = path.read_bytes()
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("inner.zip", inner)
    return path


def _cut_zip(folder: Path) -> Path:
    path = _zip_of(folder, "IM1", "IM2")
    path.write_bytes(path.read_bytes()[:-40])
    return path


def _spoilt_zip(folder: Path) -> Path:
    """The checksum of the one file in it is wrong."""
    path = _zip_of(folder, "IM1")
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 255
    path.write_bytes(raw)
    return path


def _many_in_zip(folder: Path) -> Path:
    path = folder / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for n in range(5000):
            archive.writestr(f"{n % 70}/{n}", b"junk")
    return path


_ZIPS: dict[str, Callable[[Path], Path]] = {
    "bomb": _zip_bomb,
    "bomb that says it is small": _zip_that_lies,
    "names outside": lambda folder: _zip_of(
        folder, "../../evil", f"{folder.parents[1]}/evil", "..\\..\\evil"
    ),
    "one name twice": lambda folder: _zip_of(folder, "IM1", "IM1"),
    "encrypted": lambda folder: _zip_of(folder, "IM1", flags=1),
    "in zips": _zip_in_zips,
    "cut": _cut_zip,
    "spoilt": _spoilt_zip,
    "5000 files of junk": _many_in_zip,
    "long name": lambda folder: _zip_of(folder, "A" * 4000, "d/" * 500 + "IM1"),
}
