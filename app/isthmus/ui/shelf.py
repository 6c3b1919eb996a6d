"""The reconstructions that are kept, those used last, within a budget of bytes."""

from collections.abc import Collection

import numpy as np

from isthmus.codec import Bottleneck
from isthmus.ui.cache import BUDGET, Budget
from isthmus.ui.pictures import Reconstruction
from isthmus.ui.study import Study


class Shelf:
    """Makes room for reconstructions of one scan, and drops those used least.

    Args:
        limit: Bytes of reconstructions kept in memory.
    """

    def __init__(self, limit: int = BUDGET) -> None:
        self._limit = limit
        self._budget = Budget(limit)

    def begin(self, study: Study | None) -> None:
        """Go over to a scan, with what it has already."""
        self._budget = Budget(self._limit)
        for name in study.records if study is not None else ():
            self.touch(study, name)

    def touch(self, study: Study | None, name: str) -> None:
        """Note that someone looks at a bottleneck's reconstruction, if there is one."""
        record = study.records.get(name) if study is not None else None
        if record is not None and record.picture is not None:
            self._budget.touch(name, record.picture.voxels.nbytes)

    def picture(self, study: Study, bottleneck: Bottleneck) -> Reconstruction:
        """Return the reconstruction of a bottleneck so far, an empty one if there is none."""
        record = study.record(bottleneck.name)
        if record.picture is not None:
            return record.picture
        voxels = study.volume.voxels
        self._budget.touch(bottleneck.name, voxels.nbytes)
        return Reconstruction(
            bottleneck,
            np.zeros(voxels.shape, voxels.dtype),
            np.zeros(voxels.shape[0], np.bool_),
            len(record.file) if record.file is not None else None,
            study.volume.source.stored_bytes,
        )

    def keep(self, study: Study, needed: Collection[str]) -> None:
        """Drop what is over the budget.

        Args:
            study: The scan.
            needed: Bottlenecks that stay: they are looked at, or worked on. So do those that are
                yet to be measured.
        """
        unmeasured = (name for name, record in study.records.items() if record.unmeasured)
        for name in self._budget.overdue(frozenset({*needed, *unmeasured})):
            study.record(name).picture = None
