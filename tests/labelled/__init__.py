"""Invented pairs of a customer and an identity of which we know the truth, and how well `matching` tells them apart.

Every list of words is split in two: weights are tuned on one half, and what is reported is measured on the other,
whose names, companies and streets no tuning has seen. `corruption` does what people and directories do to text.
"""
