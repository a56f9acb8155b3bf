"""Hostile and plain documents as rows of queries/export, for the tests of every format."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from warehouse.exchange.reference_record import ReferenceRecord, reference_record

PLAIN: dict[str, Any] = {
    "document_id": "doc-91269f2d7a54e6af",
    "source_id": "yunhe-mzt",
    "url": "http://mzt.yunhe.example/a_b%20c.html?x=1&y={2}",
    "title": "云河省人民政府办公厅关于推进养老服务的意见",
    "doc_number": "云政办发〔2026〕14号",
    "index_number": "990000012/2026-00140",
    "issuer": "云河省人民政府办公厅",
    "published": date(2026, 4, 20),
    "written": date(2026, 4, 17),
    "effective": date(2026, 5, 1),
    "doc_type": "意见",
    "language": "zh",
    "jurisdiction": "XS-10",
    "region": "云河省",
    "validity": "in-force",
    "origin": "fetched",
    "reuse": "full",
    "source_name_zh": "云河省民政厅",
    "source_name_en": "Yunhe Civil Affairs",
    "timezone": "Asia/Shanghai",
    "sample": False,
    "issuers": ("云河省人民政府办公厅", "云河省民政厅"),
    "subjects": ["民政、扶贫、救灾\\社会福利"],
    "related": ["http://mzt.yunhe.example/b.html"],
    "captured_at": datetime(2026, 5, 31, 20, 0, tzinfo=UTC),  # the first of June in the source's zone
    "abstract": "为推进养老服务，提出以下意见。",
}
HOSTILE_TITLE = (
    'A {half open \\input{x} } title: 100% of $5 & #1 _under_ ^up ~ "quoted" <b>&amp;'
    "\nER  - \u2028@article{x,"
)


def record(**changes: Any) -> ReferenceRecord:
    """The plain document with changes, as a bibliographic record."""
    return reference_record({**PLAIN, **changes})


def line(**changes: Any) -> dict[str, Any]:
    """A line of the JSONL schema as `document_rows` gives it."""
    plain: dict[str, Any] = {
        "id": "doc-91269f2d7a54e6af", "source": "yunhe-mzt", "url": "http://mzt.yunhe.example/1.html",
        "title": "关于养老服务的通知", "text": "各市民政局：\n请认真执行。", "department": "云河省民政厅",
        "topic": ["民政\\社会福利", "a | b || c|"], "doc_number": None, "index_number": None,
        "published": date(2026, 4, 20), "written": None, "effective": None, "doc_type": "通知",
        "unit": "document", "lang": "zh", "jurisdiction": "XS-10", "region": "云河省", "level": "provincial",
        "status": "active", "validity": "unknown", "quality": None, "method": None,
        "attachments": [
            {"name": "附件|1.pdf", "url": "http://mzt.yunhe.example/1.pdf", "status": "text",
             "media_type": "application/pdf", "quality": None, "method": None}
        ],
        "labels": {
            "department": {"code": "xs-10-mzt", "name": "云河省民政厅", "basis": "published", "score": 1.0},
            "topic": None,
            "topics": [
                {"scheme": "s", "code": "17-03", "name": "民政\\社会福利", "basis": "rule", "score": 0.5}
            ],
        },
        "capture": "cap-6e859a58245a6e04", "version": 1, "publication": "20260601-000000-1", "sample": False,
    }  # fmt: skip
    return {**plain, **changes}
