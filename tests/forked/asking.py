"""Run as a process: the code that one asks with, as `manage.py shell` would run it."""

import sys

if __name__ == "__main__":
    exec(sys.argv[1], {"__name__": "__asked__"})
