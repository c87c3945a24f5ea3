"""`python -m bench.fuzz --minutes 10`: mutated inputs for every target in turn; what fails is kept and printed."""

import argparse
import signal
import sys
import time
import traceback
from hashlib import blake2b
from pathlib import Path
from random import Random
from types import FrameType

from .mutate import mutated
from .seeds import KEPT, kept
from .targets import TARGETS, Target

SLOW_SECONDS = 20
"""Of CPU; inputs have 64 KiB at most, so what takes longer hangs."""

TURN = 50
"""Inputs a target gets before the next has its turn."""


class TooSlowError(Exception):
    """A target did not come back."""


def _alarm(number: int, frame: FrameType | None) -> None:
    raise TooSlowError(f"more than {SLOW_SECONDS} s")


def failure(target: Target, data: bytes) -> str:
    """What is wrong with *target* on *data*, as a traceback; empty if nothing."""
    signal.setitimer(signal.ITIMER_PROF, SLOW_SECONDS)
    try:
        target.run(data)
    except Exception:  # whatever is raised is a finding  # noqa: BLE001
        return traceback.format_exc()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return ""


def smallest(target: Target, data: bytes, said: str, seconds: float = 8) -> bytes:
    """*data* with parts left out as long as *target* fails in the same place."""
    end, size = time.monotonic() + seconds, len(data) // 2
    while size and time.monotonic() < end:
        at = 0
        while at < len(data) and time.monotonic() < end:
            shorter = data[:at] + data[at + size :]
            if _place(failure(target, shorter)) == _place(said):
                data = shorter
            else:
                at += size
        size //= 2
    return data


def _place(said: str) -> str:
    """The line of code a traceback ends in, and the kind of error."""
    lines = [line for line in said.splitlines() if line.startswith("  File")]
    return f"{lines[-1]} {said.splitlines()[-1].split(':')[0]}" if lines else ""


def fuzz(names: list[str], minutes: float, seed: int, folder: Path) -> tuple[int, dict[str, str]]:
    """(inputs tried, failure by target and place); the input of each failure is kept in *folder*."""
    rng = Random(seed)
    seeds = {name: [*TARGETS[name].seeds(), *kept(name)] for name in names}
    found: dict[str, str] = {}
    count, end = 0, time.monotonic() + minutes * 60
    while time.monotonic() < end:
        for name in names:
            for _ in range(TURN):
                data = mutated(rng.choice(seeds[name]), rng, seeds[name])
                count += 1
                said = failure(TARGETS[name], data)
                if said and f"{name} {_place(said)}" not in found:
                    data = smallest(TARGETS[name], data, said)
                    found[f"{name} {_place(said)}"] = said
                    path = folder / f"{name}.{blake2b(data, digest_size=4).hexdigest()}"
                    path.write_bytes(data)
                    print(f"{path}\n{said}", flush=True)
    return count, found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seed", type=int, default=0, help="another one tries other inputs")
    parser.add_argument("--folder", type=Path, default=KEPT, help="where inputs that fail are kept")
    parser.add_argument("names", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    options = parser.parse_args()
    signal.signal(signal.SIGPROF, _alarm)
    options.folder.mkdir(parents=True, exist_ok=True)
    start = time.process_time()
    count, found = fuzz(options.names or list(TARGETS), options.minutes, options.seed, options.folder)
    seconds = time.process_time() - start
    print(f"{count:,} inputs in {options.minutes:g} minutes ({seconds:,.0f} s of CPU), {len(found)} failures")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
