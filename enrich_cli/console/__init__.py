"""What people see: in a terminal, in a log, and as JSON for scripts."""
