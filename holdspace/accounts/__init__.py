"""Sign-in: users, passwords, the second factor, idle log-off, the one-time set-up code.

Owns the user, which is only a sign-in.  Refuses to know practices, roles and clients.
"""
