"""What every room may lean on: actor, statuses, refusals, time, secrets, design-system parts.

Owns no rows and knows no room.  A thing belongs here when two rooms need it and it would
read the same in a different product.
"""
