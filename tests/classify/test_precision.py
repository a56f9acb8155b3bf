"""Precision from judged samples: what is drawn can be found in the text, and a lost sample is not counted."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from classify.measures.precision import KINDS, VERDICTS, draw, found_in, precision_figures, write_pages

TEXT = (
    "各区人民政府：\n根据《澜江省防汛条例》（澜政发〔2023〕18号），现将有关事项通知如下。\n"
    "一、各区应当于2024年6月30日前完成河道清淤。（责任单位：区水利局、区财政局）\n"
    "二、违反前款规定的，处一万元以上三万元以下罚款。\n三、本通知自2024年7月1日起施行，《澜江市防汛办法》同时废止。"
)
ROW = {
    "id": "made-1", "title": "关于做好防汛工作的通知", "text": TEXT, "unit": "document", "language": "zh",
    "written": "2024-05-06",
}  # fmt: skip


def test_a_draw_is_the_same_for_a_seed_and_names_places_of_the_text(tmp_path: Path) -> None:
    rows = [{**ROW, "id": f"made-{number}"} for number in range(4)]
    drawn = draw(rows, 7, each=3)
    assert drawn == draw(rows, 7, each=3)
    assert drawn != draw(rows, 8, each=3)
    assert {"money", "deadline", "citation", "repeals", "effective"} <= {
        kind for kind, ones in drawn.items() if ones
    }
    assert all(len({one.id for one in ones}) == len(ones) <= 3 for ones in drawn.values())
    assert {TEXT[one.start : one.end] for one in drawn["money"]} == {"一万元以上三万元"}
    write_pages(rows, drawn, tmp_path)
    assert "⟦一万元以上三万元⟧以下罚款" in (tmp_path / "money.md").read_text(encoding="utf-8")


def test_right_ones_are_counted_among_those_still_found(tmp_path: Path) -> None:
    folder = tmp_path / "zh"
    folder.mkdir()
    with gzip.open(folder / "documents.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(ROW, ensure_ascii=False) + "\n")
    write_pages([ROW], draw([ROW], 1), tmp_path)
    lines = [json.loads(line) for line in (tmp_path / "drawn.jsonl").read_text(encoding="utf-8").splitlines()]
    money = next(one for one in lines if one["kind"] == "money") | {"right": True}
    gone = money | {"start": 0, "end": 3, "right": False}
    deadline = next(one for one in lines if one["kind"] == "deadline") | {"right": False}
    verdicts = tmp_path / "verdicts.jsonl"
    verdicts.write_text("\n".join(json.dumps(one) for one in (money, gone, deadline)), encoding="utf-8")
    figures = {one.name: one for one in precision_figures(tmp_path, "2026-03-01", verdicts)}
    assert (figures["precision-money"].value, figures["precision-money"].sample) == (1.0, 1)
    assert "1 of 2 are no longer found" in figures["precision-money"].note
    assert figures["precision-deadline"].value == 0.0
    assert set(figures) == {"precision-money", "precision-deadline"}
    assert precision_figures(tmp_path, "2026-03-01", tmp_path / "none.jsonl") == []


def test_every_place_found_lies_in_the_text() -> None:
    (found,) = found_in([ROW])
    assert found
    assert all(0 <= one.start < one.end <= len(TEXT) for one in found)


def test_the_verdicts_hold_places_and_values_and_no_text() -> None:
    rows = [json.loads(line) for line in VERDICTS.read_text(encoding="utf-8").splitlines()]
    assert {row["kind"] for row in rows} == set(KINDS)
    for row in rows:
        assert set(row) == {"kind", "id", "start", "end", "value", "sha256", "right"}
        assert isinstance(row["right"], bool)
        assert 0 <= row["start"] < row["end"]
        assert len(row["value"]) < 100


def test_a_law_that_names_its_first_day_took_effect_on_it() -> None:
    row = {
        **ROW, "title": "澜江省河道条例", "written": "2019-03-01",
        "text": "第一条 为保护河道，制定本条例。\n第二条 本条例自公布之日起施行。",
        "adoption_note": "1996年5月2日 澜江省人民政府发布",
    }  # fmt: skip
    (found,) = found_in([row])
    (effective,) = [one for one in found if one.kind == "effective"]
    assert effective.value == "1996-05-02"
    assert row["text"][effective.start : effective.end] == "自公布之日起施行"
