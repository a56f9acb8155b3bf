"""Colours and faces, named once: one accent, paper white, ink, and states told by word, shape and colour."""

from __future__ import annotations

ACCENT = "#0B5394"
INK = "#1A1A1A"
MUTED = "#595959"
RULE = "#D8D4CA"
PAPER = "#FFFFFF"
SOFT = "#F7F5F0"
PALE = "#9DB8D2"
SERIF = "'Source Han Serif SC','Noto Serif CJK SC','Noto Serif SC','Songti SC',STSong,SimSun,Georgia,serif"
SANS = (
    "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','Noto Sans','Segoe UI',"
    "Helvetica,Arial,sans-serif"
)

# Streamlit's theme; its remaining default greys are too light for small text on paper.
THEME: dict[str, object] = {
    "theme.base": "light",
    "theme.primaryColor": ACCENT,
    "theme.backgroundColor": PAPER,
    "theme.secondaryBackgroundColor": SOFT,
    "theme.textColor": INK,
    "theme.linkColor": ACCENT,
    "theme.grayTextColor": MUTED,
    "theme.borderColor": RULE,
    "theme.font": SANS,
    "theme.headingFont": SERIF,
    "theme.baseFontSize": 16,
    "theme.baseRadius": "2px",
    "theme.showWidgetBorder": True,
    "theme.paddingTop": "0rem",
}
