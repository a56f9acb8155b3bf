"""Drafts: every text that was acknowledged stays, two writers are merged, states and comments hold."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from warehouse.desk import Desk
from warehouse.desk.drafts.merging import conflicts_in, merge, refreshed
from warehouse.desk.drafts.model import Draft
from warehouse.desk.drafts.revisions import cleaned
from warehouse.desk.drafts.states import move
from warehouse.desk.drafts.units import joined, paragraphs, units
from warehouse.errors import EnvironmentProblem, UserError
from warehouse.home import Home
from warehouse.sqlite_file import writing

TEXT = "## 综述\n\n本周共收到文件三件。\n\n## 要闻\n\n- 甲市印发办法。\n- 乙市召开会议。\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk.open(Home.create(tmp_path / "home", ""))


@pytest.fixture
def begun(desk: Desk) -> Draft:
    return desk.drafts.begin("weekly", "elderly", "养老周报", "zh", TEXT, "local")


def test_a_text_is_cut_into_units_and_joined_again() -> None:
    text = (
        TEXT
        + "\n```figure\nkind = 'trend'\n\nx = 1\n```\n后文一行\n第二行\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |"
    )
    assert joined(units(text)) == text
    assert paragraphs(text)[5] == "```figure\nkind = 'trend'\n\nx = 1\n```"
    assert paragraphs(text)[6] == "后文一行\n第二行"


def test_changes_of_different_paragraphs_are_both_kept() -> None:
    mine = TEXT.replace("三件", "四件")
    theirs = TEXT.replace("甲市印发办法。", "甲市印发实施办法。")
    merged = merge(TEXT, mine, theirs)
    assert merged.conflicts == 0
    assert merged.text == mine.replace("甲市印发办法。", "甲市印发实施办法。")


def test_points_that_both_add_to_a_list_stand_one_after_the_other() -> None:
    merged = merge(TEXT, TEXT + "- 丙市来文。\n", TEXT + "- 丁市来文。\n")
    assert merged.text.endswith("- 乙市召开会议。\n- 丁市来文。\n- 丙市来文。\n")
    assert merged.conflicts == 0


def test_a_paragraph_changed_twice_stands_in_both_forms_between_markers() -> None:
    mine, theirs = TEXT.replace("三件", "四件"), TEXT.replace("三件", "五件")
    merged = merge(TEXT, mine, theirs, names=("李某", "王某"))
    assert merged.conflicts == 1
    assert conflicts_in(merged.text) == 3
    order = [merged.text.index(said) for said in ("李某", "五件", "王某", "四件", "冲突结束")]
    assert order == sorted(order)
    assert conflicts_in(TEXT) == 0


def test_writing_on_in_one_form_of_a_conflict_makes_no_second_one() -> None:
    mine, theirs = TEXT.replace("三件", "四件"), TEXT.replace("三件", "五件")
    merged = merge(TEXT, mine, theirs).text
    on = merge(mine, mine.replace("四件", "四件半"), merged)
    assert on.conflicts == 0
    assert on.text == merged.replace("四件", "四件半")


def test_a_paragraph_changed_here_and_taken_out_there_stays() -> None:
    mine = TEXT.replace("三件", "四件")
    theirs = TEXT.replace("本周共收到文件三件。\n\n", "")
    assert "本周共收到文件四件。" in merge(TEXT, mine, theirs).text
    assert "本周共收到文件四件。" in merge(TEXT, theirs, mine).text


@pytest.mark.parametrize("seed", range(20))
def test_no_paragraph_that_either_wrote_is_missing_after_a_merge(seed: int) -> None:
    chance = random.Random(seed)
    base = [f"第{n}段，说的是第{n}件事。" for n in range(12)]
    texts = []
    for who in ("甲", "乙"):
        own = list(base)
        for turn in range(6):
            place = chance.randrange(len(own))
            act = chance.choice(("change", "add", "remove"))
            if act == "change":
                own[place] += f"{who}补{turn}。"
            elif act == "add":
                own.insert(place, f"{who}新写第{turn}段{chance.random()}。")
            else:
                del own[place]
        texts.append(own)
    merged = merge(*("\n\n".join(one) for one in (base, *texts))).text
    for own in texts:
        assert {one for one in own if one not in base} <= set(merged.split("\n\n"))


def test_a_text_of_three_thousand_paragraphs_is_merged_without_doubling_any() -> None:
    base = [f"第{n}段。" for n in range(3000)]
    mine = [f"{one}甲。" if n % 100 == 0 else one for n, one in enumerate(base)] + ["甲的末段。"]
    theirs = ["乙的首段。"] + [f"{one}乙。" if n % 100 == 50 else one for n, one in enumerate(base)]
    merged = merge(*("\n\n".join(one) for one in (base, mine, theirs)))
    both = [
        f"{one}甲。" if n % 100 == 0 else f"{one}乙。" if n % 100 == 50 else one for n, one in enumerate(base)
    ]
    assert merged.conflicts == 0
    assert merged.text == "\n\n".join(["乙的首段。", *both, "甲的末段。"])


def test_a_program_refreshes_only_what_a_person_left_as_it_was() -> None:
    filled = "- 甲：一。\n- 乙：二。\n- 丙：三。"
    person = "- 甲：一。\n- 乙：二，请注意。\n- 自己写的一点。"
    again = "- 甲：一，已改。\n- 乙：二，已改。\n- 丙：三。\n- 丁：四。"
    assert (
        refreshed(filled, person, again)
        == "- 甲：一，已改。\n- 乙：二，请注意。\n- 自己写的一点。\n- 丁：四。"
    )


def test_saving_over_the_head_makes_the_next_version(desk: Desk, begun: Draft) -> None:
    saved = desk.drafts.save(begun.draft_id, 1, TEXT + "再一句。", "local")
    assert (saved.outcome, saved.revision, saved.sent) == ("kept", 2, 2)
    assert desk.drafts.head(begun.draft_id)[1] == TEXT + "再一句。"
    assert desk.drafts.text_of(begun.draft_id, 1) == TEXT
    assert desk.drafts.save(begun.draft_id, 2, TEXT + "再一句。", "local").outcome == "same"
    assert [one.revision for one in desk.drafts.revisions(begun.draft_id)] == [2, 1]


def test_saving_over_an_older_version_merges_and_keeps_what_was_sent(desk: Desk, begun: Draft) -> None:
    number = begun.draft_id
    desk.drafts.save(number, 1, TEXT.replace("三件", "五件"), "local", session="a", sequence=1)
    other = TEXT.replace("三件", "四件") + "- 丙市来文。\n"
    saved = desk.drafts.save(number, 1, other, "local", session="b", sequence=1)
    assert (saved.outcome, saved.conflicts, saved.revision) == ("conflict", 1, 4)
    assert desk.drafts.text_of(number, saved.sent) == other
    assert "五件" in saved.text
    assert "四件" in saved.text
    assert "丙市来文" in saved.text
    assert desk.drafts.head(number) == (desk.drafts.get(number), saved.text)


def test_a_text_whose_answer_was_lost_is_not_merged_with_itself(desk: Desk, begun: Draft) -> None:
    number = begun.draft_id
    desk.drafts.save(number, 1, TEXT + "- 丙", "local", session="a", sequence=1)
    again = desk.drafts.save(number, 1, TEXT + "- 丙市来文。", "local", session="a", sequence=2)
    assert (again.outcome, again.text) == ("kept", TEXT + "- 丙市来文。")


def test_a_text_that_arrives_late_takes_no_later_letters_back(desk: Desk, begun: Draft) -> None:
    number = begun.draft_id
    newer = desk.drafts.save(number, 1, TEXT + "- 丙市来文。", "local", session="a", sequence=2)
    late = desk.drafts.save(number, 1, TEXT + "- 丙", "local", session="a", sequence=1)
    assert (late.outcome, late.revision, late.text) == ("late", newer.revision, newer.text)
    assert desk.drafts.text_of(number, late.sent) == TEXT + "- 丙"


def test_all_of_a_hundred_versions_read_back(desk: Desk, begun: Draft) -> None:
    texts = {1: TEXT}
    for turn in range(100):
        text = TEXT.replace("三件", f"{turn}件") + "\n".join(f"第{n}行" for n in range(turn % 7))
        texts[desk.drafts.save(begun.draft_id, max(texts), text, "local").revision] = text
    assert {number: desk.drafts.text_of(begun.draft_id, number) for number in texts} == texts


def test_versions_are_never_changed_and_damage_is_told(desk: Desk, begun: Draft) -> None:
    with pytest.raises(IntegrityError, match="never changed"), writing(desk._engine) as connection:
        connection.exec_driver_sql("update draft_revision set whole = 'x'")
    with writing(desk._engine) as connection:
        connection.exec_driver_sql("drop trigger draft_revision_stays")
        connection.exec_driver_sql("update draft_revision set whole = 'x'")
    with pytest.raises(EnvironmentProblem, match="Version 1 of draft 1 is damaged"):
        desk.drafts.head(begun.draft_id)


def test_restoring_makes_a_new_version(desk: Desk, begun: Draft) -> None:
    desk.drafts.save(begun.draft_id, 1, "别的", "local")
    restored = desk.drafts.restore(begun.draft_id, 1, "local")
    assert (restored.revision, restored.text) == (3, TEXT)
    assert desk.drafts.revisions(begun.draft_id)[0].note == "=1"


def test_what_is_reviewed_or_dropped_refuses_writing(desk: Desk, begun: Draft) -> None:
    number = begun.draft_id
    with writing(desk._engine) as connection:
        move(connection, number, 1, "review", "local", 1.0)
    with pytest.raises(UserError, match="being reviewed; have it returned"):
        desk.drafts.save(number, 1, "别的", "local")
    with pytest.raises(UserError, match="being reviewed"):
        desk.drafts.restore(number, 1, "local")
    with writing(desk._engine) as connection:
        move(connection, number, 1, "draft", "local", 2.0)
    desk.drafts.set_state(number, 1, "dropped", "local")
    with pytest.raises(UserError, match="was dropped; take it up"):
        desk.drafts.save(number, 1, "别的", "local")
    assert desk.drafts.set_state(number, 1, "draft", "local").state == "draft"


def test_only_the_head_moves_and_only_along_the_steps(desk: Desk, begun: Draft) -> None:
    desk.drafts.save(begun.draft_id, 1, "别的", "local")
    with pytest.raises(UserError, match="at version 2, not 1: it was changed meanwhile"):
        desk.drafts.set_state(begun.draft_id, 1, "dropped", "local")
    with pytest.raises(UserError, match="is 'draft' and cannot become 'signed'"):
        desk.drafts.set_state(begun.draft_id, 2, "signed", "local")


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda drafts: drafts.get(9), "no draft 9"),
        (lambda drafts: drafts.save(1, 7, "x", "local"), "no version 7"),
        (lambda drafts: drafts.save(1, 1, "字" * 200_001, "local"), "200,001 characters are too many"),
        (lambda drafts: drafts.rename(1, "", "local"), "title: nothing was written"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(
    desk: Desk, begun: Draft, act: object, message: str
) -> None:
    with pytest.raises(UserError, match=message):
        act(desk.drafts)  # type: ignore[operator]
    assert desk.drafts.get(begun.draft_id).revision == 1


def test_line_ends_and_control_characters_are_made_plain() -> None:
    assert cleaned("一\r\n二\r三\x00\x0b\ud800\t四") == "一\n二\n三\t四"


def test_a_comment_follows_its_paragraph_and_tells_when_it_is_gone(desk: Desk, begun: Draft) -> None:
    comments, number = desk.drafts.comments, begun.draft_id
    made = comments.add(number, "本周共收到文件三件。", "请核对数字", "local")
    answer = comments.answer(made.comment_id, "已核对", "local")
    changed = TEXT.replace("收到文件三件", "收到省级文件四件")
    desk.drafts.save(number, 1, "前言。\n\n" + changed, "local")
    first, second = comments.listed(number)
    assert (first.anchor, first.paragraph) == ("本周共收到文件三件。", "本周共收到省级文件四件。")
    assert (second.answers, answer.text) == (made.comment_id, "已核对")
    desk.drafts.save(number, 2, "全文重写了，什么也没留下。", "local")
    assert comments.listed(number)[0].paragraph == "本周共收到省级文件四件。"
    assert comments.resolve(answer.comment_id, "local").resolved_by == "local"
    assert comments.resolve(made.comment_id, "local", resolved=False).resolved_at is None


def test_a_comment_on_a_paragraph_that_is_not_there_is_refused(desk: Desk, begun: Draft) -> None:
    with pytest.raises(UserError, match="no such paragraph"):
        desk.drafts.comments.add(begun.draft_id, "无关的话", "?", "local")


def test_every_writing_leaves_an_audit_event(desk: Desk, begun: Draft) -> None:
    desk.drafts.save(begun.draft_id, 1, "别的", "local")
    desk.drafts.rename(begun.draft_id, "新题", "local")
    desk.drafts.set_state(begun.draft_id, 2, "dropped", "local")
    told = [event.action for event in desk.audit_events(f"draft {begun.draft_id}")]
    assert told == ["move-draft", "rename-draft", "save-draft", "begin-draft"]
