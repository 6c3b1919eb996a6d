"""Models for the codec's tests: a linear one, one with every network at work, and frozen ones."""

import lzma
from pathlib import Path

import numpy as np
import pytest
import torch
from builders import phantom
from checkpoints import FAMILY, STEPS, enliven, make_recipe, save, untrained

from isthmus import codec, scans
from isthmus.codec.normalise import normalise
from isthmus.scans.volume import Volume

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="package", autouse=True)
def one_thread():
    """Compute with one thread: with more, torch's threads wait for each other on a busy computer.

    Tests of threads set their own number.
    """
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="session")
def head():
    """Ten slices of the demo scan, cut off in the middle of a block, as a scan of its own."""
    volume = scans.read(scans.demo_scan())
    voxels = np.ascontiguousarray(volume.voxels[20:30, 60:151, 50:155])
    return Volume(voxels, volume.affine, modality=volume.modality, source=volume.source)


@pytest.fixture(scope="session")
def linear(head, tmp_path_factory):
    """A codec of the 3-D DCT alone, with eight bottlenecks, on the CPU."""
    recipe = make_recipe(family="linear", channels=FAMILY, quantisation=STEPS)
    net = untrained(recipe, [normalise(head)[0]])
    return codec.load(save(net, tmp_path_factory.mktemp("models") / "linear-1.safetensors"), "cpu")


@pytest.fixture(scope="session")
def lively_info(tmp_path_factory):
    """A checkpoint of the trained architecture in which nothing is zero."""
    volume = Volume(phantom((16, 64, 64)), np.eye(4))
    net = enliven(untrained(make_recipe(), [normalise(volume)[0]]))
    return save(net, tmp_path_factory.mktemp("models") / "lively-1.safetensors")


@pytest.fixture(scope="session")
def lively(lively_info):
    """The codec of `lively_info`, on the CPU."""
    return codec.load(lively_info, "cpu")


@pytest.fixture(scope="session")
def frozen(tmp_path_factory):
    """Return a function that loads the frozen checkpoint of a format version, on the CPU."""
    folder, loaded = tmp_path_factory.mktemp("frozen"), {}

    def load(name):
        if name not in loaded:
            path = folder / f"{name}.safetensors"
            path.write_bytes(lzma.decompress((GOLDEN / f"{path.name}.xz").read_bytes()))
            loaded[name] = codec.load(path, "cpu")
        return loaded[name]

    return load


@pytest.fixture(scope="session")
def golden():
    """Return a function that reads a golden file and the arrays that belong to it."""

    def read(name):
        with np.load(GOLDEN / f"{name}.npz") as arrays:
            return (GOLDEN / f"{name}.isth").read_bytes(), dict(arrays)

    return read
