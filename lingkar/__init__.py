"""Lingkar: group counselling in which the seven asas hold by construction."""

__version__ = "0.1.0"
