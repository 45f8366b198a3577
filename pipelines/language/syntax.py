"""Who does what in a sentence, the same for whichever label scheme the loaded model has.

Models label their trees in one of two ways: Universal Dependencies (the bundled model; `obj`,
`obl` with a `case` child, `flat`), or ClearNLP (`en_core_web_*`; `dobj`, `prep` and `pobj`). They
differ in more than names: UD hangs a preposition on its noun and a copula on its predicate,
ClearNLP the other way round; UD hangs all conjuncts on the first, ClearNLP each on the one before.
The functions here answer in the terms of grammar, and no other module names a label.

All take and return tokens (or half-open token spans) of one Doc, and return nothing where the Doc
has no tree. Sources: https://universaldependencies.org/u/dep/ and the ClearNLP guidelines
(Choi and Palmer 2012).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

_SUBJECTS = frozenset(
    {"nsubj", "csubj", "nsubj:outer", "csubj:outer", "nsubj:pass", "csubj:pass"}
    | {"nsubjpass", "csubjpass"}
)
_PASSIVES = frozenset({"nsubj:pass", "csubj:pass", "aux:pass", "nsubjpass", "csubjpass", "auxpass"})
_OBJECTS = frozenset({"obj", "dobj"})
_RECIPIENTS = frozenset({"iobj", "dative"})
_COMPLEMENTS = frozenset({"ccomp", "xcomp"})
_OBLIQUES = frozenset({"obl", "obl:agent", "nmod", "obl:arg"})
_APPOSITIONS = frozenset({"appos"})
_NAME_PARTS = frozenset({"flat", "flat:name", "compound", "nmod:desc", "nummod", "amod", "det",
                         "poss", "nmod:poss", "det:predet", "goeswith", "fixed", "quantmod",
                         "predet", "nmod:unmarked", "nmod", "advmod"})  # fmt: skip
_SHARING = frozenset({"advcl", "xcomp", "acl", "pcomp", "prep"})
_PREDICATES = frozenset({"attr", "acomp"})
_RELATIVE = frozenset({"relcl", "acl:relcl", "advcl:relcl"})
_AUXILIARIES = frozenset({"aux", "aux:pass", "auxpass", "cop"})
_PUNCTUATION = frozenset({"punct", "mark", "cc", "dep"})
_AGENTS = frozenset({"obl:agent", "agent"})
_GENITIVES = frozenset({"'s", "’s", "'", "’"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_NEGATING = frozenset({"not", "n't", "n’t", "never", "no", "nor", "neither"})
_DENYING = frozenset({"neg", "advmod", "det", "cc:preconj", "preconj"})
_RELATIVE_WORDS = frozenset({"who", "which", "that", "whom", "whose"})


@dataclass(frozen=True, slots=True)
class Oblique:
    """A noun that a preposition joins to a verb or a noun: 'with' and 'counterpart'."""

    preposition: Token
    noun: Token


def has_syntax(doc: Doc | Span) -> bool:
    """Whether a Doc has trees: a blank model leaves none, a long list of words neither."""
    return any(token.dep for token in doc)


def subject(verb: Token) -> Token | None:
    """Return the head of a verb's subject, shared ones included, None where it has none.

    A coordinated verb ('met and stressed'), an infinitive or a participle ('left, saying') has the
    subject of the verb that it hangs on, or that verb's object ('invited the envoy to visit'); a
    relative clause that of the noun it describes.
    """
    seen: set[int] = set()
    here = _predicate(verb)
    outer = verb.dep_ == "cop"
    while here.i not in seen:
        seen.add(here.i)
        own = _own_subject(here, outer=outer)
        if own is not None:
            return _described(here, own) if own.lower_ in _RELATIVE_WORDS else own
        if here.dep_ in _RELATIVE or (here.dep_ == "acl" and here.head.pos_ in _NOUNS):
            return here.head
        if here.dep_ == "xcomp":
            told = next((c for c in here.head.children if c.dep_ in _OBJECTS), None)
            if told is not None:
                return told
        if here.dep_ != "conj" and here.dep_ not in _SHARING:
            return None
        here = here.head
    return None


def _own_subject(predicate: Token, *, outer: bool = False) -> Token | None:
    """The subject that hangs on a predicate itself; `outer` is that of a copula above a clause."""
    found = [child for child in predicate.children if child.dep_ in _SUBJECTS]
    found.sort(key=lambda child: child.dep_.endswith(":outer") != outer)
    if found:
        return found[0]
    if any(child.dep_ == "expl" for child in predicate.children):  # 'There was a meeting'
        return next((child for child in predicate.children if child.dep_ in _PREDICATES), None)
    return None


def _predicate(verb: Token) -> Token:
    """The token that carries the arguments: an auxiliary's verb, UD's predicate of a copula."""
    return verb.head if verb.dep_ in _AUXILIARIES else verb


def _described(clause: Token, pronoun: Token) -> Token:
    """The noun that a relative pronoun stands for, the pronoun where the clause hangs on none."""
    return clause.head if clause.dep_ in _RELATIVE or clause.dep_ == "acl" else pronoun


def owns_subject(verb: Token) -> bool:
    """Whether the subject stands with the verb itself and is not shared with another."""
    return _own_subject(_predicate(verb)) is not None


def is_passive(verb: Token) -> bool:
    """Whether a verb is passive: 'was told', 'to be signed'."""
    return any(child.dep_ in _PASSIVES for child in _predicate(verb).children)


def agent(verb: Token) -> Token | None:
    """Return who does what a passive verb or participle tells: 'signed by the ministers'."""
    marked = next((c for c in _predicate(verb).children if c.dep_ in _AGENTS), None)
    return (_governed(marked) or marked) if marked is not None else None


def objects(verb: Token) -> tuple[Token, ...]:
    """Return the heads of a verb's objects with what is coordinated to each: 'met A and B'.

    Who is told a clause ('told the council that ...') is no object but the recipient.
    """
    predicate = _predicate(verb)
    if _tells(predicate):
        return ()
    found = [child for child in predicate.children if child.dep_ in _OBJECTS]
    return tuple(member for head in found for member in (head, *coordinates(head)))


def _tells(verb: Token) -> bool:
    """Whether a verb has a clause of its own beside its object: 'told the council that'."""
    return any(child.dep_ == "ccomp" and _is_finite(child) for child in verb.children)


def _is_finite(head: Token) -> bool:
    """Whether a clause has a subject of its own, or a 'that'."""
    return any(c.dep_ in _SUBJECTS or c.dep_ == "mark" for c in head.children) and not any(
        c.lower_ == "to" for c in head.children
    )


def recipient(verb: Token) -> Token | None:
    """Return whom something is given or told: 'told the council that', 'gave the letter to A'."""
    predicate = _predicate(verb)
    indirect = next((child for child in predicate.children if child.dep_ in _RECIPIENTS), None)
    if indirect is not None:
        return _governed(indirect) or indirect
    told = [child for child in predicate.children if child.dep_ in _OBJECTS]
    if told and _tells(predicate):
        return told[0]
    if told or _tells(predicate):
        return next((o.noun for o in obliques(predicate) if o.preposition.lower_ == "to"), None)
    return None


def complement(verb: Token) -> Token | None:
    """Return the head of the clause that a verb governs: 'said that trade had *grown*'."""
    clauses = [child for child in verb.children if child.dep_ in _COMPLEMENTS]
    return clauses[0] if clauses else None


def obliques(head: Token) -> tuple[Oblique, ...]:
    """Return what prepositions join to a verb or a noun, conjuncts included, in text order."""
    found: list[Oblique] = []
    if head.dep_ == "cop" and (case := _case(head.head)) is not None:
        found.append(Oblique(case, head.head))  # UD: 'Oslo' is the predicate of 'was in Oslo'
    for child in (c for start in {head, _predicate(head)} for c in start.children):
        if child.dep_ in {"prep", "agent", "dative"}:  # ClearNLP: the noun hangs on the preposition
            for preposition in (child, *coordinates(child)):
                noun = _governed(preposition)
                members = (noun, *coordinates(noun)) if noun is not None else ()
                found.extend(Oblique(preposition, member) for member in members)
        elif child.dep_ in _OBLIQUES:
            case = _case(child)
            if case is None or case.lower_ in _GENITIVES:
                continue
            members = (child, *coordinates(child))
            found.extend(Oblique(_case(member) or case, member) for member in members)
    return tuple(sorted(found, key=lambda item: item.noun.i))


def _case(noun: Token) -> Token | None:
    return next((child for child in noun.children if child.dep_ == "case"), None)


def _governed(preposition: Token) -> Token | None:
    """The noun that a preposition governs, through a second one ('according to the ministry')."""
    if preposition.pos_ in _NOUNS:
        return None
    noun = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    if noun is None:
        inner = next((c for c in preposition.children if c.dep_ == "prep"), None)
        noun = _governed(inner) if inner is not None else None
    return noun


def coordinates(token: Token) -> tuple[Token, ...]:
    """Return what is coordinated to a token, in text order: 'A, B and C' from any of them.

    Of a UD tree and of a ClearNLP tree it is the same: the whole row without the token itself.
    """
    first = token
    while first.dep_ == "conj" and first.head.i != first.i:
        first = first.head
    row = [first, *_row(first)]
    return tuple(sorted((t for t in row if t.i != token.i), key=lambda t: t.i))


def _row(head: Token) -> Iterator[Token]:
    for child in head.children:
        if child.dep_ == "conj":
            yield child
            yield from _row(child)


def appositions(noun: Token) -> tuple[Token, ...]:
    """Return the heads of what says more of a noun beside it: 'Ana Lund, the *envoy*'."""
    return tuple(child for child in noun.children if child.dep_ in _APPOSITIONS)


def is_negated(verb: Token) -> bool:
    """Whether a verb is denied: 'did not meet', 'never signed'; not its object ('met nobody').

    Also the second of two that are denied together: 'neither met nor called'.
    """
    here = _predicate(verb)
    if any(_denies(child) for child in here.children):
        return True
    named = [child for child in here.children if child.dep_ in _PREDICATES]
    if any(c.lower_ in _NEGATING and c.dep_ == "det" for noun in named for c in noun.children):
        return True  # 'is no minister'
    if here.dep_ != "conj" or _own_subject(here) is not None:
        return False
    joints = [c for t in (here, here.head) for c in t.children if c.dep_ == "cc" and c.i < here.i]
    shared = any(c.lower_ in {"or", "nor"} for c in joints)
    return shared and (any(c.lower_ == "nor" for c in joints) or is_negated(here.head))


def _denies(word: Token) -> bool:
    if word.lower_ == "longer":
        return any(child.lower_ == "no" for child in word.children)
    return word.lower_ in _NEGATING and word.dep_ in _DENYING


def noun_phrase(noun: Token) -> Span:
    """Return the words of a noun's own phrase: determiner, titles, adjectives and name.

    Relative clauses, appositions, conjuncts and prepositional phrases are left out.
    """
    start, end = noun.i, noun.i + 1
    parts = sorted((c for c in noun.children if _is_part(c)), key=lambda c: abs(c.i - noun.i))
    for part in parts:
        # each part with all that hangs on it, as long as it adjoins what is in already
        if part.i < noun.i and part.right_edge.i + 1 >= start:
            start = min(start, part.left_edge.i)
        elif part.i > noun.i and part.left_edge.i <= end:
            end = max(end, noun_phrase(part).end)
        elif part.i < noun.i and noun.doc[part.right_edge.i + 1 : start].text in {"-", "–", "/"}:
            start = part.left_edge.i
    return noun.doc[start:end]


def _is_part(child: Token) -> bool:
    if child.dep_ == "case":
        return child.lower_ in _GENITIVES
    if child.dep_ in {"nmod", "advmod"}:  # 'the then minister', not 'minister of trade'
        return child.i < child.head.i and _case(child) is None
    return child.dep_ in _NAME_PARTS


def clause(head: Token) -> Span:
    """Return the clause of a verb or predicate, without the marks and conjunctions at its edges.

    From the leftmost to the rightmost word that hangs on it; the 'that' or 'to' that opens it is
    left out.
    """
    start, end = head.left_edge.i, head.right_edge.i + 1
    doc = head.doc
    while (
        start < head.i
        and doc[start].head.i == head.i
        and (doc[start].dep_ in _PUNCTUATION or doc[start].lower_ == "to")
    ):
        start += 1
    while end - 1 > head.i and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return doc[start:end]


def governing_verb(token: Token) -> Token | None:
    """Return the nearest verb or predicate above a token, None above the topmost."""
    here = token
    while here.head.i != here.i:
        here = here.head
        if here.pos_ in {"VERB", "AUX"} or any(
            c.dep_ in {"cop", *_SUBJECTS} for c in here.children
        ):
            return here
    return None
