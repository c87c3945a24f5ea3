"""What changed is carried from one side to the other, and the book says so; a run that ends midway is found out."""

import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import NamedTuple

from ..errors import DepositError
from ..tree import files_below
from . import inventory
from .book import Book, Case, Kept, opened
from .carried import Carried
from .decision import BOTH_WAYS, ONE_WAY, WEIGHED, Action, State, state_here, state_there
from .stack import UNFINISHED, Stack

SENDING = (Action.SEND, Action.REMOVE_THERE)


@dataclass(frozen=True, slots=True)
class Deposit:
    """A folder of this machine, and the address where the same files are kept."""

    setting: str
    """That names the address: NEWS_ARTICLES."""

    folder: Path
    address: str
    holds: Callable[[str], bool]
    """Whether a path below the folder is kept there."""

    is_edited: Callable[[Path], bool] | None = None
    """Whether a person changed a file since it was made; None where nobody is to change any: files go one way."""


class Plan(NamedTuple):
    """What follows for one file."""

    case: Case
    action: Action
    digest: bytes
    """Of the file here."""

    digest_there: bytes
    """Of the file there, if it is known."""

    is_replaced: bool
    """Whether another hand changed what stands there."""


class Done(NamedTuple):
    """What was carried, and how the file stands on both sides then."""

    action: Action
    kept: Kept | None


def exchange(deposit: Deposit, cache: Path, wanted: frozenset[Action], progress: Callable[[int, int], None]) -> Carried:
    """Carry what changed, as far as it is *wanted*; *progress* is told how many files of how many are looked at.

    Raises:
        DepositError: the address does not answer, or holds nothing of what it held.
    """
    stack = Stack(deposit.setting, deposit.address)
    with (
        opened(cache, deposit.folder, deposit.address) as book,
        ThreadPoolExecutor(stack.width) as pool,
        tempfile.TemporaryDirectory(prefix="newsarchive-deposit-") as scratch,
    ):
        carrier = Carrier(deposit, stack, book, Path(scratch))
        carrier.look()
        total, done = carrier.differing(), 0
        for cases in book.cases():
            carrier.carry(list(pool.map(carrier.plan, cases)), wanted, pool)
            done += len(cases)
            progress(done, total)
    return carrier.carried


class Carrier:
    """Carries the files of one deposit."""

    def __init__(self, deposit: Deposit, stack: Stack, book: Book, scratch: Path) -> None:
        self.deposit = deposit
        self.stack = stack
        self.book = book
        self.scratch = scratch
        self.decisions = BOTH_WAYS if deposit.is_edited else ONE_WAY
        self.carried = Carried(deposit.address)

    def look(self) -> None:
        """See what stands on both sides, and how far a run came that ended midway."""
        left: list[str] = []
        self.book.note(self._here(), self._there(left))
        here, there, kept = self.book.counts()
        if kept and not here:  # the working copy is a new one: nobody has removed every file
            self.book.forget_all()
        elif kept and not there and self.deposit.is_edited:
            raise DepositError(
                f"{self.deposit.address}: none of the {kept} files that stood there is left; is it another address? "
                f"If it was emptied on purpose, remove {self.book.file} and run again: all are put there anew"
            )
        for path in left:
            self.stack.remove(path)
        for case in self.book.unsettled():
            self._settle(case)

    def differing(self) -> int:
        """How many files are to be looked at."""
        if not self.deposit.is_edited:
            if not self.book.counts().kept:
                inventory.enter(self.stack, self.book, self.scratch)
            inventory.put(self.stack, self.book, self.scratch)
        return self.book.differing()

    def plan(self, case: Case) -> Plan:
        """What follows for *case*."""
        is_known = (case.size, case.mtime) == (case.kept_size, case.kept_mtime)
        digest = case.kept_digest if case.size is None or is_known else _digest(self._ours(case))
        here, there = state_here(case, digest), state_there(case)
        action, digest_there = self.decisions[here, there], case.kept_digest
        if action is Action.WEIGH:
            action, digest_there = self._weighed(case, digest)
        is_replaced = not self.deposit.is_edited and there is State.NEW and action in SENDING
        return Plan(case, action, digest, digest_there, is_replaced)

    def carry(self, plans: list[Plan], wanted: frozenset[Action], pool: Executor) -> None:
        """Do what *plans* say, as far as it is *wanted*."""
        self.carried.clashes.extend(plan.case.path for plan in plans if plan.action is Action.CLASH)
        due = [plan for plan in plans if plan.action in wanted]
        self.book.begin(
            (plan.case.path, plan.digest if plan.action is Action.SEND else b"")
            for plan in due
            if plan.action in SENDING
        )
        done: list[tuple[str, Kept | None]] = []
        try:
            for plan, result in zip(due, pool.map(self._do, due), strict=True):
                if result is None:
                    self.book.give_up(plan.case.path)
                    continue
                done.append((plan.case.path, result.kept))
                self.carried.add(result.action)
                self.carried.replaced.extend([plan.case.path] if plan.is_replaced else [])
        finally:
            self.book.enter(done)

    def _settle(self, case: Case) -> None:
        """Find out what became of *case*, which was under way when a run ended."""
        if case.mark == case.kept_mark:
            self.book.give_up(case.path)
        elif not case.mark:  # removed; or lost by a store that does not replace in one step
            self.book.enter([(case.path, None)])
        elif case.sending and self._digest_there(case) == case.sending:
            self.book.enter([(case.path, Kept(None, None, case.sending, case.mark))])
        else:
            self.book.give_up(case.path)

    def _weighed(self, case: Case, digest: bytes) -> tuple[Action, bytes]:
        """What follows where both sides changed; digest of the file there, if it was looked at."""
        ours, is_edited = self._ours(case), self.deposit.is_edited
        if is_edited is None:  # many stores tell the MD5 of a file: what is there already need not be sent
            return Action.AGREE if _digest(ours, "md5").hex() in case.mark else Action.SEND, b""
        with self._fetched(case) as theirs:
            found = _digest(theirs)
            return Action.AGREE if found == digest else WEIGHED[is_edited(ours), is_edited(theirs)], found

    def _do(self, plan: Plan) -> Done | None:
        """Carry one file; nothing if somebody has just changed it there."""
        case = plan.case
        if plan.action in SENDING and self.deposit.is_edited and self._is_changed_since(plan):
            return None
        match plan.action:
            case Action.AGREE:
                return Done(plan.action, Kept(case.size, case.mtime, plan.digest, case.mark))
            case Action.FETCH:
                return self._fetch(plan)
            case Action.SEND:
                mark = self.stack.put(case.path, self._ours(case))
                return Done(plan.action, Kept(case.size, case.mtime, plan.digest, mark)) if mark else None
            case Action.REMOVE_THERE:
                self.stack.remove(case.path)
            case Action.REMOVE_HERE:
                self._ours(case).unlink(missing_ok=True)
        return Done(plan.action, None)

    def _is_changed_since(self, plan: Plan) -> bool:
        """Whether the file there is not the one that was looked at; its content counts where its mark says little."""
        case = plan.case
        mark = self.stack.mark(case.path)
        return mark != case.mark and not (mark and case.mark and self._digest_there(case) == plan.digest_there)

    def _fetch(self, plan: Plan) -> Done:
        case, target = plan.case, self._ours(plan.case)
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{target.name}{UNFINISHED}")
        self.stack.fetch(case.path, part)
        digest, state = _digest(part), part.stat()
        if case.size is not None and digest == plan.digest:  # only written anew there
            part.unlink()
            return Done(Action.AGREE, Kept(case.size, case.mtime, digest, case.mark))
        part.replace(target)
        return Done(plan.action, Kept(state.st_size, state.st_mtime_ns, digest, case.mark))

    @contextmanager
    def _fetched(self, case: Case) -> Iterator[Path]:
        """The file there, as long as it is looked at."""
        file = self.scratch / blake2b(case.path.encode()).hexdigest()
        self.stack.fetch(case.path, file)
        yield file
        file.unlink()

    def _digest_there(self, case: Case) -> bytes:
        with self._fetched(case) as file:
            return _digest(file)

    def _ours(self, case: Case) -> Path:
        return self.deposit.folder / case.path

    def _here(self) -> Iterator[tuple[str, int, int]]:
        for path, found in files_below(self.deposit.folder):
            if not _is_left(path) and self.deposit.holds(path):
                state = found.stat()
                yield path, state.st_size, state.st_mtime_ns

    def _there(self, left: list[str]) -> Iterator[tuple[str, str]]:
        """(path, mark) of the files there; what a run left half written goes to *left*."""
        for path, mark in self.stack.listed():
            if _is_left(path):
                left.append(path)
            elif self.deposit.holds(path) and path != inventory.NAME:
                yield path, mark


def _is_left(path: str) -> bool:
    """Whether a run that ended midway left this.

    >>> _is_left("2019/.a.md.unfinished"), _is_left("2019/a.md")
    (True, False)
    """
    name = path.rpartition("/")[2]
    return name.startswith(".") and name.endswith(UNFINISHED)


def _digest(file: Path, kind: str = "blake2b") -> bytes:
    with file.open("rb") as opened_file:
        return file_digest(opened_file, kind).digest()
