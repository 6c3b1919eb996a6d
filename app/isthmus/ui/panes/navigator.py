"""The whole slice, small, with a frame round what is seen of it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from isthmus.ui.panes.mapping import Mapping
from isthmus.ui.panes.slices import Picture
from isthmus.ui.state import ViewStore
from isthmus.ui.theme import DARK, colour
from isthmus.ui.words import tr

WIDTH = 96
_MOST = 128
# Smaller panes have no room for it.
_LEAST_PANE = 400
# Less than this of the slice is cut off by rounding to whole pixels.
_CUT = 1.5


class Navigator(QWidget):
    """Stands at the top right of a large picture while less than the whole slice is seen."""

    def __init__(self, store: ViewStore, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._mapping: Mapping | None = None
        self._small: QImage | None = None
        self._made_from: tuple[int, QSize, float] | None = None
        self.setAccessibleName(tr("The whole slice"))
        self.setToolTip(tr("The whole slice. Drag to move what is seen of it."))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.hide()

    def place(self, mapping: Mapping | None, picture: Picture | None, top: float) -> None:
        """Stand below the labels, if there is reason to.

        Args:
            mapping: Where the slice lies in the pane; None where no navigator is wanted.
            picture: The slice.
            top: Where the room below the labels begins.
        """
        parent = self.parentWidget()
        assert parent is not None
        area = QRectF(parent.rect())
        shown = (
            mapping is not None
            and picture is not None
            and min(area.width(), area.height()) >= _LEAST_PANE
            and not area.adjusted(-_CUT, -_CUT, _CUT, _CUT).contains(mapping.rect())
        )
        self._mapping = mapping if shown else None
        if shown and mapping is not None and picture is not None:
            whole = mapping.rect()
            share = min(WIDTH / whole.width(), _MOST / whole.height())
            width, height = round(share * whole.width()), round(share * whole.height())
            self.setGeometry(round(area.right()) - 9 - width, round(top), width, height)
            self._take(picture)
        self.setVisible(shown)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the slice, a thin frame, and a brighter one round what is seen."""
        painter = QPainter(self)
        area = QRectF(self.rect())
        painter.fillRect(area, Qt.GlobalColor.black)
        if self._small is not None:
            painter.drawImage(area, self._small)
        painter.setPen(QPen(colour(DARK.edge), 1))
        painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
        seen = self._seen()
        if seen is not None:
            painter.setPen(QPen(Qt.GlobalColor.black, 3))
            painter.drawRect(seen)
            painter.setPen(QPen(colour(DARK.focus), 1))
            painter.drawRect(seen)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Bring a place into the middle."""
        self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Bring the place under the pointer into the middle."""
        self._go(event)

    def _go(self, event: QMouseEvent) -> None:
        mapping = self._mapping
        if mapping is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        whole = mapping.rect()
        share = self.width() / whole.width()
        at = whole.topLeft() + event.position() / share
        self._store.show(centre=mapping.to_mm(at), fit=False)

    def _seen(self) -> QRectF | None:
        """Return the frame, on whole pixels."""
        mapping, parent = self._mapping, self.parentWidget()
        if mapping is None or parent is None:
            return None
        whole = mapping.rect()
        share = self.width() / whole.width()
        seen = QRectF(parent.rect()).intersected(whole).translated(-whole.topLeft())
        corners = [
            QPointF(round(share * at.x()) + 0.5, round(share * at.y()) + 0.5)
            for at in (seen.topLeft(), seen.bottomRight() - QPointF(1, 1) / share)
        ]
        return QRectF(*corners).adjusted(1, 1, -1, -1)

    def _take(self, picture: Picture) -> None:
        """Make the picture small, once for each."""
        ratio = self.devicePixelRatioF()
        source = (picture.image.cacheKey(), self.size(), ratio)
        if source != self._made_from:
            self._made_from = source
            self._small = picture.image.scaled(
                self.size() * ratio,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
