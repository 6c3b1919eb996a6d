"""Files of four and five dimensions: each volume is chosen by its number, and has a name."""

import gzip
import tracemalloc
import zlib
from pathlib import Path

import nibabel
import numpy as np
import pytest
from builders import Array, change_header, phantom, write_nifti_scan
from refusals import refusal

from isthmus.scans import read
from isthmus.scans.byte_source import ByteSource
from isthmus.work import Cancelled, CancelToken

SHAPE = phantom().shape


def series(n: int) -> Array:
    """Return n different volumes, axes (volume, k, j, i)."""
    return np.stack([phantom() + np.uint16(100 * t) for t in range(n)])


@pytest.mark.parametrize("suffix", [".nii", ".nii.gz"])
def test_each_volume_of_a_4d_file(suffix: str, tmp_path: Path) -> None:
    path = write_nifti_scan(tmp_path / f"a{suffix}", series(4))
    stored = np.asanyarray(nibabel.load(path).dataobj)
    for part in range(4):
        volume = read(path, part=part)
        np.testing.assert_array_equal(volume.voxels, stored[..., part].T)
        assert volume.source.part == part
        assert volume.source.parts == tuple(f"volume {n} of 4" for n in (1, 2, 3, 4))
        assert volume.source.warnings == (
            f"a{suffix} holds 4 volumes. Open is volume {part + 1} of 4.",
        )
        assert volume.source.stored_bytes == phantom().nbytes


def test_volumes_of_a_5d_file_run_along_the_fourth_axis_first(tmp_path: Path) -> None:
    voxels = series(6).reshape(3, 2, *SHAPE)
    path = write_nifti_scan(tmp_path / "a.nii", voxels)
    stored = np.asanyarray(nibabel.load(path).dataobj)
    assert stored.shape == (*SHAPE[::-1], 2, 3)
    volume = read(path, part=3)
    np.testing.assert_array_equal(volume.voxels, stored[..., 1, 1].T)
    assert volume.source.parts[3] == "volume 2, component 2"
    assert volume.source.parts[:3] == (
        "volume 1, component 1",
        "volume 2, component 1",
        "volume 1, component 2",
    )


@pytest.mark.parametrize(
    ("shape", "labels"),
    [
        ((1, 1, 2), ("volume 1 of 2", "volume 2 of 2")),
        ((2, 1), ("component 1 of 2", "component 2 of 2")),
        ((2, 1, 1, 1), ("seventh axis 1 of 2", "seventh axis 2 of 2")),
        ((1, 1), ()),
        ((1, 1, 1, 1), ()),
    ],
)
def test_axes_of_one_place_are_no_choice(
    shape: tuple[int, ...], labels: tuple[str, ...], tmp_path: Path
) -> None:
    n = int(np.prod(shape))
    path = write_nifti_scan(tmp_path / "a.nii", series(n).reshape(*shape, *SHAPE))
    volume = read(path, part=n - 1)
    assert volume.source.parts == labels
    np.testing.assert_array_equal(volume.voxels, series(n)[-1])


@pytest.mark.parametrize(
    ("unit", "step", "start", "label"),
    [
        ("sec", 2.5, 0, "volume 3 of 3, 5 s"),
        ("msec", 1500, 500, "volume 3 of 3, 3.5 s"),
        ("usec", 1e6, 0, "volume 3 of 3, 2 s"),
        ("unknown", 2.5, 0, "volume 3 of 3"),
        ("sec", 0, 0, "volume 3 of 3"),
    ],
)
def test_times_are_told_in_seconds(
    unit: str, step: float, start: float, label: str, tmp_path: Path
) -> None:
    image = nibabel.Nifti1Image(series(3).T, np.eye(4))
    image.header.set_xyzt_units("mm", unit)
    image.header["pixdim"][4], image.header["toffset"] = step, start
    nibabel.save(image, tmp_path / "a.nii")
    assert read(tmp_path / "a.nii", part=2).source.parts[2] == label


def test_b_values_beside_the_file_name_its_volumes(tmp_path: Path) -> None:
    path = write_nifti_scan(tmp_path / "dwi.nii.gz", series(3))
    table = tmp_path / "dwi.bval"
    table.write_text("0 1000 2000.5\n")
    assert read(path).source.parts == (
        "volume 1 of 3, b 0",
        "volume 2 of 3, b 1000",
        "volume 3 of 3, b 2000.5",
    )
    for text in ("0 1000", "0 many 3", "0 nan 3", ""):
        table.write_text(text)
        assert read(path).source.parts[1] == "volume 2 of 3"


@pytest.mark.parametrize("part", [3, -1, 10**9])
def test_a_volume_that_there_is_not(part: int, tmp_path: Path) -> None:
    path = write_nifti_scan(tmp_path / "a.nii", series(3))
    error = refusal(path, part=part)
    assert error.problem == f"a.nii has no volume {part + 1}: it holds 3."
    assert error.remedy == "Choose one from 1 to 3."
    assert "it holds 1" in refusal(write_nifti_scan(tmp_path / "b.nii", phantom()), part=1).problem


def test_volumes_that_a_short_file_lacks_are_not_offered(tmp_path: Path) -> None:
    path = write_nifti_scan(tmp_path / "a.nii", series(4))
    path.write_bytes(path.read_bytes()[: 352 + 2 * phantom().nbytes + 77])
    volume = read(path, part=1)
    np.testing.assert_array_equal(volume.voxels, series(4)[1])
    assert volume.source.parts == ("volume 1 of 4", "volume 2 of 4")
    assert "a.nii is cut short: 2 of its 4 volumes are there." in volume.source.warnings
    assert "2 of its 4 volumes are there" in refusal(path, part=2).problem


def test_a_short_compressed_file_opens_up_to_where_it_ends(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 60000, (4, 8, 32, 32), np.uint16)
    path = write_nifti_scan(tmp_path / "a.nii.gz", noise)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 5 // 8])
    np.testing.assert_array_equal(read(path, part=1).voxels, noise[1])
    assert "a.nii.gz is cut short: 3 of its 8 slices" in refusal(path, part=2).problem
    assert "it holds no slices" in refusal(path, part=3).problem


def test_one_volume_takes_the_memory_of_one(tmp_path: Path) -> None:
    many = np.random.default_rng(0).integers(0, 60000, (12, 16, 128, 128), np.uint16)
    path = write_nifti_scan(tmp_path / "a.nii", many)
    (tmp_path / "a.nii.gz").write_bytes(gzip.compress(path.read_bytes(), 1))
    one = many[0].nbytes
    del many
    for suffix in (".nii", ".nii.gz"):
        read(tmp_path / f"a{suffix}")  # imports and caches do not count
        tracemalloc.start()
        volume = read(tmp_path / f"a{suffix}", part=7)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert volume.voxels.nbytes == one
        assert peak < one + (4 << 20), suffix


def test_a_file_that_changes_later_leaves_the_volume_alone(tmp_path: Path) -> None:
    """Nothing of the file is mapped: cutting it short must not end the program."""
    path = write_nifti_scan(tmp_path / "a.nii", series(2))
    volume = read(path, part=1)
    path.write_bytes(b"")
    np.testing.assert_array_equal(volume.voxels, series(2)[1])


def test_a_list_of_volumes_has_an_end(tmp_path: Path) -> None:
    path = write_nifti_scan(tmp_path / "a.nii", np.zeros((1, 2, 2), np.uint8))
    change_header(path, dim=[5, 2, 2, 1, 32767, 32767, 1, 1])
    with path.open("r+b") as file:
        file.truncate(352 + 4 * 32767 * 32767)
    volume = read(path, part=1_000_000)
    assert len(volume.source.parts) == 65536
    assert volume.source.part == 1_000_000


@pytest.mark.parametrize("dim", [[4, 4, 3, 2, 10**12], [7, 4, 3, 2, *[2**60] * 4]])
def test_nifti_2_may_announce_any_number_of_volumes(dim: list[int], tmp_path: Path) -> None:
    header = nibabel.Nifti2Header()
    header["dim"][: len(dim)], header["magic"] = dim, b"n+2\0\r\n\x1a\n"
    header["datatype"], header["bitpix"], header["vox_offset"] = 2, 8, 544
    (tmp_path / "a.nii").write_bytes(header.binaryblock + bytes(4) + bytes(range(48)))
    tracemalloc.start()
    volume = read(tmp_path / "a.nii", part=1)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert volume.voxels.ravel().tolist() == list(range(24, 48))
    assert len(volume.source.parts) == 2
    assert peak < 48 << 20


@pytest.mark.parametrize("size", [2**62, 10**12, 3_000_000])
def test_nifti_2_may_announce_any_size(size: int, tmp_path: Path) -> None:
    header = nibabel.Nifti2Header()
    header["dim"][:4], header["magic"] = (3, size, size, size), b"n+2\0\r\n\x1a\n"
    header["datatype"], header["bitpix"], header["vox_offset"] = 64, 64, 544
    raw = header.binaryblock + bytes(4000)
    (tmp_path / "a.nii").write_bytes(raw)
    assert f"0 of its {size} slices are there" in refusal(tmp_path / "a.nii").problem
    (tmp_path / "b.nii.gz").write_bytes(gzip.compress(raw))
    assert "cannot hold" in refusal(tmp_path / "b.nii.gz").problem


def test_a_bomb_behind_the_voxels_is_not_unpacked(tmp_path: Path) -> None:
    """What follows the last voxel is read for its checksum, but not for ever."""
    path = write_nifti_scan(tmp_path / "a.nii", phantom())
    packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    raw = packer.compress(path.read_bytes())
    raw += b"".join(packer.compress(bytes(1 << 24)) for _ in range(4)) + packer.flush()
    assert len(raw) < 2 << 20  # 64 MiB of zeros
    (tmp_path / "a.nii.gz").write_bytes(raw)
    source = ByteSource(tmp_path / "a.nii.gz")
    with source:
        assert source.skip(path.stat().st_size) == path.stat().st_size
        assert source.finish()
        assert source.read(1) == b"\0"
    np.testing.assert_array_equal(read(tmp_path / "a.nii.gz").voxels, phantom())


def test_many_empty_streams_in_a_row_end(tmp_path: Path) -> None:
    plain = write_nifti_scan(tmp_path / "a.nii", phantom()).read_bytes()
    empty = gzip.compress(b"")
    raw = gzip.compress(plain[:1000]) + empty * 20_000 + gzip.compress(plain[1000:])
    (tmp_path / "a.nii.gz").write_bytes(raw)
    np.testing.assert_array_equal(read(tmp_path / "a.nii.gz").voxels, phantom())


def test_progress_counts_what_is_passed_over_in_a_stream(tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []
    path = write_nifti_scan(tmp_path / "a.nii.gz", np.zeros((6, 4, 1024, 1024), np.int16))
    read(path, part=5, progress=lambda fraction, text="": told.append((fraction, text)))
    fractions = [fraction for fraction, _ in told]
    assert fractions == sorted(fractions)
    assert sum(text == "Passing over earlier volumes" for _, text in told) >= 2
    assert next(fraction for fraction, text in told if "slice 1 " in text) == pytest.approx(
        5 / 6, abs=1e-4
    )


def test_passing_over_earlier_volumes_can_be_cancelled(tmp_path: Path) -> None:
    token = CancelToken()

    def cancel_soon(fraction: float, text: str = "") -> None:
        if "earlier" in text:
            token.cancel()

    path = write_nifti_scan(tmp_path / "a.nii.gz", series(3))
    with pytest.raises(Cancelled):
        read(path, part=2, progress=cancel_soon, cancel=token)
