"""The windows that a scan offers, by the kind of scan."""

from dataclasses import replace

from isthmus.scans import Volume, Window, robust_window
from isthmus.ui.words import later

# In Hounsfield units. Usual values in teaching (Radiopaedia, "Windowing (CT)") and in viewers;
# departments differ by some tens. The first nine of a scan have keys.
_CT = (
    Window(later("Soft tissue"), 40.0, 400.0),
    Window(later("Lung"), -600.0, 1500.0),
    Window(later("Bone"), 400.0, 1800.0),
    Window(later("Brain"), 40.0, 80.0),
    Window(later("Mediastinum"), 50.0, 350.0),
    Window(later("Liver"), 30.0, 150.0),
    Window(later("Angiography"), 300.0, 600.0),
    Window(later("Stroke"), 40.0, 40.0),
    Window(later("Subdural"), 75.0, 215.0),
    Window(later("Spine"), 50.0, 250.0),
    Window(later("Temporal bone"), 600.0, 2800.0),
)


def presets(volume: Volume, full_range: tuple[float, float]) -> tuple[Window, ...]:
    """Return the windows to choose from: the file's, those that fit the kind of scan, the range.

    MR has no scale: its windows are the robust one, half of it, and the full range.

    Args:
        volume: The scan.
        full_range: Its minimum and maximum, in real units.
    """
    low, high = full_range
    full = Window(later("Full range"), (low + high) / 2, max(high - low, abs(volume.scale)))
    if volume.unit == "HU":
        usual: tuple[Window, ...] = _CT
    else:
        robust = replace(robust_window(replace(volume, windows=())), name=later("Automatic"))
        narrow = Window(later("Narrow"), robust.centre, robust.width / 2)
        usual = (robust, narrow)
    found: dict[tuple[float, float], Window] = {}
    for window in (*volume.windows, *usual, full):
        found.setdefault((window.centre, window.width), window)
    return tuple(found.values())
