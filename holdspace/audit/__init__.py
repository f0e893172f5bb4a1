"""The trail: who did what to which record, when.  Append-only, then sealed into a chain.

Owns entries and each chain's head.  An entry is written in the transaction that did the
thing, without a lock; a sealer numbers and chains what was committed, within a second.
The database refuses changes, and `holdspace verify-trail` names them where it couldn't.
Knows subjects by kind and id only; nobody's words, numbers or addresses belong in here.
"""
