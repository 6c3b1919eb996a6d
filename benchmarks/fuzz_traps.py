"""Cases that chance would not find: bombs, loops, junk, and folders that contradict themselves."""

import bz2
import gzip
import io
import os
import random
import shutil
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

_Spoil = Callable[[list[pydicom.Dataset]], None]
_MIB = 1 << 20
_DICOMDIR = Path(pydicom.data.__file__).parent / "test_files" / "dicomdirtests"
_MR_SMALL = _DICOMDIR.parent / "MR_small.dcm"


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


def traps(data: Path, seed: int, *, short: bool) -> Iterator[Case]:
    """Make the cases.

    Args:
        data: A folder with real scans; cases that need one are passed over where it is absent.
        seed: Changes every random choice.
        short: Take those that are made and opened quickly.
    """
    junk = 300 if short else 20000
    yield Case("trap/gzip bomb behind the voxels", lambda folder: _gzip_bomb(folder, (8, 8, 8)))
    yield Case(
        "trap/gzip bomb in the voxels", lambda folder: _gzip_bomb(folder, (20000, 20000, 40))
    )
    yield Case("trap/gzip bomb, no header", _gzip_of_zeros)
    for name, make in _TEXTS.items():
        yield Case(f"trap/text: {name}", make)
    for name, make in _PROMISES.items():
        yield Case(f"trap/1.5 GiB promised: {name}", make)
    yield Case("trap/gzip in gzip", _gzip_in_gzip)
    for name, make in _ZIPS.items():
        yield Case(f"trap/zip: {name}", make, _MR_SMALL.stat().st_size)
    for n, name in enumerate(("itself", "the one before", "far behind", "loop below")):
        yield Case(
            f"trap/DICOMDIR: next is {name}", lambda folder, n=n: _looping_dicomdir(folder, n)
        )
    for name in ("../../outside", "/etc/passwd", "DICOMDIR", "", "A" * 300, "con\0nul"):
        label = name[:12].replace("\0", "0")
        yield Case(
            f"trap/DICOMDIR: names “{label}”",
            lambda folder, name=name: _naming_dicomdir(folder, name),
        )
    yield Case(f"trap/{junk} junk files", lambda folder: _junk(folder, random.Random(seed), junk))
    yield Case("trap/folders 200 deep", _deep)
    yield Case("trap/folder in itself", _folder_in_itself)
    yield Case("trap/links, a pipe, odd names", _odd_entries)
    yield Case("trap/nothing", lambda folder: folder)
    if not (data / "dicom-decubitus").is_dir():
        return
    for name, make in _SERIES.items():
        yield Case(
            f"trap/series: {name}", lambda folder, make=make: _series(data, folder, make), 20 * _MIB
        )


def _nifti(shape: tuple[int, int, int]) -> bytes:
    header = nibabel.Nifti1Header()
    header.set_data_shape(shape)
    header.set_data_dtype(np.int16)
    header["vox_offset"], header["magic"] = 352, b"n+1"
    return bytes(header.binaryblock) + bytes(4)


def _gzip_bomb(folder: Path, shape: tuple[int, int, int]) -> Path:
    """Sixteen gibibytes of zeros in sixteen mebibytes: one gzip stream after another."""
    path = folder / "bomb.nii.gz"
    stream = gzip.compress(bytes(64 * _MIB), 9, mtime=0)
    with path.open("wb") as file:
        file.write(gzip.compress(_nifti(shape), mtime=0))
        for _ in range(256):
            file.write(stream)
    return path


def _gzip_of_zeros(folder: Path) -> Path:
    path = folder / "zeros.nii.gz"
    path.write_bytes(gzip.compress(bytes(64 * _MIB), 9, mtime=0) * 64)
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


def _zeros(megabytes: int) -> bytes:
    return gzip.compress(bytes(64 * _MIB), 9, mtime=0) * (megabytes // 64)


def _file(name: str, content: Callable[[], bytes]) -> Callable[[Path], Path]:
    """Return what writes a file; what is in it is made only then."""

    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content())
        return folder / name

    return make


def _promising_dicom(frames: int, **attributes: object) -> bytes:
    dataset = pydicom.dcmread(_MR_SMALL)
    dataset.NumberOfFrames = frames
    for keyword, value in attributes.items():
        setattr(dataset, keyword, value)
    target = io.BytesIO()
    dataset.save_as(target)
    return target.getvalue()


# Volumes of 8×8×8 with gibibytes behind them, and streams without end.
_TEXTS = {
    "gzip bomb behind the voxels of NRRD": _file(
        "a.nrrd", lambda: _nrrd("gzip", "8 8 8") + _zeros(16384)
    ),
    "bzip2 bomb behind the voxels of NRRD": _file(
        "a.nrrd", lambda: _nrrd("bzip2", "8 8 8") + bz2.compress(bytes(64 * _MIB)) * 64
    ),
    "zlib bomb behind the voxels of MetaImage": _file(
        "a.mha", lambda: _mha("8 8 8", packed=True) + zlib.compress(bytes(1024 * _MIB), 1)
    ),
    "gzip bomb behind the voxels of MGZ": _file(
        "a.mgz", lambda: gzip.compress(_mgh((8, 8, 8))) + _zeros(16384)
    ),
    "a header without end": _file("a.nrrd", lambda: b"NRRD0004\n" + b"#" * (300 * _MIB)),
    "a header of many lines": _file("a.nrrd", lambda: b"NRRD0004\n" + b"#\n" * (8 * _MIB)),
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
    "NIfTI, gzip": _file("a.nii.gz", lambda: gzip.compress(_nifti(_BOX) + bytes(_MIB))),
    "NRRD": _file("a.nrrd", lambda: _nrrd("raw", _BOX_TEXT) + bytes(_MIB)),
    "NRRD, gzip": _file("a.nrrd", lambda: _nrrd("gzip", _BOX_TEXT) + gzip.compress(bytes(_MIB))),
    "NRRD, text": _file("a.nrrd", lambda: _nrrd("ascii", _BOX_TEXT) + b"1 2 3\n" * 1000),
    "MetaImage": _file("a.mha", lambda: _mha(_BOX_TEXT, packed=False) + bytes(_MIB)),
    "MetaImage, zlib": _file(
        "a.mha", lambda: _mha(_BOX_TEXT, packed=True) + zlib.compress(bytes(_MIB))
    ),
    "MGH": _file("a.mgh", lambda: _mgh(_BOX) + bytes(_MIB)),
    "MGZ": _file("a.mgz", lambda: gzip.compress(_mgh(_BOX) + bytes(_MIB))),
    "DICOM frames": _file("a.dcm", lambda: _promising_dicom(190_000)),
    "DICOM size": _file("a.dcm", lambda: _promising_dicom(1, Rows=28000, Columns=28000)),
}


def _zip_bomb(folder: Path) -> Path:
    """An archive of one file: four gibibytes of zeros behind a sound DICOM header."""
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        start = _MR_SMALL.read_bytes()
        zeros = bytes(64 * _MIB)
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
            archive.writestr(name, _MR_SMALL.read_bytes())
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


def _copied_disc(folder: Path) -> Path:
    for name in ("98892001", "77654033"):
        shutil.copytree(_DICOMDIR / name, folder / name)
    return Path(shutil.copy(_DICOMDIR / "DICOMDIR", folder / "DICOMDIR"))


def _looping_dicomdir(folder: Path, way: int) -> Path:
    """Make records point at each other; offsets are found by their tags, little-endian."""
    path = _copied_disc(folder)
    raw = bytearray(path.read_bytes())
    following, below = b"\4\0\0\x14UL\4\0", b"\4\0\x20\x14UL\4\0"
    places = [
        at for at in range(len(raw)) if raw[at : at + 8] == (below if way == 3 else following)
    ]
    offsets = [struct.unpack("<I", raw[at + 8 : at + 12])[0] for at in places]
    used = sorted({offset for offset in offsets if offset})
    for n, at in enumerate(places):
        target = (used[0], used[max(n - 1, 0) % len(used)], 0xFFFFFF00, used[0])[way]
        if offsets[n] or way != 1:
            raw[at + 8 : at + 12] = struct.pack("<I", target)
    path.write_bytes(raw)
    return path


def _naming_dicomdir(folder: Path, name: str) -> Path:
    """Let every record name one odd file."""
    path = _copied_disc(folder)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        dataset = pydicom.dcmread(path)
        for record in dataset.DirectoryRecordSequence:
            if "ReferencedFileID" in record:
                del record.ReferencedFileID
                stored = name.encode()
                record[0x00041500] = pydicom.dataelem.RawDataElement(
                    pydicom.tag.Tag(0x00041500), "CS", len(stored), stored, 0, False, True
                )
        pydicom.dcmwrite(path, dataset)
    return path


def _junk(folder: Path, chance: random.Random, count: int) -> Path:
    """Small files of noise; some begin as DICOM or NIfTI do."""
    starts = (
        b"",
        b"",
        b"",
        bytes(128) + b"DICM",
        b"\x08\0\x05\0",
        struct.pack("<i", 348),
        b"PK\3\4",
    )
    for n in range(count):
        below = folder / f"{n % 50}"
        below.mkdir(exist_ok=True)
        start = chance.choice(starts)
        (below / f"{n}").write_bytes(start + chance.randbytes(chance.choice((0, 20, 400))))
    return folder


def _deep(folder: Path) -> Path:
    below = folder.joinpath(*["d"] * 200)
    below.mkdir(parents=True)
    shutil.copy(_MR_SMALL, below / "IM1")
    return folder


def _folder_in_itself(folder: Path) -> Path:
    shutil.copy(_MR_SMALL, folder / "IM1")
    (folder / "again").symlink_to(folder, target_is_directory=True)
    return folder


def _odd_entries(folder: Path) -> Path:
    shutil.copy(_MR_SMALL, folder / "IM1")
    (folder / "broken").symlink_to(folder / "gone")
    (folder / "zero").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe")).write_bytes(_MR_SMALL.read_bytes())
    return folder


def _series(data: Path, folder: Path, spoil: _Spoil) -> Path:
    """Copy thirty slices of a real series and spoil some."""
    paths = sorted((data / "dicom-decubitus" / "HFS").glob("*.dcm"))
    slices = [pydicom.dcmread(path) for path in paths]
    plain = [one for one in slices if "MOSAIC" not in one.ImageType][:30]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of values against the standard: they are meant so
        spoil(plain)
        for n, one in enumerate(plain):
            one.save_as(folder / f"{n}")
    return folder


def _set(which: slice, **attributes: object) -> _Spoil:
    """Return what gives some slices other attributes; None removes one."""

    def spoil(slices: list[pydicom.Dataset]) -> None:
        for one in slices[which]:
            _change(one, attributes)

    return spoil


def _each(attributes: Callable[[int], dict[str, object]]) -> _Spoil:
    """Return what gives every slice its own attributes."""

    def spoil(slices: list[pydicom.Dataset]) -> None:
        for n, one in enumerate(slices):
            _change(one, attributes(n))

    return spoil


def _change(dataset: pydicom.Dataset, attributes: dict[str, object]) -> None:
    for keyword, value in attributes.items():
        if value is None:
            delattr(dataset, keyword)
        else:
            setattr(dataset, keyword, value)


_ODD, _ONE, _ALL = slice(0, None, 2), slice(7, 8), slice(None)
_SERIES: dict[str, _Spoil] = {
    "no positions": _set(_ALL, ImagePositionPatient=None),
    "no position in one": _set(_ONE, ImagePositionPatient=None),
    "no directions": _set(_ALL, ImageOrientationPatient=None),
    "all at one place": _set(_ALL, ImagePositionPatient=[0, 0, 0]),
    "half turned": _set(_ODD, ImageOrientationPatient=[1, 0, 0, 0, 1, 0]),
    "one far away": _set(_ONE, ImagePositionPatient=[1e30, 0, 0]),
    "one not a number": _set(_ONE, ImagePositionPatient=["nan", 0, 0]),
    "one smaller": _set(_ONE, Rows=16),
    "one signed": _set(_ONE, PixelRepresentation=1),
    "one with less pixels": _set(_ONE, PixelData=bytes(100)),
    "one without pixels": _set(_ONE, PixelData=None),
    "half without numbers": _set(_ODD, InstanceNumber=None),
    "one series for each": _each(lambda n: {"SeriesInstanceUID": f"1.2.{n}"}),
    "no series": _set(_ALL, SeriesInstanceUID=None),
    "scales that differ": _each(
        lambda n: {"RescaleSlope": 10.0 ** (n - 15), "RescaleIntercept": n}
    ),
    "mosaics that are none": _set(_ALL, ImageType=["ORIGINAL", "PRIMARY", "M", "MOSAIC"]),
}
