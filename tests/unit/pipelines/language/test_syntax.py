"""Grammar is the same for a model with Universal Dependencies labels and one with ClearNLP labels.

Each sentence of `TREES` is drawn twice, as UD English EWT and as the `en_core_web` models draw it,
and every test that takes `parse` runs on both drawings with the same answer.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, Token

import pipelines
from pipelines.language.syntax import (
    agent,
    appositions,
    clause,
    complement,
    coordinates,
    governing_verb,
    has_syntax,
    is_negated,
    is_passive,
    noun_phrase,
    objects,
    obliques,
    owns_subject,
    recipient,
    subject,
)

Parse = Callable[[str], Doc]

VOCAB = spacy.blank("en").vocab


@pytest.fixture(params=["universal", "clearnlp"])
def parse(request: pytest.FixtureRequest) -> Parse:
    """Draw a sentence of `TREES` in one of the two label schemes."""
    at = {"universal": 2, "clearnlp": 4}[request.param]

    def draw(sentence: str) -> Doc:
        rows = ROWS[sentence]
        return Doc(
            VOCAB,
            words=[row[0] for row in rows],
            pos=[row[1] for row in rows],
            lemmas=[row[0].lower() for row in rows],
            heads=[int(row[at]) - 1 if row[at] != "0" else i for i, row in enumerate(rows)],
            deps=[row[at + 1] for row in rows],
        )

    return draw


def word(doc: Doc, text: str) -> Token:
    return next(token for token in doc if token.text == text)


def texts(tokens: Iterable[Token]) -> list[str]:
    return [token.text for token in tokens]


def text(token: Token | None) -> str | None:
    return token.text if token is not None else None


def joined(head: Token) -> list[tuple[str, str]]:
    return [(found.preposition.lower_, found.noun.text) for found in obliques(head)]


def untreed() -> Doc:
    return Doc(VOCAB, words=["Lund", "met", "the", "envoy", "."])


def test_a_doc_with_trees_has_syntax(parse: Parse) -> None:
    doc = parse("Lund agreed to visit Oslo .")
    assert has_syntax(doc)
    assert has_syntax(doc[2:4])


def test_a_doc_without_trees_has_no_syntax() -> None:
    assert not has_syntax(untreed())
    assert not has_syntax(Doc(VOCAB))


def test_one_part_of_a_doc_can_be_without_syntax(parse: Parse) -> None:
    tree = parse("Lund agreed to visit Oslo .")
    doc = Doc.from_docs([tree, untreed()])
    assert doc is not None
    assert has_syntax(doc)
    assert not has_syntax(doc[len(tree) :])


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("Lund met the envoy in Oslo on Monday .", "met", "Lund"),
        ("The treaty was signed by the ministers .", "signed", "treaty"),
        ("Lund arrived and Okoro left .", "left", "Okoro"),
        ("The envoy that Lund met left .", "met", "Lund"),
        ("The envoy Lund met left .", "met", "Lund"),
        ("The envoy Lund met left .", "left", "envoy"),
        ("Lund told the council that trade had grown .", "grown", "trade"),
        ("The result is that talks failed .", "failed", "talks"),
        ("There was a meeting in Oslo .", "was", "meeting"),
    ],
)
def test_a_verb_has_the_subject_that_stands_with_it(
    parse: Parse, sentence: str, verb: str, expected: str
) -> None:
    found = word(parse(sentence), verb)
    assert text(subject(found)) == expected
    assert owns_subject(found)


@pytest.mark.parametrize(
    ("sentence", "auxiliary", "expected"),
    [
        ("Lund has met the envoy .", "has", "Lund"),
        ("Lund did not meet Okoro .", "did", "Lund"),
        ("The treaty was signed by the ministers .", "was", "treaty"),
        ("Lund is the minister .", "is", "Lund"),
        ("Okoro , who is the minister , left .", "is", "Okoro"),
        ("The result is that talks failed .", "is", "result"),
    ],
)
def test_an_auxiliary_or_copula_has_the_subject_of_its_predicate(
    parse: Parse, sentence: str, auxiliary: str, expected: str
) -> None:
    found = word(parse(sentence), auxiliary)
    assert text(subject(found)) == expected
    assert owns_subject(found)


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("Lund arrived on Monday , met the envoy and left .", "met", "Lund"),
        ("Lund arrived on Monday , met the envoy and left .", "left", "Lund"),
        ("The envoy was invited and welcomed by Okoro .", "welcomed", "envoy"),
        ("Lund neither met nor called Okoro .", "called", "Lund"),
        ("Lund agreed to visit Oslo .", "visit", "Lund"),
        ("Lund came to Oslo to meet the envoy .", "meet", "Lund"),
        ("Lund is expected to visit Oslo .", "visit", "Lund"),
        ("The treaty has to be signed .", "signed", "treaty"),
        ("Lund left Oslo , saying that talks failed .", "saying", "Lund"),
        ("After meeting Okoro , Lund left Oslo .", "meeting", "Lund"),
    ],
)
def test_a_verb_without_its_own_shares_the_subject_of_the_verb_it_hangs_on(
    parse: Parse, sentence: str, verb: str, expected: str
) -> None:
    found = word(parse(sentence), verb)
    assert text(subject(found)) == expected
    assert not owns_subject(found)


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("Lund invited the envoy to visit Oslo .", "visit", "envoy"),
        ("Lund wants Okoro to sign the treaty .", "sign", "Okoro"),
    ],
)
def test_who_is_asked_to_do_something_is_the_subject_of_what_is_asked(
    parse: Parse, sentence: str, verb: str, expected: str
) -> None:
    assert text(subject(word(parse(sentence), verb))) == expected


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("The minister who visited Oslo and met Silva left .", "visited", "minister"),
        ("The minister who visited Oslo and met Silva left .", "met", "minister"),
        ("The officials attending the talks met Lund .", "attending", "officials"),
        ("Those attending the talks met Lund .", "attending", "Those"),
        ("The treaty signed by the ministers helps Peru .", "signed", "treaty"),
    ],
)
def test_a_clause_that_describes_a_noun_has_the_noun_as_subject(
    parse: Parse, sentence: str, verb: str, expected: str
) -> None:
    assert text(subject(word(parse(sentence), verb))) == expected


@pytest.mark.parametrize("verb", ["Read", "sign"])
def test_an_imperative_has_no_subject(parse: Parse, verb: str) -> None:
    found = word(parse("Read the treaty and sign it ."), verb)
    assert subject(found) is None
    assert not owns_subject(found)


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("The treaty was signed by the ministers .", "signed", True),
        ("The treaty has to be signed .", "signed", True),
        ("Lund is expected to visit Oslo .", "expected", True),
        ("Lund is expected to visit Oslo .", "visit", False),
        ("Okoro was not told .", "told", True),
        ("Lund has met the envoy .", "met", False),
        ("Lund told the council that trade had grown .", "told", False),
    ],
)
def test_a_verb_is_passive_where_its_auxiliary_says_so(
    parse: Parse, sentence: str, verb: str, expected: bool
) -> None:
    assert is_passive(word(parse(sentence), verb)) is expected


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("The treaty was signed by the ministers .", "signed", "ministers"),
        ("The treaty signed by the ministers helps Peru .", "signed", "ministers"),
        ("The envoy was invited and welcomed by Okoro .", "welcomed", "Okoro"),
        ("The envoy was invited and welcomed by Okoro .", "invited", None),
        ("Okoro was not told .", "told", None),
        ("The treaty was signed by Monday .", "signed", None),
        ("Lund met the envoy in Oslo on Monday .", "met", None),
    ],
)
def test_the_agent_is_who_does_what_is_told_in_the_passive(
    parse: Parse, sentence: str, verb: str, expected: str | None
) -> None:
    assert text(agent(word(parse(sentence), verb))) == expected


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("Lund has met the envoy .", "met", ["envoy"]),
        ("Lund met Okoro , Silva and the envoy .", "met", ["Okoro", "Silva", "envoy"]),
        ("Lund gave her the letter .", "gave", ["letter"]),
        ("Lund gave the letter to Okoro .", "gave", ["letter"]),
        ("Lund named Okoro minister .", "named", ["Okoro"]),
        ("Lund told the council that trade had grown .", "told", []),
        ("Lund is the minister .", "is", []),
        ("The treaty was signed by the ministers .", "signed", []),
    ],
)
def test_objects_are_all_that_the_verb_is_done_to(
    parse: Parse, sentence: str, verb: str, expected: list[str]
) -> None:
    assert texts(objects(word(parse(sentence), verb))) == expected


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("Lund told the council that trade had grown .", "told", "council"),
        ("Lund gave her the letter .", "gave", "her"),
        ("Lund gave the letter to Okoro .", "gave", "Okoro"),
        ("Lund explained to him that trade had grown .", "explained", "him"),
        ("Lund met the envoy in Oslo on Monday .", "met", None),
        ("Lund came to Oslo to meet the envoy .", "came", None),
        ("Lund named Okoro minister .", "named", None),
        ("Lund wants Okoro to sign the treaty .", "wants", None),
        ("Lund said that Okoro is the minister .", "said", None),
    ],
)
def test_the_recipient_is_who_is_told_or_given_something(
    parse: Parse, sentence: str, verb: str, expected: str | None
) -> None:
    assert text(recipient(word(parse(sentence), verb))) == expected


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("Lund told the council that trade had grown .", "told", "grown"),
        ('" Trade has grown , " Lund said .', "said", "grown"),
        ("Lund left Oslo , saying that talks failed .", "saying", "failed"),
        ("Lund agreed to visit Oslo .", "agreed", "visit"),
        ("Lund is expected to visit Oslo .", "expected", "visit"),
        ("Lund invited the envoy to visit Oslo .", "invited", "visit"),
        ("Lund met the envoy in Oslo on Monday .", "met", None),
        ("Lund stayed because trade had grown .", "stayed", None),
        ("The minister who visited Oslo and met Silva left .", "left", None),
    ],
)
def test_the_complement_is_the_clause_that_a_verb_governs(
    parse: Parse, sentence: str, verb: str, expected: str | None
) -> None:
    assert text(complement(word(parse(sentence), verb))) == expected


def test_the_complement_can_be_a_sentence_with_a_copula(parse: Parse) -> None:
    found = complement(word(parse("Lund said that Okoro is the minister ."), "said"))
    assert found is not None
    assert text(subject(found)) == "Okoro"
    assert clause(found).text == "Okoro is the minister"


@pytest.mark.parametrize(
    ("sentence", "head", "expected"),
    [
        ("Lund met the envoy in Oslo on Monday .", "met", [("in", "Oslo"), ("on", "Monday")]),
        ("Lund held talks with Okoro and Silva .", "talks", [("with", "Okoro"), ("with", "Silva")]),
        ("Lund held talks with Okoro and Silva .", "held", []),
        ("Lund spoke in Oslo and near Lima .", "spoke", [("in", "Oslo"), ("near", "Lima")]),
        ("Lund was in Oslo on Monday .", "was", [("in", "Oslo"), ("on", "Monday")]),
        ("Ana Lund , the envoy of Peru , left .", "envoy", [("of", "Peru")]),
        ("There was a meeting in Oslo .", "meeting", [("in", "Oslo")]),
        ("The treaty was signed by the ministers .", "signed", [("by", "ministers")]),
        ("Lund gave the letter to Okoro .", "gave", [("to", "Okoro")]),
        ("Lund gave her the letter .", "gave", []),
        ("According to the ministry , talks failed .", "failed", [("according", "ministry")]),
        ("Talks failed because of the weather .", "failed", [("because", "weather")]),
        ("After meeting Okoro , Lund left Oslo .", "left", []),
        ("Norway 's envoy met Lund .", "envoy", []),
        ("Lund is the minister .", "is", []),
    ],
)
def test_obliques_are_the_nouns_that_prepositions_join(
    parse: Parse, sentence: str, head: str, expected: list[tuple[str, str]]
) -> None:
    assert joined(word(parse(sentence), head)) == expected


@pytest.mark.parametrize(
    ("sentence", "row"),
    [
        ("Lund , Okoro and Silva met .", ["Lund", "Okoro", "Silva"]),
        ("Lund met Okoro , Silva and the envoy .", ["Okoro", "Silva", "envoy"]),
        ("Lund held talks with Okoro and Silva .", ["Okoro", "Silva"]),
        ("Lund arrived on Monday , met the envoy and left .", ["arrived", "met", "left"]),
    ],
)
def test_each_of_a_row_is_coordinated_to_all_others(
    parse: Parse, sentence: str, row: list[str]
) -> None:
    doc = parse(sentence)
    found = {member: texts(coordinates(word(doc, member))) for member in row}
    assert found == {member: [other for other in row if other != member] for member in row}


@pytest.mark.parametrize("alone", ["Lund", "met", "envoy"])
def test_what_stands_alone_has_no_coordinates(parse: Parse, alone: str) -> None:
    doc = parse("Lund has met the envoy .")
    assert coordinates(word(doc, alone)) == ()


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("Ana Lund , the envoy of Peru , left .", "left", ["the envoy"]),
        ("The envoy , Ana Lund , left .", "left", ["Ana Lund"]),
        ("Okoro , who is the minister , left .", "left", []),
        ("Lund , Okoro and Silva met .", "met", []),
    ],
)
def test_an_apposition_says_more_of_a_noun(
    parse: Parse, sentence: str, verb: str, expected: list[str]
) -> None:
    noun = subject(word(parse(sentence), verb))
    assert noun is not None
    assert [noun_phrase(found).text for found in appositions(noun)] == expected


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("Lund did not meet Okoro .", "meet", True),
        ("Lund did not meet Okoro .", "did", True),
        ("Lund did n't meet Okoro .", "meet", True),
        ("Lund never signed the treaty .", "signed", True),
        ("Okoro was not told .", "told", True),
        ("Lund is not the minister .", "is", True),
        ("Lund is no minister .", "is", True),
        ("Lund neither met nor called Okoro .", "met", True),
        ("Lund neither met nor called Okoro .", "called", True),
        ("Lund met nobody .", "met", False),
        ("Lund met no envoy .", "met", False),
        ("Lund has met the envoy .", "met", False),
        ("Lund is the minister .", "is", False),
    ],
)
def test_a_verb_is_negated_where_it_is_denied_itself(
    parse: Parse, sentence: str, verb: str, expected: bool
) -> None:
    assert is_negated(word(parse(sentence), verb)) is expected


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        (
            "President Ana Lund of Peru , who chairs the council , left .",
            "left",
            "President Ana Lund",
        ),
        ("Ana Lund , the envoy of Peru , left .", "left", "Ana Lund"),
        ("The envoy , Ana Lund , left .", "left", "The envoy"),
        ("Norway 's envoy met Lund .", "met", "Norway 's envoy"),
        ("Lund , Okoro and Silva met .", "met", "Lund"),
        ("The minister who visited Oslo and met Silva left .", "left", "The minister"),
        ("The officials attending the talks met Lund .", "met", "The officials"),
        ("The foreign and trade ministers left .", "left", "The foreign and trade ministers"),
        ("The very long talks failed .", "failed", "The very long talks"),
        ("The Norway - Peru talks failed .", "failed", "The Norway - Peru talks"),
    ],
)
def test_the_phrase_of_a_subject_is_its_own_words(
    parse: Parse, sentence: str, verb: str, expected: str
) -> None:
    noun = subject(word(parse(sentence), verb))
    assert noun is not None
    assert noun_phrase(noun).text == expected


@pytest.mark.parametrize(
    ("sentence", "noun", "expected"),
    [
        ("Lund met Okoro , Silva and the envoy .", "envoy", "the envoy"),
        ("Lund told the council that trade had grown .", "council", "the council"),
        ("The treaty was signed by the ministers .", "ministers", "the ministers"),
        ("Talks failed because of the weather .", "weather", "the weather"),
        ("Lund met the envoy in Oslo on Monday .", "Oslo", "Oslo"),
    ],
)
def test_the_phrase_of_a_noun_leaves_out_what_joins_it(
    parse: Parse, sentence: str, noun: str, expected: str
) -> None:
    assert noun_phrase(word(parse(sentence), noun)).text == expected


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("Lund told the council that trade had grown .", "grown", "trade had grown"),
        ("Lund stayed because trade had grown .", "grown", "trade had grown"),
        ('" Trade has grown , " Lund said .', "grown", "Trade has grown"),
        ("Lund arrived and Okoro left .", "left", "Okoro left"),
        ("Lund has met the envoy .", "met", "Lund has met the envoy"),
        ("The minister who visited Oslo and met Silva left .", "met", "met Silva"),
        ("After meeting Okoro , Lund left Oslo .", "meeting", "meeting Okoro"),
        ("Lund agreed to visit Oslo .", "visit", "visit Oslo"),
    ],
)
def test_a_clause_is_without_the_marks_at_its_edges(
    parse: Parse, sentence: str, verb: str, expected: str
) -> None:
    assert clause(word(parse(sentence), verb)).text == expected


@pytest.mark.parametrize(
    ("sentence", "inside", "expected"),
    [
        ("Lund met the envoy in Oslo on Monday .", "the", "met"),
        ("Lund met the envoy in Oslo on Monday .", "Oslo", "met"),
        ("Lund met Okoro , Silva and the envoy .", "Silva", "met"),
        ("Lund told the council that trade had grown .", "trade", "grown"),
        ("Lund told the council that trade had grown .", "council", "told"),
        ("Lund stayed because trade had grown .", "trade", "grown"),
        ("Lund agreed to visit Oslo .", "Oslo", "visit"),
        ("The minister who visited Oslo and met Silva left .", "Oslo", "visited"),
        ("The minister who visited Oslo and met Silva left .", "minister", "left"),
        ("The officials attending the talks met Lund .", "talks", "attending"),
        ("After meeting Okoro , Lund left Oslo .", "Okoro", "meeting"),
        ("Talks failed because of the weather .", "weather", "failed"),
        ("Lund arrived on Monday , met the envoy and left .", "Monday", "arrived"),
        ("Lund arrived on Monday , met the envoy and left .", "envoy", "met"),
    ],
)
def test_a_word_stands_in_the_clause_of_its_governing_verb(
    parse: Parse, sentence: str, inside: str, expected: str
) -> None:
    assert text(governing_verb(word(parse(sentence), inside))) == expected


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("Lund told the council that trade had grown .", "grown", "told"),
        ("Lund agreed to visit Oslo .", "visit", "agreed"),
        ("Lund left Oslo , saying that talks failed .", "failed", "saying"),
        ("The minister who visited Oslo and met Silva left .", "visited", "left"),
        ("The officials attending the talks met Lund .", "attending", "met"),
        ("After meeting Okoro , Lund left Oslo .", "meeting", "left"),
        ("Lund told the council that trade had grown .", "told", None),
    ],
)
def test_a_clause_is_governed_by_the_verb_above_it(
    parse: Parse, sentence: str, verb: str, expected: str | None
) -> None:
    assert text(governing_verb(word(parse(sentence), verb))) == expected


def test_without_trees_there_is_no_grammar() -> None:
    doc = untreed()
    verb, noun = word(doc, "met"), word(doc, "envoy")
    assert [find(verb) for find in (subject, agent, recipient, complement, governing_verb)] == (
        [None] * 5
    )
    assert [find(verb) for find in (objects, obliques, coordinates)] == [()] * 3
    assert [holds(verb) for holds in (owns_subject, is_passive, is_negated)] == [False] * 3
    assert appositions(noun) == ()
    assert noun_phrase(noun).text == "envoy"
    assert clause(verb).text == "met"


LABELS = frozenset(
    {"nsubj", "nsubjpass", "nsubj:pass", "nsubj:outer", "csubj", "csubjpass", "csubj:pass",
     "obj", "dobj", "iobj", "pobj", "obl", "obl:agent", "obl:arg", "obl:unmarked", "nmod",
     "nmod:poss", "nmod:desc", "nmod:unmarked", "npadvmod", "ccomp", "xcomp", "pcomp", "acomp",
     "oprd", "acl", "acl:relcl", "relcl", "advcl", "advcl:relcl", "appos", "flat", "flat:name",
     "compound", "compound:prt", "amod", "advmod", "nummod", "quantmod", "aux:pass", "auxpass",
     "cop", "cc:preconj", "preconj", "parataxis", "dative", "det:predet", "predet"}
)  # fmt: skip
"""Labels of both schemes, without those that are ordinary words ('case', 'mark', 'agent')."""


def labels_named(file: Path) -> set[str]:
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return {str(node.value) for node in nodes if isinstance(node, ast.Constant)} & LABELS


def test_one_module_alone_names_dependency_labels() -> None:
    root = Path(pipelines.__file__).parent
    found = {str(file.relative_to(root)): labels_named(file) for file in root.rglob("*.py")}
    assert {file for file, labels in found.items() if labels} == {"language/syntax.py"}


TREES = """
Lund   PROPN  2 nsubj  2 nsubj
met    VERB   0 ROOT   0 ROOT
the    DET    4 det    4 det
envoy  NOUN   2 obj    2 dobj
in     ADP    6 case   2 prep
Oslo   PROPN  2 obl    5 pobj
on     ADP    8 case   2 prep
Monday PROPN  2 obl    7 pobj
.      PUNCT  2 punct  2 punct

The       DET    2 det         2 det
treaty    NOUN   4 nsubj:pass  4 nsubjpass
was       AUX    4 aux:pass    4 auxpass
signed    VERB   0 ROOT        0 ROOT
by        ADP    7 case        4 agent
the       DET    7 det         7 det
ministers NOUN   4 obl:agent   5 pobj
.         PUNCT  4 punct       4 punct

Lund    PROPN  2 nsubj  2 nsubj
arrived VERB   0 ROOT   0 ROOT
on      ADP    4 case   2 prep
Monday  PROPN  2 obl    3 pobj
,       PUNCT  6 punct  2 punct
met     VERB   2 conj   2 conj
the     DET    8 det    8 det
envoy   NOUN   6 obj    6 dobj
and     CCONJ 10 cc     6 cc
left    VERB   2 conj   6 conj
.       PUNCT  2 punct  2 punct

Lund    PROPN  2 nsubj  2 nsubj
arrived VERB   0 ROOT   0 ROOT
and     CCONJ  5 cc     2 cc
Okoro   PROPN  5 nsubj  5 nsubj
left    VERB   2 conj   2 conj
.       PUNCT  2 punct  2 punct

Lund   PROPN  2 nsubj  2 nsubj
agreed VERB   0 ROOT   0 ROOT
to     PART   4 mark   4 aux
visit  VERB   2 xcomp  2 xcomp
Oslo   PROPN  4 obj    4 dobj
.      PUNCT  2 punct  2 punct

Lund    PROPN  2 nsubj  2 nsubj
invited VERB   0 ROOT   0 ROOT
the     DET    4 det    4 det
envoy   NOUN   2 obj    2 dobj
to      PART   6 mark   6 aux
visit   VERB   2 xcomp  2 xcomp
Oslo    PROPN  6 obj    6 dobj
.       PUNCT  2 punct  2 punct

Lund   PROPN  2 nsubj  2 nsubj
wants  VERB   0 ROOT   0 ROOT
Okoro  PROPN  2 obj    5 nsubj
to     PART   5 mark   5 aux
sign   VERB   2 xcomp  2 ccomp
the    DET    7 det    7 det
treaty NOUN   5 obj    5 dobj
.      PUNCT  2 punct  2 punct

Lund  PROPN  2 nsubj  2 nsubj
came  VERB   0 ROOT   0 ROOT
to    ADP    4 case   2 prep
Oslo  PROPN  2 obl    3 pobj
to    PART   6 mark   6 aux
meet  VERB   2 advcl  2 advcl
the   DET    8 det    8 det
envoy NOUN   6 obj    6 dobj
.     PUNCT  2 punct  2 punct

Lund   PROPN  2 nsubj  2 nsubj
left   VERB   0 ROOT   0 ROOT
Oslo   PROPN  2 obj    2 dobj
,      PUNCT  5 punct  2 punct
saying VERB   2 advcl  2 advcl
that   SCONJ  8 mark   8 mark
talks  NOUN   8 nsubj  8 nsubj
failed VERB   5 ccomp  5 ccomp
.      PUNCT  2 punct  2 punct

After   SCONJ  2 mark   6 prep
meeting VERB   6 advcl  1 pcomp
Okoro   PROPN  2 obj    2 dobj
,       PUNCT  6 punct  6 punct
Lund    PROPN  6 nsubj  6 nsubj
left    VERB   0 ROOT   0 ROOT
Oslo    PROPN  6 obj    6 dobj
.       PUNCT  6 punct  6 punct

Lund     PROPN  3 nsubj:pass  3 nsubjpass
is       AUX    3 aux:pass    3 auxpass
expected VERB   0 ROOT        0 ROOT
to       PART   5 mark        5 aux
visit    VERB   3 xcomp       3 xcomp
Oslo     PROPN  5 obj         5 dobj
.        PUNCT  3 punct       3 punct

The       DET    2 det    2 det
officials NOUN   6 nsubj  6 nsubj
attending VERB   2 acl    2 acl
the       DET    5 det    5 det
talks     NOUN   3 obj    3 dobj
met       VERB   0 ROOT   0 ROOT
Lund      PROPN  6 obj    6 dobj
.         PUNCT  6 punct  6 punct

Those     PRON   5 nsubj  5 nsubj
attending VERB   1 acl    1 acl
the       DET    4 det    4 det
talks     NOUN   2 obj    2 dobj
met       VERB   0 ROOT   0 ROOT
Lund      PROPN  5 obj    5 dobj
.         PUNCT  5 punct  5 punct

The       DET    2 det        2 det
treaty    NOUN   7 nsubj      7 nsubj
signed    VERB   2 acl        2 acl
by        ADP    6 case       3 agent
the       DET    6 det        6 det
ministers NOUN   3 obl:agent  4 pobj
helps     VERB   0 ROOT       0 ROOT
Peru      PROPN  7 obj        7 dobj
.         PUNCT  7 punct      7 punct

The      DET    2 det        2 det
minister NOUN   9 nsubj      9 nsubj
who      PRON   4 nsubj      4 nsubj
visited  VERB   2 acl:relcl  2 relcl
Oslo     PROPN  4 obj        4 dobj
and      CCONJ  7 cc         4 cc
met      VERB   4 conj       4 conj
Silva    PROPN  7 obj        7 dobj
left     VERB   0 ROOT       0 ROOT
.        PUNCT  9 punct      9 punct

The   DET    2 det        2 det
envoy NOUN   6 nsubj      6 nsubj
that  PRON   5 obj        5 dobj
Lund  PROPN  5 nsubj      5 nsubj
met   VERB   2 acl:relcl  2 relcl
left  VERB   0 ROOT       0 ROOT
.     PUNCT  6 punct      6 punct

The   DET    2 det        2 det
envoy NOUN   5 nsubj      5 nsubj
Lund  PROPN  4 nsubj      4 nsubj
met   VERB   2 acl:relcl  2 relcl
left  VERB   0 ROOT       0 ROOT
.     PUNCT  5 punct      5 punct

Lund     PROPN  4 nsubj  2 nsubj
is       AUX    4 cop    0 ROOT
the      DET    4 det    4 det
minister NOUN   0 ROOT   2 attr
.        PUNCT  4 punct  2 punct

Okoro    PROPN  8 nsubj      8 nsubj
,        PUNCT  6 punct      1 punct
who      PRON   6 nsubj      4 nsubj
is       AUX    6 cop        1 relcl
the      DET    6 det        6 det
minister NOUN   1 acl:relcl  4 attr
,        PUNCT  6 punct      1 punct
left     VERB   0 ROOT       0 ROOT
.        PUNCT  8 punct      8 punct

The    DET    2 det          2 det
result NOUN   6 nsubj:outer  3 nsubj
is     AUX    6 cop          0 ROOT
that   SCONJ  6 mark         6 mark
talks  NOUN   6 nsubj        6 nsubj
failed VERB   0 ROOT         3 ccomp
.      PUNCT  6 punct        3 punct

There   PRON   2 expl   2 expl
was     VERB   0 ROOT   0 ROOT
a       DET    4 det    4 det
meeting NOUN   2 nsubj  2 attr
in      ADP    6 case   4 prep
Oslo    PROPN  4 nmod   5 pobj
.       PUNCT  2 punct  2 punct

Lund  PROPN  3 nsubj  3 nsubj
has   AUX    3 aux    3 aux
met   VERB   0 ROOT   0 ROOT
the   DET    5 det    5 det
envoy NOUN   3 obj    3 dobj
.     PUNCT  3 punct  3 punct

Read   VERB   0 ROOT   0 ROOT
the    DET    3 det    3 det
treaty NOUN   1 obj    1 dobj
and    CCONJ  5 cc     1 cc
sign   VERB   1 conj   1 conj
it     PRON   5 obj    5 dobj
.      PUNCT  1 punct  1 punct

The      DET    2 det         2 det
envoy    NOUN   4 nsubj:pass  4 nsubjpass
was      AUX    4 aux:pass    4 auxpass
invited  VERB   0 ROOT        0 ROOT
and      CCONJ  6 cc          4 cc
welcomed VERB   4 conj        4 conj
by       ADP    8 case        6 agent
Okoro    PROPN  6 obl:agent   7 pobj
.        PUNCT  4 punct       4 punct

The    DET    2 det         2 det
treaty NOUN   4 nsubj:pass  4 nsubjpass
was    AUX    4 aux:pass    4 auxpass
signed VERB   0 ROOT        0 ROOT
by     ADP    6 case        4 prep
Monday PROPN  4 obl         5 pobj
.      PUNCT  4 punct       4 punct

The    DET    2 det       2 det
treaty NOUN   3 nsubj     3 nsubj
has    VERB   0 ROOT      0 ROOT
to     PART   6 mark      6 aux
be     AUX    6 aux:pass  6 auxpass
signed VERB   3 xcomp     3 xcomp
.      PUNCT  3 punct     3 punct

Lund  PROPN  2 nsubj  2 nsubj
met   VERB   0 ROOT   0 ROOT
Okoro PROPN  2 obj    2 dobj
,     PUNCT  5 punct  3 punct
Silva PROPN  3 conj   3 conj
and   CCONJ  8 cc     5 cc
the   DET    8 det    8 det
envoy NOUN   3 conj   5 conj
.     PUNCT  2 punct  2 punct

Lund    PROPN  2 nsubj  2 nsubj
told    VERB   0 ROOT   0 ROOT
the     DET    4 det    4 det
council NOUN   2 iobj   2 dobj
that    SCONJ  8 mark   8 mark
trade   NOUN   8 nsubj  8 nsubj
had     AUX    8 aux    8 aux
grown   VERB   2 ccomp  2 ccomp
.       PUNCT  2 punct  2 punct

Lund   PROPN  2 nsubj  2 nsubj
gave   VERB   0 ROOT   0 ROOT
her    PRON   2 iobj   2 dative
the    DET    5 det    5 det
letter NOUN   2 obj    2 dobj
.      PUNCT  2 punct  2 punct

Lund   PROPN  2 nsubj  2 nsubj
gave   VERB   0 ROOT   0 ROOT
the    DET    4 det    4 det
letter NOUN   2 obj    2 dobj
to     ADP    6 case   2 dative
Okoro  PROPN  2 obl    5 pobj
.      PUNCT  2 punct  2 punct

Lund      PROPN  2 nsubj  2 nsubj
explained VERB   0 ROOT   0 ROOT
to        ADP    4 case   2 prep
him       PRON   2 obl    3 pobj
that      SCONJ  8 mark   8 mark
trade     NOUN   8 nsubj  8 nsubj
had       AUX    8 aux    8 aux
grown     VERB   2 ccomp  2 ccomp
.         PUNCT  2 punct  2 punct

Lund     PROPN  2 nsubj  2 nsubj
named    VERB   0 ROOT   0 ROOT
Okoro    PROPN  2 obj    2 dobj
minister NOUN   2 xcomp  2 oprd
.        PUNCT  2 punct  2 punct

"     PUNCT  4 punct  8 punct
Trade NOUN   4 nsubj  4 nsubj
has   AUX    4 aux    4 aux
grown VERB   8 ccomp  8 ccomp
,     PUNCT  4 punct  8 punct
"     PUNCT  4 punct  8 punct
Lund  PROPN  8 nsubj  8 nsubj
said  VERB   0 ROOT   0 ROOT
.     PUNCT  8 punct  8 punct

Lund     PROPN  2 nsubj  2 nsubj
said     VERB   0 ROOT   0 ROOT
that     SCONJ  7 mark   5 mark
Okoro    PROPN  7 nsubj  5 nsubj
is       AUX    7 cop    2 ccomp
the      DET    7 det    7 det
minister NOUN   2 ccomp  5 attr
.        PUNCT  2 punct  2 punct

According VERB   4 case   7 prep
to        ADP    1 fixed  1 prep
the       DET    4 det    4 det
ministry  NOUN   7 obl    2 pobj
,         PUNCT  4 punct  7 punct
talks     NOUN   7 nsubj  7 nsubj
failed    VERB   0 ROOT   0 ROOT
.         PUNCT  7 punct  7 punct

Talks   NOUN   2 nsubj  2 nsubj
failed  VERB   0 ROOT   0 ROOT
because ADP    6 case   2 prep
of      ADP    3 fixed  3 pcomp
the     DET    6 det    6 det
weather NOUN   2 obl    3 pobj
.       PUNCT  2 punct  2 punct

Lund  PROPN  2 nsubj  2 nsubj
held  VERB   0 ROOT   0 ROOT
talks NOUN   2 obj    2 dobj
with  ADP    5 case   3 prep
Okoro PROPN  3 nmod   4 pobj
and   CCONJ  7 cc     5 cc
Silva PROPN  5 conj   5 conj
.     PUNCT  2 punct  2 punct

Lund  PROPN  2 nsubj  2 nsubj
spoke VERB   0 ROOT   0 ROOT
in    ADP    4 case   2 prep
Oslo  PROPN  2 obl    3 pobj
and   CCONJ  7 cc     3 cc
near  ADP    7 case   3 conj
Lima  PROPN  4 conj   6 pobj
.     PUNCT  2 punct  2 punct

Lund   PROPN  4 nsubj  2 nsubj
was    AUX    4 cop    0 ROOT
in     ADP    4 case   2 prep
Oslo   PROPN  0 ROOT   3 pobj
on     ADP    6 case   2 prep
Monday PROPN  4 obl    5 pobj
.      PUNCT  4 punct  2 punct

Norway PROPN  3 nmod:poss  3 poss
's     PART   1 case       1 case
envoy  NOUN   4 nsubj      4 nsubj
met    VERB   0 ROOT       0 ROOT
Lund   PROPN  4 obj        4 dobj
.      PUNCT  4 punct      4 punct

Lund  PROPN  6 nsubj  6 nsubj
,     PUNCT  3 punct  1 punct
Okoro PROPN  1 conj   1 conj
and   CCONJ  5 cc     3 cc
Silva PROPN  1 conj   3 conj
met   VERB   0 ROOT   0 ROOT
.     PUNCT  6 punct  6 punct

Ana   PROPN  9 nsubj  2 compound
Lund  PROPN  1 flat   9 nsubj
,     PUNCT  5 punct  2 punct
the   DET    5 det    5 det
envoy NOUN   1 appos  2 appos
of    ADP    7 case   5 prep
Peru  PROPN  5 nmod   6 pobj
,     PUNCT  9 punct  2 punct
left  VERB   0 ROOT   0 ROOT
.     PUNCT  9 punct  9 punct

The   DET    2 det    2 det
envoy NOUN   7 nsubj  7 nsubj
,     PUNCT  4 punct  2 punct
Ana   PROPN  2 appos  5 compound
Lund  PROPN  4 flat   2 appos
,     PUNCT  7 punct  2 punct
left  VERB   0 ROOT   0 ROOT
.     PUNCT  7 punct  7 punct

Lund  PROPN  4 nsubj   4 nsubj
did   AUX    4 aux     4 aux
not   PART   4 advmod  4 neg
meet  VERB   0 ROOT    0 ROOT
Okoro PROPN  4 obj     4 dobj
.     PUNCT  4 punct   4 punct

Lund  PROPN  4 nsubj   4 nsubj
did   AUX    4 aux     4 aux
n't   PART   4 advmod  4 neg
meet  VERB   0 ROOT    0 ROOT
Okoro PROPN  4 obj     4 dobj
.     PUNCT  4 punct   4 punct

Lund   PROPN  3 nsubj   3 nsubj
never  ADV    3 advmod  3 neg
signed VERB   0 ROOT    0 ROOT
the    DET    5 det     5 det
treaty NOUN   3 obj     3 dobj
.      PUNCT  3 punct   3 punct

Okoro PROPN  4 nsubj:pass  4 nsubjpass
was   AUX    4 aux:pass    4 auxpass
not   PART   4 advmod      4 neg
told  VERB   0 ROOT        0 ROOT
.     PUNCT  4 punct       4 punct

Lund     PROPN  5 nsubj   2 nsubj
is       AUX    5 cop     0 ROOT
not      PART   5 advmod  2 neg
the      DET    5 det     5 det
minister NOUN   0 ROOT    2 attr
.        PUNCT  5 punct   2 punct

Lund     PROPN  4 nsubj  2 nsubj
is       AUX    4 cop    0 ROOT
no       DET    4 det    4 det
minister NOUN   0 ROOT   2 attr
.        PUNCT  4 punct  2 punct

Lund    PROPN  3 nsubj       3 nsubj
neither CCONJ  3 cc:preconj  3 preconj
met     VERB   0 ROOT        0 ROOT
nor     CCONJ  5 cc          3 cc
called  VERB   3 conj        3 conj
Okoro   PROPN  3 obj         5 dobj
.       PUNCT  3 punct       3 punct

Lund   PROPN  2 nsubj  2 nsubj
met    VERB   0 ROOT   0 ROOT
nobody PRON   2 obj    2 dobj
.      PUNCT  2 punct  2 punct

Lund  PROPN  2 nsubj  2 nsubj
met   VERB   0 ROOT   0 ROOT
no    DET    4 det    4 det
envoy NOUN   2 obj    2 dobj
.     PUNCT  2 punct  2 punct

President PROPN  2 nmod:desc  3 compound
Ana       PROPN 12 nsubj      3 compound
Lund      PROPN  2 flat      12 nsubj
of        ADP    5 case       3 prep
Peru      PROPN  2 nmod       4 pobj
,         PUNCT  8 punct      3 punct
who       PRON   8 nsubj      8 nsubj
chairs    VERB   2 acl:relcl  3 relcl
the       DET   10 det       10 det
council   NOUN   8 obj        8 dobj
,         PUNCT 12 punct      3 punct
left      VERB   0 ROOT       0 ROOT
.         PUNCT 12 punct     12 punct

The       DET    5 det    5 det
foreign   ADJ    5 amod   5 amod
and       CCONJ  4 cc     2 cc
trade     NOUN   2 conj   2 conj
ministers NOUN   6 nsubj  6 nsubj
left      VERB   0 ROOT   0 ROOT
.         PUNCT  6 punct  6 punct

The    DET    4 det     4 det
very   ADV    3 advmod  3 advmod
long   ADJ    4 amod    4 amod
talks  NOUN   5 nsubj   5 nsubj
failed VERB   0 ROOT    0 ROOT
.      PUNCT  5 punct   5 punct

The    DET    5 det       5 det
Norway PROPN  4 compound  4 compound
-      PUNCT  4 punct     4 punct
Peru   PROPN  5 compound  5 compound
talks  NOUN   6 nsubj     6 nsubj
failed VERB   0 ROOT      0 ROOT
.      PUNCT  6 punct     6 punct

Lund    PROPN  2 nsubj  2 nsubj
stayed  VERB   0 ROOT   0 ROOT
because SCONJ  6 mark   6 mark
trade   NOUN   6 nsubj  6 nsubj
had     AUX    6 aux    6 aux
grown   VERB   2 advcl  2 advcl
.       PUNCT  2 punct  2 punct
"""
"""A word a line: part of speech, head and label for Universal Dependencies, then for ClearNLP."""

ROWS = {
    " ".join(row[0] for row in rows): rows
    for rows in (
        [line.split() for line in block.splitlines()] for block in TREES.strip().split("\n\n")
    )
}
