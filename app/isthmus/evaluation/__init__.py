"""Rate and distortion of scans: Isthmus's models and standard codecs, measured the same way.

A `Plan` says which scans of which patients, each with which models, and beside which anchors.
`evaluate` yields a `ScanResult` for each scan, from real bytes; `compare_rates` makes BD-rates of
them, by scan, by patient and in the mean over patients. What `isthmus evaluate` prints, writes and
draws is made here.
"""

from isthmus.evaluation.plan import Case, Plan, plan_of, read_plan
from isthmus.evaluation.rates import Comparison, compare_rates
from isthmus.evaluation.results import Curve, Measured, ScanResult
from isthmus.evaluation.run import evaluate

__all__ = [
    "Case",
    "Comparison",
    "Curve",
    "Measured",
    "Plan",
    "ScanResult",
    "compare_rates",
    "evaluate",
    "plan_of",
    "read_plan",
]
