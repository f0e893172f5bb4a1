"""People receiving care: who they are, how to reach them, what they allow.

Owns clients, the people and places on their charts, and portal accounts.  Refuses to know
appointments, consents and sessions.
"""
