#!/usr/bin/env python
"""Django's commands, and Holdspace's own: `holdspace verify-trail` is `manage.py verify_trail`."""

from holdspace.config.cli import main

if __name__ == "__main__":
    main()
