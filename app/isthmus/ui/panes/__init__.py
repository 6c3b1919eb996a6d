"""The panes: original, reconstruction and difference, drawn from one state."""

from isthmus.ui.panes.pane import Pane
from isthmus.ui.panes.row import PaneRow
from isthmus.ui.panes.slices import Readout

__all__ = ["Pane", "PaneRow", "Readout"]
