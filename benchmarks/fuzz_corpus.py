"""The files that `fuzz.py` opens: sound ones, mutated by rule and by chance, and traps.

Every case has a chance of its own, made from the seed and its name, so that one can be made again
without the others.
"""

import gzip
import io
import random
import re
import struct
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import nibabel
import numpy as np
import pydicom
import pydicom.data
from fuzz_bombs import Case
from fuzz_traps import traps
from pydicom.datadict import dictionary_VR, tag_for_keyword
from pydicom.dataelem import RawDataElement

DICOM_FILES = Path(pydicom.data.__file__).parent / "test_files"
# One of each kind: transfer syntaxes, colours, frames, doses, oddities.
_DICOM_NAMES = (
    "693_J2KI",
    "CT_small",
    "ExplVR_BigEnd",
    "JPEG2000",
    "JPEGLSNearLossless_16",
    "JPGExtended",
    "MR_small",
    "MR_small_RLE",
    "MR_small_bigendian",
    "MR_small_implicit",
    "MR_small_jp2klossless",
    "MR_small_jpeg_ls_lossless",
    "SC_rgb_jpeg_dcmtk",
    "SC_rgb_rle_2frame",
    "SC_rgb_small_odd",
    "SC_ybr_full_422_uncompressed",
    "examples_overlay",
    "examples_palette",
    "image_dfl",
    "liver_1frame",
    "rtdose",
    "rtdose_rle",
)
# Real scanners' files: classic, with a mosaic, enhanced.
_SCANNER_FILES = (
    "dicom-schwannoma-t1gd/1-060.dcm",
    "dicom-decubitus/HFS/0002_*.dcm",
    "dicom-enhanced-xa30/5_anat-T1w_acq-tfl.dcm",
)
_PER_FILE = 16
_WAYS_BY_BYTE = ("cut", "cut", "cut in header", "flip", "flip", "flip in header", "smear", "shift")

_DECIMALS = ("0", "-1", "nan", "1e400", "1e-300", "abc", "", "1\\2\\3")
_SIXES = (
    "0\\0\\0\\0\\0\\0",
    "1\\0\\0\\1\\0\\0",
    "nan\\0\\0\\0\\1\\0",
    "1\\0\\0",
    "1e200\\0\\0\\0\\1e200\\0",
    "",
)
_WORDS = (0, 1, 3, 7, 12, 24, 33, 64, 255, 65535)
# What no sound file says, by attribute; bytes as they stand in a little-endian file.
_ABSURD: dict[str, tuple[str | int, ...]] = {
    "Rows": _WORDS,
    "Columns": _WORDS,
    "BitsAllocated": _WORDS,
    "BitsStored": _WORDS,
    "HighBit": _WORDS,
    "SamplesPerPixel": _WORDS,
    "PixelRepresentation": _WORDS,
    "PlanarConfiguration": _WORDS,
    "NumberOfFrames": ("0", "-1", "2147483647", "99999999999", "abc", "", "3"),
    "PixelSpacing": ("0\\0", "-1\\1", "nan\\nan", "1e400\\1", "1", "a\\b", "1e-30\\1e-30", ""),
    "ImageOrientationPatient": _SIXES,
    "ImagePositionPatient": ("nan\\0\\0", "1e400\\0\\0", "0\\0", "x\\y\\z", "1e300\\1e300\\1e300"),
    "GridFrameOffsetVector": ("0", "nan\\nan", "1\\1\\1", ""),
    "SliceThickness": _DECIMALS,
    "SpacingBetweenSlices": _DECIMALS,
    "RescaleSlope": _DECIMALS,
    "RescaleIntercept": _DECIMALS,
    "WindowCenter": _DECIMALS,
    "WindowWidth": _DECIMALS,
    "PhotometricInterpretation": ("", "RGB", "PALETTE COLOR", "YBR_FULL_422", "NONSENSE"),
    "ImageType": ("", "ORIGINAL\\PRIMARY\\M\\MOSAIC", "\\\\\\"),
    "SOPClassUID": ("", "1.2.3", "1.2.840.10008.5.1.4.1.1.4.1", "1.2.840.10008.1.3.10"),
    "SeriesInstanceUID": ("", "x" * 70, "1..2"),
    "SpecificCharacterSet": ("NONSENSE", "ISO 2022 IR 87\\ISO 2022 IR 58", "\\"),
    "PixelPaddingValue": _WORDS,
    "InstanceNumber": ("", "abc", "-1", "99999999999999999999"),
}
_SYNTAXES = ("1.2.840.10008.1.2", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.5", "1.2.3", "")
_LONG = (b"OB", b"OW", b"OF", b"SQ", b"UN", b"UT", b"OD", b"OL", b"UC", b"UR")


@dataclass(frozen=True)
class _Original:
    """A sound file: its bytes, its name, and the bytes of voxels that its header announces."""

    name: str
    raw: bytes
    voxel_bytes: int


def corpus(data: Path, seed: int, *, short: bool = False) -> Iterator[Case]:
    """Make the cases; each writes its files only when it is run.

    Args:
        data: A folder with real scans; what is absent is passed over.
        seed: Changes every random choice.
        short: Take few mutations and small traps.
    """
    for place, original in enumerate((*_dicom(data), *_made())):
        # In short, one by bytes from half the files and one by format from the others.
        for n in (place % 2,) if short else range(_PER_FILE):
            name = f"{original.name}/{n}"
            mutate = _mutation(original, n, random.Random(f"{seed}/{name}"))
            yield Case(name, mutate, original.voxel_bytes)
    yield from traps(data, seed, short=short)


def _dicom(data: Path) -> Iterator[_Original]:
    paths = [DICOM_FILES / f"{name}.dcm" for name in _DICOM_NAMES]
    paths += [found for name in _SCANNER_FILES for found in sorted(data.glob(name))[:1]]
    paths += [DICOM_FILES / "dicomdirtests" / "DICOMDIR"]
    for path in paths:
        raw = path.read_bytes()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            header = pydicom.dcmread(path, stop_before_pixels=True, force=True)
            voxel_bytes = (
                int(header.get("Rows", 0))
                * int(header.get("Columns", 0))
                * int(header.get("NumberOfFrames", 1) or 1)
                * int(header.get("SamplesPerPixel", 1))
                * -(-int(header.get("BitsAllocated", 8)) // 8)
            )
        yield _Original(path.name, raw, voxel_bytes)


def _made() -> Iterator[_Original]:
    """Small sound files of the other formats."""
    chance = np.random.default_rng(0)
    voxels = chance.integers(0, 1000, (20, 18, 12)).astype(np.int16)
    affine = np.diag((0.9, 1.1, 3.0, 1.0))
    plain = nibabel.Nifti1Image(voxels, affine)
    images = {
        "short.nii": plain,
        "float.nii": nibabel.Nifti1Image(voxels.astype(np.float32), affine),
        "byte.nii": nibabel.Nifti1Image(voxels.astype(np.uint8), affine),
        "times.nii": nibabel.Nifti1Image(np.stack([voxels] * 4, axis=-1), affine),
        "second.nii": nibabel.Nifti2Image(voxels, affine),
        "big.nii": nibabel.Nifti1Image(voxels, affine, plain.header.as_byteswapped(">")),
        "surface.mgh": nibabel.MGHImage(voxels.astype(np.float32), affine),
    }
    for name, image in images.items():
        raw, size = image.to_bytes(), image.dataobj.size * image.get_data_dtype().itemsize
        yield _Original(name, raw, size)
        if name in ("short.nii", "times.nii", "surface.mgh"):
            packed = {"short.nii": "short.nii.gz", "times.nii": "times.nii.gz"}
            yield _Original(packed.get(name, "surface.mgz"), gzip.compress(raw, mtime=0), size)
    pixels = voxels.T.tobytes()
    nrrd = (
        "NRRD0005\n# made on the spot\ntype: short\ndimension: 3\nspace: left-posterior-superior\n"
        "sizes: 20 18 12\nspace directions: (0.9,0,0) (0,1.1,0) (0,0,3)\nendian: little\n"
        "encoding: {}\nspace origin: (-1,-2,-3)\n\n"
    )
    yield _Original("raw.nrrd", nrrd.format("raw").encode() + pixels, len(pixels))
    packed_pixels = gzip.compress(pixels, mtime=0)
    yield _Original("gzip.nrrd", nrrd.format("gzip").encode() + packed_pixels, len(pixels))
    mha = (
        "ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\n"
        "CompressedData = False\nTransformMatrix = 1 0 0 0 1 0 0 0 1\nOffset = -1 -2 -3\n"
        "ElementSpacing = 0.9 1.1 3\nDimSize = 20 18 12\nElementType = MET_SHORT\n"
        "ElementDataFile = LOCAL\n"
    )
    yield _Original("local.mha", mha.encode() + pixels, len(pixels))


def _mutation(original: _Original, n: int, chance: random.Random) -> Callable[[Path], Path]:
    """Byte by byte for the first half of the numbers, by the format's own rules after."""

    def make(folder: Path) -> Path:
        raw = original.raw
        if n % 2:
            raw = _by_format(original.name, raw, chance)
        else:
            raw = _by_byte(raw, _WAYS_BY_BYTE[n // 2 % len(_WAYS_BY_BYTE)], chance)
        path = folder / original.name
        path.write_bytes(raw)
        return path

    return make


def _by_byte(raw: bytes, way: str, chance: random.Random) -> bytes:
    changed = bytearray(raw)
    span = min(len(raw), 2000) if "header" in way else len(raw)
    at = chance.randrange(span)
    if way.startswith("cut"):
        return raw[:at]
    if way.startswith("flip"):
        for _ in range(chance.choice((1, 4, 16))):
            changed[chance.randrange(span)] ^= 1 << chance.randrange(8)
    elif way == "smear":
        length = chance.choice((4, 64, 1000))
        changed[at : at + length] = bytes([chance.choice((0, 255, 32))]) * length
    else:  # shift: a few bytes more, or fewer
        changed[at : at + chance.choice((0, 1, 2, 7))] = bytes(chance.choice((0, 1, 3)))
    return bytes(changed)


def _by_format(name: str, raw: bytes, chance: random.Random) -> bytes:
    if name.endswith((".gz", ".mgz")):
        inside = _by_format(
            name.replace(".gz", "").replace(".mgz", ".mgh"), gzip.decompress(raw), chance
        )
        return gzip.compress(inside, mtime=0)
    if name.endswith(".nii"):
        return _absurd_nifti(raw, chance)
    if name.endswith(".mgh"):
        return _patched(raw, chance.choice(range(4, 28, 4)), ">i4", chance)
    if name.endswith((".nrrd", ".mha")):
        return _absurd_text(raw, chance)
    if chance.random() < 0.4:
        return _wrong_length(raw, chance)
    return _absurd_dicom(raw, chance)


def _absurd_dicom(raw: bytes, chance: random.Random) -> bytes:
    """Give one to three attributes values that no sound file has."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        dataset = pydicom.dcmread(io.BytesIO(raw), force=True)
        for keyword in chance.sample(sorted(_ABSURD), chance.choice((1, 1, 2, 3))):
            value = chance.choice(_ABSURD[keyword])
            tag = pydicom.tag.Tag(tag_for_keyword(keyword))
            stored = struct.pack("<H", value) if isinstance(value, int) else value.encode()
            stored += b" " * (len(stored) % 2)
            kind = dictionary_VR(tag).split(" ")[0]
            dataset[tag] = RawDataElement(tag, kind, len(stored), stored, 0, False, True)
        if chance.random() < 0.15:
            dataset.file_meta.TransferSyntaxUID = chance.choice(_SYNTAXES)
        if chance.random() < 0.1:
            dataset.PixelData = dataset.get("PixelData", b"")[: chance.choice((0, 1, 1001))]
        target = io.BytesIO()
        try:
            dataset.save_as(target)
        except Exception:  # noqa: BLE001 - pydicom won't write some: cut the file instead
            return _by_byte(raw, "flip in header", chance)
    return target.getvalue()


def _wrong_length(raw: bytes, chance: random.Random) -> bytes:
    """Change the length of an element; little-endian, explicit, as most files are."""
    found = [match.start() for match in re.finditer(rb"(?<=.\0..)[A-Z]{2}", raw[:20000], re.DOTALL)]
    if not found:
        return _by_byte(raw, "flip in header", chance)
    at = chance.choice(found)
    changed = bytearray(raw)
    if raw[at : at + 2] in _LONG:
        length = chance.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF, len(raw)))
        changed[at + 4 : at + 8] = struct.pack("<I", length)
    else:
        changed[at + 2 : at + 4] = struct.pack("<H", chance.choice((0, 1, 3, 255, 0xFFFE, 0xFFFF)))
    return bytes(changed)


def _absurd_nifti(raw: bytes, chance: random.Random) -> bytes:
    """Change fields of the header, of either version."""
    second = len(raw) > 4 and 540 in (
        struct.unpack("<i", raw[:4])[0],
        struct.unpack(">i", raw[:4])[0],
    )
    header = nibabel.Nifti2Header if second else nibabel.Nifti1Header
    layout = header.template_dtype
    order = ">" if raw[:1] == b"\0" else "<"
    fields = ("dim", "datatype", "bitpix", "vox_offset", "pixdim", "scl_slope", "scl_inter")
    fields += ("qform_code", "sform_code", "quatern_b", "srow_x", "cal_max", "xyzt_units", "magic")
    for name in chance.sample(fields, chance.choice((1, 1, 2))):
        kind, at = layout.fields[name][:2]
        base, count = kind.base, max(int(np.prod(kind.shape)), 1)
        raw = _patched(
            raw, at + base.itemsize * chance.randrange(count), base.newbyteorder(order), chance
        )
    return raw


def _patched(raw: bytes, at: int, kind: np.dtype | str, chance: random.Random) -> bytes:
    """Put an absurd number of a type at a place."""
    kind = np.dtype(kind)
    if kind.kind == "f":
        value = np.array(chance.choice((0, -1, 1e-40, 1e30, np.nan, np.inf, -np.inf)), kind)
    elif kind.kind in "iu":
        top = np.iinfo(kind)
        value = np.array(
            chance.choice((0, 1, -1 if top.min else 9, top.max, top.min, 7, 128)), kind
        )
    else:
        return raw[:at] + b"n+9\0" + raw[at + 4 :]
    stored = value.tobytes()
    return raw[:at] + stored + raw[at + len(stored) :]


def _absurd_text(raw: bytes, chance: random.Random) -> bytes:
    """Change, drop, repeat or spoil a line of a header in text."""
    ends = (raw.find(b"\n\n"), raw.find(b"LOCAL\n") + 5)
    end = ends[0] if raw.startswith(b"NRRD") else ends[1]
    lines = raw[:end].split(b"\n")
    n = chance.randrange(1, len(lines))
    key = re.split(rb"[:=]", lines[n])[0]
    sign = b": " if raw.startswith(b"NRRD") else b"= "
    values = (
        b"",
        b"0 0 0",
        b"-1 2 3",
        b"99999 99999 99999",
        b"20 18 12 7 7",
        b"nan nan nan",
        b"9" * 40,
    )
    values += (
        b"abc",
        b"(0,0,0) (0,0,0) (0,0,0)",
        b"none none none",
        b"3",
        b"16",
        b"/etc/passwd",
        b"LIST",
    )
    values += (b"double", b"block", b"bzip2", b"MET_DOUBLE", b"../../../etc/passwd", b"\xff\xfe\0")
    way = chance.choice(("value", "value", "value", "value", "drop", "repeat"))
    if way == "value":
        lines[n] = key + sign + chance.choice(values)
    elif way == "drop":
        del lines[n]
    else:
        lines[n:n] = [lines[n]] * chance.choice((1, 10000))
    return b"\n".join(lines) + raw[end:]
