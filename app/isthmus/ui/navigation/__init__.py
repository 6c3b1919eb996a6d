"""The way through a scan: strip of slices, cine, a number typed in, the cursor that follows."""
