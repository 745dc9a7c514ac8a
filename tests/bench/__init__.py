"""Benchmarks: `make bench`, or `python -m tests.bench`. They print ratios against goals and judge nothing.

Only ratios carry over from one machine to another. Commands that are compared run in turn, so that a slow minute hits
both; a ratio is taken within each round, and the median over the rounds is shown with the lowest and the highest.

This folder imports nothing but the standard library, `peer_aiohttp.py` apart, which runs in a process of its own: what
a child's peak memory is read from starts at its parent's.
"""
