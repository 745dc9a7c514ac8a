"""One file per vendor: its requests, what its answers mean, and what they cost. No I/O."""
