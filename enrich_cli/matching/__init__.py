"""Is this answer really about this customer? `judge.judge` says how sure we are, and why.

One file per kind of evidence (`names`, `emails`, `phones`, …), each with one function that compares a customer with an
identity; `weights` holds every number, `judge` adds them up.
"""
