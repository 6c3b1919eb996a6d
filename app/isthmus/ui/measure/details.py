"""The figures of one region: original, reconstruction, and how they agree."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from isthmus.quality.regions import Agreement, Statistics
from isthmus.ui import formats
from isthmus.ui.icons import Mark, MarkSign
from isthmus.ui.measure.figures import Known
from isthmus.ui.theme import set_role
from isthmus.ui.words import later, tr

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class _Row:
    """One figure: what it is called, its value, its decimals beyond a value's, its definition."""

    name: str
    value: Callable[..., float]
    decimals: int
    tip: str
    signed: bool = False


_STATISTICS = (
    _Row(later("Mean"), lambda s: s.mean, 1, later("Mean of the region's voxels.")),
    _Row(
        later("SD"),
        lambda s: s.sd,
        1,
        later("Standard deviation of the region's voxels, of a sample (n − 1)."),
    ),
    _Row(later("Min"), lambda s: s.minimum, 0, later("Lowest value of the region's voxels.")),
    _Row(later("Max"), lambda s: s.maximum, 0, later("Highest value of the region's voxels.")),
    _Row(
        later("SNR"),
        lambda s: s.snr,
        -1,
        later("Signal-to-noise ratio: mean ∕ standard deviation of the region's voxels."),
    ),
)
_AGREEMENT = (
    _Row(
        later("PSNR"),
        lambda a: a.psnr,
        -1,
        later(
            "10 · log₁₀(peak² ∕ mean squared error over the region), in decibels. "
            "Peak: maximum − minimum of the original over the volume."
        ),
    ),
    _Row(
        later("SSIM"),
        lambda a: a.ssim,
        -3,
        later(
            "Mean of the slice's SSIM map over the region's voxels. Gaussian window, "
            "σ 1.5 voxels: it reaches 5 voxels beyond the region. Peak as for PSNR."
        ),
    ),
    _Row(
        later("MAE"),
        lambda a: a.mae,
        1,
        later("Mean of |reconstruction − original| over the region, in the scan's own units."),
    ),
    _Row(
        later("Max error"),
        lambda a: a.max_error,
        0,
        later("Maximum of |reconstruction − original| over the region."),
    ),
    _Row(
        later("Bias"),
        lambda a: a.bias,
        1,
        later(
            "Mean of reconstruction − original over the region: what became brighter is above 0."
        ),
        signed=True,
    ),
)


class Details(QWidget):
    """A small table of figures, each with its definition."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Figures of the selected region"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(3, 10)
        for column, stretch in enumerate((0, 3, 3, 1, 0, 3)):
            grid.setColumnStretch(column, stretch)
        self._count = QLabel()
        self._count.setProperty("role", "caption")
        self._count.setToolTip(tr("Voxels whose centres lie inside the outline."))
        grid.addWidget(self._count, 0, 0)
        for column, mark, tip in (
            (1, Mark.ORIGINAL, tr("Original")),
            (2, Mark.RECONSTRUCTION, tr("Reconstruction")),
            (5, Mark.DIFFERENCE, tr("Reconstruction against original")),
        ):
            grid.addWidget(_head(mark, tip), 0, column)
        self._cells: dict[tuple[str, int], QLabel] = {}
        for line, row in enumerate(_STATISTICS, 1):
            self._add(grid, line, 0, row, (1, 2))
        for line, row in enumerate(_AGREEMENT, 1):
            self._add(grid, line, 4, row, (5,))
        grid.setRowStretch(len(_STATISTICS) + 1, 1)
        self.show_known(Known(), 0)

    def minimumSizeHint(self) -> QSize:
        """Return the room in which nothing is cut off."""
        return QSize(276, super().minimumSizeHint().height())

    def show_known(self, known: Known, decimals: int) -> None:
        """Show what is known of a region.

        Args:
            known: Its figures; dashes stand for what is unknown.
            decimals: How many a value of the scan is worth.
        """
        found = known.figures
        original = found.original if found else None
        made = found.reconstruction if found else None
        between = found.between if found else None
        count = formats.UNKNOWN if original is None else formats.number(original.count, 0)
        self._count.setText(tr("{count} voxels").format(count=count))
        for row in _STATISTICS:
            self._fill(row, 1, original, decimals, known.stale, tr("original"))
            self._fill(row, 2, made, decimals, known.stale, tr("reconstruction"))
        for row in _AGREEMENT:
            self._fill(row, 5, between, decimals, known.stale, tr("difference"))

    def _add(
        self, grid: QGridLayout, line: int, left: int, row: _Row, columns: tuple[int, ...]
    ) -> None:
        name = QLabel(tr(row.name))
        name.setProperty("role", "secondary")
        name.setToolTip(tr(row.tip))
        grid.addWidget(name, line, left)
        for column in columns:
            cell = QLabel()
            cell.setAlignment(_RIGHT)
            cell.setToolTip(tr(row.tip))
            grid.addWidget(cell, line, column)
            self._cells[row.name, column] = cell

    def _fill(
        self,
        row: _Row,
        column: int,
        of: Statistics | Agreement | None,
        decimals: int,
        stale: bool,
        spoken: str,
    ) -> None:
        value = math.nan if of is None else row.value(of)
        # Ratios, decibels and similarities have decimals of their own, values those of the scan.
        places = -row.decimals if row.decimals < 0 else decimals + row.decimals
        text = formats.number(value, places, signed=row.signed)
        cell = self._cells[row.name, column]
        cell.setText(text)
        said = tr("unknown") if text == formats.UNKNOWN else text
        cell.setAccessibleName(f"{tr(row.name)}, {spoken}: {said}")
        set_role(cell, "note" if stale or text == formats.UNKNOWN else "")


def _head(mark: Mark, tip: str) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 2)
    row.addStretch(1)
    row.addWidget(MarkSign(mark, 12))
    holder.setToolTip(tip)
    holder.setAccessibleName(tip)
    return holder
