"""Makes the golden files of format version 2 anew: `python tests/codec/golden/make.py`.

Only before the format has shipped: after that, making them anew would hide that the files of others
no longer decode. Those of version 1 were made in the same way, by Isthmus as it was in 607c17b.
"""

import lzma
import sys
from pathlib import Path

import numpy as np
import torch

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from checkpoints import make_recipe, save, shrink, untrained  # noqa: E402

from isthmus import codec  # noqa: E402
from isthmus.codec.normalise import normalise  # noqa: E402
from isthmus.scans.volume import Volume  # noqa: E402
from isthmus.training.networks import Networks  # noqa: E402

AFFINE = np.array([[-0.9, 0.1, 0, 90], [0, 1.1, 0.2, -126], [0, 0, 3.3, -72], [0, 0, 0, 1.0]])


def scan() -> Volume:
    """Return a scan of two runs: a blob in noise, then a mask, which is stored as samples."""
    k, j, i = np.meshgrid(*(np.linspace(-1, 1, n) for n in (25, 21, 18)), indexing="ij")
    inside = (k / 1.4) ** 2 + (j / 0.9) ** 2 + (i / 0.8) ** 2 < 1
    values = 700 * (0.5 + 0.2 * k + 0.3 * j + 0.25 * i * i) * inside - 200
    values += np.random.default_rng(1).integers(0, 12, values.shape)
    values[16:] = np.where(((3 * j).round() + (5 * i * k).round())[16:] % 2, 640, -200)
    return Volume(values.astype(np.int16), AFFINE, 0.5, -3.0, unit="HU", modality="CT")


def thin(net: Networks) -> Networks:
    """Put small round numbers into a few places of every layer, so that it compresses well."""
    random, share = np.random.default_rng(5), 0.03
    with torch.no_grad():
        for name, value in net.named_parameters():
            if not name.endswith(("basis", "offsets.weight")):
                size = 2.0 ** -max(3, int(np.log2(max(4, share * value[0].numel())) / 2 + 2))
                few = random.random(value.shape) < share
                value.copy_(torch.from_numpy(size * few * random.integers(-3, 4, value.shape)))
    return net


def main() -> None:
    """Write the checkpoint, a file of every layer, and the voxels that it decodes to."""
    volume = scan()
    recipe = make_recipe(name="version2", channels=(6, 128), quantisation=(0.2, 0.04))
    net = shrink(untrained(recipe, [normalise(volume)[0]]))
    path = HERE / "version2.safetensors"
    engine = codec.load(save(thin(net), path), "cpu")
    data = engine.compress(volume, "128ch", step=0.03)
    (HERE / "version2.isth").write_bytes(data)
    np.savez_compressed(
        HERE / "version2.npz",
        scan=volume.voxels,
        voxels=engine.decompress(data).voxels,
        values=engine.read(data).values.astype(np.int16),
    )
    packed = lzma.compress(path.read_bytes(), preset=9 | lzma.PRESET_EXTREME)
    (HERE / "version2.safetensors.xz").write_bytes(packed)
    path.unlink()
    path.with_suffix(".json").unlink()


if __name__ == "__main__":
    main()
