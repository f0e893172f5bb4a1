"""Log lines as JSON with ids only; whatever looks like a link's secret is masked before it is written."""

import json
import logging
import re

# Up to the end of the address however it was written: %2E is a dot too.  And the way to a password,
# a clinician's calendar, and an invitation.
LINK = re.compile(r"((?:/|%2f)(?:v|calendar|portal)(?:/|%2f)|/reset/key/)[^\s\"'<>]+", re.IGNORECASE)


def masked(text: str) -> str:
    """The text with every link secret replaced by dots."""
    return LINK.sub(r"\1...", text)


class MaskSecrets(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = masked(record.getMessage()), None
        return True


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": self.formatTime(record),
            "level": record.levelname.lower(),
            "log": record.name,
        }
        line["says"] = record.getMessage()
        if record.exc_info and record.exc_info[0]:
            # The message of an exception may quote what somebody typed: its class and place do.
            line["raised"], line["where"] = record.exc_info[0].__name__, place_of(record)
        return json.dumps(line)


def place_of(record: logging.LogRecord) -> list[str]:
    """The frames of a traceback as file:line, innermost last, without any values."""
    trace = record.exc_info[2] if record.exc_info else None
    places = []
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places[-8:]
