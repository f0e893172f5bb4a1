"""The outbox: every text is a row first, leaves after the commit, once, and shows what became of it.

Owns messages, bells and opt-outs, and the carriers.  Refuses to know appointments and
sessions: what a text is about is a kind and a bare id.
"""
