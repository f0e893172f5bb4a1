"""The calendar's rules: appointments, seats and their links, holds, types, statuses.

Owns who has whose time and when, and each client's way to their seat.  Refuses to know
consents, sessions and media.
"""
