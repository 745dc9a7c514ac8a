"""The run: source → plan → lookups → finish → output and report."""
