"""Practices, their sites, people and settings: who belongs where, with which roles.

Owns the table of roles and verbs.  Refuses to know clients and appointments.
"""
