"""The measures of the quality panel: names, decimals and definitions."""

from collections.abc import Callable
from dataclasses import dataclass

from isthmus.quality.figures import Figures
from isthmus.ui import formats
from isthmus.ui.words import later, tr


@dataclass(frozen=True)
class Row:
    """One measure.

    Attributes:
        key: Its name in exports, with its unit.
        name: What it is called.
        unit: Of what is shown; empty if it is the scan's own or none.
        value: Takes it from all figures.
        meaning: A sentence for everyone.
        definition: How it is computed; {peak} stands for the data range, {source} for that of the
            scan's unit.
    """

    key: str
    name: str
    unit: str
    value: Callable[[Figures], float]
    meaning: str
    definition: str

    def decimals(self, data_range: float) -> int:
        """Return how many decimals it is worth in a scan of this data range."""
        fixed = {"psnr_db": 1, "ssim": 3, "ms_ssim": 3, "haarpsi": 3, "nrmse": 4}
        of_error = formats.error_decimals(data_range)
        return fixed.get(self.key, of_error - 1 if self.key == "max_error" else of_error)

    def text(self, figures: Figures | None, data_range: float) -> str:
        """Return the figure as it is shown; a dash if it is unknown."""
        return formats.number(
            None if figures is None else self.value(figures), self.decimals(data_range)
        )


ROWS = (
    Row(
        "psnr_db",
        "PSNR",
        "dB",
        lambda figures: figures.psnr,
        later("Peak signal-to-noise ratio: more is closer to the original, ∞ is identical."),
        later(
            "10 · log₁₀(peak² ∕ mean squared error). Peak: {peak}. A slice uses the volume's peak."
        ),
    ),
    Row(
        "ssim",
        "SSIM",
        "",
        lambda figures: figures.ssim,
        later("Structural similarity: how alike local patterns are. 1 is identical."),
        later(
            "Gaussian window, σ 1.5 voxels, by slice; the volume is the mean over slices. "
            "Peak: {peak}. Same as scikit-image, to 1e-6."
        ),
    ),
    Row(
        "mae",
        "MAE",
        "",
        lambda figures: figures.mae,
        later("Mean absolute error: how far a voxel is off on average. 0 is identical."),
        later("Mean of |reconstruction − original|, in the scan's own units."),
    ),
    Row(
        "max_error",
        "Max error",
        "",
        lambda figures: figures.max_error,
        later("Maximum error: how far the worst voxel is off. 0 is identical."),
        later("Maximum of |reconstruction − original|, in the scan's own units."),
    ),
    Row(
        "haarpsi",
        "HaarPSI",
        "",
        lambda figures: figures.haarpsi,
        later("Haar wavelet-based perceptual similarity: how alike edges look. 1 is identical."),
        later(
            "Reisenhofer et al. 2018, C 30, α 4.2; {peak}, becomes 0–255. By slice; the volume is "
            "the mean over slices. Of 35 measures it was among the four closest to radiologists' "
            "judgement on MRI (Kastryulin et al. 2023)."
        ),
    ),
    Row(
        "nrmse",
        "NRMSE",
        "",
        lambda figures: figures.nrmse,
        later("Normalised root mean squared error: the error against the range. 0 is identical."),
        later("Root of the mean squared error ∕ peak. Peak: {peak}. It says the same as PSNR."),
    ),
    Row(
        "ms_ssim",
        "MS-SSIM",
        "",
        lambda figures: figures.ms_ssim,
        later("Structural similarity on five scales, fine to coarse. 1 is identical."),
        later(
            "Wang et al. 2003, five scales; the volume is the mean over slices. Peak: {peak}. "
            "Unknown for slices with fewer than 176 rows or columns, which have no five scales."
        ),
    ),
)

FULL = ("psnr_db", "ssim", "mae", "max_error", "haarpsi")
COMPACT = ("psnr_db", "ssim", "mae", "haarpsi")


def peak(value_range: tuple[float, float] | None) -> str:
    """Return which data range figures are of, in words."""
    if value_range is None:
        return tr("range, maximum − minimum of the original over the volume")
    return tr("range {span}, maximum − minimum of the original over the volume").format(
        span=formats.span(*value_range)
    )
