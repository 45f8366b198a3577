"""Facts against gold: how well the reading does, as contract section 2 counts it.

`gold` reads gold files, `comparison` says when two values of a field are the same, `matching`
pairs records one to one, `scores` are the results, `scoring` computes them and `table` prints
them. Facts are compared as plain values, so that it makes no difference who read the text.

What belongs here: measuring. What does not: reading a text for facts.
"""

from __future__ import annotations

from pipelines.evaluation.gold import GoldDocument, GoldError, read_gold
from pipelines.evaluation.scores import Scores
from pipelines.evaluation.scoring import evaluate, score
from pipelines.evaluation.table import render

__all__ = ["GoldDocument", "GoldError", "Scores", "evaluate", "read_gold", "render", "score"]
