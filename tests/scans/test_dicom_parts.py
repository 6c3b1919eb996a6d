"""What makes different images of one place divides a series, and each part is a volume."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest
from builders import phantom, write_dicom_enhanced, write_dicom_series
from pydicom.dataset import Dataset
from pydicom.uid import generate_uid

from isthmus.errors import ScanError
from isthmus.scans import list_series, read, read_series

CORONAL = (1.0, 0.0, 0.0, 0.0, 0.0, -1.0)
SAGITTAL = (0.0, 1.0, 0.0, 0.0, 0.0, -1.0)
PLACES = 4


def write_parts(folder: Path, count: int, **own: Callable[[int], Any]) -> np.ndarray:
    """Write `count` volumes of four slices into one series, with numbers in no useful order.

    Returns:
        Voxels with axes (part, k, j, i).
    """
    voxels = phantom((count * PLACES, 8, 10))
    parts = [n // PLACES for n in range(len(voxels))]
    write_dicom_series(
        folder,
        voxels,
        positions=[(-100, -120, 3 * (n % PLACES)) for n in range(len(voxels))],
        **{keyword: [value(part) for part in parts] for keyword, value in own.items()},
    )
    return voxels.reshape(count, PLACES, 8, 10)


def assert_parts(folder: Path, labels: list[str], volumes: Any) -> None:
    """Check names and voxels of every part."""
    (series,) = list_series(folder)
    assert series.parts == tuple(labels)
    assert series.n_slices == PLACES
    for part, expected in enumerate(volumes):
        volume = read_series(series, part)
        np.testing.assert_array_equal(volume.voxels, expected)
        assert (volume.source.parts, volume.source.part) == (tuple(labels), part)
        assert volume.source.warnings == ()
        assert len(volume.source.paths) == PLACES


def test_echoes(tmp_path: Path) -> None:
    voxels = write_parts(
        tmp_path, 2, EchoTime=lambda n: (80.0, 12.5)[n], EchoNumbers=lambda n: 2 - n
    )
    assert_parts(tmp_path, ["echo 1, TE 12.5 ms", "echo 2, TE 80 ms"], voxels[::-1])


def test_inversion_times(tmp_path: Path) -> None:
    voxels = write_parts(tmp_path, 3, InversionTime=lambda n: (100.0, 2500.0, 900.0)[n])
    assert_parts(tmp_path, ["TI 100 ms", "TI 900 ms", "TI 2500 ms"], voxels[[0, 2, 1]])


@pytest.mark.parametrize(
    "words", [("P", "M", "R", "I"), ("PHASE MAP", "M_FFE", "REAL", "IMAGINARY")]
)
def test_magnitude_comes_before_the_other_components(words: Any, tmp_path: Path) -> None:
    voxels = write_parts(tmp_path, 4, ImageType=lambda n: ["ORIGINAL", "PRIMARY", words[n]])
    assert_parts(tmp_path, ["magnitude", "real", "imaginary", "phase"], voxels[[1, 2, 3, 0]])


def test_other_words_of_the_image_type(tmp_path: Path) -> None:
    words = ("WATER", "FAT")
    voxels = write_parts(tmp_path, 2, ImageType=lambda n: ["DERIVED", "PRIMARY", "DIXON", words[n]])
    # By number, and numbers fall.
    assert_parts(tmp_path, ["FAT", "WATER"], voxels[::-1])


def test_echoes_of_magnitude_and_phase(tmp_path: Path) -> None:
    voxels = write_parts(
        tmp_path, 4,
        ImageType=lambda n: ["ORIGINAL", "PRIMARY", "MP"[n % 2]],
        EchoTime=lambda n: (4.0, 9.0)[n // 2],
    )  # fmt: skip
    labels = ["echo 1, TE 4 ms", "echo 2, TE 9 ms"]
    assert_parts(
        tmp_path,
        [f"{component}, {label}" for component in ("magnitude", "phase") for label in labels],
        voxels[[0, 2, 1, 3]],
    )


def siemens(dataset: Dataset, b_value: int, direction: list[float] | None) -> None:
    block = dataset.private_block(0x0019, "SIEMENS MR HEADER", create=True)
    block.add_new(0x0C, "IS", b_value)
    if direction:
        block.add_new(0x0E, "FD", direction)


def siemens_of_unknown_type(dataset: Dataset, b_value: int, direction: list[float] | None) -> None:
    block = dataset.private_block(0x0019, "SIEMENS MR HEADER", create=True)
    block.add_new(0x0C, "UN", str(b_value).encode().ljust(6))
    if direction:
        block.add_new(0x0E, "UN", np.array(direction, "<f8").tobytes())


def philips(dataset: Dataset, b_value: int, direction: list[float] | None) -> None:
    dataset.private_block(0x2001, "Philips Imaging DD 001", create=True).add_new(
        0x03, "FL", float(b_value)
    )
    block = dataset.private_block(0x2005, "Philips MR Imaging DD 001", create=True)
    for element, value in zip((0xB0, 0xB1, 0xB2), direction or [0.0] * 3, strict=True):
        block.add_new(element, "FL", value)


def ge(dataset: Dataset, b_value: int, direction: list[float] | None) -> None:
    block = dataset.private_block(0x0043, "GEMS_PARM_01", create=True)
    block.add_new(0x39, "IS", [1_000_000_000 + b_value, 8, 0, 0])
    block = dataset.private_block(0x0019, "GEMS_ACQU_01", create=True)
    for element, value in zip((0xBB, 0xBC, 0xBD), direction or [0.0] * 3, strict=True):
        block.add_new(element, "DS", value)


def standard(dataset: Dataset, b_value: int, direction: list[float] | None) -> None:
    dataset.DiffusionBValue = float(b_value)
    if direction:
        dataset.DiffusionGradientOrientation = direction


@pytest.mark.parametrize("maker", [siemens, siemens_of_unknown_type, philips, ge, standard])
def test_b_values_of_every_maker(
    maker: Callable[[Dataset, int, list[float] | None], None], tmp_path: Path
) -> None:
    voxels = write_parts(tmp_path, 4, AcquisitionNumber=lambda _: 1)
    shots = [(800, [1.0, 0.0, 0.0]), (0, None), (800, [0.0, 0.6, 0.8]), (50, [1.0, 0.0, 0.0])]
    for path in tmp_path.iterdir():
        dataset = pydicom.dcmread(path)
        maker(dataset, *shots[(len(voxels) * PLACES - dataset.InstanceNumber) // PLACES])
        dataset.save_as(path)
    # Numbers fall, so the second direction comes first.
    labels = ["b 0", "b 50", "b 800, direction 1", "b 800, direction 2"]
    assert_parts(tmp_path, labels, voxels[[1, 3, 2, 0]])


def test_time_points_by_their_index_even_if_slices_are_missing(tmp_path: Path) -> None:
    voxels = write_parts(tmp_path, 3, TemporalPositionIdentifier=lambda n: n + 1)
    # The second slice of the second time.
    (path,) = [
        path for path in tmp_path.iterdir() if pydicom.dcmread(path).InstanceNumber == 12 - 5
    ]
    path.unlink()
    (series,) = list_series(tmp_path)
    assert series.parts == ("time 1 of 3", "time 2 of 3", "time 3 of 3")
    np.testing.assert_array_equal(read_series(series, 2).voxels, voxels[2])
    second = read_series(series, 1)
    np.testing.assert_array_equal(second.voxels, voxels[1][[0, 2, 3]])
    assert any("1 slice is missing" in words for words in second.source.warnings)


def test_time_points_by_acquisition(tmp_path: Path) -> None:
    voxels = write_parts(tmp_path, 2, AcquisitionNumber=lambda n: 2 - n)
    assert_parts(tmp_path, ["time 1 of 2", "time 2 of 2"], voxels[::-1])


def test_times_that_differ_in_every_slice_only_order(tmp_path: Path) -> None:
    """As in echo-planar series, where each slice has a moment of its own."""
    voxels = phantom((3 * PLACES, 8, 10))
    moments = [f"1200{n // PLACES:02d}.{(7 * n) % 12:02d}0000" for n in range(len(voxels))]
    write_dicom_series(
        tmp_path,
        voxels,
        positions=[(0, 0, 3 * (n % PLACES)) for n in range(len(voxels))],
        AcquisitionTime=moments,
    )
    expected = voxels.reshape(3, PLACES, 8, 10)
    assert_parts(tmp_path, ["time 1 of 3", "time 2 of 3", "time 3 of 3"], expected)


def test_heart_phases_that_differ_between_slices(tmp_path: Path) -> None:
    voxels = phantom((3 * PLACES, 8, 10))
    write_dicom_series(
        tmp_path,
        voxels,
        positions=[(0, 0, 3 * (n % PLACES)) for n in range(len(voxels))],
        TriggerTime=[40.0 * (n // PLACES) + n % PLACES + 1 for n in range(len(voxels))],
    )
    expected = voxels.reshape(3, PLACES, 8, 10)
    assert_parts(tmp_path, ["time 1 of 3", "time 2 of 3", "time 3 of 3"], expected)


def test_two_regions_at_one_height(tmp_path: Path) -> None:
    """As two knees have: slices of the same height beside each other."""
    voxels = phantom((2 * PLACES, 8, 10))
    write_dicom_series(
        tmp_path,
        voxels,
        positions=[(150 * (n // PLACES), 0, 3 * (n % PLACES)) for n in range(len(voxels))],
    )
    expected = voxels.reshape(2, PLACES, 8, 10)[::-1]
    assert_parts(tmp_path, ["position 1", "position 2"], expected)


def test_a_mark_that_goes_with_the_place_divides_nothing(tmp_path: Path) -> None:
    write_dicom_series(
        tmp_path, phantom((6, 8, 8)), AcquisitionNumber=[1, 1, 1, 2, 2, 2],
        EchoTime=[5.0, 5.1, 5.2, 5.3, 5.4, 5.5],
    )  # fmt: skip
    (series,) = list_series(tmp_path)
    assert (series.parts, series.n_slices) == ((), 6)


def test_a_folder_copied_into_itself_is_one_volume(tmp_path: Path) -> None:
    voxels = phantom()
    for path in write_dicom_series(tmp_path, voxels):
        path.with_name(f"copy of {path.name}").write_bytes(path.read_bytes())
    volume = read(tmp_path)
    np.testing.assert_array_equal(volume.voxels, voxels)
    assert volume.source.warnings == ()
    assert [reason for _, reason in volume.source.left_out] == ["is a copy of another file"] * 5


def test_files_that_share_an_identifier_by_mistake_are_all_read(tmp_path: Path) -> None:
    voxels = phantom()
    write_dicom_series(tmp_path, voxels, SOPInstanceUID="1.2.3.4")
    np.testing.assert_array_equal(read(tmp_path).voxels, voxels)


def test_slices_at_several_angles_are_parts_the_largest_first(tmp_path: Path) -> None:
    uid = generate_uid()
    write_dicom_series(tmp_path, phantom((25, 8, 8)), series=uid, prefix="A", orientation=SAGITTAL)
    write_dicom_series(tmp_path, phantom((3, 8, 8)), series=uid, prefix="B", orientation=CORONAL)
    (series,) = list_series(tmp_path)
    assert series.parts == ("sagittal", "coronal")
    assert (series.n_slices, series.kind) == (25, "")
    assert read(tmp_path, part=1).shape == (3, 8, 8)


def test_slices_of_other_sizes_are_parts(tmp_path: Path) -> None:
    """As CT has that is reconstructed twice into one series."""
    uid = generate_uid()
    write_dicom_series(tmp_path, phantom((25, 8, 8)), series=uid, prefix="A")
    write_dicom_series(tmp_path, phantom((24, 8, 8)), series=uid, prefix="B", spacing=(0.5, 0.5))
    (series,) = list_series(tmp_path)
    assert series.parts == ("pixels of 1.1 mm", "pixels of 0.5 mm")
    assert read_series(series, 1).spacing[1:] == pytest.approx((0.5, 0.5))


def test_a_part_that_is_not_there(tmp_path: Path) -> None:
    write_parts(tmp_path, 2, TemporalPositionIdentifier=lambda n: n + 1)
    with pytest.raises(ScanError, match=r"has no volume 3: it holds 2\. Choose one from 1 to 2\."):
        read(tmp_path, part=2)
    with pytest.raises(ScanError, match="has no volume 0"):
        read(tmp_path, part=-1)


def echo_group(part: int) -> tuple[str, Dataset]:
    item = Dataset()
    item.EffectiveEchoTime = (80.0, 12.0)[part]
    return "MREchoSequence", item


def diffusion_group(part: int) -> tuple[str, Dataset]:
    item = Dataset()
    item.DiffusionBValue = (1000.0, 0.0)[part]
    return "MRDiffusionSequence", item


def component_group(part: int) -> tuple[str, Dataset]:
    item = Dataset()
    item.ComplexImageComponent = ("PHASE", "MAGNITUDE")[part]
    return "MRImageFrameTypeSequence", item


@pytest.mark.parametrize(
    ("group", "labels"),
    [
        (echo_group, ("echo 1, TE 12 ms", "echo 2, TE 80 ms")),
        (diffusion_group, ("b 0", "b 1000")),
        (component_group, ("magnitude", "phase")),
    ],
)
def test_an_enhanced_file_with_parts(
    group: Callable[[int], tuple[str, Dataset]], labels: tuple[str, ...], tmp_path: Path
) -> None:
    """In the groups of each frame; the file holds the part that is to come second first."""
    voxels, path = enhanced_pair(tmp_path)
    dataset = pydicom.dcmread(path)
    for n, frame in enumerate(dataset.PerFrameFunctionalGroupsSequence):
        keyword, item = group(n % 2)
        setattr(frame, keyword, [item])
    dataset.save_as(path)
    (series,) = list_series(tmp_path)
    assert series.parts == labels
    for part in range(2):
        np.testing.assert_array_equal(read(path, part=part).voxels, voxels[1 - part])


def test_dimensions_of_an_enhanced_file_divide_what_nothing_else_does(tmp_path: Path) -> None:
    voxels, path = enhanced_pair(tmp_path)
    dataset = pydicom.dcmread(path)
    pointers = (0x00209056, 0x00209057, 0x00189999)  # stack, place in it, something else
    dataset.DimensionIndexSequence = [Dataset() for _ in pointers]
    for item, pointer in zip(dataset.DimensionIndexSequence, pointers, strict=True):
        item.DimensionIndexPointer = pointer
    for n, frame in enumerate(dataset.PerFrameFunctionalGroupsSequence):
        frame.FrameContentSequence[0].DimensionIndexValues = [1, n // 2 + 1, 2 - n % 2]
    dataset.save_as(path)
    (series,) = list_series(tmp_path)
    assert series.parts == ("volume 1 of 2", "volume 2 of 2")
    np.testing.assert_array_equal(read(path, part=0).voxels, voxels[1])
    np.testing.assert_array_equal(read(path, part=1).voxels, voxels[0])


def test_one_enhanced_file_for_each_time_is_one_series(tmp_path: Path) -> None:
    """As Siemens XA stores functional scans."""
    voxels = [phantom((4, 8, 10)) + 100 * n for n in range(3)]
    for n, volume in enumerate(voxels):
        path = write_dicom_enhanced(tmp_path / f"{n}.dcm", volume)
        dataset = pydicom.dcmread(path)
        dataset.SeriesInstanceUID = "1.2.3"
        dataset.AcquisitionNumber = dataset.InstanceNumber = n + 1
        dataset.save_as(path)
    (series,) = list_series(tmp_path)
    assert series.parts == ("time 1 of 3", "time 2 of 3", "time 3 of 3")
    for n, volume in enumerate(voxels):
        np.testing.assert_array_equal(read_series(series, n).voxels, volume)
        assert read_series(series, n).source.paths == (tmp_path / f"{n}.dcm",)


def enhanced_pair(folder: Path) -> tuple[np.ndarray, Path]:
    """Write an enhanced file with two frames at each of four places."""
    voxels = phantom((2 * PLACES, 8, 10))
    path = write_dicom_enhanced(folder / "e.dcm", voxels)
    dataset = pydicom.dcmread(path)
    for n, frame in enumerate(dataset.PerFrameFunctionalGroupsSequence):
        frame.PlanePositionSequence[0].ImagePositionPatient = [0, 0, 3 * (n // 2)]
        frame.FrameContentSequence[0].InStackPositionNumber = n // 2 + 1
    dataset.save_as(path)
    return np.stack([voxels[0::2], voxels[1::2]]), path
