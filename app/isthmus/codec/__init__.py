"""The bottleneck: transforms, entropy model, bitstream, checkpoints, and the Codec that ties them."""
