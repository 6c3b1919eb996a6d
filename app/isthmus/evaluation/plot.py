"""Rate–distortion curves as a picture, with matplotlib."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from isthmus.errors import IsthmusError, ScanError
from isthmus.evaluation.rates import codecs_of
from isthmus.evaluation.results import ScanResult
from isthmus.quality import rate_curve
from isthmus.scans.writing import replacing

# Okabe and Ito's colours, which people with any colour vision tell apart, each with a mark of its
# own. Models are drawn in the first ones with thick lines, anchors in the others.
_MODELS = (("#D55E00", "o"), ("#0072B2", "s"), ("#000000", "D"))
_ANCHORS = (
    ("#666666", "v"), ("#56B4E9", "^"), ("#009E73", "P"), ("#CC79A7", "X"), ("#E69F00", "<"),
    ("#8C6D00", ">"), ("#4B4B9B", "d"), ("#A0A0A0", "*"),
)  # fmt: skip
_TICKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)
_COLUMNS, _WIDTH, _HEIGHT = 3, 5.2, 4.2  # panels in a row, and inches of each
_SAMPLES = 200  # of each curve
# A picture with more panels than this would be longer than a page.
_MOST = 12


def draw(results: Sequence[ScanResult], path: Path) -> None:
    """Draw one panel for each scan; of very many, that of each patient's first.

    Args:
        results: At least one.
        path: Ends in `.svg` or `.png`; appears when it is whole.

    Raises:
        IsthmusError: matplotlib is not installed.
        ScanError: The file cannot be written.
    """
    figure = _figure(results)
    kind = path.suffix.lower().removeprefix(".")
    # No date and fixed ids: the same results make the same file.
    metadata = {"Date": None} if kind == "svg" else None
    try:
        with replacing(path) as file:
            figure.savefig(file, format=kind, metadata=metadata, dpi=150)
    except OSError as error:
        raise ScanError(
            path, f"{path.name} cannot be written: {error.strerror}.", "Choose another place."
        ) from error


def check_library() -> None:
    """Say so now, rather than after hours of measuring, if matplotlib is missing.

    Raises:
        IsthmusError: It is.
    """
    try:
        import matplotlib as mpl  # noqa: F401
    except ImportError as error:
        raise IsthmusError(
            "Drawing curves needs the Python package matplotlib.",
            "Install it: pip install 'isthmus[plots]'.",
        ) from error


def _figure(results: Sequence[ScanResult]) -> Any:
    check_library()
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    shown = list(results)
    if len(shown) > _MOST:
        shown = list({result.patient: result for result in reversed(shown)}.values())[::-1]
    styles = _styles(results)
    columns = min(_COLUMNS, len(shown))
    rows = -(-len(shown) // columns)
    settings: Any = {"font.family": "sans-serif", "font.size": 10, "svg.hashsalt": "isthmus"}
    with mpl.rc_context(settings):
        figure = Figure(figsize=(_WIDTH * columns, _HEIGHT * rows + 0.9), layout="constrained")
        FigureCanvasAgg(figure)
        grid = figure.subplots(rows, columns, squeeze=False)
        panels = [panel for row in grid for panel in row]
        for panel, result in zip(panels, shown, strict=False):
            _draw_scan(panel, result, styles)
        for panel in panels[len(shown) :]:
            panel.remove()
        for row in grid:
            row[0].set_ylabel("PSNR (dB), peak = maximum − minimum of the scan")
        handles: dict[str, Any] = {}
        for panel in panels[: len(shown)]:
            lines, titles = panel.get_legend_handles_labels()
            handles.update(zip(titles, lines, strict=True))
        figure.legend(
            handles.values(), handles.keys(), loc="outside upper center", frameon=False,
            ncols=min(len(handles), 4 * columns), columnspacing=1.4, handlelength=1.8,
        )  # fmt: skip
    return figure


def _styles(results: Sequence[ScanResult]) -> dict[str, dict[str, Any]]:
    styles: dict[str, dict[str, Any]] = {}
    for i, codec in enumerate(codecs_of(results, anchor=False)):
        colour, mark = _MODELS[i % len(_MODELS)]
        styles[codec] = {
            "color": colour, "marker": mark, "linewidth": 2.2, "markersize": 5.5, "zorder": 3
        }  # fmt: skip
    for i, codec in enumerate(codecs_of(results, anchor=True)):
        colour, mark = _ANCHORS[i % len(_ANCHORS)]
        styles[codec] = {
            "color": colour, "marker": mark, "linewidth": 1.2, "markersize": 4.5, "zorder": 2
        }  # fmt: skip
    return styles


def _draw_scan(panel: Any, result: ScanResult, styles: dict[str, dict[str, Any]]) -> None:
    for curve in result.curves:
        points, style = curve.operating_points, styles[curve.codec]
        # Between the points, what the BD-rate averages: straight lines would flatter few points.
        psnr, rate = rate_curve(points, _SAMPLES)
        panel.plot(rate, psnr, **{**style, "marker": ""})
        marks = {**style, "linestyle": ""}
        panel.plot([point.bpv for point in points], [point.psnr for point in points], **marks)
        panel.plot([], [], label=curve.title, **style)  # for the legend
    slices, rows, columns = result.shape
    panel.set_title(f"{result.patient}, {result.scan}", loc="left", fontweight="bold")
    panel.set_title(f"{columns}×{rows}×{slices}, peak {result.peak:.4g}", loc="right", fontsize=8)
    panel.set_xscale("log")
    low, high = panel.get_xlim()
    ticks = [tick for tick in _TICKS if low <= tick <= high]
    panel.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    panel.minorticks_off()
    panel.set_xlabel("bits per voxel")
    panel.grid(color="#DDDDDD", linewidth=0.6)
    panel.set_axisbelow(True)
    panel.spines[["top", "right"]].set_visible(False)
