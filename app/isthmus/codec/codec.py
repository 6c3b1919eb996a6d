"""The codec: a model's weights on a device, from volumes to bytes and back."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from torch import nn

from isthmus.codec import bitstream
from isthmus.codec.bottleneck import Bottleneck
from isthmus.codec.checkpoint import ModelInfo
from isthmus.codec.coding import Runs, check_made_by, open_file, writable, write_file
from isthmus.codec.context import decode_run, encode_run, layer_edges
from isthmus.codec.devices import TorchDevices
from isthmus.codec.header import Header
from isthmus.codec.latent import FULL_STRENGTH, Grid, Latent, latent_size
from isthmus.codec.normalise import grid_of
from isthmus.codec.placement import Placement
from isthmus.codec.reconstruction import check_memory, rebuild
from isthmus.codec.transforms import Parts, Transforms, chosen_step
from isthmus.codec.weights import Context, read_weights
from isthmus.scans.volume import Source, Volume
from isthmus.work import CancelToken, Progress, no_progress
from isthmus.work.device import choose_device

_Int32 = npt.NDArray[np.int32]


class Codec:
    """Compresses and reconstructs volumes with one model.

    Not thread-safe: use one codec from one thread at a time.

    Attributes:
        info: The model.
    """

    def __init__(
        self,
        info: ModelInfo,
        transforms: Transforms,
        context: Context,
    ):
        self.info = info
        self._transforms, self._context = transforms, context
        self._grids: WeakKeyDictionary[Volume, Grid] = WeakKeyDictionary()

    @classmethod
    def load(
        cls,
        info: ModelInfo,
        device: str = "auto",
        place: Callable[[str, Sequence[nn.Module]], Placement] = Placement,
    ) -> "Codec":
        """Read the weights of `info`.

        Args:
            info: The model.
            device: `"auto"`, `"cpu"`, `"cuda"` or `"mps"`; if it is not there, the CPU computes,
                and a notice says so.
            place: Puts the networks on the device.

        Raises:
            CheckpointError: The file is damaged or does not fit this version.
            ValueError: There is no such device.
        """
        chosen = choose_device(device, TorchDevices())
        analysis, synthesis, context = read_weights(info)
        placement = place(chosen, (analysis, synthesis))
        if device != "auto" and not chosen.startswith(device):
            placement.notice(f"Computing on the CPU. There is no {device.upper()} device here.")
        return cls(info, Transforms(placement, analysis, synthesis), context)

    @property
    def device(self) -> str:
        """`"cpu"`, `"cuda:0"` or `"mps"`. Becomes `"cpu"` when the device runs out of memory."""
        return self._transforms.placement.device

    def take_notices(self) -> list[str]:
        """Return what the person should be told since the last call."""
        return self._transforms.placement.take_notices()

    def warm_up(self) -> None:
        """Load the compiled entropy coder now, or compile it: seconds, once on each computer.

        Loading blocks all of Python for a moment, so a window has it done while it starts.
        """
        context, channels = self._context, self.info.bottlenecks[0].channels
        if self.info.compresses:
            values = np.zeros((1, channels, 1, 1), np.int32)
            context = writable(context, self.info.name)
            streams = encode_run(context, values, 0, channels)
            decode_run(context, streams, values.shape, 0, channels)

    def slab_of(self, k: int) -> int:
        """Return the slab that slice `k` lies in."""
        return k // self.info.slab_depth

    def slices_of(self, slab: int, n_slices: int) -> range:
        """Return the slices of a slab in a scan of `n_slices`."""
        depth = self.info.slab_depth
        return range(slab * depth, min((slab + 1) * depth, n_slices))

    def encode(
        self,
        volume: Volume,
        bottleneck: str | Bottleneck,
        *,
        step: float | None = None,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
    ) -> Latent:
        """Analyse and quantise a volume.

        Args:
            volume: Any size and type.
            bottleneck: One of this model's.
            step: Of quantisation, as a share of the scan's normalised range; by default the
                bottleneck's own, which its networks are trained for.
            progress: Called after each slab.
            cancel: Checked before each slab.

        Raises:
            CheckpointError: The model has no such bottleneck.
            BitstreamError: The scan's type, size or values do not fit the format.
            OutOfMemoryError: Neither device nor computer has memory enough.
            Cancelled: Through `cancel`.
        """
        header = self._plan(volume, bottleneck, step)
        shape = (header.slabs, self._channels(header), *latent_size(header.grid))
        check_memory(4 * int(np.prod(shape)))
        values = np.empty(shape, np.int32)
        for slabs in self._transforms.pieces(range(header.slabs), cancel):
            values[slabs.start : slabs.stop] = self._analyse(volume, header, slabs)
            progress(slabs.stop / header.slabs, f"Encoding slab {slabs.stop} of {header.slabs}")
        return Latent(
            values, self.info.bottlenecks[header.bottleneck], self.info.checkpoint_id,
            header.grid, chosen_step(header), header.strength, original=volume,
            source=volume.source,
        )  # fmt: skip

    def compress(
        self,
        volume: Volume,
        bottleneck: str | Bottleneck,
        *,
        step: float | None = None,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
    ) -> bytes:
        """Return what `write` makes of `encode`, without ever holding the whole latent.

        Args:
            volume: As for `encode`.
            bottleneck: As for `encode`.
            step: As for `encode`.
            progress: Called after each run of slabs.
            cancel: Checked before each slab.

        Raises:
            CheckpointError: The model has no such bottleneck, or only reads files.
            BitstreamError: As for `encode`.
            OutOfMemoryError: As for `encode`.
            Cancelled: Through `cancel`.
        """
        header = self._plan(volume, bottleneck, step)

        def values(slabs: range) -> _Int32:
            pieces = self._transforms.pieces(slabs, cancel)
            return np.concatenate([self._analyse(volume, header, piece) for piece in pieces])

        context = writable(self._context, self.info.name)
        return write_file(context, header, values, volume, "Compressing", progress, cancel)

    def decode(
        self,
        latent: Latent,
        *,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
    ) -> Volume:
        """Return the reconstruction, on the original's grid, in its type and range.

        Its source says that it is lossy.

        Raises:
            CheckpointError: The latent was made by other weights.
            OutOfMemoryError: Neither device nor computer has memory enough.
            Cancelled: Through `cancel`.
        """
        header, parts = self._parts_of(latent)
        return self._rebuild(header, parts, latent.source, progress, cancel)

    def decompress(
        self,
        data: bytes,
        *,
        layers: int | None = None,
        salvage: bool = False,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
    ) -> Volume:
        """Return what `decode` makes of `read`, without ever holding the whole latent.

        Args:
            data: As for `read`.
            layers: As for `read`.
            salvage: As for `read`.
            progress: Called after each slab.
            cancel: Checked before each slab.

        Raises:
            BitstreamError: As for `read`.
            CheckpointError: As for `read`.
            OutOfMemoryError: Neither device nor computer has memory enough.
            Cancelled: Through `cancel`.
        """
        header, runs = self._open(data, layers, salvage, cancel)
        parts = Parts(runs, runs.missing(), runs.exact())
        return self._rebuild(header, parts, _source(header), progress, cancel)

    def decode_slabs(
        self, latent: Latent, slabs: Iterable[int]
    ) -> Iterator[npt.NDArray[np.generic]]:
        """Yield slabs in the order asked for, each (slice, row, column) in the stored type.

        Raises:
            CheckpointError: The latent was made by other weights.
            IndexError: The scan has no such slab.
            OutOfMemoryError: Neither device nor computer has memory enough.
        """
        return self._transforms.synthesise(*self._parts_of(latent), slabs)

    def preview(
        self,
        volume: Volume,
        bottleneck: str | Bottleneck,
        slabs: Sequence[int],
        *,
        step: float | None = None,
    ) -> npt.NDArray[np.generic]:
        """Reconstruct only some neighbouring slabs, as `decode` would, without the rest.

        Returns:
            (slice, row, column) in the stored type.

        Raises:
            CheckpointError: The model has no such bottleneck.
            BitstreamError: The scan's type, size or values do not fit the format.
            IndexError: The scan has no such slab.
            OutOfMemoryError: Neither device nor computer has memory enough.
        """
        header = self._plan(volume, bottleneck, step)
        made = self._transforms.analyse_around(volume, header, self._channels(header), slabs)
        return np.concatenate(list(self._transforms.synthesise(header, Parts(made), slabs)))

    def write(
        self,
        latent: Latent,
        *,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
    ) -> bytes:
        """Return the bytes of an .isth file.

        Runs of slabs that the model does not shorten are stored as the samples they are, if the
        latent knows what it was made from; they come back exact.

        Raises:
            CheckpointError: The latent was made by other weights, or the model only reads files.
            Cancelled: Through `cancel`.
        """
        header, _ = self._parts_of(latent)

        def values(slabs: range) -> _Int32:
            return latent.values[slabs.start : slabs.stop]

        context = writable(self._context, self.info.name)
        return write_file(context, header, values, latent.original, "Writing", progress, cancel)

    def read(
        self,
        data: bytes,
        *,
        layers: int | None = None,
        known: Latent | None = None,
        salvage: bool = False,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
    ) -> Latent:
        """Undo `write`.

        Args:
            data: A whole file, or so much of it that the layers asked for are there.
            layers: Read only the first so many layers of channels; by default all.
            known: What the whole file has just been written from. Its integers are those that
                would be decoded, exactly, so that only the samples of plain runs are read.
            salvage: Take what is whole of a damaged file: of each run of slabs the layers before
                the damage. What is missing becomes zeros, and a notice says so.
            progress: Called after each run of slabs.
            cancel: Checked before each run.

        Raises:
            BitstreamError: The bytes are damaged, cut short or not an .isth file.
            CheckpointError: Other weights wrote them.
            OutOfMemoryError: The scan would not fit into memory.
            Cancelled: Through `cancel`.
        """
        header, runs = self._open(data, layers, salvage, cancel)
        # First, since it is refused for what does not decode before memory is taken.
        exact = dict(runs.exact())
        shape = (header.slabs, self._channels(header), *latent_size(header.grid))
        check_memory(4 * int(np.prod(shape)))
        values = np.zeros(shape, np.int32)
        for slab in range(header.slabs):
            if known is None:
                values[slab] = runs(slab)
            elif slab // header.restart not in header.plain:
                values[slab] = known.values[slab]
            progress((slab + 1) / header.slabs, f"Reading slab {slab + 1} of {header.slabs}")
        return Latent(
            values, self.info.bottlenecks[header.bottleneck], header.checkpoint_id, header.grid,
            chosen_step(header), header.strength, runs.missing(), exact, source=_source(header),
        )  # fmt: skip

    def _plan(self, volume: Volume, bottleneck: str | Bottleneck, step: float | None) -> Header:
        """Return the header of the file that a volume becomes."""
        name = bottleneck if isinstance(bottleneck, str) else bottleneck.name
        chosen = self.info.bottleneck(name)
        if volume not in self._grids:
            grid = grid_of(volume)
            bitstream.check_size(grid)
            self._grids[volume] = grid
        return self._header(
            chosen, self._grids[volume], chosen.step if step is None else step, volume.source
        )

    def _header(
        self,
        bottleneck: Bottleneck,
        grid: Grid,
        step: float,
        source: Source,
        strength: int = FULL_STRENGTH,
    ) -> Header:
        return Header(
            self.info.checkpoint_id,
            self.info.bottlenecks.index(bottleneck),
            self.info.slab_depth,
            grid,
            step,
            len(layer_edges(bottleneck.channels)),
            strength,
            lossy=source.lossy,
        )

    def _parts_of(self, latent: Latent) -> tuple[Header, Parts]:
        """Take a latent apart.

        Raises:
            CheckpointError: It was made by other weights.
        """
        check_made_by(self.info, latent.checkpoint_id, "latent")
        chosen = self.info.bottleneck(latent.bottleneck.name)
        header = self._header(chosen, latent.grid, latent.step, latent.source, latent.strength)
        return header, Parts(lambda slab: latent.values[slab], latent.layers_missing, latent.exact)

    def _open(
        self, data: bytes, layers: int | None, salvage: bool, cancel: CancelToken | None
    ) -> tuple[Header, Runs]:
        header, runs, damage = open_file(self.info, self._context, data, layers, salvage, cancel)
        if damage is not None:
            self._transforms.placement.notice(f"{damage.problem} The rest is empty.")
        return header, runs

    def _rebuild(
        self,
        header: Header,
        parts: Parts,
        source: Source,
        progress: Progress,
        cancel: CancelToken | None,
    ) -> Volume:
        how = f"{self.info.name}, {self._channels(header)} ch"
        return rebuild(self._transforms, header, parts, source, how, progress, cancel)

    def _channels(self, header: Header) -> int:
        return self.info.bottlenecks[header.bottleneck].channels

    def _analyse(self, volume: Volume, header: Header, slabs: range) -> _Int32:
        return self._transforms.analyse(volume, header, self._channels(header), slabs)


def _source(header: Header) -> Source:
    """Return what a file says of where it comes from."""
    return Source(simulated=header.grid.simulated, lossy=header.lossy)
