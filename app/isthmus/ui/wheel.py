"""Turns of a wheel and strokes on a touchpad, as notches."""

import math

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWheelEvent

# What Qt reports for one notch of a wheel, in eighths of a degree.
_NOTCH = 120
# How far two fingers travel for one slice, in pixels.
_STROKE = 30


class Wheel:
    """Adds up small turns until they make whole notches.

    A touchpad sends many events that are each a fraction of a notch, so one step for each event
    would run away. Pixels are counted only from devices that tell when a stroke begins: elsewhere
    (X11) their figures are unreliable, and the turn is the truth. After the fingers have left, a
    touchpad goes on sending: that momentum is dropped, for slices must not run past unseen.
    """

    def __init__(self) -> None:
        self._rest = 0.0

    def turn(self, event: QWheelEvent) -> float:
        """Return how far an event turns the wheel, in notches and fractions; away is above 0."""
        phase = event.phase()
        if phase == Qt.ScrollPhase.ScrollMomentum:
            return 0.0
        if phase == Qt.ScrollPhase.ScrollBegin:
            self._rest = 0.0
        pixels = event.pixelDelta()
        if phase != Qt.ScrollPhase.NoScrollPhase and not pixels.isNull():
            return _main_axis(pixels) / _STROKE
        return _main_axis(event.angleDelta()) / _NOTCH

    def notches(self, event: QWheelEvent) -> int:
        """Return how many whole notches are complete with this event; away is above 0."""
        turn = self.turn(event)
        if turn * self._rest < 0:
            self._rest = 0.0
        # A little is forgiven, so that thirds of a notch add up to one.
        total = self._rest + turn
        whole = math.trunc(total + math.copysign(1e-9, total))
        self._rest = total - whole
        return whole


def _main_axis(delta: QPoint) -> int:
    """Return the vertical part; the horizontal one where Shift or Alt has swapped them."""
    return delta.y() or delta.x()
