"""Facts against gold: how well the reading does, as contract section 2 counts it.

`gold` reads gold files, `comparison` says when two values of a field are the same, `matching`
pairs records one to one, `alignment` sets the facts of an article beside gold's, `scores` are the
results, `scoring` computes them and `table` prints them. `differences` writes out what is missed,
invented or wrong, `listing` prints that, and `earlier` compares with a result from before;
`own_gold` is the project's own gold file. Facts are compared as plain values, so that it makes no
difference who read the text.

What belongs here: measuring. What does not: reading a text for facts.
"""

from __future__ import annotations

from pipelines.evaluation.alignment import SCORES
from pipelines.evaluation.differences import Difference, find_differences, rule_records
from pipelines.evaluation.earlier import EarlierError, new_and_gone, read_earlier
from pipelines.evaluation.gold import GoldDocument, GoldError, read_gold
from pipelines.evaluation.listing import render_differences, render_rules
from pipelines.evaluation.own_gold import OWN_GOLD, shortfalls
from pipelines.evaluation.scores import Scores
from pipelines.evaluation.scoring import aligned_articles, evaluate, score, score_aligned
from pipelines.evaluation.table import render

__all__ = [
    "OWN_GOLD",
    "SCORES",
    "Difference",
    "EarlierError",
    "GoldDocument",
    "GoldError",
    "Scores",
    "aligned_articles",
    "evaluate",
    "find_differences",
    "new_and_gone",
    "read_earlier",
    "read_gold",
    "render",
    "render_differences",
    "render_rules",
    "rule_records",
    "score",
    "score_aligned",
    "shortfalls",
]
