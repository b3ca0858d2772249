"""The tense in which an event is told."""

from __future__ import annotations

from dateline.model import Token
from dateline.reading.events.clauses import climb, helpers
from dateline.reading.events.scene import Scene, by_token


def verb_of(scene: Scene, token: Token) -> Token | None:
    """A verb itself, or the verb that a noun hangs on."""
    if token.pos in ("VERB", "AUX"):
        return token
    return next((above for above in climb(scene.parse, token) if above.pos in ("VERB", "AUX")), None)


@by_token
def tense(scene: Scene, token: Token) -> str:
    """The tense of a verb, or of the verb that a noun hangs on."""
    verb = verb_of(scene, token)
    if verb is None:
        return "none"
    aids, words = {aid.lower for aid in helpers(scene.parse, verb)}, scene.words.tense
    if "had" in aids:
        return "had"
    if aids & words.perfect:
        return "perfect"
    if aids & words.modal:
        return "modal"
    if "to" in aids:
        return "infinitive"
    if verb.tag == "VBD" or aids & words.past:
        return "past"
    return {"VBZ": "present", "VBP": "present", "VBG": "gerund", "VBN": "participle"}.get(verb.tag, "none")


def looks_back(scene: Scene, token: Token) -> bool:
    """Whether an event is what somebody in the past was about: "travelled there to register", "a man sent to kill"."""
    verb = verb_of(scene, token)
    if verb is None or tense(scene, verb) != "infinitive" or verb.dep not in ("advcl", "acl", "relcl"):
        return False
    above = verb_of(scene, scene.parse.head(verb))
    return above is not None and above.index != verb.index and tense(scene, above) in ("past", "had")
