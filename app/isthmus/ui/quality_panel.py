"""The quality panel: figures of this slice and of the volume, each with its definition."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from isthmus.quality import Measures
from isthmus.ui import formats
from isthmus.ui.icons import icon
from isthmus.ui.theme import TOKENS, colour, font, set_role

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CLOCK = 12


@dataclass(frozen=True)
class _Row:
    """One measure: its name, unit, value and definition."""

    name: str
    unit: str
    value: Callable[[Measures], float]
    meaning: str
    definition: str


_ROWS = (
    _Row(
        "PSNR",
        "dB",
        lambda measures: measures.psnr,
        "Peak signal-to-noise ratio: more is closer to the original, ∞ is identical.",
        "10 · log₁₀(peak² ∕ mean squared error). Peak: {range}. A slice uses the volume's peak.",
    ),
    _Row(
        "SSIM",
        "",
        lambda measures: measures.ssim,
        "Structural similarity: how alike local patterns are. 1 is identical.",
        "Gaussian window, σ 1.5 voxels, by slice; the volume is the mean over slices. "
        "Peak: {range}. Same as scikit-image, to 1e-6.",
    ),
    _Row(
        "MAE",
        "",
        lambda measures: measures.mae,
        "Mean absolute error: how far a voxel is off on average. 0 is identical.",
        "Mean of |reconstruction − original|, in the scan's own units.",
    ),
    _Row(
        "Max error",
        "",
        lambda measures: measures.max_error,
        "Maximum error: how far the worst voxel is off. 0 is identical.",
        "Maximum of |reconstruction − original|, in the scan's own units.",
    ),
)


class _Cell(QWidget):
    """One figure, right-aligned, with a clock to its left while it is stale."""

    def __init__(self, first: bool) -> None:
        super().__init__()
        self._font = font(14, 600) if first else font(13)
        self._first = first
        self._text = formats.UNKNOWN
        self._stale = False
        self.setMinimumSize(84, 22)

    def set_value(self, text: str, *, still: str, spoken: str) -> None:
        """Show a figure; `spoken` says what it is of, `still` whose it is if it is stale."""
        self._text, self._stale = text, bool(still) and text != formats.UNKNOWN
        late = f", {still}" if self._stale else ""
        self.setAccessibleName(f"{spoken}: {'unknown' if text == formats.UNKNOWN else text}{late}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the figure."""
        painter = QPainter(self)
        bright = TOKENS.text if self._first else TOKENS.text2
        dim = self._stale or self._text == formats.UNKNOWN
        painter.setFont(self._font)
        painter.setPen(colour(TOKENS.text3 if dim else bright))
        painter.drawText(self.rect(), _RIGHT, self._text)
        if self._stale:
            wide = painter.fontMetrics().horizontalAdvance(self._text)
            top = (self.height() - _CLOCK) // 2
            clock = icon("clock", "text3")
            clock.paint(painter, self.width() - wide - 6 - _CLOCK, top, _CLOCK, _CLOCK)


class _Figure(QWidget):
    """A size in large, what it is in small below."""

    def __init__(self, caption: str, tip: str) -> None:
        super().__init__()
        self._caption = caption
        self.value = QLabel(formats.UNKNOWN)
        self.value.setFont(font(14, 600))
        below = QLabel(caption)
        below.setProperty("role", "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.value)
        column.addWidget(below)
        self.setToolTip(tip)

    def set_text(self, text: str) -> None:
        """Show a size."""
        self.value.setText(text)
        set_role(self.value, "note" if text == formats.UNKNOWN else "")
        self.value.setAccessibleName(f"{self._caption}: {text}")


class QualityPanel(QWidget):
    """Shows what was lost: in this slice and in the volume, and what the file takes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slice: Measures | None = None
        self._volume: Measures | None = None
        self._number = 1
        self._still = ""
        self._range: tuple[float, float] | None = None
        self._compact = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("focusRing", "inside")
        self.setAccessibleName("Quality")

        title = QLabel("Quality")
        title.setProperty("role", "title")
        self._heads = (QLabel(), QLabel("Volume"))
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnMinimumWidth(1, 96)
        self._grid.setColumnMinimumWidth(2, 96)
        self._grid.addWidget(title, 0, 0, _LEFT)
        for column, head in enumerate(self._heads, 1):
            head.setProperty("role", "secondary")
            self._grid.addWidget(head, 0, column, _RIGHT)
        self._names: list[QLabel] = []
        self._cells: list[tuple[_Cell, _Cell]] = []
        for line, row in enumerate(_ROWS, 1):
            unit = f" <span style='color:{TOKENS.text3}; font-size:11px'>{row.unit}</span>"
            name = QLabel(row.name + (unit if row.unit else ""))
            pair = (_Cell(True), _Cell(False))
            self._names.append(name)
            self._cells.append(pair)
            self._grid.addWidget(name, line, 0)
            for column, cell in enumerate(pair, 1):
                self._grid.addWidget(cell, line, column)

        self._sizes = QWidget()
        self._figures = (
            _Figure("file, all bytes", "Every byte of the compressed file, header included."),
            _Figure("ratio", "Bytes of the stored voxels ∕ bytes of the file."),
            _Figure("bits per voxel", "Bits of the file ∕ voxels of the scan."),
        )
        figures = QHBoxLayout(self._sizes)
        figures.setContentsMargins(0, 0, 0, 0)
        for figure in self._figures:
            figures.addWidget(figure, 1)
        self._note = QLabel()
        self._note.setProperty("role", "caption")
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addLayout(self._grid)
        self._column.addStretch(1)
        self._column.addWidget(self._sizes)
        self._column.addStretch(1)
        self._column.addWidget(self._note)
        self.set_compact(False)
        self.set_sizes(None, None, None)
        self._refresh()

    def set_slice(self, measures: Measures | None, number: int) -> None:
        """Show the figures of the slice on screen.

        Args:
            measures: None while they are unknown.
            number: Of the slice, as on screen, from 1.
        """
        self._slice, self._number = measures, number
        self._refresh()

    def set_volume(self, measures: Measures | None, still: str = "") -> None:
        """Show the figures of the whole volume.

        Args:
            measures: None while they are unknown.
            still: Whose they are if they are stale, as "still the value for 48 channels".
        """
        self._volume, self._still = measures, still
        self._refresh()

    def set_sizes(self, file_bytes: int | None, ratio: float | None, bpv: float | None) -> None:
        """Show what the file takes; None is unknown."""
        texts = (formats.size(file_bytes), formats.ratio(ratio), formats.bits_per_voxel(bpv))
        for figure, text in zip(self._figures, texts, strict=True):
            figure.set_text(text)

    def set_range(self, low: float, high: float) -> None:
        """Say which peak PSNR and SSIM are of: the volume's minimum and maximum, in real units."""
        self._range = (low, high)
        self._refresh()

    def set_compact(self, compact: bool) -> None:
        """Leave out what the selector says in words already, for the deck of a small window."""
        self._compact = compact
        self._sizes.setVisible(not compact)
        self._note.setVisible(not compact)
        self._column.setContentsMargins(14, 4 if compact else 8, 14, 2 if compact else 10)
        self._grid.setRowMinimumHeight(0, 26)
        for line in range(1, len(_ROWS) + 1):
            self._grid.setRowMinimumHeight(line, 28 if compact else 26)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size in a large or a small window."""
        return QSize(356, 150) if self._compact else QSize(372, 256)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a line above each row."""
        painter = QPainter(self)
        painter.setPen(colour(TOKENS.line))
        for name in self._names:
            y = name.geometry().top()
            painter.drawLine(14, y, self.width() - 14, y)

    def _refresh(self) -> None:
        self._heads[0].setText(f"Slice {self._number}")
        low, high = self._range or (math.nan, math.nan)
        known = "" if self._range is None else f" {formats.span(low, high)}"
        peak = f"range{known}, maximum − minimum of the original over the volume"
        decimals = formats.error_decimals(high - low)
        summary = []
        for row, name, cells in zip(_ROWS, self._names, self._cells, strict=True):
            tip = (
                f"<b>{row.meaning}</b><br>{row.definition.format(range=peak)}<br>"
                "Whole image, air included."
            )
            places = {"PSNR": 1, "SSIM": 3, "MAE": decimals}.get(row.name, decimals - 1)
            scopes = (
                (self._slice, f"slice {self._number}", ""),
                (self._volume, "volume", self._still),
            )
            for cell, (measures, scope, still) in zip(cells, scopes, strict=True):
                value = None if measures is None else row.value(measures)
                cell.set_value(
                    formats.number(value, places), still=still, spoken=f"{row.name}, {scope}"
                )
                late = f"<br>Clock: {still}." if still and measures is not None else ""
                cell.setToolTip(tip + late)
                summary.append(cell.accessibleName())
            name.setToolTip(tip)
        self.setAccessibleDescription("; ".join(summary))
        self._note.setText(f"Range{known}: maximum − minimum of the volume" if known else "")
