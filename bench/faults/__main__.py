"""`python -m bench.faults --rounds 300`: disturb so many runs, count what was wrong; exit status 1 if anything was.

Each round takes an archive in one of several states, disturbs runs over it, looks at what a visitor would see at
that moment, and then lets a run end in peace: every file must be what an undisturbed run gives, byte for byte.
As root, all plays on a disk of its own in memory, which can be filled.
"""

import argparse
import contextlib
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from .kills import killed
from .scene import Scene, Tally, scenes, unmended
from .shortages import IS_ROOT, clock_gone_back, doubled, locked, starved, unreadable

FAULTS: dict[str, tuple[Callable[[Scene, random.Random, Tally], Iterator[str]], int]] = {
    "killed": (killed, 13),
    "full disk": (starved, 2),
    "read-only": (locked, 2),
    "unreadable": (unreadable, 1),
    "clock": (clock_gone_back, 1),
    "at once": (doubled, 1),
}
"""Name -> what is done, and how often of 20 rounds."""

DISK = "size=400m"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--articles", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1, help="of the order; moments of death are not repeatable")
    parser.add_argument("--only", choices=FAULTS, help="one kind of fault")
    options = parser.parse_args()
    tally = Tally()
    with disk() as folder, contextlib.suppress(KeyboardInterrupt):  # which ends it early
        kinds = [options.only] if options.only else [name for name, (_, often) in FAULTS.items() for _ in range(often)]
        order = [kinds[number * 7 % len(kinds)] for number in range(options.rounds)]
        disturb(tally, folder, order, options.articles, options.seed)
    for counts in (tally.rounds, tally.faults):
        print("\n".join(f"{count:6} {name}" for name, count in sorted(counts.items())), end="\n\n")
    print(*tally.defects, f"{tally.rounds.total()} rounds, {len(tally.defects)} defects", sep="\n")
    return 1 if tally.defects else 0


def disturb(tally: Tally, folder: Path, order: Sequence[str], articles: int, seed: int) -> None:
    """Play a round of each kind of fault in *order*, in *folder*, and enter them into the *tally*."""
    chance = random.Random(seed)
    stages = list(scenes(folder, articles))
    for number, name in enumerate(order):
        scene = chance.choice(stages)
        scene.restore()
        found = [*FAULTS[name][0](scene, chance, tally), *unmended(scene)]
        tally.rounds[name] += 1
        print(f"{number + 1}/{len(order)} {name}, {scene.name}: {len(found)} defects", file=sys.stderr)
        tally.defects += [f"round {number}, {name}, {scene.name}: {defect}" for defect in found]


@contextmanager
def disk() -> Iterator[Path]:
    """A folder that is removed afterwards; as root on Linux one in memory that can be filled to the brim."""
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    folder.chmod(0o755)
    mount = ["mount", "-t", "tmpfs", "-o", DISK, "tmpfs", str(folder)]
    is_own = (
        IS_ROOT and shutil.which("mount") and subprocess.run(mount, check=False, capture_output=True).returncode == 0
    )
    try:
        yield folder
    finally:
        if is_own:
            subprocess.run(["umount", "-l", str(folder)], check=True)
        shutil.rmtree(folder)


if __name__ == "__main__":
    raise SystemExit(main())
