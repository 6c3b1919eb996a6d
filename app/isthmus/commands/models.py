"""`isthmus models`."""

from isthmus.commands.console import add_json, new_parser, notice, report


def run(words: list[str]) -> int:
    """List the checkpoints and their bottlenecks."""
    parser = new_parser("models", "List the installed models and their bottlenecks.")
    add_json(parser)
    options = parser.parse_args(words)
    from isthmus import codec

    found = codec.models()
    for problem in codec.model_problems():
        notice(problem)
    if options.json:
        listed = [
            {
                "name": model.name,
                "title": model.title,
                "family": model.family,
                "checkpoint": model.checkpoint_id,
                "bottlenecks": [vars(bottleneck) for bottleneck in model.bottlenecks],
                "card": model.card,
            }
            for model in found
        ]
        report({"models": listed}, as_json=True)
        return 0
    for model in found:
        print(f"{model.name}  {model.title}  {model.checkpoint_id}")
        print("  bottleneck  channels   step   bits/voxel     PSNR   (means on training scans)")
        for each in model.bottlenecks:
            print(
                f"  {each.name:<10} {each.channels:>9} {each.step:>6.3f}"
                f" {each.expected_bpv:>12.3f} {each.expected_psnr:>5.1f} dB"
            )
    return 0
