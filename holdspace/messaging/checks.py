"""Says before anything is sent what is wrong with the carriers in the settings."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.utils.module_loading import import_string

from holdspace.messaging import carriers

CHANNELS = {"sms", "email", "bell"}


def carriers_make_sense(**_: Any) -> list[CheckMessage]:
    """Every channel has a carrier that exists and whose options it understands."""
    without = [
        Error(f"CHANNELS has no carrier for {channel}.", id="messaging.E001") for channel in _missing()
    ]
    used = sorted({name for channel, name in settings.CHANNELS.items() if channel in CHANNELS})
    return [*without, *(fault for name in used for fault in _faults(name))]


def _missing() -> list[str]:
    return sorted(CHANNELS - set(settings.CHANNELS))


def _faults(name: str) -> list[CheckMessage]:
    if name not in settings.MESSAGE_CARRIERS:
        known = ", ".join(sorted(settings.MESSAGE_CARRIERS))
        return [Error(f"There is no carrier called {name!r}; there are: {known}.", id="messaging.E002")]
    try:
        carrier = import_string(carriers.path_of(name))
    except ImportError:
        said = f"Carrier {name!r}: {carriers.path_of(name)} can't be imported."
        return [Error(said, id="messaging.E003")]
    return [
        Error(f"Carrier {name!r}: {said}", id="messaging.E004")
        for said in carrier.faults(carriers.options_of(name))
    ]
