"""Web: what other systems call, each call proven by its sender's own signature."""
