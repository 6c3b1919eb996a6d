"""What the selector's tooltips say, as rich text."""

from isthmus.ui import formats
from isthmus.ui.selector.curve import Stop, below
from isthmus.ui.selector.measure import HAARPSI, PSNR, SSIM, Measure
from isthmus.ui.words import tr


def about_stop(stop: Stop, measure: Measure, floor: float) -> str:
    """Return the figures of a stop: bytes, bits per voxel, quality, time, and whose they are."""
    unmeasured = not stop.weighed
    rows = [
        (tr("File"), formats.size(stop.file_bytes, estimated=unmeasured)),
        (tr("Bits per voxel"), formats.bits_per_voxel(stop.bpv, estimated=unmeasured)),
        (PSNR.name, stop.text(PSNR)),
        (SSIM.name, stop.text(SSIM)),
    ]
    if stop.haarpsi is not None:
        rows.append((HAARPSI.name, stop.text(HAARPSI)))
    rows.append((tr("Time"), seconds_text(stop.seconds)))
    table = "".join(
        f"<tr><td>{name}&nbsp;&nbsp;</td><td align='right'>{value}</td></tr>"
        for name, value in rows
    )
    lines = [
        tr("Measured on this scan.") if stop.measured else tr("Expected from training scans."),
    ]
    if stop.seconds is not None:
        lines.append(tr("Time: encoded and decoded here, with all else that ran."))
    if below(stop, measure, floor):
        said = measure.floor_text(floor)
        lines.append(tr("Below the {floor}.").format(floor=said))
    head = f"<b>{stop.ratio_text} · {stop.channels_text}</b>, {stop.step_text}"
    return f"{head}<table>{table}</table>{'<br>'.join(lines)}"


def about_floor(measure: Measure, floor: float) -> str:
    """Return what the floor is and how it moves."""
    return tr(
        "<b>Quality {floor}</b><br>Stops below it are dimmed, never switched off. Drag it, or "
        "press Alt+↑ and Alt+↓. Enter takes the smallest file that reaches it.<br>{definition}"
    ).format(floor=measure.floor_text(floor), definition=measure.definition())


def seconds_text(seconds: float | None) -> str:
    """Return a time such as "4.6 s"; a dash where it is not known."""
    if seconds is None:
        return formats.UNKNOWN
    return f"{formats.number(seconds, 1 if seconds < 99.95 else 0)}\u00a0s"
