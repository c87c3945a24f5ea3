"""A folder here and the same at an address, for tests of what is carried between them."""

import os
from pathlib import Path

import pytest

from newsarchive.deposit import inventory
from newsarchive.deposit.carried import Carried
from newsarchive.deposit.decision import BRINGING, DELIVERING, Action
from newsarchive.deposit.exchange import Deposit, exchange

fsspec = pytest.importorskip("fsspec", reason="NO TEST OF ADDRESSES RAN: fsspec is not installed")

EDITED = "edited"


def is_edited(file: Path) -> bool:
    return EDITED in file.read_text(encoding="utf-8")


def is_text(path: str) -> bool:
    return path.endswith(".md")


class Sides:
    """A folder here, and the same there."""

    def __init__(self, root: Path, address: str, is_both_ways: bool = True) -> None:
        self.here = root / "here"
        self.here.mkdir(parents=True, exist_ok=True)
        self.cache = root / "cache"
        self.deposit = Deposit("NEWS_ARTICLES", self.here, address, is_text, is_edited if is_both_ways else None)
        self.files, self.base = fsspec.core.url_to_fs(address)
        self.clock = 0

    def write(self, path: str, text: str) -> None:
        file = self.here / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        self.clock += 1
        os.utime(file, (self.clock, self.clock))  # as later edits are, whatever the system's clock can tell

    def write_there(self, path: str, text: str) -> None:
        self.files.makedirs(f"{self.base}/{path}".rpartition("/")[0], exist_ok=True)
        self.files.pipe_file(f"{self.base}/{path}", text.encode())

    def remove_there(self, path: str) -> None:
        self.files.rm_file(f"{self.base}/{path}")

    def bring(self) -> Carried:
        return exchange(self.deposit, self.cache, BRINGING, lambda done, total: None)

    def deliver(self) -> Carried:
        return exchange(self.deposit, self.cache, DELIVERING, lambda done, total: None)

    def texts(self) -> dict[str, str]:
        return {
            path.relative_to(self.here).as_posix(): path.read_text(encoding="utf-8")
            for path in self.here.rglob("*")
            if path.is_file()
        }

    def texts_there(self) -> dict[str, str]:
        return {
            str(place).removeprefix(self.base).lstrip("/"): self.files.cat_file(place).decode("utf-8", "replace")
            for place in self.files.find(self.base)
            if not place.endswith(inventory.NAME)
        }


def counts(carried: Carried) -> dict[str, int]:
    return {action.name: count for action, count in carried.counts.items() if count and action is not Action.AGREE}
