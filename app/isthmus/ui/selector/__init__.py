"""The bottleneck selector: a rate–distortion curve that one slides along, and its stops.

curve, axes, measure   what there is, without Qt      layout   where it lies
words, plot, cells, references                        how each part looks
view ─▶ selector       what is told from outside; what the hand does
"""

from isthmus.ui.selector.layout import Density
from isthmus.ui.selector.selector import BottleneckSelector

__all__ = ["BottleneckSelector", "Density"]
