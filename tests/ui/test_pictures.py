"""What a reconstruction says of itself, and which slices it has."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from scenes import a_reconstruction, a_volume

from isthmus.scans import Plane, Source, plane_view
from isthmus.ui.pictures import Reconstruction, value_decimals

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize(
    ("file_bytes", "bpv", "label", "origin"),
    [
        (98_123, 0.2, "LOSSY 93:1 · 32 ch", "decoded from 98.1 kB"),
        (1_250_000, 0.2, "LOSSY 7.3:1 · 32 ch", "decoded from 1.25 MB"),
        (None, 1.0, "LOSSY ≈16:1 · 32 ch", "previewed, ≈573 kB expected"),
        (None, 0.0, "LOSSY · 32 ch", "previewed, file size not known yet"),
    ],
)
def test_an_estimate_is_never_written_as_a_measurement(
    qapp: QApplication, file_bytes: int | None, bpv: float, label: str, origin: str
) -> None:
    volume = a_volume(
        voxels=np.zeros((39, 384, 306), np.uint16), source=Source(stored_bytes=9_165_312)
    )
    base = a_reconstruction(volume, 32, expected_bpv=bpv)
    made = Reconstruction(base.bottleneck, base.voxels, base.ready, file_bytes, 9_165_312)
    assert made.label == label
    assert made.origin.replace("\u00a0", " ") == origin


def test_a_plane_across_the_slices_needs_all_of_them() -> None:
    volume = a_volume()
    ready = np.zeros(12, dtype=bool)
    ready[[0, 4]] = True
    part = a_reconstruction(volume, ready=ready)
    axial, sagittal = (plane_view(volume, plane) for plane in (Plane.AXIAL, Plane.SAGITTAL))
    assert [part.has_slice(axial, index) for index in range(5)] == [True, False, False, False, True]
    assert not part.has_slice(sagittal, 0)
    assert a_reconstruction(volume).has_slice(sagittal, 0)


def test_slices_are_found_in_files_that_count_downwards() -> None:
    volume = a_volume()
    upside_down = type(volume)(volume.voxels, np.diag([1.0, 1.0, -3.0, 1.0]))
    ready = np.zeros(12, dtype=bool)
    ready[0] = True
    part = a_reconstruction(upside_down, ready=ready)
    view = plane_view(upside_down, Plane.AXIAL)
    assert part.has_slice(view, 11)
    assert not part.has_slice(view, 0)


def test_flags_must_match_the_slices() -> None:
    volume = a_volume()
    with pytest.raises(ValueError, match="flags"):
        a_reconstruction(volume, ready=np.ones(3, dtype=bool))


@pytest.mark.parametrize(("width", "decimals"), [(510, 0), (100, 1), (1.0, 3), (0.001, 6)])
def test_decimals_tell_greys_apart(width: float, decimals: int) -> None:
    assert value_decimals(None, width) == decimals
    fractions = a_volume(scale=0.1)
    assert value_decimals(fractions, width) == decimals


@pytest.mark.parametrize("width", [510, 100, 1.0])
def test_whole_numbers_have_no_decimals(width: float) -> None:
    assert value_decimals(a_volume(scale=1.0, offset=-1024.0), width) == 0
    assert value_decimals(a_volume(offset=0.5), width) == value_decimals(None, width)
