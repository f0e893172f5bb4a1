"""Web: what the practice's people see.  Translates between pages and actions, and decides nothing."""
