"""People receiving care: who they are, how to reach them, what they allow.

Owns clients.  Refuses to know appointments, consents and sessions.
"""
