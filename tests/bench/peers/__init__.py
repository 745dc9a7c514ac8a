"""What others would run instead: short scripts, each a process of its own, that import nothing of ours."""
