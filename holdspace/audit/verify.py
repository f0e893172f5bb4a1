"""Walks each chain from its first entry to its published end and says where it breaks, and how."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from holdspace.audit import seal
from holdspace.audit.heads import Published
from holdspace.audit.models import SYSTEM, Entry, Head

ALTERED, MISSING, DOUBLED, MOVED = "altered", "missing", "doubled", "moved"
CUT, HEAD, REWRITTEN = "cut", "head", "rewritten"

SENTENCES = {
    ALTERED: "Entry {first} was altered after it was sealed.",
    MISSING: "Entries {first} to {last} are missing.",
    DOUBLED: "There is a second entry with number {first}.",
    MOVED: "Entry {first} doesn't follow the one before it.",
    CUT: "The end is cut: entries {first} to {last} were sealed and are gone.",
    HEAD: "The head's row doesn't agree with entry {first}.",
    REWRITTEN: "Entry {first} isn't the one that was published.",
}


@dataclass(frozen=True)
class Break:
    """One place where a chain is not as it was sealed."""

    chain: UUID
    kind: str
    first: int
    last: int
    # Of an altered entry what was changed, where its seal can tell.
    columns: tuple[str, ...] = ()

    def __str__(self) -> str:
        sentence = SENTENCES[self.kind].format(first=self.first, last=self.last)
        return f"{sentence} Changed: {', '.join(self.columns)}." if self.columns else sentence


class Walk:
    """One way along one chain.  Keeps the last number and code, and what later comparisons need."""

    def __init__(self, chain: UUID, published: dict[int, str]) -> None:
        self.chain, self.published = chain, published
        self.seq, self.mac, self.sound = 0, "", True
        self.codes: dict[int, str] = {}

    def breaks(self) -> Iterator[Break]:
        # The sealer may be at work: what the head said before must be there, and no more than it says after.
        before = Head.objects.filter(pk=self.chain).first()
        wanted = {*self.published, before.count if before else 0}
        for entry in Entry.objects.chain(self.chain).exclude(seq=None).order_by("seq").iterator():
            yield from self._step(entry)
            if entry.seq in wanted:
                self.codes[entry.seq] = entry.mac or ""
        yield from self._against_head(before, Head.objects.filter(pk=self.chain).first())
        yield from self._against_published()

    def _step(self, entry: Entry) -> Iterator[Break]:
        number, expected = entry.seq or 0, self.seq + 1
        fits = seal.fits(entry)
        if number > expected:
            yield Break(self.chain, MISSING, expected, number - 1)
        elif number < expected:
            yield Break(self.chain, DOUBLED, number, number)
        elif fits and self.sound and entry.prev != self.mac:
            yield Break(self.chain, MOVED, number, number)
        if not fits:
            yield Break(self.chain, ALTERED, number, number, tuple(seal.altered(entry)))
        self.seq, self.mac, self.sound = max(number, self.seq), entry.mac or "", fits

    def _against_head(self, before: Head | None, after: Head | None) -> Iterator[Break]:
        if self.seq > (after.count if after else 0):
            yield Break(self.chain, HEAD, self.seq, self.seq)
        if before is None or not before.count:
            return
        if before.count > self.seq:
            yield Break(self.chain, CUT, self.seq + 1, before.count)
        elif before.count in self.codes and before.mac != self.codes[before.count]:
            yield Break(self.chain, HEAD, before.count, before.count)

    def _against_published(self) -> Iterator[Break]:
        newest = max(self.published, default=0)
        if newest > self.seq:
            yield Break(self.chain, CUT, self.seq + 1, newest)
        for count, mac in self.published.items():
            if count in self.codes and self.codes[count] != mac:
                yield Break(self.chain, REWRITTEN, count, count)


@dataclass(frozen=True)
class Report:
    """What one chain came to."""

    chain: UUID
    entries: int
    breaks: list[Break]


def verify(published: Published) -> Iterator[Report]:
    """Every chain there is, or was published."""
    for chain in sorted(_chains() | set(published)):
        walk = Walk(chain, published.get(chain, {}))
        found = list(dict.fromkeys(walk.breaks()))
        yield Report(chain, walk.seq, found)


def _chains() -> set[UUID]:
    practices = Entry.objects.exclude(seq=None).order_by().values_list("practice_id", flat=True).distinct()
    return {practice or SYSTEM for practice in practices} | set(Head.objects.values_list("pk", flat=True))
