"""Background work without Qt: jobs as plain data, cancel tokens, progress, newest-wins queues.

This room knows no other room of Isthmus. A front (the window, the command line) submits jobs and
polls for their outcomes; nothing here calls back into a thread that it does not own.
"""

from isthmus.work.cancel import Cancelled, CancelToken
from isthmus.work.progress import Progress, no_progress
from isthmus.work.runner import JobContext, Outcome, Runner, Submitted

__all__ = ["CancelToken", "Cancelled", "JobContext", "Outcome", "Progress", "Runner", "Submitted", "no_progress"]
