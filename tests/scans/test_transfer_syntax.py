"""Every transfer syntax gives the voxels that were encoded: exactly, or within its error."""

import contextlib
import tracemalloc
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest
from builders import phantom, write_dicom_enhanced, write_dicom_series
from pydicom import uid
from pydicom.data import get_testdata_file
from refusals import refusal
from syntaxes import change_frames, recode

from isthmus.errors import ScanError
from isthmus.scans import read
from isthmus.scans.dicom_headers import read_header
from isthmus.scans.dicom_pixels import read_pixels
from isthmus.work import no_progress

LOSSLESS = [
    uid.ImplicitVRLittleEndian,
    uid.ExplicitVRLittleEndian,
    uid.ExplicitVRBigEndian,
    uid.DeflatedExplicitVRLittleEndian,
    uid.RLELossless,
    uid.JPEGLossless,
    uid.JPEGLosslessSV1,
    uid.JPEGLSLossless,
    uid.JPEG2000Lossless,
    uid.HTJ2KLossless,
    uid.HTJ2KLosslessRPCL,
]
# The largest error of any voxel, of values up to 1000 or, in eight bits, 200.
LOSSY = {
    uid.JPEGBaseline8Bit: 4,
    uid.JPEGExtended12Bit: 6,
    uid.JPEGLSNearLossless: 2,
    uid.JPEG2000: 16,
    uid.HTJ2K: 12,
}
SHAPE = (3, 64, 48)
# Markers of JPEG and JPEG-LS behind which the size stands.
SIZES = (0xC0, 0xC1, 0xC3, 0xF7)
Array = np.ndarray


def name_of(value: Any) -> str:
    return value.name if isinstance(value, uid.UID) else str(value)


def pixels_of(path: Path | str) -> Array:
    """Read all frames of a file as they stand, even of pictures that are no scan."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pydicom; `read` does the same
        header = read_header(Path(path))
        headers = {header.path: header}
        return read_pixels(header.frames, headers, progress=no_progress, cancel=None).voxels


def sample(name: str) -> Path:
    """Return one of the files that come with pydicom."""
    path = get_testdata_file(name, download=False)
    assert path is not None
    return Path(path)


@pytest.mark.parametrize("kind", ["u1", "u2", "i2", "12 bits", "12 bits, signed"])
@pytest.mark.parametrize("syntax", LOSSLESS, ids=name_of)
def test_lossless_ones_are_exact(syntax: uid.UID, kind: str, tmp_path: Path) -> None:
    voxels, bits = phantom(SHAPE), {}
    if kind in ("u1", "u2"):
        voxels = phantom(SHAPE, kind)
    elif kind == "12 bits":
        bits = {"BitsStored": 12, "HighBit": 11}
    if kind == "i2":
        voxels = voxels.astype("i2") - 300
    if kind == "12 bits, signed":
        voxels = voxels.astype("i2") - 900
        bits = {"BitsStored": 12, "HighBit": 11}
    for path in write_dicom_series(tmp_path, voxels, **bits):
        recode(path, syntax)
    volume = read(tmp_path)
    assert volume.voxels.dtype == voxels.dtype
    np.testing.assert_array_equal(volume.voxels, voxels)


@pytest.mark.parametrize("syntax", LOSSY, ids=name_of)
def test_lossy_ones_stay_within_their_error(syntax: uid.UID, tmp_path: Path) -> None:
    eight = syntax == uid.JPEGBaseline8Bit
    voxels = phantom(SHAPE, "u1" if eight else "u2")
    bits = {} if eight else {"BitsStored": 12, "HighBit": 11}
    for path in write_dicom_series(tmp_path, voxels, **bits):
        recode(path, syntax)
    volume = read(tmp_path)
    assert volume.voxels.dtype == voxels.dtype
    error = np.abs(volume.voxels.astype(int) - voxels)
    assert 0 < error.max() <= LOSSY[syntax]


@pytest.mark.parametrize("syntax", LOSSLESS, ids=name_of)
def test_a_file_of_many_frames_is_read_in_any_order(syntax: uid.UID, tmp_path: Path) -> None:
    voxels = phantom((5, 40, 36))
    path = write_dicom_enhanced(tmp_path / "e.dcm", voxels, order=[3, 0, 4, 1, 2])
    np.testing.assert_array_equal(read(recode(path, syntax)).voxels, voxels)


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("MR_small_implicit.dcm", True),
        ("MR_small_bigendian.dcm", True),
        ("MR_small_expb.dcm", True),
        ("MR_small_padded.dcm", True),
        ("MR_small_RLE.dcm", True),
        ("MR_small_jp2klossless.dcm", True),
        ("MR_small_jpeg_ls_lossless.dcm", True),
    ],
)
def test_pydicoms_small_mr_in_every_encoding(name: str, same: bool) -> None:
    """One slice, stored eight times, by other programs."""
    plain = pydicom.dcmread(sample("MR_small.dcm")).pixel_array
    np.testing.assert_array_equal(pixels_of(sample("MR_small.dcm"))[0], plain)
    np.testing.assert_array_equal(pixels_of(sample(name))[0], plain)


def test_pydicoms_samples_in_lossy_encodings() -> None:
    """The same scintigram, by two lossy codecs of other programs, in twelve and sixteen bits."""
    twelve, wavelets = pixels_of(sample("JPGExtended.dcm")), pixels_of(sample("JPEG2000.dcm"))
    assert twelve.dtype == np.uint16
    assert np.abs(twelve.astype(int) - wavelets).max() <= 100
    assert np.corrcoef(twelve.ravel(), wavelets.ravel())[0, 1] > 0.9
    np.testing.assert_array_equal(pixels_of(sample("JPEG-lossy.dcm")), twelve)


def test_pydicoms_deflated_sample() -> None:
    path = sample("image_dfl.dcm")
    np.testing.assert_array_equal(pixels_of(path)[0], pydicom.dcmread(path).pixel_array)


def test_a_header_that_is_written_otherwise_than_announced() -> None:
    """Its header has no value representations although its transfer syntax wants them."""
    plain = pixels_of(sample("SC_rgb_jpeg_dcmd.dcm"))
    assert np.abs(pixels_of(sample("SC_rgb_jpeg.dcm")).astype(int) - plain).max() <= 1


@pytest.mark.parametrize(
    "name", ["SC_rgb_jpeg_gdcm.dcm", "SC_rgb_gdcm_KY.dcm", "SC_rgb_jls_lossy_line.dcm"]
)
def test_pydicoms_colours_in_every_encoding(name: str) -> None:
    """Lossless JPEG, JPEG 2000 and JPEG-LS, beside RLE."""
    plain = pixels_of(sample("SC_rgb_rle.dcm")).astype(int)
    assert np.abs(pixels_of(sample(name)).astype(int) - plain).max() <= 5


@pytest.mark.parametrize(
    "name",
    [
        "SC_rgb_dcmtk_+eb+cr.dcm",
        "SC_rgb_dcmtk_+eb+cy+n1.dcm",
        "SC_rgb_dcmtk_+eb+cy+np.dcm",
        "SC_rgb_dcmtk_+eb+cy+s4.dcm",
        "SC_rgb_jpeg_lossy_gdcm.dcm",
    ],
)
def test_pydicoms_colours_by_baseline_jpeg(name: str) -> None:
    """RGB and YBR, with and without subsampling: the luminance is the same but for edges."""
    plain = pixels_of(sample("SC_rgb_rle.dcm")).astype(int)
    assert np.median(np.abs(pixels_of(sample(name)).astype(int) - plain)) <= 1


@pytest.mark.parametrize(
    ("syntax", "words"),
    [
        (uid.MPEG2MPML, "MPEG2 Main Profile / Main Level"),
        (uid.HEVCMP51, "HEVC/H.265 Main Profile / Level 5.1"),
        ("1.2.840.10008.1.2.4.110", "JPEG XL Lossless"),
        ("1.2.3.4.5", "1.2.3.4.5"),
    ],
)
def test_what_cannot_be_decoded_is_named(syntax: str, words: str, tmp_path: Path) -> None:
    (path,) = write_dicom_series(tmp_path, phantom((1, 24, 20)))
    dataset = pydicom.dcmread(path)
    dataset.PixelData = pydicom.encaps.encapsulate([bytes(50)])
    dataset["PixelData"].VR = "OB"
    dataset.file_meta.TransferSyntaxUID = uid.UID(syntax)
    pydicom.dcmwrite(path, dataset, implicit_vr=False, little_endian=True, force_encoding=True)
    error = refusal(tmp_path)
    assert f"compressed as {words}" in error.problem
    assert "which Isthmus cannot decode" in error.problem


@pytest.mark.parametrize("syntax", [*LOSSLESS[4:], *LOSSY], ids=name_of)
def test_a_frame_that_ends_early_is_refused(syntax: uid.UID, tmp_path: Path) -> None:
    """Half a picture with a grey rest would be worse than none."""
    path = encoded(tmp_path, syntax)
    change_frames(path, lambda frame: frame[: len(frame) // 2])
    assert "pixels cannot be decoded" in refusal(path).problem


@pytest.mark.parametrize("syntax", [*LOSSLESS[5:], *LOSSY], ids=name_of)
def test_a_frame_of_another_size_is_refused_before_it_is_decoded(
    syntax: uid.UID, tmp_path: Path
) -> None:
    """What a few bytes announce must not decide how much memory is taken."""
    path = encoded(tmp_path, syntax)
    change_frames(path, with_huge_size)
    error = refusal(path)
    assert "pixels cannot be decoded" in error.problem
    assert "its frame has 60000 rows" in str(error.__cause__)


@pytest.mark.parametrize("syntax", [*LOSSLESS[3:], *LOSSY], ids=name_of)
def test_flipped_bytes_give_a_picture_or_a_sentence(syntax: uid.UID, tmp_path: Path) -> None:
    path = encoded(tmp_path, syntax)
    whole = path.read_bytes()
    random = np.random.default_rng(5)
    for _ in range(25):
        spoilt = bytearray(whole)
        for place in random.integers(len(whole) // 3, len(whole), size=random.integers(1, 9)):
            spoilt[place] = random.integers(256)
        path.write_bytes(spoilt)
        with contextlib.suppress(ScanError):
            assert read(path).shape == (1, *SHAPE[1:])


@pytest.mark.parametrize("syntax", [*LOSSLESS, *LOSSY], ids=name_of)
def test_a_file_that_ends_early_is_refused(syntax: uid.UID, tmp_path: Path) -> None:
    path = encoded(tmp_path, syntax)
    whole = path.read_bytes()
    for missing in (8, len(whole) // 4):
        path.write_bytes(whole[: len(whole) - missing - 40])
        assert path.name in refusal(path).problem


@pytest.mark.parametrize("table", [False, True], ids=["no offsets", "offsets"])
@pytest.mark.parametrize("there", [3, 7])
def test_frames_that_are_missing_or_too_many(there: int, table: bool, tmp_path: Path) -> None:
    voxels = phantom((5, 40, 36))
    path = recode(write_dicom_enhanced(tmp_path / "e.dcm", voxels), uid.JPEGLSLossless)
    dataset = pydicom.dcmread(path)
    frames = list(pydicom.encaps.generate_frames(dataset.PixelData, number_of_frames=5))
    frames = (frames + frames)[:there]
    dataset.PixelData = pydicom.encaps.encapsulate(frames, has_bot=table)
    dataset.save_as(path)
    if there > 5:
        np.testing.assert_array_equal(read(path).voxels, voxels)
    else:
        # Without offsets nobody can tell which fragments belong to which frame.
        expected = "cut short: 3 of its 5 slices are there." if table else "damaged"
        assert expected in refusal(path).problem


def test_a_deflated_bomb_is_unpacked_only_as_far_as_its_pixels_go(tmp_path: Path) -> None:
    voxels = phantom((1, 64, 48))
    (path,) = write_dicom_series(tmp_path, voxels)
    dataset = pydicom.dcmread(path)
    dataset.PixelData += bytes(1 << 28)
    dataset.file_meta.TransferSyntaxUID = uid.DeflatedExplicitVRLittleEndian
    dataset.save_as(path)
    tracemalloc.start()
    np.testing.assert_array_equal(read(path).voxels, voxels)
    taken = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert taken < 200 << 20


def encoded(folder: Path, syntax: uid.UID) -> Path:
    """Write one slice in a transfer syntax."""
    kind = "u1" if syntax == uid.JPEGBaseline8Bit else "u2"
    bits = {} if kind == "u1" else {"BitsStored": 12, "HighBit": 11}
    (path,) = write_dicom_series(folder, phantom((1, *SHAPE[1:]), kind), **bits)
    return recode(path, syntax)


def with_huge_size(frame: bytes) -> bytes:
    """Make a stream announce 60,000 rows."""
    changed = bytearray(frame)
    if frame.startswith(b"\xff\x4f"):
        changed[12:16] = (60_000).to_bytes(4, "big")
    else:
        at = next(at for at in range(len(frame)) if frame[at] == 0xFF and frame[at + 1] in SIZES)
        changed[at + 5 : at + 7] = (60_000).to_bytes(2, "big")
    return bytes(changed)
