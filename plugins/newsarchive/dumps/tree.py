"""XML inside office files, read as it streams: no entities, nothing fetched, no tree in memory."""

from collections.abc import Callable, Iterator
from typing import BinaryIO
from xml.parsers import expat

from .member import Unreadable

BLOCK_BYTES = 1 << 16
ADVICE = "open it, save it again, or save it as text or CSV"

Attributes = dict[str, str]


def walked(
    stream: BinaryIO,
    begin: Callable[[str, Attributes], object],
    end: Callable[[str], object],
    text: Callable[[str], object],
) -> Iterator[None]:
    """Tell *begin*, *end* and *text* what stands in *stream*, by names without prefixes; pauses after each block.

    Raises:
        Unreadable: it is no XML, or declares entities, which may be a bomb or point to other files.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, said: begin(_local(name), {_local(key): said[key] for key in said})
    parser.EndElementHandler = lambda name: end(_local(name))
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = _no_entities
    try:
        while data := stream.read(BLOCK_BYTES):
            parser.Parse(data, False)
            yield
        parser.Parse(b"", True)
        yield
    except expat.ExpatError as error:
        raise Unreadable(f"its XML is damaged at line {error.lineno}; {ADVICE}") from None


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _no_entities(*_: object) -> None:
    raise Unreadable(f"its XML declares entities, which office programs never do; {ADVICE}")
