"""What travelled between a folder and its address, in counts and in words."""

from dataclasses import dataclass, field

from .decision import Action

MAX_NAMED = 5

SENTENCES = {
    "en": (
        "{}: {} sent, {} removed there; {} fetched, {} removed here",
        "; {} that another hand had changed there are replaced: {}",
    ),
    "zh": ("{}：送出 {} 个，在彼处删去 {} 个；取回 {} 个，在此处删去 {} 个", "；彼处被他人改过而替换的有 {} 个：{}"),
}
COUNTED = (Action.SEND, Action.REMOVE_THERE, Action.FETCH, Action.REMOVE_HERE)


@dataclass(frozen=True, slots=True)
class Carried:
    """What travelled to and from *address*, and what could not."""

    address: str
    counts: dict[Action, int] = field(default_factory=dict)
    replaced: list[str] = field(default_factory=list)
    """Paths there that another hand had changed, of files that are made here."""

    clashes: list[str] = field(default_factory=list)
    """Paths that a person changed on both sides; neither is touched."""

    @property
    def problems(self) -> tuple[str, ...]:
        """One message for each clash."""
        return tuple(
            f"{path}: changed here and at {self.address}, each in its own way, and both are left as they are; "
            "make them alike, or remove the one that is wrong, and run again"
            for path in self.clashes
        )

    def add(self, action: Action) -> None:
        """Count one file."""
        self.counts[action] = self.counts.get(action, 0) + 1

    def and_then(self, later: "Carried") -> "Carried":
        """This and *later*, of the same address; what still clashes later."""
        counts = {action: self.counts.get(action, 0) + later.counts.get(action, 0) for action in COUNTED}
        return Carried(self.address, counts, [*self.replaced, *later.replaced], later.clashes)

    def told(self, lang: str) -> str:
        """The counts in one sentence, Chinese if *lang* begins with zh.

        >>> Carried("s3://b/a", {Action.SEND: 3}).told("en")
        's3://b/a: 3 sent, 0 removed there; 0 fetched, 0 removed here'
        """
        counts, by_another = SENTENCES["zh" if lang.startswith("zh") else "en"]
        text = counts.format(self.address, *(self.counts.get(action, 0) for action in COUNTED))
        some = ", ".join(self.replaced[:MAX_NAMED]) + (" …" if len(self.replaced) > MAX_NAMED else "")
        return text + (by_another.format(len(self.replaced), some) if self.replaced else "")
