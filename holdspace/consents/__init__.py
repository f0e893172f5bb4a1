"""Consent forms in versions that never change, and each client's answer to one version.

Owns what was read, said and signed, and the table of what each state asks for.  Refuses to
know sessions and media.
"""
