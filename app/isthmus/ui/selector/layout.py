"""Where the parts of the selector lie, in the three heights that the deck has."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF

from isthmus.ui.selector.axes import Axes
from isthmus.ui.selector.curve import Stop
from isthmus.ui.theme import text_scale

_GAP = 4.0
_MIN_STOP = 56.0
_NARROW_STOP = 40.0
_CAPTION = 112.0
# From so many stops on, cells have no room for the channels; from so many on, cells are ticks.
WITHOUT_CHANNELS, TICKS = 10, 15


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
        header: Above the plot: what is drawn upwards, and labels; empty without one.
        plot: Between the axes; empty where only stops are shown.
        stops: One rectangle per stop, smallest bottleneck first.
        caption: Names of the stops' lines; empty where there is no room.
        ticks: Whether stops are ticks, of which one row offers a list.
        scale: Of text and of what holds it.
    """

    density: Density
    title: QRectF
    words: QRectF
    header: QRectF
    plot: QRectF
    stops: tuple[QRectF, ...]
    caption: QRectF
    ticks: bool = False
    scale: float = 1.0

    @classmethod
    def of(cls, width: float, height: float, n_stops: int, density: Density) -> "Layout":
        """Lay the parts out in `width` × `height` pixels."""
        k = text_scale()
        words_width, left, tall, foot = {
            Density.FULL: (196.0 * k, 12 + 216.0 * k, 56.0 * k, 10.0),
            Density.COMPACT: (112.0 * k, 12 + 122.0 * k, 36.0 * k, 6.0),
            Density.STOPS: (112.0 * k, 12 + 122.0 * k, min(36.0 * k, height - 4), 0.0),
        }[density]
        if density is Density.STOPS:
            foot = (height - tall) / 2
        right = width - 14
        count = max(1, n_stops)

        def share(room: float) -> float:
            return (room + _GAP) / count - _GAP

        caption_width = _CAPTION * k
        captioned = density is not Density.STOPS and (
            share(right - left - caption_width) >= _MIN_STOP * k
        )
        end = right - caption_width if captioned else right
        ticks = n_stops >= TICKS or (
            n_stops >= WITHOUT_CHANNELS and share(end - left) < _NARROW_STOP * k
        )
        least = 0.0 if ticks else _NARROW_STOP * k if n_stops >= WITHOUT_CHANNELS else _MIN_STOP
        gap = 0.0 if ticks else _GAP
        each = (end - left + gap) / count - gap if ticks else max(least, share(end - left))
        top = height - foot - tall
        edges = [
            (left + at * (each + gap), left + at * (each + gap) + each) for at in range(n_stops)
        ]
        stops = tuple(
            QRectF(round(start), round(top), round(stop) - round(start), tall)
            for start, stop in edges
        )
        caption = QRectF()
        if captioned:
            caption = QRectF(end + 14, round(top), caption_width - 14, tall)
        words = QRectF(12, 0, words_width, height)
        plot, title, header = QRectF(), QRectF(), QRectF()
        if density is Density.FULL:
            title = QRectF(11, 10, left - 15, 22 * k)
            header = QRectF(left, 10, right - left, 20 * k)
            plot_top = 22 + 20.0 * k
            plot = QRectF(
                left + 24 * k, plot_top, right - left - 24 * k, round(top) - 13 - plot_top
            )
        elif density is Density.COMPACT:
            # Up to the numbers beside the plot, which may stand as high.
            title = QRectF(11, 5, left - 7, 20 * k)
            plot = QRectF(left + 24 * k, 12, right - left - 24 * k, round(top) - 11 - 12)
        return cls(density, title, words, header, plot, stops, caption, ticks, k)

    def place(self, axes: Axes, stop: Stop) -> QPointF | None:
        """Return where a stop's point lies in the plot, or None if its place is not known."""
        value = stop.value(axes.measure)
        if stop.ratio is None or value is None or self.plot.isEmpty():
            return None
        return self.at(axes, stop.ratio, value)

    def at(self, axes: Axes, ratio: float, value: float) -> QPointF:
        """Return where a ratio and a value within the axes lie in the plot."""
        return QPointF(
            self.across(axes, ratio), self.plot.bottom() - axes.y(value) * self.plot.height()
        )

    def across(self, axes: Axes, ratio: float) -> float:
        """Return the x of a ratio."""
        return self.plot.left() + axes.x(ratio) * self.plot.width()

    def level(self, axes: Axes, value: float) -> float:
        """Return the y of a value; the nearest edge for one outside."""
        return self.plot.bottom() - axes.y(value) * self.plot.height()
