"""The newest reconstructions of one bottleneck asked for, and which of them a slice shows."""

from isthmus.scans import PlaneView
from isthmus.ui.pictures import Reconstruction

# One that is asked for, one that is half there, one that is whole.
_MOST_KEPT = 3


class Kept:
    """Reconstructions from newest to oldest, as far back as one is whole.

    A slice is shown from the newest one that has it. So an older picture stays, with its own
    label, until the newer one is there, and nothing is ever made up.
    """

    def __init__(self) -> None:
        self._kept: list[Reconstruction] = []

    def take(self, reconstruction: Reconstruction | None) -> None:
        """Take a newer reconstruction, or more of the newest one; None drops them all."""
        if reconstruction is None:
            self._kept = []
            return
        older = [kept for kept in self._kept if not _supersedes(reconstruction, kept)]
        self._kept = []
        for kept in [reconstruction, *older][:_MOST_KEPT]:
            self._kept.append(kept)
            if kept.complete:
                break

    def shown(self, view: PlaneView, index: int) -> Reconstruction | None:
        """Return the reconstruction that is shown on a slice, or None if none has it."""
        return next((kept for kept in self._kept if kept.has_slice(view, index)), None)

    @property
    def identities(self) -> set[int]:
        """The identities of all voxels that are kept."""
        return {id(kept.voxels) for kept in self._kept}


def _supersedes(new: Reconstruction, old: Reconstruction) -> bool:
    """Whether `new` is the same reconstruction as `old`, with no slice less."""
    if new.bottleneck != old.bottleneck:
        return False
    return new.voxels is old.voxels or not bool((old.ready & ~new.ready).any())
