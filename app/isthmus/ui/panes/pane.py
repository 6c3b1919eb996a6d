"""One pane: a head above a picture."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from isthmus.scans import Plane
from isthmus.ui.comparing.arrangement import Cell
from isthmus.ui.comparing.names import kind_mark, kind_name
from isthmus.ui.panes.canvas import Canvas
from isthmus.ui.panes.drawing import Drawing
from isthmus.ui.panes.head import Head
from isthmus.ui.panes.hooks import Hooks
from isthmus.ui.state import PaneKind, ViewStore
from isthmus.ui.view_state import Spot


class Pane(QWidget):
    """A head above a picture.

    Attributes:
        head: Mark, name and origin.
        canvas: The picture.
    """

    def __init__(
        self,
        kind: PaneKind,
        plane: Plane,
        store: ViewStore,
        drawing: Drawing,
        hooks: Hooks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.head = Head(kind_mark(kind), kind_name(kind), self)
        self.canvas = Canvas(kind, plane, store, drawing, hooks, self)

    @property
    def kind(self) -> PaneKind:
        """What it shows."""
        return self.canvas.kind

    @property
    def plane(self) -> Plane:
        """In which plane."""
        return self.canvas.plane

    @property
    def spot(self) -> Spot:
        """What it shows, in which plane."""
        return self.canvas.kind, self.canvas.plane

    def assign(self, cell: Cell, maximised: bool) -> None:
        """Take a place, and show what is shown there, in the same turn.

        Args:
            cell: The place.
            maximised: Whether it has all the room.
        """
        self.canvas.assign(cell.kind, cell.plane, cell.main)
        self.head.setVisible(cell.head)
        self.head.set_maximised(maximised)
        self.setGeometry(cell.rect)
        self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the head its height and the picture the rest."""
        self.arrange()

    def arrange(self) -> None:
        """Lay out head and picture; no layout object, so that it happens at once."""
        height = 0 if self.head.isHidden() else self.head.height()
        self.head.setGeometry(0, 0, self.width(), self.head.height())
        self.canvas.setGeometry(0, height, self.width(), max(self.height() - height, 0))
