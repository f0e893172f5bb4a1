"""Web: what clients see, from a link and nothing else.  No accounts, no third party, few bytes."""
