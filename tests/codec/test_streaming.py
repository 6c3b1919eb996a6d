"""Memory does not grow with the number of slices, beyond the voxels themselves."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from builders import phantom
from checkpoints import make_recipe, save, shrink, untrained

from isthmus.codec.normalise import normalise
from isthmus.scans.volume import Volume

# The grid is found, and everything lazy loaded, before memory is watched.
CHILD = """
import json, sys
from pathlib import Path
import numpy as np
import torch
from isthmus import codec
from isthmus.scans.volume import Volume

def held(name):
    status = Path("/proc/self/status").read_text()
    return 1024 * int(status.partition(name + ":")[2].split()[0])

def taken(work):
    Path("/proc/self/clear_refs").write_text("5")  # forget the peak so far
    before = held("VmRSS")
    result = work()
    return held("VmHWM") - before, result

def volume(slices):
    voxels = np.empty((slices, 64, 64), np.uint16)
    across = 300 * np.sin(np.arange(64) / 11)[:, None] * np.cos(np.arange(64) / 7)
    for k, plane in enumerate(voxels):
        plane[:] = 500 + across * np.cos(k / 9)
    return Volume(voxels, np.eye(4))

torch.set_num_threads(1)
engine = codec.load(sys.argv[1], "cpu")
engine.decompress(engine.compress(volume(32), "128ch"))
peaks = []
for slices in (64, 384):
    scan = volume(slices)
    engine.preview(scan, "128ch", [0])
    encoding, data = taken(lambda: engine.compress(scan, "128ch", step=0.4))
    decoding, back = taken(lambda: engine.decompress(data))
    peaks.append((encoding, decoding - back.voxels.nbytes))
print(json.dumps([long - short for short, long in zip(*peaks)]))
"""
# Of the 384 slices, as int32: what would be held if nothing was streamed.
LATENT = 4 * 384 * 64 * 64
CLEAR = Path("/proc/self/clear_refs")


@pytest.mark.skipif(not CLEAR.exists(), reason="needs Linux's /proc to watch memory")
def test_memory_grows_by_the_voxels_alone(tmp_path):
    scan = Volume(phantom((8, 64, 64)), np.eye(4))
    recipe = make_recipe(channels=(4, 128), quantisation=(0.5, 0.1))
    info = save(shrink(untrained(recipe, [normalise(scan)[0]])), tmp_path / "tiny-1.safetensors")
    # Arrays go back to the system when they are freed, so that none hides in what was left over.
    env = os.environ | {"MALLOC_MMAP_THRESHOLD_": "65536"}
    command = [sys.executable, "-c", CHILD, str(info.path)]
    child = subprocess.run(command, env=env, stdout=subprocess.PIPE, check=True)
    encoding, decoding = json.loads(child.stdout)
    assert encoding < LATENT / 2
    assert decoding < LATENT / 2
