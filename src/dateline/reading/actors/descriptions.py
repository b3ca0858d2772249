"""Whom descriptions stand for: "the defence minister", "his Russian counterpart", "the ministry", "the duo"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dateline.model import Span, Token
from dateline.reading.actors.clusters import Cluster, name_key
from dateline.reading.actors.memory import FAR, REACH, SUBJECTS, Memory, gender_of

LONGEST = 8
"""The most words before the noun of a description."""

LATER = 6
"""The most words of a phrase after the noun that belong to who is described: "a spokesman for the army"."""

Found = tuple[Cluster, str]
"""Whom a description stands for, and why."""


class Pair(NamedTuple):
    """Two who are spoken of together, the participant that they are then, and the two, in the order of the text."""

    together: Cluster
    first: Cluster
    second: Cluster


class Descriptions:
    """Resolves descriptions, with what is remembered of the report up to each."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.parse = memory.parse
        self.lexicon = memory.lexicon
        self.groups: dict[tuple[str, ...], Cluster] = {}
        self.pairs: list[Pair] = []
        self.powers: dict[str, list[Cluster]] = {}
        """Whose government, police and so on were spoken of, in the order of the text."""

    def meet(self, noun: Token) -> None:
        """Takes note of the phrase that a noun heads, where it stands for a participant."""
        if noun.dep in ("compound", "nmod", "appos", "attr") or any(self.parse.kids(noun, "appos")):
            return
        first = self._first(noun)
        if noun.index - first > LONGEST:
            return
        tokens = self.parse.tokens[first : noun.index + 1]
        if any(other.index in self.memory.at and other.entity == "Person" for other in tokens):
            return
        found = self._described(noun, tokens)
        if found:
            cluster, because = found
            self.memory.add(noun, Span(tokens[0].start, noun.end), cluster, because)
            self._identify(noun, cluster)

    def nations(self, tokens: Sequence[Token]) -> set[str]:
        """The countries that words speak of: "the North’s leader", "Russian president"."""
        at = self.memory.at
        named = (at[token.index][1] for token in tokens if token.index in at)
        return {cluster.country for cluster in named if cluster.country}

    def _first(self, noun: Token) -> int:
        """The index of the first word of the phrase that ends in a noun."""
        first = noun.index
        while kids := [kid for kid in self.parse.kids(self.parse.tokens[first]) if kid.index < first]:
            first = kids[0].index
        commas = [token.index for token in self.parse.tokens[first : noun.index] if token.text in (",", ";", ":")]
        loose = [at for at in commas if self.parse.tokens[at - 1].pos != "ADJ"]
        return loose[-1] + 1 if loose else first

    def _described(self, noun: Token, tokens: Sequence[Token]) -> Found | None:
        lemma, lexicon, opening = noun.lemma.lower(), self.lexicon, tokens[0]
        if noun.lower in lexicon.ordinals:
            return self._of_two(noun) if opening.lower == "the" and len(tokens) == 2 else None
        both = lemma in lexicon.countries and opening.lower == "the" and len(tokens) == 2
        if lemma in lexicon.pairs or (noun.tag == "NNS" and (both or self._is_pair(tokens))):
            return self._pair(noun, anew=not both)
        nations = self.nations(tokens)
        definite = opening.lower in ("the", "this", "that", *lexicon.singular) or bool(nations)
        bare = lemma in lexicon.bare
        if bare or (noun.tag in ("NN", "NNP") and definite):
            modifiers = {
                (t.lower if t.lower in lexicon.bygone else t.lemma.lower()) for t in tokens[:-1] if self._modifies(t)
            }
            found = self._definite(noun, lemma, modifiers, nations, opening)
            found = self._likelier(noun, tokens, found)
            if found:
                return found
        return self._group(noun, tokens) or self._somebody(noun, tokens)

    def _modifies(self, token: Token) -> bool:
        """Whether a word before a noun tells more of it than a country does."""
        if token.lower in self.lexicon.bygone:
            return True
        return token.pos in ("ADJ", "NOUN", "PROPN") and token.index not in self.memory.countries

    def _definite(
        self, noun: Token, lemma: str, modifiers: set[str], nations: set[str], opening: Token
    ) -> Found | None:
        """Who was spoken of before that a definite description fits."""
        lexicon, owned = self.lexicon, opening.tag == "PRP$"
        if lemma == "counterpart":
            return self._counterpart(noun, nations)
        if (lemma in lexicon.persons or lemma in lexicon.anyone) and not owned:
            return self._by_role(noun, lemma, modifiers - self.memory.regions, nations)
        if lemma in lexicon.countries and not modifiers:
            return self._country(noun)
        if owned:
            return None
        if lemma in lexicon.bodies:
            found = self._by_kind(noun, lemma, modifiers, nations)
            if found:
                return found
        return self._body(noun) if lemma in lexicon.generic else None

    def _likelier(self, noun: Token, tokens: Sequence[Token], by_rules: Found | None) -> Found | None:
        """Whom a description stands for by the rules, or by the network where that is surer of another.

        What it says of the first word of "her colleague" may be told of her.
        """
        first = tokens[1] if len(tokens) > 1 and tokens[0].lower == "the" else tokens[0]
        lemma = noun.lemma.lower()
        if self.parse.kid(noun, "poss") is not None or not self.lexicon.may_take_part(lemma):
            return by_rules
        before = by_rules[0] if by_rules is not None else None
        if before is not None and not before.named and self._is_identified(noun):
            return by_rules  # who is one with the name that is told
        found = self.memory.likelier(first, before, lambda one: self._fits(noun, lemma, one))
        return by_rules if found is None or found is before else (found, "the likeliest by what stands around it")

    def _fits(self, noun: Token, lemma: str, cluster: Cluster) -> bool:
        """Whether a noun can be a word for somebody with a name."""
        if not cluster.named or cluster.plural != (noun.tag == "NNS"):
            return False
        lexicon = self.lexicon
        if lemma in lexicon.persons or lemma in lexicon.anyone:
            return cluster.type == "Person" and gender_of((noun.lower,), lexicon) * cluster.gender >= 0
        if lemma in lexicon.countries:
            return cluster.country is not None
        return cluster.type == "Organization"

    # People and bodies without a name

    def _group(self, noun: Token, tokens: Sequence[Token]) -> Found | None:
        """People who take part without a name, known by the words for them: "police", "local residents"."""
        single = noun.tag == "NN" and noun.lemma in self.lexicon.members
        collective = noun.lemma in self.lexicon.groups and not single
        if not collective and not (noun.tag == "NNS" and noun.lemma in self.lexicon.persons):
            return None
        if noun.dep not in SUBJECTS and noun.dep not in ("dobj", "pobj", "agent"):
            return None
        words, bare = self._words(tokens)
        nations, power = self.nations(tokens), self._power(noun)
        name, whose = self._phrase(bare, noun), nations or self._nations_after(noun)
        of_country = len(whose) == 1 and not any(t.pos == "VERB" or self._modifies(t) for t in tokens[:-1])
        if power is not None and of_country:
            words, nations = (power, *whose), whose
            name = f"{power} of {self.lexicon.in_full(min(whose))}" if power in self.lexicon.powers_by_country else name
        elif power is not None and words == (noun.lower,) and name == noun.text:
            meant = self._power_meant(noun, power)
            if meant is not None:
                return meant, f"the {power} spoken of before"
        placed = any(t.pos == "PROPN" or t.index in self.memory.at for t in tokens[:-1])
        local = placed and power in self.lexicon.local_powers
        known = self.groups.get(words)
        if known is None and not (nations or local):
            known = self.groups.get((noun.lower,))
        if known is None:
            body = collective and noun.tag in ("NN", "NNP")
            known = self.groups[words] = Cluster("Organization" if body else "Person", named=False)
            known.plural = True
            known.names[name] += 1
            known.nations = nations
            self.memory.clusters.append(known)
        if power is not None and (of_country or local):
            self.powers[power] = [*(one for one in self.powers.get(power, ()) if one is not known), known]
        return known, "the words for them"

    def _power(self, noun: Token) -> str | None:
        """What power of a country a noun names; None of several: "future governments"."""
        power = self.lexicon.powers.get(noun.lemma)
        return power if power in self.lexicon.plural_powers or noun.tag in ("NN", "NNP") else None

    def _power_meant(self, noun: Token, power: str) -> Cluster | None:
        """Whose government, police and so on is meant where that is not said.

        That of the sentence or the one before, if it is of the country that is named most; a place's police that is the
        only one so far.
        """
        fuller = self.powers.get(power, [])
        if len(fuller) == 1 and not fuller[0].nations:
            return fuller[0]
        near = (one for _, one in self.memory.before(noun, 1))
        last = next((one for one in near if any(one is other for other in fuller)), None)
        return last if last is not None and self._country_most() in last.nations else None

    def _country_most(self) -> str | None:
        """The country that is named most in the report."""
        counts = {one.country: len(one.mentions) for one in self.memory.clusters if one.country}
        return max(counts, key=lambda country: counts[country], default=None)

    def _nations_after(self, noun: Token) -> set[str]:
        """The countries that a noun is said to be of: "the government of Uganda"."""
        behind = [
            thing for of in self.parse.kids(noun, "prep") if of.lower == "of" for thing in self.parse.kids(of, "pobj")
        ]
        return self.nations(behind)

    def settle(self) -> None:
        """Joins a place's police with the bare word for them, where the report names no other."""
        for power in self.lexicon.local_powers:
            bare, fuller = self.groups.get((power,)), self.powers.get(power, [])
            if bare is not None and len(fuller) == 1 and not fuller[0].nations and bare is not fuller[0]:
                self.memory.merge(bare, fuller[0], f"the only {power} spoken of")

    def _somebody(self, noun: Token, tokens: Sequence[Token]) -> Found | None:
        """One person without a name, as the subject of something: "an official", "Spain's economy minister"."""
        lemma, lexicon = noun.lemma.lower(), self.lexicon
        body = lemma in lexicon.bodies and self.memory.speaks(noun)
        person = lemma in lexicon.persons or lemma in lexicon.members
        if noun.tag not in ("NN", "NNP") or not (person or body) or noun.entity:
            return None
        if noun.dep not in SUBJECTS and not self.memory.speaks(noun):
            return None
        words, bare = self._words(tokens)
        known = self.groups.get(words) if tokens[0].lower not in ("a", "an", "another") else None
        if known is None:
            known = self.groups[words] = Cluster("Person" if person else "Organization", named=False)
            known.names[self._phrase(bare, noun)] += 1
            known.gender = gender_of((noun.lower,), self.lexicon)
            known.nations = self.nations(tokens)
            self.memory.clusters.append(known)
        return known, "the words for her or him"

    def _words(self, tokens: Sequence[Token]) -> tuple[tuple[str, ...], Token]:
        """The words of a phrase without what opens it, in lower case, and the first of them."""
        opening = ("DET", "PRON", "PART", "PUNCT", "ADV")
        start = next((index for index, t in enumerate(tokens) if t.pos not in opening), len(tokens) - 1)
        return tuple(t.lower for t in tokens[start:]), tokens[start]

    def _phrase(self, first: Token, noun: Token) -> str:
        """The words from one to a noun, and the short phrase after it that tells whose or where.

        Where it is no subject, "in Lima" may tell where somebody was arrested; and only of whoever speaks is more kept:
        "people familiar with the matter".
        """
        whose = ("of", "for", "in", "at", "from") if noun.dep in SUBJECTS else ("of", "for")
        end = noun.end
        for kid in self.parse.kids(noun, "prep"):
            below = self.parse.subtree(kid)
            adjacent = kid.start <= end + 1 and below[-1].index - kid.index < LATER
            if kid.lower in whose and adjacent and below[0].index == kid.index:
                end = below[-1].end if below[-1].pos != "PUNCT" else below[-2].end
                tokens, _ = self.memory.at.get(below[-1].index + 1, ((), None))
                end = tokens[-1].end if tokens and tokens[0].entity == "Person" else end
        for kid in self.parse.kids(noun, "amod", "acl") if self._is_cited(noun) else ():
            below = self.parse.subtree(kid)
            if below[0].start == end + 1 and len(below) <= LATER and end == noun.end:
                end = below[-1].end
        return " ".join(self.memory.text[first.start : end].split())

    def _is_cited(self, noun: Token) -> bool:
        """Whether somebody speaks, or is passed on by whoever speaks: "citing people familiar with the matter"."""
        return self.memory.speaks(noun) or self.parse.head(noun).lemma in self.lexicon.citing

    def _identify(self, noun: Token, cluster: Cluster) -> None:
        """Joins whom a description stood for with the name that is told: "The victim was identified as Noor Alam"."""
        if cluster.named or cluster.plural or not self._is_identified(noun):
            return
        for kid in self.parse.kids(self.parse.head(noun), "prep", "oprd"):
            name = self.parse.kid(kid, "pobj") if kid.dep == "prep" and kid.lower == "as" else kid
            for tokens, named in self.memory.at.values():
                if name is not None and name in tokens and named.type == "Person" and named is not cluster:
                    cluster.names.clear()
                    cluster.keys.clear()
                    self.memory.merge(cluster, named, f"identified as {named.name}")
                    self.groups = {words: named if one is cluster else one for words, one in self.groups.items()}
                    return

    def _is_identified(self, noun: Token) -> bool:
        """Whether a name is told of whom a noun stands for: "The victim was identified as …"."""
        return noun.dep == "nsubjpass" and self.parse.head(noun).lemma in ("identify", "name")

    # Who was spoken of before

    def _by_role(self, noun: Token, lemma: str, modifiers: set[str], nations: set[str]) -> Found | None:
        """The last person who was given this role; for a word that fits anybody, the last person spoken of."""
        # Where no other word is put for this one, both are the same.
        for names in dict.fromkeys((frozenset({lemma}), self.lexicon.kin(lemma))):
            for _, cluster in self.memory.before(noun, FAR):
                if cluster.type != "Person" or cluster.plural or not _of(cluster, nations):
                    continue
                for role in cluster.roles if cluster.named else cluster.names:
                    plain = set(role.lower().replace("-", " ").split())
                    if (names & plain or (len(names) > 1 and "counterpart" in plain)) and modifiers <= plain:
                        return cluster, f"the last who was called “{role}”"
        if lemma in self.lexicon.suspected:
            return self._suspected(noun)
        if (lemma in self.lexicon.anyone and not modifiers) or modifiers & self.lexicon.bygone:
            found = self.memory.salient(noun, ("Person",)) or self._last_speaker()
            return (found, "the last person spoken of") if found is not None and _of(found, nations) else None
        return None

    def _last_speaker(self) -> Cluster | None:
        """The last person with a name who spoke."""
        spoke = (cluster for _, cluster in reversed(self.memory.spoke))
        return next((one for one in spoke if one.type == "Person" and one.named and not one.plural), None)

    def _suspected(self, noun: Token) -> Found | None:
        """The last person who is spoken of and does not speak: "the suspect", "the victim"; a suspect has a name.

        A victim is rather one to whom something was done: the boy of "The dog bit a boy until a man drove it away".
        """
        spoke = {id(cluster) for _, cluster in self.memory.spoke}
        harmed = noun.lemma in self.lexicon.victims
        for undergone in (True, False) if harmed else (False,):
            for head, cluster in self.memory.before(noun, FAR):
                known = cluster.type == "Person" and (cluster.named or harmed) and not cluster.plural
                if known and id(cluster) not in spoke and (not undergone or head.dep in ("dobj", "nsubjpass")):
                    return cluster, "the last person spoken of who does not speak"
        return None

    def _by_kind(self, noun: Token, lemma: str, modifiers: set[str], nations: set[str]) -> Found | None:
        """The last body whose name says that it is of this kind; for a company, the last body that is of no other."""
        for _, cluster in self.memory.before(noun, FAR):
            words = {word for key in cluster.keys for word in key}
            kind = any(self._is_kind(key, lemma) for key in cluster.keys)
            apart = nations - {cluster.country} and not any(name_key(nation)[-1] in words for nation in nations)
            if (
                cluster.type in ("Organization", "Facility")
                and cluster.named
                and kind
                and modifiers <= words
                and not apart
            ):
                return cluster, f"the last {lemma} named"
        if lemma in self.lexicon.companies and not modifiers:
            for _, cluster in self.memory.before(noun, REACH):
                words = {word for key in cluster.keys for word in key}
                if cluster.type == "Organization" and cluster.named and not words & self.lexicon.bodies:
                    return cluster, "the last body named that is of no other kind"
        return None

    def _is_kind(self, key: tuple[str, ...], lemma: str) -> bool:
        """Whether a name says what kind of body it names: "Ministry of Trade", and "Police Force", but no "Criminal
        Police Organization", which is none of the police."""
        for at, word in enumerate(key):
            if word == lemma:
                after = key[at + 1] if at + 1 < len(key) else None
                if after is None or after not in self.lexicon.bodies or after in self.lexicon.units:
                    return True
        return False

    def _body(self, noun: Token) -> Found | None:
        """The body that the last sentences are about: "the anti-graft body"."""
        found = self.memory.salient(noun, ("Organization",), subjects_only=True)
        return (found, "the body spoken of last") if found is not None and found.named else None

    def _country(self, noun: Token) -> Found | None:
        """The country in focus: the last one spoken of nearby, else the one that is spoken of most."""
        near = next((c for _, c in self.memory.before(noun, REACH) if c.country), None)
        if near is not None:
            return near, "the last country named"
        named = [cluster for cluster in self.memory.clusters if cluster.country]
        most = max(named, key=lambda cluster: len(cluster.mentions), default=None)
        return (most, "the country named most") if most is not None else None

    def _counterpart(self, noun: Token, nations: set[str]) -> Found | None:
        """The other person beside the one whose counterpart is spoken of, by the country that is told."""
        people = [
            c for head, c in self.memory.before(noun, 0) if c.type == "Person" and c.named and head.dep in SUBJECTS
        ]
        for _, cluster in self.memory.before(noun, FAR):
            own = bool(people) and cluster is people[0]
            if cluster.type == "Person" and not own and cluster.named and cluster.nations & nations:
                return cluster, f"of {' and '.join(sorted(cluster.nations & nations))}, and with the other’s office"
        return None

    def _of_two(self, word: Token) -> Found | None:
        """The last named of two, or the one before: "the latter", "the former"."""
        found: list[Cluster] = []
        for _, cluster in self.memory.before(word, 1):
            if cluster.type in ("Person", "Organization") and not any(cluster is one for one in found):
                found.append(cluster)
            if len(found) == 2:
                return found[word.lower == "former"], f"the {word.lower} of two"
        return None

    # Two together

    def _is_pair(self, tokens: Sequence[Token]) -> bool:
        both = next((at for at, t in enumerate(tokens) if t.lower in self.lexicon.pair_determiners), None)
        return both is not None and (both > 0 or tokens[both].lower == "both")

    def _pair(self, noun: Token, *, anew: bool) -> Found | None:
        """Two participants of the kind that the noun asks for, as a participant of their own: the last two named.

        Two that were spoken of together before stay together as long as one of them goes on being named and the report
        tells more of the other than of whoever stands in for it; for "the countries", without a "two", always.
        """
        countries = noun.lemma in (*self.lexicon.countries, "side")
        if noun.lemma not in (*self.lexicon.pairs, *self.lexicon.countries, *self.lexicon.persons, "side"):
            return None
        found: list[Cluster] = []
        for _, cluster in self.memory.before(noun, FAR):
            person = cluster.type == "Person" and cluster.named and not cluster.plural
            if (bool(cluster.country) if countries else person) and not any(cluster is other for other in found):
                found.append(cluster)
            if len(found) == 2:
                break
        before = self._together(noun, countries=countries)
        if before is not None and (not anew or _goes_on(before, found)):
            return before.together, "the two spoken of together before"
        if len(found) < 2:
            return None
        first, second = sorted(found, key=lambda cluster: cluster.mentions[0])
        same = next((pair for pair in self.pairs if pair.first is first and pair.second is second), None)
        if same is None:
            together = Cluster("Location" if countries else "Person")
            together.plural = True
            together.names[f"{first.name} and {second.name}"] += 1
            same = Pair(together, first, second)
            self.pairs.append(same)
            self.memory.clusters.append(together)
        return same.together, "the last two named"

    def _together(self, noun: Token, *, countries: bool) -> Pair | None:
        """The pair of countries, or of people, that was last spoken of."""
        own = [pair for pair in self.pairs if (pair.together.type == "Location") == countries]
        seen = (cluster for _, cluster in self.memory.before(noun, FAR))
        return next((pair for cluster in seen for pair in own if pair.together is cluster), None)


def _goes_on(pair: Pair, named: Sequence[Cluster]) -> bool:
    """Whether one of a pair is among those last named, and the report tells more of its other half than of theirs."""
    halves = (pair.first, pair.second)
    absent = [one for one in halves if not any(one is other for other in named)]
    others = [one for one in named if not any(one is half for half in halves)]
    if len(absent) == 2:
        return False
    return not absent or not others or len(absent[0].mentions) >= len(others[0].mentions)


def _of(cluster: Cluster, nations: set[str]) -> bool:
    """Whether a person may be of the countries that a description tells: known by name, and of no other."""
    return not nations or (bool(cluster.nations & nations) if cluster.nations else cluster.named)
