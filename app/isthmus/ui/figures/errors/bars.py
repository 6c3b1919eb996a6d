"""The histogram of errors, its counts on a logarithmic axis."""

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from isthmus.quality.errors import Histogram
from isthmus.ui import formats
from isthmus.ui.figures.errors.plot import Plot, Span
from isthmus.ui.theme import TOKENS, colour, font
from isthmus.ui.words import tr


class Bars(Plot):
    """Draws how often each error occurs: removed at the left in blue, added at the right."""

    def __init__(self) -> None:
        super().__init__(tr("Histogram of errors"))
        self._histogram: Histogram | None = None
        self._unit, self._decimals = "", 1

    def show_histogram(self, histogram: Histogram | None, unit: str, decimals: int) -> None:
        """Show a histogram, or none.

        Args:
            histogram: Of the volume's foreground.
            unit: Of the errors; empty if they have none.
            decimals: How many an error is worth.
        """
        self._histogram, self._unit, self._decimals = histogram, unit, decimals
        self.renew()

    @property
    def count(self) -> int:
        """How many bins there are."""
        found = self._histogram
        return 0 if found is None or not found.counts.any() else len(found.counts)

    def spans(self) -> tuple[Span, Span]:
        """Return the errors, and the logarithm of the counts; a single voxel is seen too."""
        assert self._histogram is not None
        edges, most = self._histogram.edges, int(self._histogram.counts.max())
        return (float(edges[0]), float(edges[-1])), (-0.3, math.log10(most) * 1.06 + 0.1)

    def labels(self) -> tuple[str, str]:
        """Return what the axes are of."""
        error = tr("error, {unit}").format(unit=self._unit) if self._unit else tr("error")
        return error, tr("voxels")

    def tick_values(self, *, vertical: bool) -> list[float]:
        """Return powers of ten for the counts."""
        if not vertical:
            return super().tick_values(vertical=False)
        high = self.spans()[1][1]
        step = max(1, math.ceil(high / max(self.box.height() / 26, 1)))
        return [float(power) for power in range(0, int(high) + 1, step)]

    def tick_text(self, value: float, *, vertical: bool) -> str:
        """Return counts as such, errors with their sign."""
        if not vertical:
            low, high = self.spans()[0]
            decimals = min(max(math.ceil(-math.log10((high - low) / 5) - 1e-9), 0), 4)
            return formats.number(value, decimals, signed=True)
        power = max(round(value), 0)
        for size, sign in ((6, "M"), (3, "k")):
            if power >= size:
                return f"{10 ** (power - size)} {sign}"
        return str(10**power)

    def words(self, at: int) -> str:
        """Return what a bin holds."""
        assert self._histogram is not None
        edges, count = self._histogram.edges, int(self._histogram.counts[at])
        middle = (edges[at] + edges[at + 1]) / 2
        half = (edges[at + 1] - edges[at]) / 2
        said = tr("{error} ± {half}: {count} voxels")
        return said.format(
            error=formats.number(float(middle), self._decimals, signed=True),
            half=formats.number(float(half), self._decimals),
            count=count,
        )

    def summary(self) -> str:
        """Return the mean and how far the errors spread."""
        assert self._histogram is not None
        mean, sd = self._number(self._histogram.mean), self._histogram.sd
        return tr("mean {mean}, SD {sd}").format(mean=mean, sd=formats.number(sd, self._decimals))

    def explanation(self) -> str:
        """Return what is drawn, with the figures."""
        found = self._histogram
        if found is None:
            return self.nothing()
        low, high = found.percentiles
        said = tr(
            "How often each error occurs in the volume's foreground, reconstruction − original; "
            "counts on a logarithmic axis. Mean {mean}, SD {sd}, 1st and 99th percentile {low} "
            "and {high}. Left of 0 was removed, right of it added."
        )
        figures = (self._number(v) for v in (found.mean, low, high))
        mean, first, last = figures
        sd = formats.number(found.sd, self._decimals)
        return said.format(mean=mean, sd=sd, low=first, high=last)

    def _number(self, value: float) -> str:
        return formats.number(value, self._decimals, signed=True)

    def can_go(self) -> bool:
        """A bin is no place."""
        return False

    def nearest(self, point: QPointF) -> int | None:
        """Return the bin at a place."""
        share = (point.x() - self.box.left()) / max(self.box.width(), 1)
        return min(max(int(share * self.count), 0), self.count - 1)

    def paint_inside(self, painter: QPainter) -> None:
        """Draw bars, the line of no error, the SD and the percentiles."""
        found, box = self._histogram, self.box
        assert found is not None
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        middle = len(found.counts) // 2
        lefts = [self.x_at(float(edge)) for edge in found.edges]
        for at in np.flatnonzero(found.counts).tolist():
            top = self.y_at(math.log10(int(found.counts[at])))
            token = TOKENS.text2
            if at != middle:
                token = TOKENS.original if at < middle else TOKENS.reconstruction
            if at == self.at:
                token = TOKENS.text
            width = max(lefts[at + 1] - lefts[at], 1.0)
            strength = 1.0 if at == self.at else 0.75
            bar = QRectF(lefts[at], top, width, box.bottom() - top)
            painter.fillRect(bar, colour(token, strength))
        lines = [(0.0, "0", Qt.PenStyle.SolidLine)]
        lines += [(sign * found.sd, tr("SD"), Qt.PenStyle.DashLine) for sign in (-1, 1)]
        shares = ("1 %", "99 %")
        dotted = Qt.PenStyle.DotLine
        lines += [(v, t, dotted) for v, t in zip(found.percentiles, shares, strict=True)]
        painter.setFont(font(11))
        taken: list[tuple[float, float]] = []
        for value, text, style in lines:
            x = round(self.x_at(value))
            painter.setPen(QPen(colour(TOKENS.text if value == 0 else TOKENS.text2), 1, style))
            painter.drawLine(x, int(box.top()), x, int(box.bottom()))
            if value != 0:
                self._write(painter, x, text, value < 0, taken)

    def _write(
        self,
        painter: QPainter,
        x: float,
        text: str,
        to_the_left: bool,
        taken: list[tuple[float, float]],
    ) -> None:
        """Write beside a line, below what stands there already."""
        wide = painter.fontMetrics().horizontalAdvance(text)
        left = x - wide - 3 if to_the_left else x + 4
        level = sum(left < end and left + wide > start for start, end in taken)
        taken.append((left - 4, left + wide + 4))
        line = painter.fontMetrics().height()
        room = QRectF(left, self.box.top() + level * line, wide + 1, line)
        painter.fillRect(room, colour(TOKENS.panel, 0.8))
        painter.setPen(colour(TOKENS.text2))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft, text)
