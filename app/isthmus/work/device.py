"""Which device does the arithmetic: an NVIDIA or ROCm card, then Apple's, then the processor."""

from typing import Literal, Protocol

Preference = Literal["auto", "cpu", "cuda", "mps"]


class DeviceProbe(Protocol):
    """Knows which devices can be used. The codec's asks torch, which this room does not know."""

    def cuda_available(self) -> bool:
        """Whether CUDA or ROCm can be used."""
        ...

    def mps_available(self) -> bool:
        """Whether Apple's Metal can be used."""
        ...


def choose_device(preference: Preference | str, probe: DeviceProbe) -> str:
    """Return the device to compute on.

    Args:
        preference: `"auto"` takes the fastest that there is. A device asked for by name is taken
            if it is there; otherwise the processor is, which always works. The caller says so to
            the person when the answer is not what was asked for.
        probe: Says which devices there are.

    Returns:
        `"cuda:0"`, `"mps"` or `"cpu"`, as torch names them.

    Raises:
        ValueError: There is no such preference.
    """
    if preference not in ("auto", "cpu", "cuda", "mps"):
        raise ValueError(f"no such device: {preference!r}; use auto, cpu, cuda or mps")
    if preference in ("auto", "cuda") and probe.cuda_available():
        return "cuda:0"
    if preference in ("auto", "mps") and probe.mps_available():
        return "mps"
    return "cpu"
