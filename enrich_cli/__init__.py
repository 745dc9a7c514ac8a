"""Enrich customers from ten data providers, within quota, with every dollar booked."""

__version__ = "0.1.0"
