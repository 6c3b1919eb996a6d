"""The one interface of all standard codecs."""

import importlib
import importlib.util
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from isthmus.anchors.samples import Mapping, Stored, Unsigned
from isthmus.errors import IsthmusError


@dataclass(frozen=True)
class Coded:
    """A compressed scan.

    Attributes:
        streams: Whole streams, each as it would stand in a file: one for each slice of a codec of
            pictures, one alone of a codec of volumes or films.
        shape: (slices, rows, columns) of the scan.
        mapping: Takes samples back to voxels. This and the shape are not counted, to the anchors'
            advantage; a file of Isthmus counts its own.
    """

    streams: tuple[bytes, ...]
    shape: tuple[int, int, int]
    mapping: Mapping

    @property
    def size(self) -> int:
        """Bytes of all streams."""
        return sum(map(len, self.streams))


def go_on() -> None:
    """Do nothing between two pictures."""


class Anchor(ABC):
    """A standard codec with all its settings but one: how much error to aim at.

    Attributes:
        name: As the command line has it, such as `"hevc-intra"`.
        title: For people.
        library: The Python package that does the work.
        settings: In words; with the library's version, all that decides the bytes.
        lossless: Whether an error of 0 can be asked for. It is exact for scans of integers.
        bits: See `Mapping.of`.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    library: ClassVar[str]
    settings: ClassVar[str]
    lossless: ClassVar[bool] = False
    bits: ClassVar[int | None] = None

    @property
    def installed(self) -> bool:
        """Whether the library that does the work is there; it is not imported to know."""
        return importlib.util.find_spec(self.library) is not None

    def encode(self, voxels: Stored, rmse: float, between: Callable[[], None] = go_on) -> Coded:
        """Compress a scan.

        Args:
            voxels: Shape (slices, rows, columns), finite, of any type of number.
            rmse: Root mean squared error to aim at, in stored units, from which the codec's own
                parameter is derived. It is met roughly: measure what comes back. 0 is lossless.
            between: Called between two pictures, in codecs of pictures and of films. What it raises
                ends the encoding.

        Raises:
            ValueError: The error is negative, or 0 and the codec cannot be lossless.
            IsthmusError: The library is not installed.
        """
        if rmse < 0 or (rmse == 0 and not self.lossless):
            raise ValueError(f"{self.title} cannot aim at an error of {rmse}")
        slices, rows, columns = voxels.shape
        mapping = Mapping.of(voxels, self.bits)
        samples = mapping.to_samples(voxels)
        streams = self._pack(samples, mapping, rmse / mapping.step, between)
        return Coded(streams, (slices, rows, columns), mapping)

    def decode(self, coded: Coded) -> Stored:
        """Return the voxels of a compressed scan, in the original's shape and type.

        Raises:
            IsthmusError: The library is not installed.
        """
        return coded.mapping.to_stored(self._unpack(coded.streams, coded.shape))

    @abstractmethod
    def version(self) -> str:
        """Return name and version of the library inside.

        Raises:
            IsthmusError: It is not installed.
        """

    @abstractmethod
    def _pack(
        self, samples: Unsigned, mapping: Mapping, rmse: float, between: Callable[[], None]
    ) -> tuple[bytes, ...]:
        """Compress samples (slices, rows, columns) with an error given in samples."""

    @abstractmethod
    def _unpack(
        self, streams: tuple[bytes, ...], shape: tuple[int, int, int]
    ) -> npt.NDArray[np.generic]:
        """Return the samples of all streams, with the shape given."""

    def _module(self) -> Any:
        """Import the library.

        Raises:
            IsthmusError: It is not installed.
        """
        try:
            return importlib.import_module(self.library)
        except ImportError as error:
            raise IsthmusError(
                f"Measuring {self.title} needs the Python package {self.library}.",
                "Install it: pip install 'isthmus[anchors]'.",
            ) from error
