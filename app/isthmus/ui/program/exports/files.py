"""Writing pictures and films into files, whole or not at all. Plain data in; no Qt."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Full, Queue

import numpy as np
import numpy.typing as npt

from isthmus.errors import IsthmusError
from isthmus.scans.writing import replacing
from isthmus.work import CancelToken, JobContext

Pixels = npt.NDArray[np.uint8]
"""Red, green, blue; shape (rows, columns, 3)."""

_WAIT_S = 0.1
_COLOURS = 256


class Feed:
    """Hands frames from the main thread to the lane that writes them, a few at a time."""

    def __init__(self, ahead: int = 4) -> None:
        self._frames: Queue[Pixels | None] = Queue(ahead)

    def offer(self, frame: Pixels | None) -> bool:
        """Give a frame, or None after the last one.

        Returns:
            Whether there was room for it; if not, offer it again later.
        """
        try:
            self._frames.put_nowait(frame)
        except Full:
            return False
        return True

    def frames(self, cancel: CancelToken) -> Iterator[Pixels]:
        """Yield frames as they come, until the last.

        Raises:
            Cancelled: No one wants the film any more.
        """
        while True:
            cancel.check()
            try:
                frame = self._frames.get(timeout=_WAIT_S)
            except Empty:
                continue
            if frame is None:
                return
            yield frame


def write_png(path: Path, pixels: Pixels, description: str) -> None:
    """Write a picture.

    Args:
        path: A name that ends in `.png`.
        pixels: The picture.
        description: What is said of it inside the file.

    Raises:
        IsthmusError: The file cannot be written.
    """
    from PIL import Image, PngImagePlugin

    info = PngImagePlugin.PngInfo()
    info.add_text("Description", description)
    info.add_text("Software", "Isthmus")
    with _told(path), replacing(path) as file:
        Image.fromarray(pixels).save(file, "PNG", pnginfo=info)


def write_film(
    path: Path, feed: Feed, rate: float, count: int, description: str, context: JobContext
) -> None:
    """Write frames as they come into a GIF or an MP4 file, by the ending of its name.

    Args:
        path: A name that ends in `.gif` or `.mp4`.
        feed: Where the frames come from; all of one size.
        rate: Frames a second.
        count: How many there will be, for the progress.
        description: What is said of it inside the file.
        context: Told how far it is, and asked whether it is still wanted.

    Raises:
        IsthmusError: The file cannot be written, or PyAV is not there for MP4.
        Cancelled: No one wants it any more; nothing was written.
    """

    def told() -> Iterator[Pixels]:
        for number, frame in enumerate(feed.frames(context.cancel), start=1):
            context.progress(number / count, f"Frame {number} of {count}")
            yield frame

    write: Callable[[Path, Iterator[Pixels], float, str], None]
    write = _write_mp4 if path.suffix.lower() == ".mp4" else _write_gif
    with _told(path):
        write(path, told(), rate, description)


def _write_gif(path: Path, frames: Iterator[Pixels], rate: float, description: str) -> None:
    from PIL import Image

    def images() -> Iterator[Image.Image]:
        for frame in frames:
            # Each frame has its own colours, chosen so that none is far off: the commonest ones
            # would all be greys, and LOSSY another colour.
            image = Image.fromarray(frame)
            yield image.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)

    pictures = images()
    first = next(pictures)
    with replacing(path) as file:
        first.save(
            file,
            "GIF",
            save_all=True,
            append_images=pictures,
            duration=round(1000 / rate),
            loop=0,
            comment=description.encode("ascii", "replace"),
        )


def _write_mp4(path: Path, frames: Iterator[Pixels], rate: float, description: str) -> None:
    try:
        import av
    except ImportError as error:
        raise IsthmusError(
            "MP4 needs PyAV, which is not installed.",
            "Choose GIF, or install it: pip install 'isthmus[video]'.",
        ) from error
    from fractions import Fraction

    with (
        replacing(path) as file,
        av.open(file, "w", format="mp4") as film,
    ):
        film.metadata["comment"] = description
        stream = None
        for frame in frames:
            rows, columns = (side + side % 2 for side in frame.shape[:2])  # H.264 wants even sides
            even = np.zeros((rows, columns, 3), np.uint8)
            even[: frame.shape[0], : frame.shape[1]] = frame
            if stream is None:
                stream = film.add_stream("libx264", rate=Fraction(rate).limit_denominator(1000))
                stream.width, stream.height, stream.pix_fmt = columns, rows, "yuv420p"
                stream.options = {"crf": "14", "preset": "medium", "tune": "stillimage"}
            film.mux(stream.encode(av.VideoFrame.from_ndarray(even, format="rgb24")))
        if stream is not None:
            film.mux(stream.encode())


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what the system says of a file into what a person can use."""
    try:
        yield
    except OSError as error:
        raise IsthmusError(
            f"{path.name} cannot be written: {error.strerror or error}.",
            "Choose another folder, or make room on the disk.",
        ) from error
