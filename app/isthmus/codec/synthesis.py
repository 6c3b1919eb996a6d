"""Slabs of a reconstruction, one at a time, in any order."""

from collections import OrderedDict
from collections.abc import Callable

from torch import Tensor

from isthmus.codec.families import AnySynthesis
from isthmus.codec.layers import Told, magnitudes

# A slab is restored beside its neighbours' drafts, and each draft looks at the slabs beside it.
LOOKS_AT = 2

_KEPT = 8
_Kept = OrderedDict[int, Tensor]


class SlabSynthesis:
    """Synthesises single slabs from the integers around them.

    Every slab is computed by itself, so its voxels don't depend on which others were asked for.
    Drafts are kept for the neighbours, and only a few, so that memory doesn't grow with the scan.
    """

    def __init__(
        self,
        net: AnySynthesis,
        values: Callable[[int], Tensor],
        told: Callable[[int], Told],
        exact: Callable[[int], Tensor | None],
        count: int,
    ):
        """Prepare.

        Args:
            net: The trained synthesis.
            values: Returns the integers of a slab, (1, channel, h, w), float32 on the net's device.
            told: Returns what the networks are told of a slab.
            exact: Returns a slab that is known as it is, (1, depth, H, W), instead of a draft.
            count: Slabs in the scan.
        """
        self._net, self._count = net, count
        self._read, self._told, self._exact = values, told, exact
        self._values: _Kept = OrderedDict()
        self._features: _Kept = OrderedDict()
        self._drafts: _Kept = OrderedDict()

    def __call__(self, slab: int) -> Tensor:
        """Return slab number `slab`, (depth, H, W), in the normalised range."""
        before, after = self._beside(slab)
        whole = self._net.restore(
            self._draft(before), self._draft(slab), self._draft(after), self._told(slab)
        )
        return whole[0]

    def _draft(self, slab: int) -> Tensor:
        return _remember(self._drafts, slab, self._make_draft)

    def _make_draft(self, slab: int) -> Tensor:
        exact = self._exact(slab)
        if exact is not None:
            return exact
        before, after = self._beside(slab)
        beside = self._magnitudes(before) + self._magnitudes(after)
        return self._net.draft(self._integers(slab), beside, self._told(slab))

    def _magnitudes(self, slab: int) -> Tensor:
        return _remember(self._features, slab, lambda at: magnitudes(self._integers(at)))

    def _integers(self, slab: int) -> Tensor:
        return _remember(self._values, slab, self._read)

    def _beside(self, slab: int) -> tuple[int, int]:
        """The slabs before and after; the ends are their own neighbours."""
        return max(slab - 1, 0), min(slab + 1, self._count - 1)


def _remember(kept: _Kept, slab: int, make: Callable[[int], Tensor]) -> Tensor:
    """Return what is kept for a slab, or make it, and keep the last few.

    The function is handed in at each call and not kept: a synthesis that refers to itself would
    stay in memory, with the scan, until the collector of reference cycles comes by.
    """
    if slab not in kept:
        kept[slab] = make(slab)
    kept.move_to_end(slab)
    while len(kept) > _KEPT:
        kept.popitem(last=False)
    return kept[slab]
