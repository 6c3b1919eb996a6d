"""The fastest device there is, unless another is asked for; the processor if all else fails."""

from dataclasses import dataclass

import pytest

from isthmus.work import choose_device


@dataclass
class Machine:
    cuda: bool = False
    mps: bool = False

    def cuda_available(self):
        return self.cuda

    def mps_available(self):
        return self.mps


@pytest.mark.parametrize(
    ("preference", "machine", "device"),
    [
        ("auto", Machine(), "cpu"),
        ("auto", Machine(cuda=True), "cuda:0"),
        ("auto", Machine(mps=True), "mps"),
        ("auto", Machine(cuda=True, mps=True), "cuda:0"),
        ("cpu", Machine(cuda=True, mps=True), "cpu"),
        ("cuda", Machine(cuda=True, mps=True), "cuda:0"),
        ("cuda", Machine(mps=True), "cpu"),
        ("mps", Machine(cuda=True, mps=True), "mps"),
        ("mps", Machine(cuda=True), "cpu"),
    ],
)
def test_choice(preference, machine, device):
    assert choose_device(preference, machine) == device


def test_an_unknown_preference_is_refused():
    with pytest.raises(ValueError, match="no such device: 'tpu'"):
        choose_device("tpu", Machine())


def test_torch_is_not_asked_when_the_processor_is_wanted():
    class Unasked:
        def cuda_available(self):
            raise AssertionError

        mps_available = cuda_available

    assert choose_device("cpu", Unasked()) == "cpu"
