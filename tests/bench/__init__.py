"""Benchmarks: `make bench`, or `python -m tests.bench`. They print ratios against goals and judge nothing.

Only ratios carry over from one machine to another. Commands that are compared run in turn, so that a slow minute hits
both; a ratio is taken within each round, and the median over the rounds is shown with the lowest and the highest.

A benchmark is declared beside others of its kind: what is measured, against what, the goal, and its two sides. All of
them are listed in `catalog`; `rounds` runs any of them.
"""
