"""Where the parts of the selector lie, in the three heights that the deck has."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF

from isthmus.ui.selector.curve import Axes, Stop

_GAP = 4.0
_MIN_STOP = 56.0
_CAPTION = 112.0


class Density(Enum):
    """How much is shown: words, curve and stops; the same but smaller; stops only."""

    FULL = 256
    COMPACT = 150
    STOPS = 44


@dataclass(frozen=True)
class Layout:
    """Rectangles of the selector's parts, in its own pixels.

    Attributes:
        density: How much is shown.
        title: The model's; empty where only stops are shown.
        words: The point in words, with the neck.
        plot: Between the axes; empty where only stops are shown.
        stops: One rectangle per stop, smallest bottleneck first.
        caption: Names of the stops' lines; empty where there is no room.
    """

    density: Density
    title: QRectF
    words: QRectF
    plot: QRectF
    stops: tuple[QRectF, ...]
    caption: QRectF

    @classmethod
    def of(cls, width: float, height: float, n_stops: int, density: Density) -> "Layout":
        """Lay the parts out in `width` × `height` pixels."""
        words_width, left, tall, foot = {
            Density.FULL: (196.0, 228.0, 56.0, 10.0),
            Density.COMPACT: (112.0, 134.0, 36.0, 6.0),
            Density.STOPS: (112.0, 134.0, 36.0, (height - 36) / 2),
        }[density]
        right = width - 14
        count = max(1, n_stops)

        def share(room: float) -> float:
            return (room + _GAP) / count - _GAP

        captioned = density is Density.FULL and share(right - left - _CAPTION) >= _MIN_STOP
        end = right - _CAPTION if captioned else right
        each = max(_MIN_STOP, share(end - left))
        top = height - foot - tall
        edges = [
            (left + at * (each + _GAP), left + at * (each + _GAP) + each) for at in range(n_stops)
        ]
        stops = tuple(
            QRectF(round(start), round(top), round(stop) - round(start), tall)
            for start, stop in edges
        )
        caption = QRectF(end + 14, round(top), _CAPTION - 14, tall) if captioned else QRectF()
        words = QRectF(12, 0, words_width, height)
        plot, title = QRectF(), QRectF()
        if density is not Density.STOPS:
            title = QRectF(11, 10, left - 15, 22)
            if density is Density.COMPACT:
                # Up to the numbers beside the plot, which may stand as high.
                title = QRectF(11, 5, left - 7, 20)
            plot_top = 42.0 if density is Density.FULL else 12.0
            bottom = round(top) - (13 if density is Density.FULL else 11)
            plot = QRectF(left + 24, plot_top, end - left - 24, bottom - plot_top)
        return cls(density, title, words, plot, stops, caption)

    def place(self, axes: Axes, stop: Stop) -> QPointF | None:
        """Return where a stop's point lies in the plot, or None if its place is not known.

        The rate axis runs from the first stop's middle to the last one's, so that hairlines from
        evenly spaced sizes stand upright.
        """
        if stop.ratio is None or stop.psnr is None or self.plot.isEmpty():
            return None
        first, last = self.stops[0].center().x(), self.stops[-1].center().x()
        return QPointF(
            first + axes.x(stop.ratio) * (last - first),
            self.plot.bottom() - axes.y(stop.psnr) * self.plot.height(),
        )
