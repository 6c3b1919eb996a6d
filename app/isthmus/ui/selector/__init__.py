"""The bottleneck selector: a rate–distortion curve that one slides along, and its stops."""

from isthmus.ui.selector.layout import Density
from isthmus.ui.selector.selector import BottleneckSelector

__all__ = ["BottleneckSelector", "Density"]
