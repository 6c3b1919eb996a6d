"""Files that were written before still read: frozen checkpoints and their files hold the format.

`golden/make.py` says how they came about. Where a test here fails, files that people have stored no
longer decode: put the code right, not the files.
"""

import numpy as np
import pytest

from isthmus.codec import coding
from isthmus.codec.bitstream import read_header
from isthmus.errors import CheckpointError
from isthmus.scans.volume import Volume

# Checkpoint ids are part of every file: what decides how it decodes has not changed either.
IDENTITIES = {"version1": "682640fe478415e6", "version2": "26435a7ce9abf5de"}


@pytest.mark.parametrize("name", IDENTITIES)
def test_the_file_decodes_to_the_same_integers(frozen, golden, name):
    data, expected = golden(name)
    latent = frozen(name).read(data)
    assert latent.checkpoint_id == frozen(name).info.checkpoint_id == IDENTITIES[name]
    assert latent.values.dtype == np.int32
    assert np.array_equal(latent.values, expected["values"])


@pytest.mark.parametrize("name", IDENTITIES)
def test_the_file_decodes_to_the_same_voxels(frozen, golden, name):
    data, expected = golden(name)
    volume = frozen(name).decompress(data)
    assert volume.voxels.dtype == expected["voxels"].dtype
    difference = volume.voxels.astype(int) - expected["voxels"]
    assert np.abs(difference).max() <= 1
    assert np.mean(difference != 0) < 0.01
    assert (volume.scale, volume.offset, volume.unit, volume.modality) == (0.5, -3.0, "HU", "CT")
    assert volume.affine[:3, 3].tolist() == [90, -126, -72]


def test_the_integers_make_the_very_same_file(frozen, golden, monkeypatch):
    """Every byte of it: header, table, streams and the run that is stored as samples.

    How an encoder finds the leaning that it writes is its own business.
    """
    data, expected = golden("version2")
    monkeypatch.setattr(coding, "find_leaning", lambda *_: read_header(data).leaning)
    engine = frozen("version2")
    latent = engine.encode(volume_of(data, expected), "128ch", step=0.03)
    latent.values[:] = expected["values"]
    latent.values[8:] = 1000  # stored as samples, these are never looked at
    assert engine.write(latent) == data


def test_the_scan_makes_the_same_integers(frozen, golden):
    data, expected = golden("version2")
    values = frozen("version2").encode(volume_of(data, expected), "128ch", step=0.03).values[:8]
    # Another machine's floating point may round a few the other way.
    difference = np.abs(values - expected["values"][:8])
    assert difference.max() <= 1
    assert np.mean(difference) < 1e-3


def test_the_file_of_version_2_shows_all_that_the_format_has(golden):
    header = read_header(golden("version2")[0])
    assert (header.version, header.layers, header.runs, header.plain) == (2, 8, 2, {1})
    assert header.step == 0.03
    assert read_header(golden("version1")[0]).version == 1


def test_a_model_of_version_1_only_reads(frozen, golden):
    data, expected = golden("version1")
    engine = frozen("version1")
    assert not engine.info.compresses
    for refused in (
        lambda: engine.write(engine.read(data)),
        lambda: engine.compress(Volume(expected["voxels"], np.eye(4)), "6ch"),
    ):
        with pytest.raises(CheckpointError, match=r"version1 only reads.*Choose a newer model"):
            refused()


def volume_of(data, expected):
    grid = read_header(data).grid
    return Volume(
        expected["scan"], grid.affine, grid.scale, grid.offset, unit=grid.unit,
        modality=grid.modality,
    )  # fmt: skip
