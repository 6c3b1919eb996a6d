"""What the lane "anchors" runs: real encoders on small scans."""

import math
from dataclasses import replace

import numpy as np
import pytest
from builders import phantom
from scenes import a_volume

from isthmus.errors import IsthmusError
from isthmus.quality import compare
from isthmus.ui.storage import encoding
from isthmus.ui.storage.encoding import HEVC, JPEG_2000, JPEG_LS, JPEG_XL
from isthmus.work import Cancelled, CancelToken

SHAPE = (6, 64, 60)


class Context:
    """A job's context whose reports are kept."""

    def __init__(self) -> None:
        self.cancel = CancelToken()
        self.told: list[tuple[float, str]] = []
        self.cancel_after = 0

    def progress(self, fraction: float, text: str = "") -> None:
        self.told.append((fraction, text))
        if len(self.told) == self.cancel_after:
            self.cancel.cancel()


def a_scan(**more):
    return a_volume(SHAPE, voxels=phantom(SHAPE), **more)


@pytest.mark.parametrize("codec", [JPEG_LS, JPEG_XL])
def test_lossless_gives_every_voxel_back_and_counts_real_bytes(codec):
    volume = a_scan()
    point = encoding.lossless(volume, codec, Context())
    assert math.isinf(point.psnr)
    assert 0 < point.size < volume.voxels.nbytes
    assert point.version


@pytest.mark.parametrize("codec", [JPEG_LS, JPEG_XL])
def test_what_cannot_be_kept_exactly_is_not_called_lossless(codec):
    volume = a_volume(SHAPE, voxels=phantom(SHAPE, np.float32) / 7)
    with pytest.raises(IsthmusError, match="integers of at most 16 bits"):
        encoding.lossless(volume, codec, Context())


@pytest.mark.parametrize("wanted", [30.0, 37.3, 44.0])
def test_jpeg_2000_comes_back_with_the_quality_that_was_asked(wanted):
    volume = a_scan()
    point = encoding.at_quality(volume, JPEG_2000, wanted, Context())
    assert point.psnr == pytest.approx(wanted, abs=0.25)
    assert point.size < volume.voxels.nbytes


def test_more_quality_takes_more_bytes():
    sizes = [
        encoding.at_quality(a_scan(), JPEG_2000, db, Context()).size for db in (28.0, 35.0, 42.0)
    ]
    assert sizes == sorted(set(sizes))


def test_the_measured_quality_is_that_of_the_bytes():
    from isthmus.anchors import find_anchor

    volume = a_scan()
    point = encoding.near(volume, JPEG_2000, 36.0, Context())
    anchor = find_anchor(JPEG_2000)
    low, high = float(volume.voxels.min()), float(volume.voxels.max())
    coded = anchor.encode(volume.voxels, (high - low) * 10 ** (-36 / 20))
    quality = compare(volume, replace(volume, voxels=anchor.decode(coded)))
    assert (point.size, point.psnr, point.ssim) == (coded.size, quality.psnr, quality.ssim)


def test_the_scale_of_the_stored_values_does_not_matter():
    plain = encoding.near(a_scan(), JPEG_2000, 36.0, Context())
    scaled = encoding.near(a_scan(scale=0.25, offset=-3.0), JPEG_2000, 36.0, Context())
    assert scaled.size == plain.size
    assert scaled.psnr == pytest.approx(plain.psnr)


def test_a_reconstruction_without_loss_is_matched_without_loss():
    point = encoding.at_quality(a_scan(), JPEG_2000, math.inf, Context())
    assert math.isinf(point.psnr)


def test_a_scan_of_one_value_needs_no_quality():
    volume = a_volume(SHAPE, voxels=np.full(SHAPE, 7, np.uint16))
    assert math.isinf(encoding.at_quality(volume, JPEG_2000, 40.0, Context()).psnr)


def test_hevc_is_encoded_where_it_is_installed():
    pytest.importorskip("av", reason="needs the extra “anchors”: av")
    assert encoding.installed(HEVC)
    point = encoding.near(a_scan(), HEVC, 38.0, Context())
    assert 30 < point.psnr < 46


@pytest.mark.parametrize("codec", [JPEG_2000, HEVC])
def test_encoding_ends_between_two_slices_when_no_one_waits(codec):
    if codec == HEVC:
        pytest.importorskip("av", reason="needs the extra “anchors”: av")
    context = Context()
    context.cancel_after = 2
    with pytest.raises(Cancelled):
        encoding.near(a_scan(), codec, 36.0, context)
    assert len(context.told) == 2
    assert context.told[0][1]
