"""Notices: a client is told of what was booked, moved or cancelled, once nobody changes their mind.

Every change makes a seat's notice due a moment later; then what the client was last told is compared
with what is so.  Nothing new, nothing sent.  One press is one message, however many days it was about.
"""
