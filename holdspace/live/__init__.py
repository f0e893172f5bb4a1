"""Real time: one socket per page, hints down, notes across.

Owns the frames, the bus between processes and who is present in a room right now.
Refuses to know who may watch what (config hands that in), what a hint is about,
and what a note says.  Keeps nothing: any process may die at any moment.
"""
