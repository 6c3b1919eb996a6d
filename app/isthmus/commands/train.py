"""`isthmus train`."""

from pathlib import Path

from isthmus.commands.console import add_device, new_parser, positive_number, whole_number


def run(words: list[str]) -> int:
    """Train a family of bottlenecks by a recipe."""
    parser = new_parser(
        "train", "Train a family of bottlenecks by a recipe and write its checkpoint."
    )
    parser.add_argument("recipe", type=Path, metavar="RECIPE.toml")
    parser.add_argument("--data", type=Path, required=True, help="folder with the scans")
    parser.add_argument(
        "--out", type=Path, required=True, help="folder for state and logs; resumed if it has some"
    )
    parser.add_argument(
        "--minutes", type=positive_number, help="stop after so many, and write what is there"
    )
    parser.add_argument("--threads", type=whole_number, help="CPU threads")
    add_device(parser)
    parser.add_argument("--model", type=Path, help="where to write the checkpoint")
    options = parser.parse_args(words)
    from isthmus.training.command import train

    path = train(
        options.recipe,
        options.data,
        options.out,
        minutes=options.minutes,
        threads=options.threads,
        device=options.device,
        model=options.model,
        say=lambda text: print(text, flush=True),
    )
    print(f"Wrote {path}")
    return 0
