"""Slabs of a reconstruction, one at a time, in any order."""

from collections import OrderedDict
from collections.abc import Callable

import torch
from torch import Tensor

from isthmus.codec.layers import Synthesis, magnitudes

_KEPT = 8


class SlabSynthesis:
    """Synthesises single slabs from the integers around them.

    Every slab is computed by itself, so its voxels don't depend on which others were asked for.
    Drafts are kept for the neighbours, and only a few, so that memory doesn't grow with the scan.
    """

    def __init__(
        self,
        net: Synthesis,
        values: Callable[[int], Tensor],
        count: int,
        step: float,
        bottleneck: int,
    ):
        """Prepare.

        Args:
            net: The trained synthesis.
            values: Returns the integers of a slab, (1, channel, h, w), float32 on the net's device.
            count: Slabs in the scan.
            step: Of quantisation.
            bottleneck: Its index.
        """
        self._net, self._count = net, count
        device = net.basis.device
        self._steps = torch.full((1, 1, 1, 1), step, device=device)
        self._which = torch.tensor([bottleneck], device=device)
        self._values = _Recent(values)
        self._features = _Recent(lambda slab: magnitudes(self._values(slab)))
        self._drafts = _Recent(self._draft)

    def __call__(self, slab: int) -> Tensor:
        """Return slab number `slab`, (depth, H, W), in the normalised range."""
        before, after = self._beside(slab)
        whole = self._net.restore(
            self._drafts(before), self._drafts(slab), self._drafts(after), self._steps, self._which
        )
        return whole[0]

    def _draft(self, slab: int) -> Tensor:
        before, after = self._beside(slab)
        beside = self._features(before) + self._features(after)
        return self._net.draft(self._values(slab), beside, self._steps, self._which)

    def _beside(self, slab: int) -> tuple[int, int]:
        """The slabs before and after; the ends are their own neighbours."""
        return max(slab - 1, 0), min(slab + 1, self._count - 1)


class _Recent:
    """Remembers the last few results of a function of a slab."""

    def __init__(self, function: Callable[[int], Tensor]):
        self._function = function
        self._kept: OrderedDict[int, Tensor] = OrderedDict()

    def __call__(self, slab: int) -> Tensor:
        if slab not in self._kept:
            self._kept[slab] = self._function(slab)
        self._kept.move_to_end(slab)
        result = self._kept[slab]
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return result
