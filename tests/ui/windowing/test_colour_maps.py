"""Colour maps read without colour: their lightness only ever rises, in steps that look alike."""

import numpy as np
import pytest
from skimage.color import rgb2lab

from isthmus.ui.panes.colour_maps import COLOUR_MAPS, GREY, known, table

NAMES = [each.name for each in COLOUR_MAPS]


def lab(name: str) -> np.ndarray:
    entries = table(name)
    rgb = np.stack([entries >> 16 & 255, entries >> 8 & 255, entries & 255], axis=-1)
    return rgb2lab(rgb / 255)


def test_grey_comes_first_and_has_no_tint() -> None:
    assert NAMES[0] == GREY
    np.testing.assert_array_equal(table(GREY), 0xFF000000 | np.arange(256) * 0x010101)


@pytest.mark.parametrize("name", NAMES)
def test_brighter_is_always_more(name: str) -> None:
    lightness = lab(name)[:, 0]
    # Eight bits a channel leave a little jitter.
    assert (np.diff(lightness) > -0.4).all()
    assert (np.diff(lightness[::8]) > 0).all()
    assert lightness[-1] - lightness[0] > 60


@pytest.mark.parametrize("name", NAMES)
def test_no_step_looks_much_larger_than_another(name: str) -> None:
    steps = np.linalg.norm(np.diff(lab(name)[::16], axis=0), axis=1)
    assert steps.max() < 3.5 * np.median(steps)
    assert steps.min() > 0.3 * np.median(steps)


def test_unknown_names_are_known_as_such() -> None:
    assert known("cividis")
    assert not known("jet")
    with pytest.raises(KeyError):
        table("jet")
