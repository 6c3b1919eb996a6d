"""Every standard codec: real streams there and back."""

import sys

import numpy as np
import pytest
from builders import phantom

from isthmus.anchors import ANCHORS, find_anchors
from isthmus.anchors.samples import Mapping
from isthmus.errors import IsthmusError, UsageError

pytest.importorskip("imagecodecs", reason="needs the extra “anchors”: imagecodecs")
pytest.importorskip("av", reason="needs the extra “anchors”: av")

each_anchor = pytest.mark.parametrize("anchor", ANCHORS.values(), ids=ANCHORS)


def ct(shape):
    """Hounsfield units: negative, with air and metal."""
    voxels = phantom(shape, np.int16) * 2 - 1024
    voxels[0, 0, 0] = 3071
    return voxels


def psnr(original, back):
    error = back.astype(np.float64) - original
    span = float(original.max()) - float(original.min())
    return 20 * np.log10(span / max(np.sqrt(np.mean(error**2)), 1e-9))


def aim(voxels, db):
    return (float(voxels.max()) - float(voxels.min())) * 10 ** (-db / 20)


@each_anchor
@pytest.mark.parametrize(
    "voxels",
    [
        phantom((7, 65, 71)),
        phantom((1, 65, 71)),
        ct((4, 66, 64)),
        phantom((4, 64, 64), np.float32) / 7 - 11,
        phantom((4, 66, 64), np.uint8),
        (phantom((4, 66, 64)) * 60).astype(np.uint16),
        phantom((4, 66, 64)).astype(np.int32) * 4000,
    ],
    ids=["odd", "one slice", "CT", "float", "8 bits", "16 bits", "32 bits"],
)
def test_more_bytes_bring_more_quality(anchor, voxels):
    if anchor.name == "jpegls" and voxels.max() > 1 << 15:
        pytest.skip("no error above 255 of 65535 can be asked of JPEG-LS")
    sizes, qualities = [], []
    for db in (30, 38, 46):
        coded = anchor.encode(voxels, aim(voxels, db))
        back = anchor.decode(coded)
        assert (back.shape, back.dtype) == (voxels.shape, voxels.dtype)
        assert back.min() >= voxels.min()
        assert back.max() <= voxels.max()
        sizes.append(coded.size)
        qualities.append(psnr(voxels, back))
    assert sizes == sorted(set(sizes))
    assert qualities == sorted(set(qualities))
    # What is aimed at is met roughly, so that ranges can be planned.
    assert np.abs(np.subtract(qualities, (30, 38, 46))).max() < 10


@each_anchor
def test_streams_are_what_other_programs_call_by_that_name(anchor):
    starts = {
        "jpeg2000": b"\xff\x4f\xff\x51",  # SOC, SIZ
        "htj2k": b"\xff\x4f\xff\x51",
        "jpegxl": b"\xff\x0a",
        "jpegls": b"\xff\xd8\xff\xe8",  # SOI, SPIFF header
        "hevc-intra": b"\0\0\0\1\x40",  # Annex B, VPS
        "hevc-inter": b"\0\0\0\1\x40",
        "av1": b"\x12\0",  # temporal delimiter
    }
    voxels = phantom((3, 66, 64))
    coded = anchor.encode(voxels, aim(voxels, 40))
    by_slice = anchor.library == "imagecodecs" and anchor.name != "sperr"
    assert len(coded.streams) == (3 if by_slice else 1)
    assert coded.size == sum(len(stream) for stream in coded.streams)
    for stream in coded.streams:
        assert stream.startswith(starts.get(anchor.name, b""))


@each_anchor
def test_the_same_scan_makes_the_same_bytes(anchor):
    voxels = phantom((5, 65, 71))
    once = anchor.encode(voxels, aim(voxels, 38)).streams
    for _ in range(4):  # whatever memory it gets
        assert anchor.encode(voxels, aim(voxels, 38)).streams == once


@pytest.mark.parametrize("name", [name for name, each in ANCHORS.items() if each.lossless])
@pytest.mark.parametrize("voxels", [phantom((3, 41, 35)), ct((2, 40, 41)), phantom((1, 1, 5))],
                         ids=["odd", "CT", "one row"])  # fmt: skip
def test_lossless_is_exact(name, voxels):
    anchor = ANCHORS[name]
    coded = anchor.encode(voxels, 0)
    assert np.array_equal(anchor.decode(coded), voxels)
    assert coded.size < voxels.nbytes or voxels.size < 10


def test_near_lossless_holds_its_bound():
    voxels = ct((3, 41, 35))
    coded = ANCHORS["jpegls"].encode(voxels, 2.0)  # n (n + 1) = 12
    back = ANCHORS["jpegls"].decode(coded).astype(int)
    assert np.abs(back - voxels).max() == 3


@pytest.mark.parametrize("db", [36, 42, 48])
def test_jpeg_2000_meets_its_error_in_slices_with_nothing_in_them(db):
    voxels = np.repeat(np.uint16([0, 150, 500])[:, None, None], 128, 1).repeat(128, 2)
    voxels[0, :2] = 4095
    back = ANCHORS["jpeg2000"].decode(ANCHORS["jpeg2000"].encode(voxels, aim(voxels, db)))
    for slice_back, slice_before in zip(back, voxels, strict=True):
        error = np.sqrt(np.mean((slice_back.astype(float) - slice_before) ** 2))
        assert error <= 1.1 * aim(voxels, db)


@each_anchor
def test_the_smallest_scan_comes_back(anchor):
    voxels = np.array([[[7]]], np.int16)
    assert np.array_equal(anchor.decode(anchor.encode(voxels, 1.0)), voxels)


@pytest.mark.parametrize("name", ["hevc-intra", "av1", "sperr"])
def test_a_codec_that_always_loses_refuses_to_lose_nothing(name):
    with pytest.raises(ValueError, match="cannot aim"):
        ANCHORS[name].encode(phantom(), 0)


@pytest.mark.parametrize("voxels", [ct((2, 9, 9)), phantom((2, 9, 9), np.uint8)])
def test_integers_are_only_shifted(voxels):
    mapping = Mapping.of(voxels)
    samples = mapping.to_samples(voxels)
    assert (samples.min(), samples.max()) == (0, int(voxels.max()) - int(voxels.min()))
    assert np.array_equal(mapping.to_stored(samples), voxels)


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int32])
def test_other_values_lose_next_to_nothing(dtype):
    voxels = phantom((3, 20, 20), dtype) * 1000 - 3
    mapping = Mapping.of(voxels)
    assert mapping.bits == 12
    back = mapping.to_stored(mapping.to_samples(voxels))
    assert back.dtype == voxels.dtype
    assert psnr(voxels, back) > 80


def test_names_make_a_list_without_repetitions():
    assert [each.name for each in find_anchors("hevc,jpegls,hevc-inter")] == [
        "hevc-intra", "hevc-inter", "jpegls"
    ]  # fmt: skip
    assert [each.name for each in find_anchors("all")] == list(ANCHORS)
    assert find_anchors("none") == ()
    with pytest.raises(UsageError, match=r"no anchor “jpeg”. There are jpeg2000, "):
        find_anchors("jpeg")


@each_anchor
def test_a_missing_library_is_told_with_its_remedy(anchor, monkeypatch):
    monkeypatch.setitem(sys.modules, anchor.library, None)
    with pytest.raises(IsthmusError, match=f"{anchor.title} needs .*{anchor.library}.*anchors"):
        anchor.version()


@pytest.mark.parametrize("name", ["jpeg2000", "jpegxl", "jpegls", "htj2k", "hevc-inter", "av1"])
def test_encoding_can_be_left_between_two_pictures(name):
    seen = []

    def leave_at_the_third():
        seen.append(None)
        if len(seen) == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        ANCHORS[name].encode(phantom((7, 65, 71)), 40.0, leave_at_the_third)
    assert len(seen) == 3


def test_lossless_is_exact_for_integers_of_16_bits_only():
    assert Mapping.of(phantom()).exact
    assert Mapping.of(ct((2, 9, 9))).exact
    assert not Mapping.of(phantom((2, 9, 9), np.float32)).exact
    assert not Mapping.of(phantom((2, 9, 9), np.int32) * 4000).exact
    assert not Mapping.of(phantom(), bits=12).exact


@each_anchor
def test_it_is_known_whether_a_library_is_installed(anchor, monkeypatch):
    assert anchor.installed
    monkeypatch.setitem(sys.modules, anchor.library, None)
    assert not anchor.installed
