"""The trial of the checks: what it draws is true, what it plants is false, and the bench counts both."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.checking.trial import Drawn, faults, papers, true_quotations
from dashboard.commands.bench_quotations import Counted, _try_fault, _try_true, bench_quotations
from tests.checking.conftest import RULES
from warehouse.publication import Publication


def test_true_quotations_pass_and_planted_faults_do_not(first_day: Publication) -> None:
    drawn = papers(first_day)
    refused, caught = Counted(), Counted()
    for one in true_quotations(drawn, 24, 1):
        _try_true(first_day, "library", one, refused)
    for one in faults(drawn, 20, 1):
        _try_fault(first_day, one, caught)
    assert refused.bad == caught.bad == []
    assert sum(caught.tried.values()) == 20


def test_the_bench_counts_a_refused_truth_and_a_passed_fault(first_day: Publication) -> None:
    true = "不得以任何名义强制消费。"
    refused, caught = Counted(), Counted()
    _try_true(first_day, "library", Drawn("sentence", RULES.document_id, "zh", "得以任何名义收费。"), refused)
    _try_fault(first_day, Drawn("changed digit", RULES.document_id, "zh", true), caught)
    assert (len(refused.bad), len(caught.bad)) == (1, 1)


@pytest.mark.realdata
def test_true_quotations_of_real_texts_pass(tmp_path: Path, shared_data: Path) -> None:
    part = bench_quotations(shared_data, tmp_path, 20)
    assert [bar.met for bar in part.bars] == [True, True, True]
