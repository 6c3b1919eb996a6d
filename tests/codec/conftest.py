"""Models for the codec's tests: the linear one that ships, and one with every network at work."""

import numpy as np
import pytest
import torch
from builders import phantom
from checkpoints import enliven, make_recipe, save, untrained

from isthmus import codec, scans
from isthmus.codec.normalise import normalise
from isthmus.scans.volume import Volume


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
def linear():
    """The linear codec that ships, on the CPU."""
    return codec.load("linear-dct-1", "cpu")


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
def head():
    """Ten slices of the demo scan, cut off in the middle of a block, as a scan of its own."""
    volume = scans.read(scans.demo_scan())
    voxels = np.ascontiguousarray(volume.voxels[20:30, 60:151, 50:155])
    return Volume(voxels, volume.affine, modality=volume.modality, source=volume.source)
