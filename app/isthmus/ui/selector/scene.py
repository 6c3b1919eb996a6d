"""Everything that one painting of the selector shows, as plain data, and how it is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from isthmus.quality.guidelines import Guideline
from isthmus.ui.selector.axes import Axes
from isthmus.ui.selector.curve import Stop
from isthmus.ui.selector.measure import Measure
from isthmus.ui.theme import TOKENS, colour, font

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True)
class StandardCurve:
    """A standard codec on this scan, as far as it was really encoded.

    Attributes:
        title: For people.
        dashes: Long and short parts of its line, in widths of the line.
        points: Ratio, PSNR and SSIM of each encoding, the largest ratio first.
    """

    title: str
    dashes: tuple[float, float]
    points: tuple[tuple[float, float, float], ...]

    def places(self, measure: Measure) -> list[tuple[float, float]]:
        """Return ratio and value of each point; none for a measure that was not taken."""
        which = {"psnr": 1, "ssim": 2}.get(measure.key)
        return [] if which is None else [(point[0], point[which]) for point in self.points]


@dataclass(frozen=True)
class Lossless:
    """The smallest lossless encoding of this scan.

    Attributes:
        ratio: Stored scan to file.
        size: Bytes.
        title: Of the codec.
    """

    ratio: float
    size: int
    title: str


@dataclass(frozen=True)
class Scene:
    """What one painting shows.

    Attributes:
        stops: Smallest bottleneck first.
        axes: Of the plot.
        asked: Index of the stop asked for.
        shown: Index of the stop whose picture is on screen, if any.
        hovered: Index of the stop under the pointer, if any.
        pinned: Index of the stop kept beside, if any.
        handle: Where the handle is on its way to `asked`, as a fractional index.
        neck_ratio: Ratio that the neck is drawn for.
        floor: The quality floor, in the unit of the axes' measure.
        floor_held: Whether the floor is under the pointer or dragged.
        progress: Fraction done by index of the stop.
        focused: Whether to ring the stop asked for.
        guidelines: Ratios of national bodies for this modality.
        standard: Standard codecs on this scan.
        lossless: The smallest lossless encoding, once it is known.
        header_taken: How far controls reach into the header, in pixels from the left.
    """

    stops: Sequence[Stop]
    axes: Axes
    asked: int
    shown: int | None
    hovered: int | None
    handle: float
    neck_ratio: float | None
    floor: float
    pinned: int | None = None
    floor_held: bool = False
    progress: Mapping[int, float] = field(default_factory=dict)
    focused: bool = False
    guidelines: Sequence[Guideline] = ()
    standard: Sequence[StandardCurve] = ()
    lossless: Lossless | None = None
    header_taken: float = 0.0

    @property
    def worded(self) -> Stop:
        """The stop that the words describe: what is on screen, not what is on its way."""
        return self.stops[self.asked if self.shown is None else self.shown]


def write(
    painter: QPainter,
    rect: QRectF,
    text: str,
    pixels: int,
    weight: int = 400,
    token: str = "",
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Write a line of text."""
    painter.setFont(font(pixels, weight))
    painter.setPen(colour(token or TOKENS.text2))
    painter.drawText(rect, align, text)
