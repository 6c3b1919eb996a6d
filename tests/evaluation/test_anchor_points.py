"""Where an anchor's points lie, and how they are kept."""

import numpy as np
import pytest
from builders import phantom

from isthmus.anchors import ANCHORS
from isthmus.errors import UsageError
from isthmus.evaluation.anchor_points import FEWEST, measure_anchor, measure_lossless
from isthmus.evaluation.store import Store
from isthmus.quality import compare
from isthmus.scans import Volume

pytest.importorskip("imagecodecs", reason="needs the extra “anchors”: imagecodecs")

JPEG_LS, SPERR = ANCHORS["jpegls"], ANCHORS["sperr"]


@pytest.fixture(scope="module")
def volume():
    """With a scale: what anchors aim at is in stored units, what is measured in real ones."""
    return Volume(phantom((4, 48, 40), np.int16) - 300, np.eye(4), scale=-0.25, offset=7.0)


def measure(volume, anchor, low, high, folder=None):
    said = []
    points = measure_anchor(volume, anchor, low, high, Store(folder), said.append)
    return points, said


@pytest.mark.parametrize("name", ["jpeg2000", "jpegxl", "sperr", "htj2k"])
@pytest.mark.parametrize(("low", "high"), [(31.2, 48.9), (38.0, 40.0)])
def test_points_enclose_the_range_that_is_asked_for(volume, name, low, high):
    points, _ = measure(volume, ANCHORS[name], low, high)
    psnrs = [each.point.psnr for each in points]
    assert psnrs == sorted(psnrs)
    assert psnrs[0] <= low
    assert psnrs[-1] >= high
    assert len(points) >= FEWEST


def test_a_codec_at_its_end_aims_no_further(volume):
    points, said = measure(volume, JPEG_LS, 8.0, 58.0)
    assert len(points) < len(said)
    assert len({each.point.file_bytes for each in points}) == len(points)


def test_a_point_is_what_its_bytes_hold(volume):
    points, _ = measure(volume, SPERR, 36.0, 38.0)
    for each in points:
        target = float(each.setting.removesuffix(" dB"))
        coded = SPERR.encode(volume.voxels, np.ptp(volume.voxels) * 10 ** (-target / 20))
        back = Volume(SPERR.decode(coded), volume.affine, volume.scale, volume.offset)
        assert each.point.file_bytes == coded.size
        assert each.point.bpv == 8 * coded.size / volume.voxels.size
        assert each.point.psnr == compare(volume, back).psnr
        assert each.encode_s > 0
        assert each.decode_s > 0


def test_lossless_loses_nothing(volume):
    measured = measure_lossless(volume, JPEG_LS, Store(None), lambda words: None)
    assert (measured.setting, measured.point.psnr) == ("lossless", np.inf)
    assert measured.point.ssim == 1
    assert measure_lossless(volume, SPERR, Store(None), lambda words: None) is None


def test_points_are_kept_for_the_next_run(volume, tmp_path):
    folder = tmp_path / "kept"
    first, _ = measure(volume, SPERR, 31.0, 44.0, folder)
    lossless = measure_lossless(volume, JPEG_LS, Store(folder), lambda words: None)
    names = sorted(path.name for path in folder.iterdir())
    # Wall time never repeats: equal times were read.
    again = Volume(volume.voxels.copy(), np.eye(4), scale=-0.25, offset=7.0)
    assert measure(again, SPERR, 31.0, 44.0, folder)[0] == first
    assert measure_lossless(again, JPEG_LS, Store(folder), lambda words: None) == lossless
    assert sorted(path.name for path in folder.iterdir()) == names
    # Another range finds those that it shares.
    wider, _ = measure(volume, SPERR, 31.0, 50.0, folder)
    assert set(first) < set(wider)


def test_another_scan_is_measured_anew(volume, tmp_path):
    measure(volume, SPERR, 36.0, 38.0, tmp_path)
    count = len(list(tmp_path.iterdir()))
    voxels = volume.voxels.copy()
    voxels[0, 0, 0] += 1
    measure(Volume(voxels, np.eye(4), scale=-0.25, offset=7.0), SPERR, 36.0, 38.0, tmp_path)
    assert len(list(tmp_path.iterdir())) == 2 * count


def test_other_settings_are_measured_anew(volume, tmp_path, monkeypatch):
    measure(volume, SPERR, 36.0, 38.0, tmp_path)
    count = len(list(tmp_path.iterdir()))
    monkeypatch.setattr(type(SPERR), "settings", "otherwise")
    measure(volume, SPERR, 36.0, 38.0, tmp_path)
    assert len(list(tmp_path.iterdir())) == 2 * count


def test_a_damaged_file_is_measured_anew(volume, tmp_path):
    first, _ = measure(volume, SPERR, 36.0, 38.0, tmp_path)
    for path in tmp_path.iterdir():
        path.write_text(path.read_text()[:40])
    again, _ = measure(volume, SPERR, 36.0, 38.0, tmp_path)
    assert [each.point for each in again] == [each.point for each in first]


def test_a_file_is_no_place_to_keep_points(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot be made"):
        Store(tmp_path / "file")
