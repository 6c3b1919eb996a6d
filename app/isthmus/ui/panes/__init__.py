"""The panes: original, reconstruction and difference, drawn from one state."""

from isthmus.ui.panes.row import Pane, PaneRow
from isthmus.ui.panes.slices import Readout

__all__ = ["Pane", "PaneRow", "Readout"]
