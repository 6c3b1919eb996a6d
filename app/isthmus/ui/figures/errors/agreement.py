"""Bland and Altman's plot of the means of blocks: does the error depend on the value?"""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen, QPolygonF

from isthmus.quality.errors import BLOCK, BlandAltman
from isthmus.ui import formats
from isthmus.ui.figures.errors.plot import Plot, Span
from isthmus.ui.theme import TOKENS, colour, font
from isthmus.ui.words import tr

_REACH = 8  # px: how near the pointer must come


class Agreement(Plot):
    """Draws a point for each block: its mean to the right, what was added to it upwards."""

    def __init__(self) -> None:
        super().__init__(tr("Agreement of the means of blocks"))
        self._found: BlandAltman | None = None
        self._order: np.ndarray = np.empty(0, np.int64)
        self._unit, self._decimals = "", 1
        self._slices: list[int] = []
        self._points: tuple[object, QImage] | None = None

    def show_agreement(
        self, found: BlandAltman | None, slices: list[int], unit: str, decimals: int
    ) -> None:
        """Show the agreement of a reconstruction, or nothing.

        Args:
            found: Of the volume's foreground.
            slices: Number on the screen of each acquired slice.
            unit: Of the values; empty if they have none.
            decimals: How many an error is worth.
        """
        if found is not self._found:
            self._found, self._points = found, None
            # Things are walked through from the left to the right.
            self._order = np.argsort(found.means) if found is not None else np.empty(0, np.int64)
        self._slices, self._unit, self._decimals = slices, unit, decimals
        self.renew()

    @property
    def count(self) -> int:
        """How many blocks there are."""
        return len(self._order)

    def block(self, at: int) -> tuple[int, int, int]:
        """Return the (k, j, i) of the middle of a block."""
        assert self._found is not None
        k, j, i = self._found.places[self._order[at]]
        return int(k), int(j), int(i)

    def spans(self) -> tuple[Span, Span]:
        """Return the range of the means, and one round 0 that holds differences and limits."""
        assert self._found is not None
        means, differences = self._found.means, self._found.differences
        low, high = float(means.min()), float(means.max())
        margin = 0.03 * (high - low) or abs(high) * 0.05 or 1.0
        limits = [abs(v) for v in self._found.limits if np.isfinite(v)]
        most = max([float(np.abs(differences).max()), *limits]) * 1.08 or 1.0
        return (low - margin, high + margin), (-most, most)

    def labels(self) -> tuple[str, str]:
        """Return what the axes are of."""
        mean = tr("mean, {unit}").format(unit=self._unit) if self._unit else tr("mean")
        return mean, tr("difference")

    def tick_text(self, value: float, *, vertical: bool) -> str:
        """Write differences with their sign."""
        text = super().tick_text(value, vertical=vertical)
        return "+" + text if vertical and value > 0 else text

    def words(self, at: int) -> str:
        """Return a block's slice, mean and difference."""
        assert self._found is not None
        which = self._order[at]
        said = tr("Slice {number}: mean {mean}, difference {difference}")
        return said.format(
            number=self._slices[self.block(at)[0]],
            mean=formats.number(float(self._found.means[which]), self._decimals),
            difference=self._number(float(self._found.differences[which])),
        )

    def _number(self, value: float) -> str:
        return formats.number(value, self._decimals + 1, signed=True)

    def summary(self) -> str:
        """Return the bias and its limits."""
        assert self._found is not None
        low, high = (self._number(limit) for limit in self._found.limits)
        bias = self._number(self._found.bias)
        return tr("bias {bias}, limits {low} to {high}").format(bias=bias, low=low, high=high)

    def explanation(self) -> str:
        """Return what is drawn, with the figures."""
        if self._found is None:
            return self.nothing()
        low, high = self._found.limits
        said = tr(
            "Bland–Altman plot: each point is a block of {side} × {side} × 1 voxels, at least half "
            "of them foreground. Right: mean of original and reconstruction. Up: reconstruction − "
            "original. Bias {bias}; limits of agreement, bias ± 1.96 SD, {low} and {high}; "
            "{count} blocks. Click, or arrow keys and Enter, to go there."
        )
        return said.format(
            side=BLOCK,
            bias=self._number(self._found.bias),
            low=self._number(low),
            high=self._number(high),
            count=self.count,
        )

    def nearest(self, point: QPointF) -> int | None:
        """Return the block whose point is nearest to a place, if it is near."""
        assert self._found is not None
        x, y = self._places()
        far = np.hypot(x - point.x(), y - point.y())
        at = int(np.argmin(far))
        return at if far[at] <= _REACH else None

    def _places(self) -> tuple[np.ndarray, np.ndarray]:
        """Return where the points lie, from the left to the right."""
        assert self._found is not None
        (x0, x1), (y0, y1), box = self.frame
        means, differences = (
            values[self._order] for values in (self._found.means, self._found.differences)
        )
        x = box.left() + (means - x0) / (x1 - x0) * box.width()
        return x, box.bottom() - (differences - y0) / (y1 - y0) * box.height()

    def paint_inside(self, painter: QPainter) -> None:
        """Draw the points, no difference, the bias, its limits, and the block pointed at."""
        assert self._found is not None
        box = self.box
        painter.drawImage(QPointF(0, 0), self._drawn_points())
        low, high = self._found.limits
        names = (
            (high, "+1.96 SD", Qt.PenStyle.DashLine),
            (low, "−1.96 SD", Qt.PenStyle.DashLine),
            (self._found.bias, tr("bias"), Qt.PenStyle.SolidLine),
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(colour(TOKENS.edge), 1))
        painter.drawLine(QPointF(box.left(), self.y_at(0)), QPointF(box.right(), self.y_at(0)))
        painter.setFont(font(11))
        line = painter.fontMetrics().height()
        bottom = -1e9
        for value, name, style in sorted(names, key=lambda each: -each[0]):
            if not np.isfinite(value):
                continue
            y = self.y_at(value)
            painter.setPen(QPen(colour(TOKENS.text), 1, style))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            if box.height() < 4.5 * line:
                continue  # what is written above suffices
            text = f"{name} {self._number(value)}"
            wide = painter.fontMetrics().horizontalAdvance(text) + 6
            top = max(y - line if value == high else y + 1, bottom)
            if value == self._found.bias:
                top = max(y - line / 2, bottom)
            bottom = top + line
            room = QRectF(box.right() - wide, top, wide, line)
            painter.fillRect(room, colour(TOKENS.panel, 0.85))
            painter.setPen(colour(TOKENS.text2))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
        if self.at is not None:
            x, y_at = self._places()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour(TOKENS.text), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(float(x[self.at]), float(y_at[self.at])), 4.5, 4.5)

    def _drawn_points(self) -> QImage:
        """Return all points, drawn once for as long as neither they nor the place change."""
        ratio = self.devicePixelRatioF()
        key = (self.size().toTuple(), ratio, TOKENS.reconstruction, id(self._found))
        if self._points is None or self._points[0] != key:
            image = QImage(self.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
            image.setDevicePixelRatio(ratio)
            image.fill(Qt.GlobalColor.transparent)
            painter = QPainter(image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            # The more points, the fainter each: where many lie is seen.
            strength = 0.75 if self.count < 2000 else 0.35
            pen = QPen(colour(TOKENS.reconstruction, strength), 2.2)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            x, y = self._places()
            points = [QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
            painter.drawPoints(QPolygonF(points))
            painter.end()
            self._points = (key, image)
        return self._points[1]
