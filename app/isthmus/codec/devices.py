"""What torch has to run on, and what it does when a device runs out of memory."""

import os

import torch


class TorchDevices:
    """Answers `isthmus.work.choose_device`."""

    def cuda_available(self) -> bool:
        """Whether an NVIDIA or ROCm device can be used."""
        return torch.cuda.is_available()

    def mps_available(self) -> bool:
        """Whether an Apple GPU can be used."""
        return torch.backends.mps.is_available()


def is_out_of_memory(error: BaseException) -> bool:
    """Whether `error` says that a device or the computer ran out of memory."""
    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    # Apple's and the processor's allocators have no exception of their own.
    text = str(error).lower()
    return isinstance(error, RuntimeError) and (
        "out of memory" in text or "allocate memory" in text or "not enough memory" in text
    )


def leave_a_core_free() -> None:
    """Let torch use all cores but one, so that a window in the same process stays smooth."""
    usable = getattr(os, "sched_getaffinity", None)  # not on macOS and Windows
    cores = len(usable(0)) if usable is not None else os.cpu_count() or 1
    torch.set_num_threads(max(1, cores - 1))
