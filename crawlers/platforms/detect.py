"""Which platform published a page: marks that a publishing system leaves in what it writes."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawlers.extraction.sniff import is_sitemap
from crawlers.platforms.numbered_families import family_of

_GOVUK_KEYS = (b'"content_id"', b'"base_path"', b'"document_type"')
_TRS_DETAIL = re.compile(rb"/t(?:19|20)\d{6}_\d+\.s?html?[\"']")
_TRS_PAGER = re.compile(rb"createPage(?:HTML)?\s*\(|Pager\(\s*\{\s*[\"']?(?:size|prefix|suffix|current)\b")
_TRS_PAGE_ID = re.compile(rb"""\bindex_\d{2,}_(?:\d+\.s?html?|["']\s*\+)""")
_ART = re.compile(r"/art/\d{4}/(?:\d{1,2}/\d{1,2}/)?art_(?:\d+_)?[0-9a-f]+\.s?html?$")
_HANWEB_ASKED = re.compile(
    r"(/page/build/unit)$|(/xxgk/search\.jsp)$|/search-front-server/|/jsearchfront/.*\.do$", re.I
)
_RECORDS = re.compile(rb"<recordset[\s>]", re.I)
_OWN_COLUMN = re.compile(rb"""\bcolumnid["']?\s*[:=]\s*["']?\d[\d,]*["'}&,\s]""", re.I)
_UCAP_ASKED = re.compile(r"/(?:common/search|searchList)/[0-9a-f]{32}/?$|/getFileListByCodeId/?$", re.I)
_UCAP_PAGE = re.compile(r"/[0-9a-f]{32}\.shtml$|/c\d{5,}/content\.shtml$", re.I)
_UCAP_LINK = re.compile(rb"/[0-9a-f]{32}\.shtml[\"'\s>]|/c\d{5,}/content\.shtml[\"'\s>]", re.I)
_UCAP_PAGER = re.compile(rb"""createPageHTML\s*\(\s*["'][a-z][\w\-]*["']\s*,""", re.I)
_NUMBERED = re.compile(rb"""href\s*=\s*["']?([^"'\s>]+\d[^"'\s>]*\.html)["'\s>]""", re.I)
_OAI = re.compile(rb"<(?:\w+:)?OAI-PMH[\s>]")
_WORDPRESS = re.compile(rb"""<link\b[^>]{0,300}rel=["']https://api\.w\.org/["']""", re.I)
_WORDPRESS_ASKED = re.compile(r"/wp-json/wp/v\d+/|[?&]rest_route=(?:/|%2F)wp(?:/|%2F)v\d", re.I)
_LEGISTAR_ASKED = re.compile(r"^/v1/[^/]+/(?:matters|events)(?:/|$)", re.I)
_AGENDA_FILE = re.compile(rb"/AgendaCenter/ViewFile/(?:Agenda|Minutes)/_\d{8}-\d", re.I)
_VSB_MARKS = (b"_sitegray", b".vsb.css", b"vsb_content", b"_showDynClick", b"Visual SiteBuilder")
_HEAD = 400_000


def detect(body: bytes, url: str) -> str | None:
    """The platform's name, or None when nothing gives it away; looks at bytes and address only."""
    head = body[:_HEAD]
    host, path = urlsplit(url).hostname or "", urlsplit(url).path
    if (b"window._CONFIG" in head and b"SID" in head) or "/gkmlpt/api/" in path:
        return "gkmlpt"
    if "/search-gov/data" in path or b'"searchVO"' in head[:5000] or b"DOCRELPUBTIME" in head[:5000]:
        return "govcn"
    if "/law-search/" in path or (b'"bbbs"' in head[:5000] and b'"sxx"' in head[:20_000]):
        return "flk"
    if _is_govuk(head, path):
        return "govuk"
    offered = _offered(head, host, path, url)
    if offered:
        return offered
    told = _interface(head, path)
    if told:
        return told
    if "/was5/web/search" in path:
        return "trs_was5"
    if path.endswith("/igs/front/search.jhtml"):
        return "trs_igs"
    hanweb = _hanweb(head, path)
    if hanweb:
        return hanweb
    ucap = _ucap(head, path)
    if ucap:
        return ucap
    if _is_trs(head, path):
        return "trs"
    if sum(mark in head for mark in _VSB_MARKS) > 1 or b"p_next p_fun" in head:
        return "vsb"
    if host in ("gov.cn", "www.gov.cn"):
        return "govcn"
    if family_of(url, telling=True) or _is_numbered(head, url):
        return "numbered"
    if b"api.w.org" in head and _WORDPRESS.search(head):
        return "wordpress"
    stripped = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if (
        stripped.startswith((b"<?xml", b"<rss", b"<feed", b"BEGIN:VCALENDAR", b"<OAI-PMH"))
        and b"<html" not in head[:2000].lower()
    ):
        return "sitemap" if is_sitemap(stripped) else "oai_pmh" if _OAI.search(stripped[:3000]) else "feed"
    return "feed" if b"jsonfeed.org/version" in stripped[:2000] and stripped[:1] == b"{" else None


def _offered(head: bytes, host: str, path: str, url: str) -> str | None:
    """Interfaces that councils and the Union's Publications Office rent or run, by their addresses."""
    if _WORDPRESS_ASKED.search(url):
        return "wordpress"
    if b"publications.europa.eu" in head and (path.endswith("/rdf/sparql") or b"notificationEntry" in head):
        return "cellar" if path.endswith("/rdf/sparql") else "cellar_feed"
    if host == "webapi.legistar.com" or host.endswith(".legistar.com") or _is_legistar(head, path):
        return "legistar"
    if path.lower().endswith(("/viewpublisher.php", "/viewpublisherrss.php")):
        return "granicus"
    if path.lower() == "/rssfeed.aspx" or path.lower().startswith("/agendacenter"):
        return "civicplus"
    return "civicplus" if b"catAgendaRow" in head and _AGENDA_FILE.search(head) else None


def _is_legistar(head: bytes, path: str) -> bool:
    return bool(_LEGISTAR_ASKED.search(path)) and (b'"MatterId"' in head or b'"EventId"' in head)


def _hanweb(head: bytes, path: str) -> str | None:
    """Records in the page, or a pager that tells the numbers with which they can be asked for."""
    asked = _HANWEB_ASKED.search(path)
    if asked:
        return "hanweb_" + ("jpaas" if asked[1] else "xxgk" if asked[2] else "search")
    if "dataproxy.jsp" in path:
        return "hanweb_dataproxy"
    if (b"dataproxy.jsp" in head or b"jpage" in head) and _OWN_COLUMN.search(head):
        return "hanweb_dataproxy"
    if b"jpaas-publish-server" in head:
        return "hanweb_jpaas"
    if b"/module/xxgk/search.jsp" in head and b"infotypeId" in head:
        return "hanweb_xxgk"
    if b"<record>" in head and _RECORDS.search(head):
        return "hanweb_recordset"
    return "hanweb_dataproxy" if _ART.search(path) else None


def _ucap(head: bytes, path: str) -> str | None:
    """A JSON interface by its address or its words; list pages by their pager beside numbered pages."""
    if _UCAP_ASKED.search(path):
        return "ucap_channel"
    if path.endswith("/so/ss/query/s"):
        return "ucap_search"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        hits = b'"resultDocs"' in head and b'"totalHits"' in head
        return "ucap_search" if hits else "ucap_channel" if b'"domainMetaList"' in head else None
    if _UCAP_PAGE.search(path):
        return "ucap"
    paged = (b"common_list" in head or b"UCAP" in head) and _UCAP_PAGER.search(head) is not None
    return "ucap" if paged or len(_UCAP_LINK.findall(head)) >= 5 else None


def _is_numbered(head: bytes, url: str) -> bool:
    """A list of pages of one of the families that nobody else shares."""
    links = _NUMBERED.findall(head) if head.count(b".html") >= 5 else []
    return len(links) >= 5 and sum(1 for one in set(links) if family_of(_path(one), telling=True)) >= 5


def _path(link: bytes) -> str:
    return "/" + link.decode("latin-1").lstrip("./")


def _is_trs(head: bytes, path: str) -> bool:
    if re.search(r"/t\d{8}_\d+\.s?html?$", path):
        return True
    if (b"createPage" in head or b"Pager(" in head) and _TRS_PAGER.search(head):
        return True
    if b"countPage" in head and _TRS_PAGE_ID.search(head):
        return True
    return (b"/t20" in head or b"/t19" in head) and len(_TRS_DETAIL.findall(head)) >= 5


_INTERFACES = (  # name, its addresses, words that only its answers have together
    (
        "federal_register",
        re.compile(r"/api/v1/(?:public-inspection-)?documents(?:\.json|/|$)"),
        (b'"document_number"', b'"publication_date"'),
    ),
    (
        "govinfo",
        re.compile(r"^/(?:collections|published)/[A-Z0-9-]+/\d{4}|^/packages/[A-Z][\w-]+/summary$"),
        (b'"packageId"', b'"dateIssued"'),
    ),
    (
        "regulations",
        re.compile(r"^/v4/(?:documents|dockets)(?:/|$)"),
        (b'"docketId"', b'"documentType"', b'"attributes"'),
    ),
    ("congress", re.compile(r"^/v3/bill(?:/|$)"), (b'"originChamber"', b'"latestAction"')),
)


def _interface(head: bytes, path: str) -> str | None:
    """One of the documented interfaces of public bodies: a JSON answer at its address, or by its words."""
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"{":
        return None
    for found, address, words in _INTERFACES:
        if address.search(path) or all(word in head for word in words):
            return found
    return None


def _is_govuk(head: bytes, path: str) -> bool:
    if "/api/content/" in path:
        return True
    if head.lstrip()[:1] != b"{":
        return False
    if path.endswith("/api/search.json"):
        return b'"results"' in head
    return all(key in head for key in _GOVUK_KEYS)
