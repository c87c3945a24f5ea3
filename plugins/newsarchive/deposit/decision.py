"""Who changed a file since both sides were last alike, and what follows from it: a table."""

from enum import Enum, auto

from .book import Case


class State(Enum):
    """How a file stands on one side, against when both were last alike."""

    SAME = auto()
    NEW = auto()
    GONE = auto()
    UNKNOWN = auto()
    """It is there, and nobody knows since when: the book is new, or another hand put it there."""


class Action(Enum):
    """What follows."""

    AGREE = auto()
    FETCH = auto()
    SEND = auto()
    REMOVE_HERE = auto()
    REMOVE_THERE = auto()
    FORGET = auto()
    LEAVE = auto()
    WEIGH = auto()
    """Both sides changed: what stands in them decides."""

    CLASH = auto()
    """Both were changed by a person, who must say which is right."""


S, A = State, Action

BOTH_WAYS = {
    (S.SAME, S.SAME): A.AGREE, (S.SAME, S.NEW): A.FETCH, (S.SAME, S.UNKNOWN): A.WEIGH, (S.SAME, S.GONE): A.REMOVE_HERE,
    (S.NEW, S.SAME): A.SEND, (S.NEW, S.NEW): A.WEIGH, (S.NEW, S.UNKNOWN): A.WEIGH, (S.NEW, S.GONE): A.SEND,
    (S.GONE, S.SAME): A.REMOVE_THERE, (S.GONE, S.NEW): A.FETCH, (S.GONE, S.UNKNOWN): A.FETCH,
    (S.GONE, S.GONE): A.FORGET,
}  # fmt: skip
"""(here, there) -> what follows where people change files on both sides. An edit outweighs a removal."""

ONE_WAY = BOTH_WAYS | {
    (S.SAME, S.NEW): A.LEAVE, (S.SAME, S.GONE): A.SEND, (S.NEW, S.NEW): A.SEND,
    (S.GONE, S.NEW): A.REMOVE_THERE, (S.GONE, S.UNKNOWN): A.LEAVE,
}  # fmt: skip
"""The same where files are made here and only shown there: what is not ours is left alone."""

WEIGHED = {
    (True, True): A.CLASH, (True, False): A.SEND, (False, True): A.FETCH, (False, False): A.FETCH,
}  # fmt: skip
"""Whether a person edited the file (here, there) -> what follows where both changed."""

BRINGING = frozenset({A.AGREE, A.FETCH, A.REMOVE_HERE, A.FORGET})
DELIVERING = frozenset({A.AGREE, A.SEND, A.REMOVE_THERE, A.FORGET})


def state_here(case: Case, digest: bytes) -> State:
    """Of the file here, whose content has *digest*."""
    if case.size is None:
        return S.GONE
    return S.SAME if digest == case.kept_digest else S.NEW


def state_there(case: Case) -> State:
    """Of the file there, by its mark."""
    if not case.mark:
        return S.GONE
    if not case.kept_mark:
        return S.UNKNOWN
    return S.SAME if case.mark == case.kept_mark else S.NEW
