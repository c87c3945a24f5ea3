"""Who makes the pages: nobody but this machine, or the cluster that NEWS_SCHEDULER names."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..afar import WHOLE, Crew
from ..cluster.office import cluster
from ..plugin import Archive
from ..shards.cut import Shard

CrewFor = Callable[..., Crew | None]
"""Called with the settings of a site that differ, and its shard if it is one."""


@contextmanager
def crew_of(archive: Archive, settings_file: Path) -> Iterator[CrewFor]:
    """What gives each site its crew, as long as the cluster is open.

    Raises:
        ClusterError: it does not answer, or its workers differ from us.
    """
    if not archive.settings.scheduler:
        yield lambda override, shard=WHOLE: None
        return
    with cluster(archive.settings.scheduler, archive.tell) as engine:

        def crew_for(override: Mapping[str, Any], shard: Shard = WHOLE) -> Crew:
            return Crew(engine, settings_file, override, archive.cache, shard)

        yield crew_for
