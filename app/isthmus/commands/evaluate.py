"""`isthmus evaluate`."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from isthmus.commands.console import Bar, add_device, add_json, new_parser, report
from isthmus.commands.files import check_out, write_whole
from isthmus.errors import UsageError

if TYPE_CHECKING:
    from isthmus.evaluation import Plan

_ANCHORS = "jpeg2000,hevc"


def run(words: list[str]) -> int:
    """Measure models beside standard codecs: BD-rates and curves."""
    options = _parser().parse_args(words)
    from isthmus import evaluation
    from isthmus.evaluation import plot, tables

    plan = _plan(options)
    if options.csv:
        check_out(options.csv, (".csv",))
    if options.plot:
        check_out(options.plot, (".svg", ".png"))
        plot.check_library()
    results: list[evaluation.ScanResult] = []
    with Bar() as bar:
        for result in evaluation.evaluate(
            plan, device=options.device, keep=options.keep, progress=bar, say=bar.say
        ):
            results.append(result)
            bar.say(f"{result.patient} {result.scan}: {len(results)} of {len(plan.cases)} measured")
            # After each scan, so that a run that is stopped leaves what it has.
            if options.csv:
                write_whole(options.csv, tables.to_csv(results).encode())
    if options.plot:
        plot.draw(results, options.plot)
    comparisons = evaluation.compare_rates(results)
    if options.json:
        report(tables.to_json(results, comparisons), as_json=True)
    else:
        print(tables.to_text(results, comparisons))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = new_parser(
        "evaluate",
        "Measure models beside standard codecs. Rate is bytes on disk; distortion is "
        "measured on what was reconstructed to a NIfTI file. PSNR's peak is maximum − minimum of "
        "the scan. BD-rates are means over the range of PSNR that both codecs reach; those of a "
        "patient are means over the scans. A plan is a TOML file with a table [[patients]] for "
        "each, with name, scans and models: a table such as { Isthmus = 'mr-general-3' } from the "
        "label of a row to a model. One row may have another model for each patient.",
    )
    parser.add_argument(
        "scans", nargs="*", type=Path, metavar="SCAN", help="its folder's name is the patient's"
    )
    parser.add_argument(
        "--model", action="append", metavar="NAME",
        help="a model's name or safetensors file; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--plan", type=Path, metavar="PLAN.toml", help="instead of SCAN and --model"
    )
    parser.add_argument(
        "--data", type=Path, metavar="FOLDER", help="where a plan's scans lie, if not beside it"
    )
    parser.add_argument(
        "--bottlenecks", default="", metavar="all|A,B", help="such as 8ch,32ch; by default all"
    )
    parser.add_argument(
        "--anchors", metavar="A,B",
        help=f"jpeg2000, htj2k, jpegxl, jpegls, sperr, hevc-intra, hevc-inter (hevc is both), av1; "
        f"all or none; by default {_ANCHORS}",
    )  # fmt: skip
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER",
        help="keep what anchors took here, and take it from here in the next run",
    )  # fmt: skip
    parser.add_argument("--csv", type=Path, metavar="OUT.csv", help="write every point")
    parser.add_argument("--plot", type=Path, metavar="OUT.svg|png", help="draw the curves")
    add_device(parser)
    add_json(parser)
    return parser


def _plan(options: argparse.Namespace) -> "Plan":
    """Return the plan that was asked for.

    Raises:
        UsageError: The arguments do not fit together.
    """
    from isthmus.evaluation import plan_of, read_plan

    names = () if options.bottlenecks in ("", "all") else tuple(options.bottlenecks.split(","))
    if options.plan is None:
        if not options.scans:
            raise UsageError("There is nothing to measure.", "Name a scan, or a --plan.")
        if options.data:
            raise UsageError("--data belongs to a --plan.", "Name the scans with their folder.")
        anchors = _ANCHORS if options.anchors is None else options.anchors
        return plan_of(options.scans, options.model or (), anchors, names)
    if options.scans or options.model:
        raise UsageError("The plan names scans and models.", "Leave out SCAN and --model.")
    plan = read_plan(options.plan, options.data)
    return replace(
        plan,
        anchors=plan.anchors if options.anchors is None else options.anchors,
        bottlenecks=names or plan.bottlenecks,
    )
