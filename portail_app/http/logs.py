"""Write logs in which nobody is named.

Libraries put into their messages what they were working on: Reflex writes whole events, forms and tokens included.
Their messages are replaced by the place they come from, which is enough to find them in the source; and errors keep
their type and their stack, not their message. Our own messages are written to hold nothing personal.
"""

import logging
import traceback
from types import TracebackType

# The web server says that it starts, stops or that something failed: no data.
TRUSTED = ("portail_app", "_granian")
# One line a request, without its query: see ``server.ACCESS_LOG``.
REQUESTS = "granian.access"


def write_discreetly() -> None:
    """Take over the logs of this process, whatever handlers the libraries have installed."""
    handler = logging.StreamHandler()
    handler.setFormatter(Discreet())
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        if name != REQUESTS:
            logger.handlers.clear()
            logger.propagate = True
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


class Discreet(logging.Formatter):
    """Write when, how serious and where; what was said only if we said it."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record."""
        trusted = record.name.partition(".")[0] in TRUSTED
        said = record.getMessage() if trusted else f"{record.funcName}, line {record.lineno}"
        line = f"{self.formatTime(record)} {record.levelname} {record.name}: {said}"
        if record.exc_info and record.exc_info[1]:
            line += f"\n{self.formatException(record.exc_info)}"
        return line

    def formatException(  # noqa: N802 - the name that logging calls
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """Write the stack and the type of an error, and those of the errors behind it."""
        error, parts = ei[1], []
        while error is not None:
            parts.append("".join(traceback.format_tb(error.__traceback__)) + type(error).__name__)
            error = error.__cause__ or error.__context__
        return "\nbecause of\n".join(parts)
