"""A number that glides to its target instead of jumping."""

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation

from isthmus.ui.motion import milliseconds

_MS = 120


class Glide(QVariantAnimation):
    """Eases out to a target within 120 ms. `valueChanged` tells when to paint.

    Attributes:
        value: Where it is now; None if it is nowhere.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.value: float | None = None
        self._from = self._to = 0.0
        self.setStartValue(0.0)
        self.setEndValue(1.0)
        self.setEasingCurve(QEasingCurve.Type.OutCubic)

    def settle(self, target: float | None) -> None:
        """Be at the target at once."""
        self.stop()
        self.value = target
        self._to = 0.0 if target is None else target

    def glide(self, target: float | None) -> None:
        """Set out for the target from where it is now."""
        if target is None or self.value is None:
            self.settle(target)
        elif target != self._to:
            self.stop()
            self._from, self._to = self.value, target
            self.setDuration(milliseconds(_MS))
            self.start()

    def updateCurrentValue(self, share: float) -> None:  # noqa: N802  (Qt's name)
        """Follow the animation's clock."""
        if self.value is not None:
            self.value = self._from + (self._to - self._from) * share
