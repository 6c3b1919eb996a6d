"""Damage to a file is found, or harmless: never a crash, never a wrong picture passed as right."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isthmus.codec.bitstream import read_header
from isthmus.errors import BitstreamError
from isthmus.scans.volume import Volume

AFFINE = np.array([[-0.9, 0.1, 0, 90], [0, 1.1, 0.2, -126], [0, 0, 3.3, -72], [0, 0, 0, 1.0]])


class Whole:
    """A small file that has everything, and what is right about it."""

    def __init__(self, engine):
        # Noise, which is cheapest as coarse integers, but for a pattern, cheapest as samples.
        voxels = np.random.default_rng(0).integers(0, 65_536, (33, 8, 7), np.uint16)
        voxels[16:32] = 60_000 * (np.indices((16, 8, 7)).sum(0) % 3 == 0)
        self.engine = engine
        self.data = engine.compress(Volume(voxels, AFFINE, unit="HU"), "128ch", step=1.0)
        self.header = read_header(self.data)
        self.latent = engine.read(self.data)
        self.voxels = engine.decode(self.latent).voxels

    def assert_found(self, data):
        for opened in (self.engine.read, self.engine.decompress):
            with pytest.raises(BitstreamError):
                opened(data)

    def assert_what_is_saved_is_right(self, data):
        """What is salvaged is said to be damaged, and what it claims to be whole is right."""
        try:
            saved = self.engine.read(data, salvage=True)
        except BitstreamError:
            return
        (notice,) = self.engine.take_notices()
        assert "The rest is empty" in notice
        right = self.latent
        assert (saved.bottleneck, saved.step, saved.strength) == (
            right.bottleneck, right.step, right.strength
        )  # fmt: skip
        assert vars(saved.grid).keys() == vars(right.grid).keys()
        for name, value in vars(right.grid).items():
            assert np.array_equal(getattr(saved.grid, name), value), name
        expected = right.values.copy()
        for run, missing in enumerate(saved.layers_missing):
            kept = [0, 4, 8, 16, 32, 48, 64, 96, 128][self.header.layers - missing]
            slabs = self.header.slabs_of(run)
            expected[slabs.start : slabs.stop, kept:] = 0
        assert np.array_equal(saved.values, expected)
        for start, samples in saved.exact.items():
            assert np.array_equal(samples, right.exact[start])


@pytest.fixture(scope="module")
def whole(frozen):
    made = Whole(frozen("version2"))
    assert (made.header.runs, made.header.layers) == (3, 8)
    assert made.header.plain == {1}
    assert len(made.data) < 1500
    return made


def test_every_flipped_bit_is_found(whole):
    for at in range(len(whole.data)):
        for bit in range(8):
            spoilt = bytearray(whole.data)
            spoilt[at] ^= 1 << bit
            with pytest.raises(BitstreamError):
                whole.engine.read(bytes(spoilt))
            if bit == at % 8:
                whole.assert_found(bytes(spoilt))
                whole.assert_what_is_saved_is_right(bytes(spoilt))


@pytest.mark.parametrize("value", [0, 1, 0x7F, 0xFF])
def test_every_overwritten_byte_is_found(whole, value):
    for at, byte in enumerate(whole.data):
        if byte != value:
            spoilt = whole.data[:at] + bytes([value]) + whole.data[at + 1 :]
            with pytest.raises(BitstreamError):
                whole.engine.read(spoilt)


def test_every_truncation_is_found(whole):
    for size in range(len(whole.data)):
        whole.assert_found(whole.data[:size])
        whole.assert_what_is_saved_is_right(whole.data[:size])


@pytest.mark.parametrize("layers", [1, 4, 8])
def test_a_cut_file_gives_the_layers_asked_for_or_says_that_it_cannot(whole, layers):
    expected = whole.engine.read(whole.data, layers=layers).values
    outcomes = []
    for size in range(0, len(whole.data) + 1, 3):
        try:
            values = whole.engine.read(whole.data[:size], layers=layers).values
        except BitstreamError:
            outcomes.append(False)
            continue
        outcomes.append(True)
        assert np.array_equal(values, expected)
    # First it cannot, and from some size on it can.
    assert outcomes == sorted(outcomes)
    assert not outcomes[0]
    assert outcomes[-1] == (len(whole.data) % 3 == 0 or layers < 8)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_longer_damage_is_found(whole, data):
    spoilt = bytearray(whole.data)
    start = data.draw(st.integers(0, len(spoilt) - 1))
    burst = data.draw(st.binary(min_size=1, max_size=60))
    how = data.draw(st.sampled_from(("overwrite", "insert", "leave out", "move")))
    if how == "overwrite":
        spoilt[start : start + len(burst)] = burst
    elif how == "insert":
        spoilt[start:start] = burst
    elif how == "leave out":
        del spoilt[start : start + len(burst)]
    else:
        moved = spoilt[start : start + len(burst)]
        del spoilt[start : start + len(burst)]
        spoilt += moved
    if bytes(spoilt) != whole.data:
        whole.assert_found(bytes(spoilt))
        whole.assert_what_is_saved_is_right(bytes(spoilt))


def test_damage_to_a_file_of_version_1_is_found(frozen, golden):
    data, _ = golden("version1")
    engine = frozen("version1")
    for at in range(len(data)):
        spoilt = bytearray(data)
        spoilt[at] ^= 1 << at % 8
        with pytest.raises(BitstreamError):
            engine.read(bytes(spoilt))
    for size in range(0, len(data), 7):
        with pytest.raises(BitstreamError):
            engine.read(data[:size])


@pytest.mark.parametrize("data", [b"", b"ISTH", b"\x89PNG\r\n\x1a\n", b"\x1f\x8b" * 50])
def test_other_files_are_refused(whole, data):
    whole.assert_found(data)
