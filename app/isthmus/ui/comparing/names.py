"""What layouts, comparisons and panes are called."""

from isthmus.ui.icons import Mark
from isthmus.ui.view_state import Comparison, Difference, Layout, PaneKind
from isthmus.ui.words import tr


def comparison_name(comparison: Comparison) -> str:
    """Return what a comparison is called."""
    names = {
        Comparison.SIDE_BY_SIDE: tr("Side by side"),
        Comparison.SWIPE: tr("Swipe"),
        Comparison.FLICKER: tr("Flicker"),
        Comparison.CHECKERBOARD: tr("Checkerboard"),
        Comparison.BLEND: tr("Blend"),
        Comparison.DIFFERENCE: tr("Difference"),
        Comparison.SSIM: tr("SSIM map"),
    }
    return names[comparison]


def layout_name(layout: Layout) -> str:
    """Return what a layout is called."""
    names = {
        Layout.THREE: tr("Three panes of one plane"),
        Layout.NINE: tr("Three panes of all planes"),
        Layout.ONE: tr("One large pane"),
        Layout.TWO_RECONSTRUCTIONS: tr("Original and two reconstructions"),
    }
    return names[layout]


def difference_name(difference: Difference) -> str:
    """Return what a kind of difference is called."""
    names = {
        Difference.SIGNED: tr("Signed"),
        Difference.ABSOLUTE: tr("Absolute"),
        Difference.NOISE: tr("Relative to noise"),
        Difference.REMOVED: tr("Removed"),
        Difference.ADDED: tr("Added"),
        Difference.APART: tr("Removed and added apart"),
    }
    return names[difference]


def difference_words(difference: Difference | None) -> str:
    """Return what a map shows, as it stands beside its name; None is structural similarity."""
    if difference is None:
        return tr("1 − SSIM: bright where structure was lost")
    words = {
        Difference.SIGNED: tr("reconstruction − original"),
        Difference.ABSOLUTE: tr("|reconstruction − original|"),
        Difference.NOISE: tr("(reconstruction − original) ÷ noise"),
        Difference.REMOVED: tr("where the reconstruction is darker"),
        Difference.ADDED: tr("where the reconstruction is brighter"),
        Difference.APART: tr("reconstruction − original"),
    }
    return words[difference]


def kind_name(kind: PaneKind) -> str:
    """Return what a pane that shows one picture is called."""
    names = {
        PaneKind.ORIGINAL: tr("Original"),
        PaneKind.RECONSTRUCTION: tr("Reconstruction"),
        PaneKind.DIFFERENCE: tr("Difference"),
        PaneKind.PINNED: tr("Pinned"),
        PaneKind.SSIM: tr("SSIM map"),
        PaneKind.REMOVED: tr("Removed"),
        PaneKind.ADDED: tr("Added"),
        PaneKind.MIXED: tr("Original and reconstruction"),
    }
    return names[kind]


def kind_mark(kind: PaneKind) -> Mark:
    """Return the mark of what a pane shows."""
    if kind is PaneKind.ORIGINAL:
        return Mark.ORIGINAL
    if kind in (PaneKind.RECONSTRUCTION, PaneKind.PINNED, PaneKind.MIXED):
        return Mark.RECONSTRUCTION
    return Mark.DIFFERENCE
