"""Folders that loop, that are full of junk, or that contradict themselves."""

import os
import random
import shutil
import struct
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pydicom
import pydicom.data
from fuzz_bombs import MIB, MR_SMALL, Case, bombs

_Spoil = Callable[[list[pydicom.Dataset]], None]
_DICOMDIR = Path(pydicom.data.__file__).parent / "test_files" / "dicomdirtests"


def traps(data: Path, seed: int, *, short: bool) -> Iterator[Case]:
    """Make the cases.

    Args:
        data: A folder with real scans; cases that need one are passed over where it is absent.
        seed: Changes every random choice.
        short: Take those that are made and opened quickly.
    """
    junk = 300 if short else 20000
    yield from bombs()
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
            f"trap/series: {name}", lambda folder, make=make: _series(data, folder, make), 20 * MIB
        )


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
    shutil.copy(MR_SMALL, below / "IM1")
    return folder


def _folder_in_itself(folder: Path) -> Path:
    shutil.copy(MR_SMALL, folder / "IM1")
    (folder / "again").symlink_to(folder, target_is_directory=True)
    return folder


def _odd_entries(folder: Path) -> Path:
    shutil.copy(MR_SMALL, folder / "IM1")
    (folder / "broken").symlink_to(folder / "gone")
    (folder / "zero").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe")).write_bytes(MR_SMALL.read_bytes())
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
