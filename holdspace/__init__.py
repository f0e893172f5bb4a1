"""Holdspace: a calendar for behavioral-health practices, with telehealth built in."""

__version__ = "0.1.0"
