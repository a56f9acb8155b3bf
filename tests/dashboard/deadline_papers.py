"""A library with planted duties: due, past without and with evidence, ended, returning, without a day."""

from __future__ import annotations

from datetime import date

from tests.dashboard.papers import Paper

_OPENING = "为做好养老服务工作，现就有关事项通知如下。"


def _with_duty(name: str, number: str, sentence: str, due: date | None, **given: object) -> Paper:
    return Paper(
        "t-civil", name, f"云河省民政厅关于{name}的通知", (_OPENING, sentence), date(2026, 3, 2), number,
        duty=sentence, due=due, **given,  # type: ignore[arg-type]
    )  # fmt: skip


CITY = ("澜江市人民政府",)
OVERDUE = _with_duty(
    "没有下文的事", "云民发〔2026〕3号", "澜江市人民政府于2026年5月11日前报送方案。", date(2026, 5, 11),
    who=CITY,
)  # fmt: skip
PROVEN = _with_duty(
    "有下文的事", "云民发〔2026〕4号", "各市人民政府于2026年5月15日前印发方案。", date(2026, 5, 15),
    who=("各市人民政府",),
)  # fmt: skip
ENDED = _with_duty(
    "已经废止的事", "云民发〔2026〕5号", "澜江市人民政府于2026年5月20日前报送总结。", date(2026, 5, 20),
    who=CITY,
)  # fmt: skip
NOBODY = _with_duty(
    "无人的事", "云民发〔2026〕8号", "2026年5月25日前完成。", date(2026, 5, 25), who=()
)  # fmt: skip
DUE = _with_duty(
    "将到期的事", "云民发〔2026〕6号", "澜江市人民政府于2026年6月20日前报送；逾期的，通报。",
    date(2026, 6, 20),
    who=CITY,
)  # fmt: skip
TODAY = _with_duty(
    "今天的事", "云民发〔2026〕9号", "澜江市人民政府于2026年6月1日前报送名单。", date(2026, 6, 1),
    who=CITY,
)  # fmt: skip
YEARLY = _with_duty(
    "每年的事", "云民发〔2026〕10号", "各市民政局每年3月底前报送总结。", None, printed="每年3月底前"
)  # fmt: skip
UNDATED = _with_duty(
    "收到后的事", "云民发〔2026〕11号", "各市民政局自收到通知之日起十日内报送。", None,
    printed="自收到通知之日起十日内",
)  # fmt: skip
ABROAD = Paper(
    "t-isles", "e1", "=HYPERLINK(\"http://evil.example/\") care homes: guidance",
    ("Providers of care, large, small; must report by 5 June 2026.",), date(2026, 5, 30), body="xm-health",
    topic="14", language="en", duty="Providers of care, large, small; must report by 5 June 2026.",
    due=date(2026, 6, 5), printed="by 5 June 2026", who=("Providers",),
)  # fmt: skip
# The city's own plan; a paper of somebody else that cites as well; one of the city from before the duty.
ANSWER = Paper(
    "t-city", "b7", "澜江市人民政府关于印发养老服务方案的通知", ("根据云民发〔2026〕4号，制定本方案。",),
    date(2026, 5, 18), "澜府发〔2026〕7号", body="xs-1001-gov", cites="云民发〔2026〕4号",
)  # fmt: skip
STRANGER = Paper(
    "t-civil", "a8", "云河省民政厅关于报送情况的通报", ("云民发〔2026〕3号印发以来，各地报送情况如下。",),
    date(2026, 5, 19), "云民发〔2026〕12号", cites="云民发〔2026〕3号",
)  # fmt: skip
EARLIER = Paper(
    "t-city", "b6", "澜江市人民政府关于预先准备的通知", ("按照即将印发的云民发〔2026〕3号，先行准备。",),
    date(2026, 2, 20), "澜府发〔2026〕2号", body="xs-1001-gov", cites="云民发〔2026〕3号",
)  # fmt: skip
REPEAL = Paper(
    "t-civil", "a9", "云河省民政厅关于废止部分文件的决定", ("决定废止云民发〔2026〕5号。",), date(2026, 4, 1),
    "云民发〔2026〕7号", repeals="云民发〔2026〕5号",
)  # fmt: skip
PAPERS = (
    OVERDUE, PROVEN, ENDED, NOBODY, DUE, TODAY, YEARLY, UNDATED, ABROAD, ANSWER, STRANGER, EARLIER, REPEAL,
)  # fmt: skip
