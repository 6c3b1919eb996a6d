"""What is written at both ends of the slice strip."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from isthmus.ui.panes.writing import letter_font
from isthmus.ui.theme import TOKENS, colour, font, scaled
from isthmus.ui.words import tr

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_KEY = 18


@dataclass(frozen=True)
class Words:
    """A slice in words.

    Attributes:
        number: The first line.
        figure: Its PSNR; empty while it is unknown.
        compact: Whether there is room for one line only.
    """

    number: str
    figure: str
    compact: bool


def paint_left(painter: QPainter, room: QRectF, words: Words) -> None:
    """Write which slice is shown, and below it how good it is."""
    if words.compact or not words.figure:
        _put(painter, room, _LEFT, words.number, font(13, 600), TOKENS.text)
    else:
        upper, lower = _lines(room)
        _put(painter, upper, _LEFT, words.number, font(13, 600), TOKENS.text)
        _put(painter, lower, _LEFT, words.figure, font(11), TOKENS.text2)


def paint_ends(painter: QPainter, lane: QRectF, ends: tuple[str, str], width: float) -> None:
    """Write which way the first and the last slice lie, in `width` pixels beside the bars."""
    for letter, left in zip(ends, (lane.left() - width, lane.right()), strict=True):
        box = QRectF(left, 0, width, lane.height())
        face = letter_font(11, 400)
        _put(painter, box, Qt.AlignmentFlag.AlignCenter, letter, face, TOKENS.text3)


def paint_right(painter: QPainter, room: QRectF, words: Words) -> None:
    """Say which slice of this plane is the lowest, and by which key it is reached."""
    if words.compact:
        line = tr("Lowest: {n}, {figure}").format(n=words.number, figure=words.figure)
        _put(painter, room, _LEFT, line, font(12), TOKENS.text2)
        return
    upper, lower = _lines(room)
    line = tr("Lowest: {n}").format(n=words.number)
    _put(painter, upper, _LEFT, line, font(12), TOKENS.text2)
    _put(painter, lower, _LEFT, words.figure, font(11), TOKENS.text2)
    size = scaled(_KEY)
    key = QRectF(round(room.right() - size), round((room.height() - size) / 2), size, size)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour(TOKENS.edge), 1))
    painter.drawRoundedRect(key.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    _put(painter, key, Qt.AlignmentFlag.AlignCenter, "N", font(11, 600), TOKENS.text2)


def _lines(room: QRectF) -> tuple[QRectF, QRectF]:
    """Return where two lines stand, one below the other."""
    half = room.height() / 2 + 1
    upper, lower = QRectF(room), QRectF(room)
    upper.setHeight(half + 2)
    lower.setTop(half - 5)
    return upper, lower


def _put(
    painter: QPainter, box: QRectF, align: Qt.AlignmentFlag, text: str, face: QFont, token: str
) -> None:
    painter.setFont(face)
    painter.setPen(colour(token))
    painter.drawText(box, align, text)
