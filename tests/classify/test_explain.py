"""Why a label was given: whole words, seed words, issuer and number prefix, each with an honest share."""

from __future__ import annotations

import numpy as np

from classify.explain import Sign, _take
from classify.speaking import Seed, Word, speaking_words
from tests.classify.write import classified
from tests.classify.write import document as plain


def test_words_that_spoke_for_a_class_stand_where_they_are_said_to_stand() -> None:
    title = "青禾市交通运输局关于农村公路养护管理的通知"
    label = classified(plain(title, "加强公路养护，提高路面质量。")).topics[0]
    words = [one for one in label.evidence if one.weight is not None and one.where == "title"]
    assert words
    assert all(title[one.start : one.end] == one.text for one in words)
    assert any("公路" in one.text for one in label.evidence)
    assert 0.5 < sum(one.weight or 0 for one in label.evidence) <= 1.001


def test_signs_are_whole_words_and_say_whether_they_are_seed_words() -> None:
    title = "青禾市农业农村局关于做好冬春农田水利设施检修工作的通知"
    label = classified(plain(title, "检修沟渠，疏浚水塘，农田水利设施由村集体管护。")).topics[0]
    told = {one.text: one for one in label.evidence}
    assert title not in told
    assert len(told) == len(label.evidence)
    assert all(len(word) > 1 and "的" not in word and "关于" not in word for word in told)
    assert {one.kind for one in label.evidence if one.where in ("title", "paragraph")} <= {"seed", "word"}
    assert "seed" in {one.kind for one in label.evidence}


def test_a_word_that_stands_twice_is_one_sign_at_the_place_where_it_spoke_loudest() -> None:
    words, whole = speaking_words("公路养护公路", np.array([0.2, 0.2, 0.1, 0.1, 0.05, 0.05]), False, ())
    assert [(one.start, one.text) for one in words] == [(0, "公路"), (2, "养护"), (4, "公路")]
    assert abs(sum(one.gave for one in words) - whole) < 1e-9
    spoken: dict[str, Sign] = {}
    for word in words:
        _take(spoken, "title", word)
    assert spoken["公路"][2] == Word(0, "公路", 0.4)
    assert round(spoken["公路"][0], 6) == 0.5


def test_a_seed_word_takes_what_it_shares_with_others_and_leaves_the_rest_of_a_word() -> None:
    gave = np.full(6, 0.1)
    words, whole = speaking_words("生态环境保护", gave, False, (Seed(0, "生态环境", 0.4),))
    assert (words[0].text, round(words[0].gave, 6), words[0].seed) == ("生态环境", 0.8, True)
    assert [one.text for one in words] == ["生态环境", "保护"]
    assert round(whole, 6) == 1.0


def test_english_signs_are_single_words_without_those_that_only_join() -> None:
    words, _ = speaking_words("the waste of water in 2026", np.full(6, 0.2), True, ())
    assert [one.text for one in words] == ["waste", "water"]


def test_a_long_text_is_cut_into_words_around_what_spoke_loudest_only() -> None:
    text = "各有关单位要认真落实，" * 20 + "加强公路养护。" + "各有关单位要认真落实，" * 20
    gave = np.zeros(len(text))
    at = text.index("公路")
    gave[at : at + 2] = 1.0
    words, whole = speaking_words(text, gave, False, ())
    assert [(one.start, one.text) for one in words] == [(at, "公路")]
    assert whole == 2.0


def test_words_survive_widths_that_change_and_texts_without_any() -> None:
    for title in ("㍿公路ﬃ养护", "", "。。。", "𠀀" * 3 + "公路养护"):
        for label in classified(plain(title, "公路")).topics:
            assert all(one.text for one in label.evidence if one.weight)
