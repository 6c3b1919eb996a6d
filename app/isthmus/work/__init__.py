"""Background work without Qt: jobs as plain data, cancel tokens, progress, newest-wins queues.

This room knows no other room of Isthmus. A front (the window, the command line) submits jobs and
polls for their outcomes; nothing here calls back into a thread that it does not own. The choice of
the device that jobs compute on is made here too, by rule, without knowing torch.
"""

from isthmus.work.cancel import Cancelled, CancelToken
from isthmus.work.device import DeviceProbe, choose_device
from isthmus.work.progress import Progress, no_progress
from isthmus.work.runner import JobContext, Outcome, Runner, Submitted

__all__ = [
    "CancelToken",
    "Cancelled",
    "DeviceProbe",
    "JobContext",
    "Outcome",
    "Progress",
    "Runner",
    "Submitted",
    "choose_device",
    "no_progress",
]
