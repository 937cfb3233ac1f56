"""How the server's processes log: a line an event on standard error, with nothing in it about whoever uses the page."""

import logging
import sys
import traceback
from collections.abc import Iterator, Sequence

import structlog
from structlog.typing import ExcInfo, Processor


def places_of(exc_info: ExcInfo) -> str:
    """Where an error arose and of what kind it is, the first cause first; none of its words, which may repeat what
    somebody has typed or brought. Only the system's own words for what it could not do are kept."""
    return "\n".join(_place(error) for error in reversed([*_chain(exc_info[1])]))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _place(error: BaseException) -> str:
    words = f": {error.strerror}" if isinstance(error, OSError) and error.errno and error.strerror else ""
    return "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__ + words


SHARED: Sequence[Processor] = (
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper("iso"),
    structlog.processors.ExceptionRenderer(places_of),
)
LINE = structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"], bool_as_flag=False)


def configure() -> None:
    """Set logging up for this process: ours by structlog, that of libraries from warnings on, all in one form."""
    structlog.configure(
        processors=[*SHARED, LINE],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    strip = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(processors=[strip, LINE], foreign_pre_chain=[*SHARED])
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
