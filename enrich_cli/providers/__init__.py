"""One file per vendor: how its requests look, what its answers mean, what they cost. No I/O."""
