"""Every NEWS_* setting of pelicanconf.py: its type, its default and what it does."""

import difflib
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any

from .errors import SettingError

PREFIX = "NEWS_"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an owner may set; field `dumps` is the setting NEWS_DUMPS."""

    dumps: str = field(
        default="dumps",
        metadata={"doc": "folder of raw dumps, inside content/, or an address such as s3://bucket/dumps"},
    )
    articles: str = field(
        default="",
        metadata={"doc": "address that holds the articles, such as s3://bucket/articles; content/articles is a copy"},
    )
    reports: str = field(default="", metadata={"doc": "address to which the import report is sent"})
    output: str = field(
        default="", metadata={"doc": "address to which the built site is sent, such as s3://bucket/site"}
    )
    editions: tuple[str, ...] = field(
        default=("zh-Hans", "zh-Hant"),
        metadata={"doc": "editions to build, codes of vocabulary/editions.toml; the first stands at the root"},
    )
    cache: str = field(default=".newsarchive", metadata={"doc": "folder of what can be rebuilt; safe to delete"})
    withdrawn: str = field(
        default="withdrawn.txt",
        metadata={"doc": "list of withdrawn articles, inside content/; one slug and reason a line"},
    )
    per_page: int = field(default=100, metadata={"doc": "articles on one list page", "least": 1})
    workers: int = field(
        default=0, metadata={"doc": "processes that work side by side; 0 means one for each core", "least": 0}
    )
    scheduler: str = field(
        default="",
        metadata={"doc": "address of a Dask scheduler whose workers do the work, such as tcp://10.0.0.1:8786"},
    )
    shard: str = field(
        default="",
        metadata={"doc": "build several sites and a front door to them: one for each 'year', or by 'size'"},
    )
    shard_urls: tuple[str, ...] = field(
        default=(),
        metadata={"doc": "where shards stand: one address with {shard} in it, and NAME=address for any elsewhere"},
    )
    shard_host: str = field(
        default="github", metadata={"doc": "host whose limits shards keep; a name that `newsarchive size --host` takes"}
    )
    repair_machine_traditional: bool = field(
        default=True,
        metadata={
            "doc": "publish mainland text in machine-made Traditional through Simplified, which mends 制造 to 製造"
        },
    )
    contact: str = field(
        default="",
        metadata={
            "doc": "mail or web address for error reports and removal requests; {id}, {title}, {url} are filled in"
        },
    )
    publish_dumps: bool = field(
        default=True, metadata={"doc": "offer raw dumps for download, never one that holds a withdrawn article"}
    )
    publish_dumps_max_kb: int = field(
        default=1000, metadata={"doc": "largest dump offered for download, in kilobytes", "least": 0}
    )
    tag_feeds: bool = field(default=True, metadata={"doc": "an Atom and a JSON feed for each tag"})
    bulk_data: bool = field(default=True, metadata={"doc": "all articles of a year as CSV and JSON Lines"})
    offline: bool = field(
        default=False, metadata={"doc": "let browsers keep the pages a reader has seen, for reading without a network"}
    )


def read_settings(pelican_settings: Mapping[str, Any]) -> Settings:
    """The NEWS_* settings among *pelican_settings*.

    Raises:
        SettingError: a name is unknown, a value has another type than its default, or a number is too small.

    >>> read_settings({"NEWS_PER_PAGE": 50}).per_page
    50
    """
    known = {PREFIX + f.name.upper(): f for f in fields(Settings)}
    values: dict[str, Any] = {}
    for name in sorted(key for key in pelican_settings if key.startswith(PREFIX)):
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else "known are " + ", ".join(sorted(known))
            raise SettingError(f"pelicanconf.py: unknown setting {name}; {hint}")
        values[known[name].name] = _checked(name, pelican_settings[name], known[name])
    return Settings(**values)


def _checked(name: str, value: Any, known: Field[Any]) -> Any:
    """*value* as the type of the default of *known*; a list serves where a tuple is wanted."""
    default, least = known.default, known.metadata.get("least")
    if isinstance(default, tuple) and isinstance(value, list | tuple) and all(isinstance(v, str) for v in value):
        return tuple(value)
    if type(value) is not type(default) or isinstance(value, tuple):
        wanted = "a list of words" if isinstance(default, tuple) else f"a value like {default!r}"
    elif least is not None and value < least:
        wanted = f"{least} or more"
    else:
        return value
    raise SettingError(f"pelicanconf.py: {name} is {value!r}; expected {wanted}")
