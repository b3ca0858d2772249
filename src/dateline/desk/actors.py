"""Shows an actor of a ledger: in which reports, under which names, and why it is one in all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from dateline.errors import NotFound
from dateline.ledger import Ledger
from dateline.ledger.actors import settled
from dateline.lexicon.gazetteer import fold
from dateline.model import ActorLine, Judgement, Mentioned, Persona

MOST = 200
"""As many reports as are looked at for an actor, the last added first."""

LIKE, FEW = 20, 5
"""So many of the latest events are looked at for names that are like one, and so many names are told."""


def find_persona(ledger: Ledger, name: str) -> Persona | None:
    """The actor of this name, under whichever spelling or alias; None where no report names one."""
    lines = ledger.actors_named(name, limit=MOST)
    if not lines:
        return None
    first = max(lines, key=lambda line: (len(line.roles), len(line.company)))
    return _persona(ledger, first, lines)


def names_like(ledger: Ledger, part: str) -> tuple[str, ...]:
    """The names with this part in them ("Zelensky") of who did something lately, or had it done to them; a few."""
    wanted = set(fold(part).split())
    if not wanted:
        return ()
    entries = (*ledger.life(part, limit=LIKE), *ledger.life(part, as_recipient=True, limit=LIKE))
    people = (one for entry in entries for one in (*entry.event.actors, *entry.event.recipients))
    names = dict.fromkeys(one.name for one in people if wanted <= set(fold(one.name).split()))
    return tuple(name for name in names if ledger.actors_named(name, limit=1))[:FEW]


def persona_of(ledger: Ledger, id: str) -> Persona:
    """The actor of this id in one report, and the same in others. Raises NotFound where no current report has it."""
    found = ledger.actors([id])
    if not found:
        raise NotFound(str(ledger.path), f"there is no actor {id}", "Find its id with `dateline show NAME`.")
    return _persona(ledger, found[0], ledger.actors_named(found[0].name, limit=MOST))


def _persona(ledger: Ledger, first: ActorLine, lines: Iterable[ActorLine]) -> Persona:
    """The actor that a line is of, with the others that are judged the same, by people or else by rule."""
    from dateline.corroboration.people import judge_actors, judge_through

    by_hand = {_other(one, first.id): one for one in settled(ledger.actor_judgements([first.id])).values()}
    through = ledger.actors_joined(first.id)
    same, judged = [first], []
    for line in sorted(lines, key=lambda line: (line.report.published or "", line.id), reverse=True):
        if line.id == first.id:
            continue
        judgement = by_hand.get(line.id)
        if judgement is None:
            led = through.get(line.id)
            judgement = judge_through(first, line, led) if led else judge_actors(first, line)
        judged.append(judgement)
        if judgement.verdict == "same":
            same.append(line)
    names = Counter(line.name for line in same)
    return Persona(
        name=first.name,
        type=first.type,
        spellings=tuple(name for name, _ in names.most_common()),
        roles=tuple(dict.fromkeys(role for line in same for role in line.roles)),
        countries=tuple(dict.fromkeys(line.country for line in same if line.country)),
        lines=tuple(same),
        judgements=tuple(judged),
        mentions=_mentions(ledger, first),
    )


def _other(judgement: Judgement, id: str) -> str:
    return judgement.b if judgement.a == id else judgement.a


def _mentions(ledger: Ledger, line: ActorLine) -> tuple[Mentioned, ...]:
    """The mentions of an actor in its report, each with why it is one."""
    reading = ledger.reading(line.report.edition)
    found = next((actor for actor in reading.actors if actor.name == line.name), None)
    if found is None:
        return ()
    reasons = found.because or ("",) * len(found.mentions)
    return tuple(Mentioned(span, span.of(reading.text), why) for span, why in zip(found.mentions, reasons, strict=True))
