"""What an evaluation says beside the figures: intervals, differences, rules, what has changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.evaluation import (
    Difference,
    EarlierError,
    GoldDocument,
    aligned_articles,
    find_differences,
    new_and_gone,
    read_earlier,
    render,
    render_differences,
    render_rules,
    rule_records,
    score,
)
from pipelines.evaluation.scores import F1, Share, wilson
from pipelines.records import Article

TEXT = (
    "Minister Ana Brandt received Tomas Ekholm in Lisbon on Monday. Trade was discussed! "
    'Ekholm said, "We will build it." Then they parted.'
)
MEETING: dict[str, Any] = {
    "pair": "PRT-SWE",
    "kind": "talks",
    "status": "held",
    "level": "minister",
    "date": None,
    "city": "Lisbon",
    "participants": [{"name": "Ana Brandt"}, {"name": "Tomas Ekholm"}],
    "evidence": "received Tomas Ekholm in Lisbon",
}


def compared(
    gold: dict[str, list[dict[str, Any]]], found: dict[str, list[dict[str, Any]]]
) -> list[tuple[GoldDocument, Any]]:
    document = GoldDocument(
        Article("a", TEXT), {name: tuple(facts) for name, facts in gold.items()}
    )
    return aligned_articles([document], [{"doc_id": "a", **found}])


class TestIntervals:
    @pytest.mark.parametrize(
        ("count", "of", "low", "high"),
        # from the tables of R's binom.wilson
        [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (1, 1, 0.2065, 1.0)],
    )
    def test_wilson(self, count: int, of: int, low: float, high: float) -> None:
        assert wilson(count, of) == pytest.approx((low, high), abs=0.0001)

    def test_nothing_has_no_interval(self) -> None:
        assert wilson(0, 0) is None
        assert Share(0, 0).interval is None
        assert F1(0, 0, 0).interval is None

    @pytest.mark.parametrize("score", [F1(1, 2, 3), F1(50, 60, 70), F1(5, 5, 5), F1(0, 4, 4)])
    def test_an_f1_lies_in_its_interval(self, score: F1) -> None:
        assert score.interval is not None
        assert score.f1 is not None
        low, high = score.interval
        assert 0 <= low <= score.f1 <= high <= 1
        assert high - low > 0

    def test_more_facts_make_it_narrower(self) -> None:
        few, many = F1(8, 10, 10).interval, F1(800, 1000, 1000).interval
        assert few is not None
        assert many is not None
        assert few[0] < many[0] < many[1] < few[1]


class TestDifferences:
    def test_facts_like_gold_give_none(self) -> None:
        lists = {"meetings": [MEETING], "people": [{"name": "Ana Brandt", "country": "PRT"}]}
        assert list(find_differences(compared(lists, lists))) == []

    def test_a_miss_stands_with_its_sentence(self) -> None:
        found = list(find_differences(compared({"meetings": [MEETING]}, {})))
        assert [(d.score, d.verdict) for d in found] == [
            ("meeting_pairs", "missed"),
            ("meetings", "missed"),
        ]
        assert found[1].fact == "PRT-SWE · talks · held · Lisbon"
        assert found[1].sentence == "Minister Ana Brandt received Tomas Ekholm in Lisbon on Monday."
        assert found[1].rule is None

    def test_an_invention_stands_with_its_sentence_and_rule(self) -> None:
        start = TEXT.index("Trade")
        made = {
            "pair": "PRT-SWE",
            "sector": "trade",
            "stance": "discussed",
            "rule": "cooperation-sentence",
            "confidence": 0.5,
            "evidence": {"start": start, "end": start + 5},
        }
        (difference,) = find_differences(compared({"sectors": []}, {"sectors": [made]}))
        assert (difference.verdict, difference.rule) == ("invented", "cooperation-sentence")
        assert difference.sentence == "Trade was discussed!"
        assert difference.confidence == 0.5

    def test_each_wrong_field_of_a_matched_fact(self) -> None:
        found = {
            **MEETING,
            "status": "planned",
            "level": "leader",
            "date": "2031-01-01",
            "city": None,
            "participants": [{"name": "Ana Brandt"}],
            "rule": "met",
        }
        wrong = find_differences(compared({"meetings": [MEETING]}, {"meetings": [found]}))
        assert {d.field: (d.gold, d.found) for d in wrong} == {
            "status": ("held", "planned"),
            "level": ("minister", "leader"),
            "date": (None, "2031-01-01"),
            "city": ("Lisbon", None),
            "participants": (["brandt", "ekholm"], ["brandt"]),
        }

    def test_what_gold_does_not_tell_is_not_wrong(self) -> None:
        gold = {"pair": "PRT-SWE", "kind": "talks"}
        assert list(find_differences(compared({"meetings": [gold]}, {"meetings": [MEETING]}))) == []

    def test_speaker_and_boundaries_of_a_quote(self) -> None:
        gold = {"text": '"We will build it."', "kind": "direct", "speaker": "Tomas Ekholm"}
        found = {"text": 'said, "We will build it."', "kind": "direct", "speaker": "Ana Brandt"}
        wrong = list(find_differences(compared({"quotes": [gold]}, {"quotes": [found]})))
        assert [d.field for d in wrong] == ["text", "speaker"]
        assert wrong[0].gold == "We will build it"
        pronoun = {**gold, "speaker": "he"}
        assert [
            d.field for d in find_differences(compared({"quotes": [pronoun]}, {"quotes": [found]}))
        ] == ["text"]

    def test_they_add_up_to_the_scores(self) -> None:
        gold = {"meetings": [MEETING, {**MEETING, "pair": "FIN-PRT"}]}
        found = {"meetings": [{**MEETING, "level": None}, {**MEETING, "kind": "call"}]}
        articles = compared(gold, found)
        scores = score([articles[0][0]], [{"doc_id": "a", **found}])
        assert scores.meetings is not None
        listed = list(find_differences(articles))
        records, level = scores.meetings.records, scores.meetings.level
        missed = [d for d in listed if (d.score, d.verdict) == ("meetings", "missed")]
        made_up = [d for d in listed if (d.score, d.verdict) == ("meetings", "invented")]
        assert len(missed) == records.gold - records.matched
        assert len(made_up) == records.predicted - records.matched
        assert sum(d.field == "level" for d in listed) == level.of - level.count

    def test_text_of_the_list(self) -> None:
        listed = render_differences(find_differences(compared({"meetings": [MEETING]}, {})))
        assert "meetings: 1 missed" in listed
        assert "> Minister Ana Brandt received" in listed
        assert render_differences([]) == "No differences.\n"

    def test_how_each_rule_did(self) -> None:
        right, wrong = {**MEETING, "rule": "met"}, {**MEETING, "kind": "call", "rule": "phone"}
        records = rule_records(
            compared({"meetings": [MEETING, MEETING]}, {"meetings": [right, wrong, wrong]})
        )
        assert [(r.score, r.rule, r.right, r.made) for r in records] == [
            ("meetings", "phone", 0, 2),
            ("meetings", "met", 1, 1),
        ]
        assert "0 of 2" in render_rules(records)


class TestAgainstAnEarlierResult:
    def result(self, **found: Any) -> tuple[Any, list[Difference]]:
        articles = compared({"meetings": [MEETING]}, found)
        scores = score([articles[0][0]], [{"doc_id": "a", **found}])
        return scores, list(find_differences(articles))

    def test_the_table_says_what_was_and_what_changed(self) -> None:
        before, _ = self.result(meetings=[{**MEETING, "level": None}, {**MEETING, "kind": "call"}])
        now, _ = self.result(meetings=[MEETING])
        lines = [line.split() for line in render(now, before.to_plain()).splitlines()]
        meetings = next(line for line in lines if line[:1] == ["meetings"])
        level = next(line for line in lines if line[:1] == ["level"])
        assert meetings[5:7] == ["0.667", "+0.333"]
        assert level[3:5] == ["0.000", "+1.000"]
        assert next(line for line in lines if line[:1] == ["status"])[3:5] == ["1.000", "="]

    def test_which_differences_came_and_went(self) -> None:
        _, before = self.result()
        _, now = self.result(meetings=[{**MEETING, "level": None}])
        came, went = new_and_gone(
            now, {"differences": [difference.to_plain() for difference in before]}
        ) or ([], [])
        assert [d.field for d in came] == ["level"]
        assert [(d.score, d.verdict) for d in went] == [
            ("meeting_pairs", "missed"),
            ("meetings", "missed"),
        ]
        assert new_and_gone(now, {}) is None

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "no json",
            "[]",
            "{}",
            '{"meetings": 3}',
            '{"people": {}}',
            '{"documents": 1, "people": {"f1": "x", "matched": 1}}',
            '{"documents": 1, "people": {"f1": 1.0, "matched": 1}, "differences": [5]}',
            '{"documents": 1, "people": {"f1": 1.0, "matched": 1}, "differences": [{"x": 1}]}',
        ],
    )
    def test_another_file_is_refused(self, tmp_path: Path, text: str) -> None:
        (tmp_path / "before.json").write_text(text)
        with pytest.raises(EarlierError, match=r"before\.json"):
            read_earlier(tmp_path / "before.json")

    def test_what_evaluate_wrote_is_read(self, tmp_path: Path) -> None:
        scores, _ = self.result(meetings=[MEETING])
        (tmp_path / "before.json").write_text(json.dumps(scores.to_plain()))
        assert read_earlier(tmp_path / "before.json") == scores.to_plain()
