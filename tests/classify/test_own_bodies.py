"""Bodies that a home adds to the authority file, and the sentence for what does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from classify.departments.authority import authority, authority_of
from classify.pipeline import build_classifier
from tests.classify.write import document, source
from warehouse.errors import UserError
from warehouse.home import Home
from warehouse.records import StoredDocument

BODIES = """
[[body]]
code = "own-riverside-library"
name = "杭州市临江图书馆"
place = "CN-3301"
short = "临江图书馆"
aliases = ["临江馆"]
prefixes = ["杭临图"]
parent = "cn-3301-culture"
hosts = ["lib.example.org"]
[[body]]
code = "own-old-library"
name = "杭州市临江图书室"
place = "CN-3301"
to = 2019-12-31
[[body]]
code = "cn-3301-education"
name = "杭州市教育局"
place = "CN-3301"
prefixes = ["杭教特"]
[[body]]
code = "own-council"
name = "全国临江研究联席会议"
name_en = "National Council for Riverside Studies"
parent = "cn-state-council"

[[steps]]
kind = "renamed"
from = ["own-old-library"]
to = ["own-riverside-library"]
basis = "library"
[basis.library]
date = 2019-12-31
act = "关于临江图书室更名的批复，2019年12月"
"""
COUNTRY = """
[country]
code = "IE"
stem = "ie"
names = ["Ireland"]
region = "Ireland"
level = "national"
[[body]]
code = "ie-transport"
name = "Department of Transport"
prefixes = ["DoT"]
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """An empty home; the packaged file holds again afterwards."""
    (tmp_path / "govbrief.toml").write_text("", encoding="utf-8")
    (tmp_path / "authority").mkdir()
    yield Home.open(tmp_path)
    authority_of(None)


def put(home: Home, text: str, name: str = "own.toml") -> None:
    (home.root / "authority" / name).write_text(text, encoding="utf-8")


def test_own_bodies_are_found_by_name_number_site_and_code(home: Home) -> None:
    packaged = authority_of(None).version
    put(home, BODIES)
    known = authority_of(home)
    assert known is authority()
    assert known.version != packaged
    library = known.body("own-riverside-library")
    assert library is not None
    assert (library.level, library.region, library.parent) == ("municipal", "杭州市", "cn-3301-culture")
    assert known.resolve("杭州市临江图书馆") == library
    assert known.resolve("临江馆", "CN-3301") == library
    assert known.resolve("临江馆") is None  # a short name holds in its own place
    assert known.by_number("杭临图", "CN-3301") == library
    assert known.speaks_for(None, "https://www.lib.example.org/1.html") == library
    council = known.resolve("全国临江研究联席会议")
    assert council is not None
    assert (council.code, council.jurisdiction, council.level) == ("own-council", "CN", "national")
    education = known.by_number("杭教特", "CN-3301")
    assert education is not None
    assert (education.code, education.parent) == ("cn-3301-education", "cn-3301-government")
    chosen = {body.code for body in known.bodies(sample=False)}
    assert {"own-riverside-library", "own-old-library", "own-council", "cn-3301-culture"} <= chosen


def test_own_steps_are_followed_and_published(home: Home) -> None:
    put(home, BODIES)
    known = authority_of(home)
    assert known.family("own-riverside-library") == {"own-riverside-library", "own-old-library"}
    assert [body.code for body in known.current("own-old-library")] == ["own-riverside-library"]
    steps = [
        step for lineage in known.lineages() for step in lineage.steps if "own-old-library" in step.before
    ]
    assert [step.basis for step in steps] == ["关于临江图书室更名的批复，2019年12月"]


def test_a_classifier_of_the_home_reads_with_them_and_is_another_one(home: Home) -> None:
    one = StoredDocument(document("临江图书馆关于延长开放时间的通知", "各位读者："), "rea", source("CN-3301"))
    plain = build_classifier(use_model=False)
    assert [label.code[:8] for label in next(plain.classify([one])).departments] == ["printed-"]
    put(home, BODIES)
    own = build_classifier(home, use_model=False)
    assert own.classifier.classifier_id != plain.classifier.classifier_id
    assert [label.code for label in next(own.classify([one])).departments] == ["own-riverside-library"]
    assert build_classifier(use_model=False).classifier.classifier_id == plain.classifier.classifier_id


def test_a_country_of_ones_own_and_more_bodies_for_a_packaged_one(home: Home) -> None:
    put(home, COUNTRY)
    put(
        home,
        '[country]\ncode = "GB"\n[[body]]\ncode = "gb-own-kent"\nname = "Kent Example Council"\n',
        "kent.toml",
    )
    known = authority_of(home)
    assert known.home_of("Ireland") == "IE"
    transport = known.resolve("Department of Transport", "IE")
    assert transport is not None
    assert (transport.code, transport.region) == ("ie-transport", "Ireland")
    kent = known.resolve("Kent Example Council", "GB")
    assert kent is not None
    assert known.body("gb-dft") is not None
    assert {"ie-transport", "gb-own-kent", "gb-dft"} <= {body.code for body in known.bodies()}
    assert authority_of(None).resolve("Department of Transport", "IE") is None


BODY = '[[body]]\ncode = "{code}"\nname = "某某局"\n{more}\n'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("body = [", "not readable as TOML"),
        ('[[bodies]]\ncode = "own-a"', "unknown key 'bodies'"),
        (BODY.format(code="own-a", more='colour = "red"'), "body 'own-a': unknown key 'colour'"),
        ('[[body]]\nname = "某某局"', "the key 'code' is missing"),
        (BODY.format(code="mine", more=""), "must begin with 'own-'"),
        (BODY.format(code="cn-44-education", more='place = "CN-33"'), "must begin with 'own-'"),
        (BODY.format(code="cn-44-education", more='place = "CN-44"'), "stands there twice"),
        (BODY.format(code="own-a", more='place = "Hangzhou"'), "no place has the code 'Hangzhou'"),
        (BODY.format(code="own-a", more='parent = "own-b"'), "'own-a' names 'own-b'"),
        (BODY.format(code="own-a", more='parent = "own-a"'), "stands above itself"),
        (BODY.format(code="own-a", more='hosts = ["mee.gov.cn"]'), "'mee.gov.cn' is said of"),
        (BODY.format(code="own-a", more='steps = ["x"]'), "unknown key 'steps'"),
        ('[country]\ncode = "IE"\n', "stem is missing"),
        (COUNTRY.replace('"ie"', '"gb"'), "stem 'gb' is taken"),
        (COUNTRY.replace("ie-transport", "transport"), "must begin with 'ie-'"),
    ],
)
def test_what_does_not_fit_is_one_sentence(home: Home, text: str, sentence: str) -> None:
    put(home, text)
    with pytest.raises(UserError, match=sentence) as caught:
        authority_of(home)
    assert "\n" not in str(caught.value)
    assert authority().resolve("某某局") is None  # the file that held before still does
