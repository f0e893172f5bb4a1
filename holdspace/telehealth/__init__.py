"""Sessions, participants, the waiting room, and the engines that carry a room.

Owns who may meet whom by video and who did.  Refuses to know pages and carriers of texts.
"""
