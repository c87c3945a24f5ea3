"""What free hosts of static sites take, and whether a built site fits."""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MB = 1000 * 1000


@dataclass(frozen=True, slots=True)
class Host:
    """Limits of one host; 0 where it states none."""

    name: str
    label: str
    max_bytes: int = 0
    max_files: int = 0
    max_file_bytes: int = 0
    max_entries: int = 0
    """Files and folders in one folder."""


HOSTS = (
    # https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits
    Host("github", "GitHub Pages", max_bytes=1000 * MB, max_file_bytes=100 * MB),
    # https://developers.cloudflare.com/pages/platform/limits/
    Host("cloudflare", "Cloudflare Pages (free)", max_files=20_000, max_file_bytes=25 * 1024 * 1024),
    Host("cloudflare-paid", "Cloudflare Pages (paid)", max_files=100_000, max_file_bytes=25 * 1024 * 1024),
    # https://docs.netlify.com/
    Host("netlify", "Netlify", max_entries=54_000),
    # https://docs.gitlab.com/ee/user/gitlab_com/#gitlab-pages
    Host("gitlab", "GitLab Pages", max_bytes=1000 * MB, max_files=200_000),
)


@dataclass(frozen=True, slots=True)
class Size:
    """How large a folder is."""

    files: int
    bytes: int
    largest: tuple[str, int]
    """The largest file and its bytes."""

    fullest: tuple[str, int]
    """The folder with most entries, and how many."""


def measure(folder: Path) -> Size:
    """Size of *folder* with everything below it."""
    sizes: dict[str, int] = {}
    entries: Counter[str] = Counter()
    for parent, path, size in _walk(folder):
        entries[parent] += 1
        if size is not None:
            sizes[path] = size
    return Size(
        files=len(sizes),
        bytes=sum(sizes.values()),
        largest=max(sizes.items(), key=lambda it: it[1], default=("", 0)),
        fullest=max(entries.items(), key=lambda it: it[1], default=("", 0)),
    )


def _walk(folder: Path) -> Iterator[tuple[str, str, int | None]]:
    """(folder, path, bytes or None for a folder) of everything below *folder*."""
    stack = [""]
    while stack:
        here = stack.pop()
        with os.scandir(folder / here) as inside:
            for found in inside:
                path = here + found.name
                is_folder = found.is_dir(follow_symlinks=False)
                if is_folder:
                    stack.append(path + "/")
                yield here, path, None if is_folder else found.stat().st_size


def excesses(size: Size, host: Host) -> list[str]:
    """What *host* would refuse, in words; nothing if the site fits.

    >>> excesses(Size(3, 10, ("a", 9), ("", 3)), Host("h", "H", max_files=2))
    ['3 files, takes 2']
    """
    checks = (
        (size.bytes, host.max_bytes, f"{size.bytes / MB:,.0f} MB, takes {host.max_bytes / MB:,.0f}"),
        (size.files, host.max_files, f"{size.files:,} files, takes {host.max_files:,}"),
        (size.largest[1], host.max_file_bytes, f"{size.largest[0]} has {size.largest[1] / MB:,.0f} MB, takes "
         f"{host.max_file_bytes / MB:,.0f}"),
        (size.fullest[1], host.max_entries, f"{size.fullest[0]} has {size.fullest[1]:,} entries, takes "
         f"{host.max_entries:,}"),
    )  # fmt: skip
    return [text for found, most, text in checks if most and found > most]
