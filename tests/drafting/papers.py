"""A draft with everything inside, and the basket it cites, over the small test library."""

from __future__ import annotations

from datetime import UTC, date, datetime

from dashboard.drafting.paper import PaperHead, Signer, paper_of
from dashboard.report.model import Report
from tests.dashboard.papers import FIRST_DAY
from warehouse.desk.basket.model import BasketItem
from warehouse.home import Home
from warehouse.passages import Passage
from warehouse.publication import Publication

MOMENT = datetime(2026, 6, 1, tzinfo=UTC)
NOTICE, SAFETY, CITY, GUIDANCE, EVIL = FIRST_DAY
FILLER = "推进基本养老服务体系建设增进老年人福祉，落实《条例》（试行）的“一老一小”要求。" * 7
HEAD = PaperHead("养老周报", 12, 87, "云河省图书馆", "内部资料", date(2026, 6, 1), "2026年5月25日至6月1日")
SIGNED = (Signer("王馆员", date(2026, 5, 31), "drafted"), Signer("李主任", date(2026, 6, 1)))
TEXT = f"""# 居家养老周报

本期关注居家养老[^e1]，**两项**要求*即将*到期[^e2][^e3]。

## 一、总体情况

### （一）通知要求

#### 1. 报送方案

通知要求报送实施方案[^e2]，并说：“{NOTICE.lines[1]}”[^e1]。

> {NOTICE.lines[2]}[^e2]

### 消防安全

- 落实责任[^e3]；
    - 按季演练；
1. 自查；
2. 整改[^d{CITY.document_id}]。

{FILLER}

{FILLER}

## 数据

```figure
kind = "trend"
subject = "topic:17-03"
caption = "数量不多。"
```

```figure
kind = "actors"
subject = "topic:17-03"
period = "365d"
```

```figure
kind = "due"
subject = "topic:17-03"
title = "到期事项"
```

| 地区 | 数值 |
| --- | ---: |
| **云河省**[^e1] | 12% |

## 三、下期关注

{FILLER}

{FILLER}

{FILLER}
"""
ENGLISH = """# Home care: providers report in June

Providers must report[^e4]. The ministry says:

> This guidance is for providers of home care.[^e5]

## 1. Findings

### 1.1 Reports

#### Dates

They report *by* 30 June[^e4][^e5].

## 2. Outlook

Nothing else[^e1].

```figure
kind = "trend"
subject = "topic:14"
```
"""


def publication_of(home: Home) -> Publication:
    """The current one."""
    found = Publication.current(home)
    assert found is not None
    return found


def basket(publication: Publication) -> dict[int, BasketItem]:
    """Five passages; the first two stand in one document."""
    places = ((NOTICE, 1), (NOTICE, 2), (SAFETY, 0), (GUIDANCE, 1), (GUIDANCE, 0), (CITY, 0))
    return {n: held(publication, n, paper.document_id, at) for n, (paper, at) in enumerate(places, 1)}


def held(publication: Publication, number: int, document_id: str, paragraph: int) -> BasketItem:
    """A whole paragraph kept in the basket."""
    text = publication.body(document_id)[paragraph]
    row = publication.rows(
        "select d.title, d.issuer, d.doc_number, c.sha256 from document d"
        " left join capture c using (capture_id) where d.document_id = ?",
        [document_id],
    )[0]
    passage = Passage(document_id, 1, "r1", row["sha256"], paragraph, 0, len(text), text, "", "")
    return BasketItem(
        number, "", passage, row["title"], "", (), "local", MOMENT, "held", row["issuer"], row["doc_number"]
    )


def paper(home: Home, text: str = TEXT, language: str = "zh", **more: object) -> Report:
    """The paper of a text over this home's publication; a signed one unless asked otherwise."""
    publication = publication_of(home)
    told = {"head": HEAD, "draft": False, "signed": SIGNED, "title": "", **more}
    items = told.pop("items", None) or basket(publication)
    return paper_of(home, publication, text, template="周报", items=items, language=language, **told)  # type: ignore[arg-type]
