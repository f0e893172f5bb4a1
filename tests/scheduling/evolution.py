"""What Evolution's data server (the engine of GNOME's calendars) makes of a calendar: each instant, in UTC.

A program of its own: the binding belongs to the system's Python, and the server to a session bus.
"""

import sys
from typing import Any

import gi  # type: ignore[import-not-found]

gi.require_version("EDataServer", "1.2")
gi.require_version("ECal", "2.0")
from gi.repository import ECal, EDataServer  # type: ignore[import-not-found] # noqa: E402

AT_ONCE = 2**32 - 1


def told(_event: Any, starts: Any, ends: Any, *_rest: Any) -> bool:
    print(*(moment.as_timet_with_zone(moment.get_timezone()) for moment in (starts, ends)))
    return True


source = EDataServer.SourceRegistry.new_sync(None).ref_source("ours")
client = ECal.Client.connect_sync(source, ECal.ClientSourceType.EVENTS, AT_ONCE, None)
client.generate_instances_sync(int(sys.argv[1]), int(sys.argv[2]), None, told)
