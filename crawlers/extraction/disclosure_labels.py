"""The labels of a 政府信息公开 table as sites print them, and what they stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping

# Label as printed (without padding) -> our field. `extra:` fields are recognised so that they end a value.
LABELS: Mapping[str, str] = {
    "索引号": "index_number",
    "索取号": "index_number",
    "信息索引号": "index_number",
    "信息索引": "index_number",
    "主题分类": "topic",
    "信息分类": "topic",
    "信息类别": "topic",
    "所属主题": "topic",
    "主题类别": "topic",
    "分类": "topic",
    "发文机关": "issuer",
    "发文单位": "issuer",
    "发文机构": "issuer",
    "发文部门": "issuer",
    "发布机构": "issuer",
    "发布机关": "issuer",
    "发布单位": "issuer",
    "制发机关": "issuer",
    "制定机关": "issuer",
    "公开责任部门": "issuer",
    "公开机构": "issuer",
    "信息来源": "issuer",
    "责任部门": "issuer",
    "成文日期": "written",
    "生成日期": "written",
    "发文日期": "written",
    "印发日期": "written",
    "签发日期": "written",
    "标题": "title",
    "名称": "title",
    "信息名称": "title",
    "文件名称": "title",
    "发文字号": "doc_number",
    "文号": "doc_number",
    "文件编号": "doc_number",
    "文件字号": "doc_number",
    "发布文号": "doc_number",
    "发布日期": "published",
    "公开日期": "published",
    "发布时间": "published",
    "有效性": "validity",
    "效力状态": "validity",
    "时效状态": "validity",
    "时效性": "validity",
    "文件状态": "validity",
    "体裁": "doc_type",
    "体裁分类": "doc_type",
    "公文种类": "doc_type",
    "文种": "doc_type",
    "施行日期": "effective",
    "实施日期": "effective",
    "生效日期": "effective",
    "失效日期": "expires",
    "废止日期": "expires",
    "失效时间": "expires",
    "有效期": "expires",
    "主题词": "keywords",
    "关键词": "keywords",
    "服务对象": "extra:audience",
    "公开方式": "extra:openness",
    "公开属性": "extra:openness",
    "公开范围": "extra:openness",
    "公开类别": "extra:openness",
    "内容概述": "extra:summary",
    "信息概要": "extra:summary",
    "来源": "extra:source",
    "字体": "extra:font",
    "浏览次数": "extra:views",
    "语种": "extra:language",
    "载体类型": "extra:carrier",
}
_PAD = "[\\s\xa0\u3000\x1f]*"
_LABEL = "|".join(
    _PAD.join(re.escape(char) for char in label) for label in sorted(LABELS, key=len, reverse=True)
)
INLINE = re.compile(f"(?<![\\u4e00-\\u9fff])[【\\[]?({_LABEL})[】\\]]?{_PAD}[:：]{_PAD}")
# Some sites set every character of a label in an element of its own.
_GAPS = "(?:&nbsp;|[\\s\xa0\u3000]|</?(?:span|b|strong|em|i|font)\\b[^<>]{0,120}>)*"
MARK = re.compile(
    "|".join(
        _GAPS.join(word)
        for word in (
            "索引",
            "索取",
            "发文",
            "文号",
            "成文",
            "生成日",
            "公开责任",
            "发布机",
            "发布单",
            "制发机",
            "效力状",
            "有效性",
            "文件编",
            "公开日",
        )
    )
)
