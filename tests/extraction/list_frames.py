"""What stands around a list on made pages: menus, indexes of years, news, help, footers; no entries."""

from __future__ import annotations

from collections.abc import Callable

_TOPICS = (
    "Home",
    "About the Court",
    "Justices and Judges",
    "Clerk of Court",
    "Rules of Procedure",
    "Forms and Fees",
    "Case Search",
    "Electronic Filing",
    "Self-Help Center",
    "Contact Us",
)
_MENU = "".join(f"<li><a href='/{name.lower().replace(' ', '-')}'>{name}</a></li>" for name in _TOPICS)
_MENU = f"<ul>{_MENU}</ul>"
_YEARS = " | ".join(f"<a href='/opinions?year={year}'>{year}</a>" for year in range(2025, 2009, -1))
_LETTERS = " ".join(f"<a href='/opinions?l={sign}'>{sign}</a>" for sign in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_PAGES = " ".join(f"<a href='/opinions?page={number}'>{number}</a>" for number in range(2, 8))
_PAGES = f"<p>{_PAGES} <a href='/opinions?page=2'>Next &raquo;</a></p>"
_NEWS = (
    "<h3>News</h3><ul><li><a href='/news/1'>Court to close for the holiday</a> December 20, 2024</li>"
    "<li><a href='/news/2'>New clerk sworn in before the full bench</a> November 3, 2024</li>"
    "<li><a href='/news/3'>Comment invited on proposed rules</a> October 11, 2024</li></ul>"
)
_HELP = (
    "<h3>Quick Links</h3><p><a href='/files/fees.pdf'>Fee Schedule</a><br>"
    "<a href='/files/rules.pdf'>Rules of Appellate Procedure</a><br>"
    "<a href='/files/guide.pdf'>E-Filing Guide</a></p>"
)
_FOOT = (
    "<a href='/privacy'>Privacy Policy</a> | <a href='/accessibility'>Accessibility</a> | "
    "<a href='https://social.example/court'>Follow us</a> Last updated: January 2, 2025"
)
_TOOLS = (
    "<p><a href='/opinions/rss'>Subscribe by RSS</a> <a href='/opinions?print=1'>Printer friendly</a></p>"
)


def bare(main: str) -> str:
    """The list and its heading, nothing else."""
    return f"<h1>Opinions</h1>{main}"


def indexed(main: str) -> str:
    """A menu, a trail, an index of years, page numbers, help files and a footer, all in plain boxes."""
    trail = "<a href='/'>Home</a> &gt; <a href='/courts'>Courts</a> &gt; Opinions"
    middle = f"<h1>Opinions</h1><p>{_YEARS}</p>{main}{_PAGES}"
    return f"<div>{_MENU}</div><div>{trail}</div><div>{middle}</div><div>{_HELP}</div><div>{_FOOT}</div>"


def in_a_table(main: str) -> str:
    """The page as a layout table: menu, list with an index of letters, dated news."""
    middle = f"<h1>Opinions</h1>{_TOOLS}<p>{_LETTERS}</p>{main}"
    row = f"<td>{_MENU}</td><td>{middle}</td><td><div class='box'>{_NEWS}</div></td>"
    return f"<table><tr>{row}</tr></table><div>{_FOOT}</div>"


def modern(main: str) -> str:
    """Header, main, aside with dated news, a box of related pages, footer."""
    related = "".join(f"<li><a href='/a{n}'>Handbook of practice, part {n}</a></li>" for n in range(3))
    return (
        f"<header>{_MENU}</header><main><h1>Opinions</h1>{_TOOLS}<div>{main}</div>{_PAGES}</main>"
        f"<aside>{_NEWS}</aside><section><h3>Related</h3><ul>{related}</ul></section><footer>{_FOOT}</footer>"
    )


FRAMES: tuple[Callable[[str], str], ...] = (bare, indexed, in_a_table, modern)
