"""What stored DICOM values mean: bits, tables, scales, colours, padding, and windows."""

from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest
from builders import phantom, write_dicom_enhanced, write_dicom_series
from pydicom.dataset import Dataset
from pydicom.uid import ExplicitVRBigEndian
from refusals import refusal
from syntaxes import recode

from isthmus.scans import Volume, read, robust_window

RGB = {"SamplesPerPixel": 3, "PhotometricInterpretation": "RGB", "PlanarConfiguration": 0}


def warned(volume: Volume, words: str) -> bool:
    return any(words in text for text in volume.source.warnings)


def with_item(paths: list[Path], sequence: str, item: Dataset) -> None:
    """Put a sequence of one item into every file."""
    for path in paths:
        dataset = pydicom.dcmread(path)
        setattr(dataset, sequence, [item])
        dataset.save_as(path)


def table(descriptor: list[int], entries: np.ndarray, **attributes: Any) -> Dataset:
    item = Dataset()
    item.add_new("LUTDescriptor", "US", descriptor)
    item.add_new("LUTData", "OW", entries.astype("<u2").tobytes())
    for keyword, value in attributes.items():
        setattr(item, keyword, value)
    return item


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize("stored", range(8, 17))
def test_every_number_of_stored_bits(stored: int, signed: bool, tmp_path: Path) -> None:
    """What stands in the bits above, such as overlays, is not part of the value."""
    rng = np.random.default_rng(stored)
    low, high = (-(1 << stored - 1), 1 << stored - 1) if signed else (0, 1 << stored)
    true = rng.integers(low, high, (2, 16, 12)).astype("i2" if signed else "u2")
    mask = (1 << stored) - 1
    dirty = (true.view("u2") & mask) | (rng.integers(0, 1 << 16, true.shape) & ~mask & 0xFFFF)
    bits = {"BitsStored": stored, "HighBit": stored - 1, "PixelRepresentation": int(signed)}
    write_dicom_series(tmp_path, dirty.astype("u2"), **bits)
    volume = read(tmp_path)
    np.testing.assert_array_equal(volume.voxels, true)
    assert volume.voxels.dtype == true.dtype
    assert volume.source.stored_bytes == true.size * stored // 8


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize("high_bit", [11, 13, 15])
def test_values_need_not_stand_in_the_lowest_bits(
    high_bit: int, signed: bool, tmp_path: Path
) -> None:
    true = (phantom() % 4096).astype("i2" if signed else "u2") - (900 if signed else 0)
    places = high_bit - 11
    dirty = ((true.view("u2") & 0xFFF) << places) | ((1 << places) - 1)
    bits = {"BitsStored": 12, "HighBit": high_bit, "PixelRepresentation": int(signed)}
    write_dicom_series(tmp_path, dirty.astype("u2"), **bits)
    np.testing.assert_array_equal(read(tmp_path).voxels, true)


def test_single_bits(tmp_path: Path) -> None:
    mask = (phantom((3, 16, 24)) > 400).astype("u1")
    for path, plane in zip(write_dicom_series(tmp_path, mask), mask, strict=True):
        dataset = pydicom.dcmread(path)
        dataset.BitsAllocated = dataset.BitsStored = 1
        dataset.HighBit = 0
        dataset.PixelData = np.packbits(plane.ravel(), bitorder="little").tobytes()
        dataset.save_as(path)
    volume = read(tmp_path)
    np.testing.assert_array_equal(volume.voxels, mask)


@pytest.mark.parametrize(("dtype", "keyword"), [("f4", "Float"), ("f8", "DoubleFloat")])
def test_real_numbers(dtype: str, keyword: str, tmp_path: Path) -> None:
    voxels = (phantom() / 7).astype(dtype)
    for path, plane in zip(write_dicom_series(tmp_path, phantom()), voxels, strict=True):
        dataset = pydicom.dcmread(path)
        for gone in ("PixelData", "PixelRepresentation", "BitsStored", "HighBit"):
            delattr(dataset, gone)
        dataset.BitsAllocated = voxels.itemsize * 8
        setattr(dataset, f"{keyword}PixelData", plane.tobytes())
        dataset.save_as(path)
    volume = read(tmp_path)
    assert volume.voxels.dtype == np.dtype(dtype)
    np.testing.assert_array_equal(volume.voxels, voxels)
    assert volume.source.stored_bytes == voxels.nbytes


def test_slices_of_different_types_share_one_that_holds_all(tmp_path: Path) -> None:
    signed = phantom().astype("i2") - 300
    first = write_dicom_series(tmp_path, signed, series="1.2.3")
    above = [(-100.0, -120.0, -15.0 + 3 * k) for k in range(5)]
    more = phantom() + 40_000
    write_dicom_series(tmp_path, more, series="1.2.3", positions=above, prefix="B")
    volume = read(tmp_path)
    assert len(first) == 5
    np.testing.assert_array_equal(volume.voxels, np.concatenate([signed.astype("i4"), more]))


def test_a_scale_of_each_slice_is_told(tmp_path: Path) -> None:
    slopes = [1.0, 2.0, 0.5, 3.0, 1.5]
    write_dicom_series(tmp_path, phantom(), RescaleSlope=slopes, RescaleIntercept=10.0)
    volume = read(tmp_path)
    expected = phantom() * np.array(slopes, np.float64)[:, None, None] + 10
    np.testing.assert_allclose(volume.real(volume.voxels), expected, rtol=1e-6)
    assert warned(volume, "each in its own way (slopes from 0.5 to 3)")
    assert warned(volume, "rounded to 7 digits")


def test_a_table_for_values_is_applied(tmp_path: Path) -> None:
    curve = np.arange(2000) ** 2 // 100
    paths = write_dicom_series(tmp_path, phantom())
    with_item(paths, "ModalityLUTSequence", table([2000, 0, 16], curve, ModalityLUTType="OD"))
    volume = read(tmp_path)
    np.testing.assert_array_equal(volume.voxels, curve[phantom()])
    assert volume.voxels.dtype == np.uint16
    assert (volume.scale, volume.offset) == (1.0, 0.0)
    assert warned(volume, "the file's own table (Modality LUT)")


@pytest.mark.parametrize(
    ("code", "written"), [("ms", "ms"), ("[hnsf'U]", "HU"), ("1", ""), ("{counts}", "")]
)
def test_a_mapping_to_real_units_counts_where_there_is_no_rescale(
    code: str, written: str, tmp_path: Path
) -> None:
    item, unit = Dataset(), Dataset()
    item.RealWorldValueFirstValueMapped, item.RealWorldValueLastValueMapped = 0, 4095
    item.RealWorldValueSlope, item.RealWorldValueIntercept = 0.25, -8.0
    unit.CodeValue, unit.CodingSchemeDesignator, unit.CodeMeaning = code, "UCUM", "a unit"
    item.MeasurementUnitsCodeSequence = [unit]
    paths = write_dicom_series(tmp_path, phantom(), WindowCenter=400.0, WindowWidth=800.0)
    with_item(paths, "RealWorldValueMappingSequence", item)
    volume = read(tmp_path)
    np.testing.assert_array_equal(volume.voxels, phantom())
    assert (volume.scale, volume.offset, volume.unit) == (0.25, -8.0, written)
    assert [(one.centre, one.width) for one in volume.windows] == [(92.0, 200.0)]
    named = f" ({written})" if written else ""
    assert warned(volume, f"Real World Value Mapping{named}.")


def test_a_rescale_counts_before_a_mapping_to_real_units(tmp_path: Path) -> None:
    item = Dataset()
    item.RealWorldValueSlope, item.RealWorldValueIntercept = 0.25, -8.0
    scale: dict[str, Any] = {"RescaleSlope": 2.0, "RescaleIntercept": 5.0}
    paths = write_dicom_series(tmp_path, phantom(), **scale)
    with_item(paths, "RealWorldValueMappingSequence", item)
    volume = read(tmp_path)
    assert (volume.scale, volume.offset) == (2.0, 5.0)


def test_of_philips_two_scales_the_displayed_one_counts(tmp_path: Path) -> None:
    scale: dict[str, Any] = {"RescaleSlope": 1.5, "RescaleIntercept": 0.0}
    for path in write_dicom_series(tmp_path, phantom(), **scale):
        dataset = pydicom.dcmread(path)
        block = dataset.private_block(0x2005, "Philips MR Imaging DD 001", create=True)
        block.add_new(0x0D, "FL", 0.0)
        block.add_new(0x0E, "FL", 0.0125)
        dataset.save_as(path)
    volume = read(tmp_path)
    assert (volume.scale, volume.offset) == (1.5, 0.0)
    assert warned(volume, "Philips' own scale for measuring (0.0125) is not applied")


def test_low_values_that_are_meant_white_stay_as_stored(tmp_path: Path) -> None:
    write_dicom_series(tmp_path, phantom(), PhotometricInterpretation="MONOCHROME1")
    volume = read(tmp_path)
    np.testing.assert_array_equal(volume.voxels, phantom())
    assert volume.inverted
    assert warned(volume, "lowest value to be white. It is shown so.")


def test_padding_stays_but_counts_for_no_window(tmp_path: Path) -> None:
    plain = phantom((5, 40, 36)).astype("i2")
    voxels = plain.copy()
    voxels[:, :, :9] = -2000
    write_dicom_series(tmp_path / "a", voxels, PixelPaddingValue=-2000)
    write_dicom_series(tmp_path / "b", plain[:, :, 9:])
    volume, without = read(tmp_path / "a"), read(tmp_path / "b")
    np.testing.assert_array_equal(volume.voxels, voxels)
    assert volume.padding == (-2000, -2000)
    assert robust_window(volume) == robust_window(without)
    assert warned(volume, f"{5 * 40 * 9:,} of {voxels.size:,} voxels are padding (stored as -2000)")


def test_padding_may_be_a_range(tmp_path: Path) -> None:
    voxels = phantom()
    voxels[:, :3], voxels[:, 3:5] = 5000, 5010
    write_dicom_series(tmp_path, voxels, PixelPaddingValue=5010, PixelPaddingRangeLimit=5000)
    volume = read(tmp_path)
    assert volume.padding == (5000, 5010)
    window = robust_window(volume)
    assert window.centre + window.width / 2 <= 1000


def test_negative_padding_that_was_written_without_a_sign(tmp_path: Path) -> None:
    voxels = phantom().astype("i2")
    voxels[:, :4] = -2000
    for path in write_dicom_series(tmp_path, voxels):
        dataset = pydicom.dcmread(path)
        dataset.add_new("PixelPaddingValue", "US", 0x10000 - 2000)
        dataset.save_as(path)
    assert read(tmp_path).padding == (-2000, -2000)


def test_padding_that_no_voxel_has_is_not_spoken_of(tmp_path: Path) -> None:
    write_dicom_series(tmp_path, phantom(), PixelPaddingValue=60_000)
    volume = read(tmp_path)
    assert volume.padding is None
    assert volume.source.warnings == ()


def colour_series(folder: Path, colours: np.ndarray, **attributes: Any) -> list[Path]:
    """Write slices in colour, axes (k, j, i, sample)."""
    paths = write_dicom_series(folder, colours[..., 0], **{**RGB, **attributes})
    for path, plane in zip(paths, colours, strict=True):
        dataset = pydicom.dcmread(path)
        if dataset.PlanarConfiguration:
            plane = np.moveaxis(plane, -1, 0)
        dataset.PixelData = plane.tobytes()
        dataset.save_as(path)
    return paths


def some_colours(dtype: str = "u1") -> np.ndarray:
    return np.random.default_rng(3).integers(0, np.iinfo(dtype).max, (4, 10, 8, 3)).astype(dtype)


@pytest.mark.parametrize("planar", [0, 1])
@pytest.mark.parametrize("dtype", ["u1", "u2"])
def test_colours_become_luminance(dtype: str, planar: int, tmp_path: Path) -> None:
    colours = some_colours(dtype)
    colour_series(tmp_path, colours, PlanarConfiguration=planar)
    volume = read(tmp_path)
    expected = colours @ np.array([0.299, 0.587, 0.114])  # ITU-R BT.601
    assert volume.voxels.dtype == np.dtype(dtype)
    np.testing.assert_allclose(volume.voxels, expected, atol=0.51)
    assert warned(volume, "The file holds colours. Their brightness is shown.")


def test_the_luminance_of_ybr_is_its_y(tmp_path: Path) -> None:
    colours = some_colours()
    colour_series(tmp_path, colours, PhotometricInterpretation="YBR_FULL")
    np.testing.assert_array_equal(read(tmp_path).voxels, colours[..., 0])


def test_colours_from_a_palette(tmp_path: Path) -> None:
    entries = np.random.default_rng(4).integers(0, 256, (3, 256)).astype("u2")
    indices = phantom(dtype="u1")
    for path in write_dicom_series(tmp_path, indices, PhotometricInterpretation="PALETTE COLOR"):
        dataset = pydicom.dcmread(path)
        for name, channel in zip(("Red", "Green", "Blue"), entries, strict=True):
            keyword = f"{name}PaletteColorLookupTable"
            dataset.add_new(f"{keyword}Descriptor", "US", [256, 0, 16])
            setattr(dataset, f"{keyword}Data", (channel * 257).tobytes())
        dataset.save_as(path)
    volume = read(tmp_path)
    expected = np.array([0.299, 0.587, 0.114]) @ (entries * 257.0)
    np.testing.assert_allclose(volume.voxels, expected[indices], atol=0.51)
    assert warned(volume, "The file holds colours")


def test_windows_and_their_names(tmp_path: Path) -> None:
    own: dict[str, Any] = {"WindowCenter": [40.0, 300.0], "WindowWidth": [400.0, 1500.0]}
    own["WindowCenterWidthExplanation"] = ["SOFT", "BONE"]
    write_dicom_series(tmp_path, phantom(), VOILUTFunction="SIGMOID", **own)
    found = [(window.name, window.centre, window.width) for window in read(tmp_path).windows]
    assert found == [
        ("SOFT (sigmoid, as a line)", 40, 400),
        ("BONE (sigmoid, as a line)", 300, 1500),
    ]


@pytest.mark.parametrize("form", ["line", "sigmoid"])
def test_a_rising_table_becomes_a_window(form: str, tmp_path: Path) -> None:
    values = np.arange(4096.0)
    if form == "line":  # from 1600 to 2400
        curve = np.clip((values - 1600) / 800, 0, 1)
    else:
        curve = 1 / (1 + np.exp(-4 * (values - 2000) / 800))
    paths = write_dicom_series(tmp_path, phantom())
    item = table([4096, 0, 16], np.rint(curve * 65535), LUTExplanation="BRAIN")
    with_item(paths, "VOILUTSequence", item)
    volume = read(tmp_path)
    (window,) = volume.windows
    assert window.name == "BRAIN (table, as a line)"
    assert window.centre == pytest.approx(2000, abs=3)
    assert window.width == pytest.approx(800 if form == "line" else 1080, rel=0.05)
    assert warned(volume, "a table (VOI LUT) became a line")


def test_a_table_that_does_not_rise_is_no_window(tmp_path: Path) -> None:
    paths = write_dicom_series(tmp_path, phantom(), WindowCenter=5.0, WindowWidth=9.0)
    curve = np.abs(np.arange(4096) - 2000) * 10
    with_item(paths, "VOILUTSequence", table([4096, 0, 16], curve))
    volume = read(tmp_path)
    assert [window.name for window in volume.windows] == ["File"]
    assert warned(volume, "a table (VOI LUT) is left out")


def test_each_frame_has_its_own_window(tmp_path: Path) -> None:
    path = write_dicom_enhanced(tmp_path / "e.dcm", phantom())
    assert [(one.centre, one.width) for one in read(path).windows] == [(402, 900)]


def test_tables_that_are_cut_short_are_refused(tmp_path: Path) -> None:
    paths = write_dicom_series(tmp_path, phantom())
    with_item(paths, "ModalityLUTSequence", table([2000, 0, 16], np.arange(20)))
    assert "cannot be decoded" in refusal(tmp_path).problem


def test_bytes_in_words_of_the_other_order(tmp_path: Path) -> None:
    voxels = phantom((2, 10, 8), "u1")
    for path, plane in zip(write_dicom_series(tmp_path, voxels), voxels, strict=True):
        recode(path, ExplicitVRBigEndian)
        dataset = pydicom.dcmread(path)
        dataset.PixelData = plane.view("u2").byteswap().tobytes()
        dataset["PixelData"].VR = "OW"
        dataset.save_as(path)
    np.testing.assert_array_equal(read(tmp_path).voxels, voxels)
