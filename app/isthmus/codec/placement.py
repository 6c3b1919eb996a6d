"""Where a codec's networks compute, and what happens when memory runs out there."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import torch
from torch import Tensor, nn

from isthmus.codec.devices import is_out_of_memory
from isthmus.codec.layers import channels_last
from isthmus.errors import OutOfMemoryError

T = TypeVar("T")


class Placement:
    """Holds networks on one device, and takes them to the CPU when that device is full.

    Attributes:
        device: `"cpu"`, `"cuda:0"` or `"mps"`, as torch names them.
    """

    def __init__(self, device: str, nets: Sequence[nn.Module]):
        self.device = device
        self._nets = tuple(nets)
        self._notices: list[str] = []
        self._running = False
        if device.startswith("cuda"):
            # Convolutions in TF32 would be off by more than a grey level.
            torch.backends.cudnn.allow_tf32 = False
        self.move(device)

    def take_notices(self) -> list[str]:
        """Return what the person should be told since the last call."""
        notices, self._notices = self._notices, []
        return notices

    def notice(self, sentence: str) -> None:
        """Keep a sentence for the person."""
        self._notices.append(sentence)

    def on(self, tensor: Tensor) -> Tensor:
        """Return a tensor on the device, laid out for its convolutions."""
        if tensor.ndim == 4:
            return tensor.to(device=self.device, memory_format=torch.channels_last)
        return tensor.to(device=self.device)

    def run(self, work: Callable[[], T]) -> T:
        """Run `work`; if the device runs out of memory, move to the CPU and run it again there.

        Work within work is run again with all of it: the outer one holds tensors of the device.

        Raises:
            OutOfMemoryError: The computer itself has not enough memory.
        """
        if self._running:
            return work()
        self._running = True
        try:
            return work()
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            if self.device == "cpu":
                raise OutOfMemoryError(
                    "There is not enough memory for this scan.", "Close other programs."
                ) from error
        finally:
            self._running = False
        self.move("cpu")
        self.notice("Continuing on the CPU. The graphics card ran out of memory. Nothing was lost.")
        return self.run(work)

    def move(self, device: str) -> None:
        """Take the networks to a device."""
        self.device = device
        for net in self._nets:
            channels_last(net.to(device)).eval().requires_grad_(False)
