"""Records made by the quick constructor behave as every frozen dataclass does."""

from __future__ import annotations

import copy
import inspect
import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, field, replace

import pytest

from warehouse.quick_records import quickly_made
from warehouse.records import Evidence, Fact


def test_a_record_is_frozen_equal_and_hashable() -> None:
    one = Evidence("title", "养老服务", None, 3, 7)
    assert one == Evidence(where="title", text="养老服务", start=3, end=7)
    assert type(one) is Evidence
    assert hash(one) == hash(replace(one))
    assert replace(one, end=9).end == 9
    assert asdict(one) | {"where": "title", "text": "养老服务", "start": 3, "end": 7} == asdict(one)
    with pytest.raises(FrozenInstanceError):
        one.text = "other"  # type: ignore[misc]


def test_a_record_travels_and_asks_for_its_fields() -> None:
    fact = Fact("fac-1", "effective", "2026-01-01", "自…起施行", 2, 0, 5, "validity-5")
    assert copy.deepcopy(fact) == fact
    assert pickle.loads(pickle.dumps(fact)) == fact
    assert next(iter(inspect.signature(Fact).parameters)) == "fact_id"
    with pytest.raises(TypeError):
        Fact("fac-1", "effective")  # type: ignore[call-arg]


def test_a_default_factory_is_refused() -> None:
    @dataclass(frozen=True, slots=True)
    class Listed:
        names: list[str] = field(default_factory=list)

    with pytest.raises(TypeError, match="Listed"):
        quickly_made(Listed)
