"""The sources, bodies, classes and documents of the test library, written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from warehouse.identity import document_id
from warehouse.records import Body, Classifier, Source, TopicClass

DAY_ZERO = datetime(2026, 6, 1, 0, 0, tzinfo=UTC)  # 08:00 at the library
CLASSIFIER = Classifier("test-labels-1", "by hand", "gov-cn", "test-bodies", "1")
EVIL_TITLE = (
    "<script>window.pwn=1</script>关于![x](http://evil.example/a.png)养老的通知 [点此](javascript:alert(1))"
)
EVIL_BODY = (
    '<img src="http://evil.example/b.png" onerror="window.pwn=2">',
    "![图](http://evil.example/c.png) :material/face: $x$ **粗** <b>标签</b> \"引号\" & 'x'",
    '<a href="javascript:window.pwn=3">点此</a><iframe src="http://evil.example/"></iframe>',
)

SOURCES = (
    Source(
        "t-civil",
        "云河省民政厅（测试）",
        "Yunhe Civil Affairs (test)",
        "XS-10",
        "云河省",
        "provincial",
        "zh",
        "trs",
        "http://mzt.yunhe.example/",
        "xs-10-civil",
        "Asia/Shanghai",
        "full",
        True,
        True,
        None,
    ),
    Source(
        "t-city",
        "澜江市人民政府（测试）",
        "Lanjiang City (test)",
        "XS-1001",
        "澜江市",
        "municipal",
        "zh",
        "gkmlpt",
        "http://www.lanjiang.example/",
        None,
        "Asia/Shanghai",
        "excerpt",
        True,
        True,
        None,
    ),
    Source(
        "t-isles",
        "子午群岛（测试）",
        "Meridian Islands (test)",
        "XM",
        "Meridian Islands",
        "national",
        "en",
        "govuk",
        "http://gov.meridian.example/",
        None,
        "UTC",
        "full",
        True,
        True,
        None,
    ),
)
BODIES = (
    Body(
        "xs-10-civil",
        "云河省民政厅",
        "Yunhe Department of Civil Affairs",
        "省民政厅",
        "XS-10",
        "云河省",
        "provincial",
    ),
    Body(
        "xs-1001-gov",
        "澜江市人民政府",
        "Lanjiang City Government",
        "澜江市政府",
        "XS-1001",
        "澜江市",
        "municipal",
    ),
    Body(
        "xm-health",
        "子午群岛卫生部",
        "Meridian Ministry of Health",
        "MoH",
        "XM",
        "Meridian Islands",
        "national",
    ),
)
TOPICS = (
    TopicClass("gov-cn", "17", None, 1, "民政、扶贫、救灾", "Civil affairs", "民政、扶贫、救灾"),
    TopicClass("gov-cn", "17-03", "17", 2, "社会福利", "Social welfare", "民政、扶贫、救灾\\社会福利"),
    TopicClass("gov-cn", "14", None, 1, "卫生、体育", "Health and sport", "卫生、体育"),
)


@dataclass(frozen=True)
class Paper:
    """One document of the fixture, as the test writes it."""

    source: str
    name: str
    title: str
    lines: Sequence[str]
    published: date
    number: str | None = None
    body: str = "xs-10-civil"
    topic: str = "17-03"
    language: str = "zh"
    duty: str | None = None  # a sentence that stands in the lines
    due: date | None = None
    printed: str = "2026年6月20日前"  # the limit as the sentence prints it
    who: tuple[str, ...] = ("各市民政局",)
    cites: str | None = None  # a document number
    repeals: str | None = None
    attachments: tuple[str, ...] = ()
    second_title: str | None = None  # what another place of the page prints
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        home = next(one.home_url for one in SOURCES if one.source_id == self.source)
        return f"{home}{self.name}.html"

    @property
    def document_id(self) -> str:
        return document_id(self.source, None, self.url)


DUTY = "各市民政局应当于2026年6月20日前报送居家养老服务实施方案。"
FIRST_DAY = (
    Paper(
        "t-civil",
        "a1",
        "云河省民政厅关于推进居家养老服务的通知",
        (
            "各市民政局：",
            "为做好居家养老服务工作，现就有关事项通知如下。",
            DUTY,
            "本通知自2026年6月1日起施行。",
        ),
        date(2026, 5, 20),
        "云民发〔2026〕12号",
        duty=DUTY,
        due=date(2026, 6, 20),
        cites="云民发〔2019〕3号",
        attachments=("方案模板.docx",),
        second_title="关于推进居家养老服务的通知",
    ),
    Paper(
        "t-civil",
        "a2",
        "云河省民政厅关于养老机构消防安全的意见",
        ("养老机构应当落实消防安全责任。", "每季度开展一次演练。"),
        date(2019, 3, 2),
        "云民发〔2019〕3号",
    ),
    Paper(
        "t-city",
        "b1",
        "澜江市人民政府关于加快5G建设的意见",
        ("加快5G网络建设，推进智慧养老。", "到2027年实现全覆盖。"),
        date(2026, 5, 28),
        "澜府发〔2026〕5号",
        body="xs-1001-gov",
    ),
    Paper(
        "t-isles",
        "c1",
        "Home care for older people: guidance",
        ("This guidance is for providers of home care.", "Providers must report by 30 June 2026."),
        date(2026, 5, 30),
        body="xm-health",
        topic="14",
        language="en",
    ),
    Paper("t-civil", "a3", EVIL_TITLE, EVIL_BODY, date(2026, 5, 29)),
)
SECOND_DAY = (
    Paper(
        "t-civil",
        "a4",
        "云河省民政厅关于废止部分文件的决定",
        ("决定废止《云河省民政厅关于养老机构消防安全的意见》（云民发〔2019〕3号）。",),
        date(2026, 6, 2),
        "云民发〔2026〕15号",
        repeals="云民发〔2019〕3号",
    ),
)
