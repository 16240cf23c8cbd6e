"""Structured logs on stderr: JSON lines for machines, coloured lines on a terminal."""

from __future__ import annotations

import logging
import sys

import structlog


def start_logs(level: str = "INFO") -> None:
    """Let structlog and the libraries' own loggers write one kind of line."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    terminal = sys.stderr.isatty()
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    last: list[structlog.typing.Processor] = (
        [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]  # others show secrets
        if terminal
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last]
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    # Only our own rooms say more than warnings: urllib3 for one logs the path of every request, and with it tokens.
    root.setLevel(logging.WARNING)
    for room in ("config", "storage", "crawler", "monitor"):
        logging.getLogger(room).setLevel(level)
    for library in ("trafilatura", "htmldate", "courlan", "justext"):  # a page that one of them finds empty is no news
        logging.getLogger(library).setLevel(logging.ERROR)
