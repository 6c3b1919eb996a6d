"""Which networks a family has: the one place that knows."""

from collections.abc import Mapping, Sequence
from typing import Any

import torch

from isthmus.codec.autoencoder import ClassicAnalysis, ClassicShape, ClassicSynthesis
from isthmus.codec.latent import BLOCK
from isthmus.codec.layers import Analysis, Shape, Synthesis

AnyAnalysis = Analysis | ClassicAnalysis
AnySynthesis = Synthesis | ClassicSynthesis


def blank_networks(
    family: str, shape: Mapping[str, Any], sizes: Sequence[int]
) -> tuple[AnyAnalysis, AnySynthesis]:
    """Return a family's networks, to load weights into.

    Args:
        family: `"trained"`, `"linear"` or `"classic"`.
        shape: Sizes of the networks, as in a checkpoint's metadata.
        sizes: Channels of each bottleneck.

    Raises:
        ValueError, TypeError: The sizes make no sense, or the family is not known.
    """
    if family == "classic":
        classic = ClassicShape(shape["depth"], tuple(shape["hidden"]))
        _check(sizes, classic.channels)
        return ClassicAnalysis(classic, sizes), ClassicSynthesis(classic, sizes)
    if family not in ("trained", "linear"):
        raise ValueError(f"the family {family} is not known")
    layered = Shape(**shape)
    _check(sizes, layered.channels)
    basis = torch.zeros(layered.channels, layered.depth, BLOCK, BLOCK)
    return Analysis(layered, basis, len(sizes)), Synthesis(layered, basis, len(sizes))


def _check(sizes: Sequence[int], channels: int) -> None:
    if max(sizes) > channels:
        raise ValueError("a bottleneck has more channels than the transform")
