"""Names of laws, codes, treaties and official plans in English prose, read backwards from their last word.

A name is the run of capitalised words before Act, Code, Treaty …; what a city writes small (administrative
code of the city of New York) is known by its place behind "section … of the" or by its fixed name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from classify.components.dates import MONTH
from classify.components.english_places import matches

LONGEST = 180
_YEAR = r"(?:1[789]|20)\d\d"
_HEAD = re.compile(  # each word begins with a plain letter, to which re skips; no letter may stand before it
    r"(?P<head>A(?<!\wA)(?:cts?|greement)|C(?<!\wC)(?:odes?|onvention|onstitution|harter|ovenant|ompact)"
    r"|R(?<!\wR)(?:egulations?|ules|esolution)|O(?<!\wO)(?:rders?|rdinance)|D(?<!\wD)(?:irective|eclaration)"
    r"|T(?<!\wT)reaty|P(?<!\wP)(?:rotocol|lan|olicy Statement)|B(?<!\wB)ill|L(?<!\wL)aw"
    r"|S(?<!\wS)(?:trategy|tatute)|F(?<!\wF)ramework|W(?<!\wW)hite Paper|G(?<!\wG)reen Paper)"
    r"\b(?!-\w|\.(?:gov|com|org))"
)
_YEARED = re.compile(
    rf"(?: Amendments?| Reauthorization)?(?:(?: \([A-Z][\w.& ]{{0,60}}\))?,? (?:of )?{_YEAR}\b(?![-/]\d))?"
)
_ABOUT = re.compile(
    r" (?:on|for|of|against|concerning|relating to|relative to|between)(?: the| all)? [A-Z][\w'’-]*"
    r"(?:(?:,? and|,)? (?:(?:of|on|the|in|for|to|its|by|from|against"
    r"|all)[ ]){0,3}(?<!, the )(?!Section|Rule|Article|Title)[A-Z][\w'’-]*){0,12}"
)
_OF_DAY = re.compile(rf" of {MONTH} \d{{1,2}}, {_YEAR}\b")  # the Act of March 3, 1901
_GOES_ON = re.compile(r"\)+ (?:\([A-Z][\w ]{1,40}\) )?(?:Regulations|Order|Act|Rules|Scheme)\b")
_CODES = re.compile(
    r" of (?:Federal Regulations|(?:Recommended )?Practice|Conduct|Ethics)\b| for Sustainable Homes\b"
)
_OPEN_ENDED = frozenset({"Convention", "Treaty", "Protocol", "Covenant", "Declaration", "Rules", "Agreement"})
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)$")
_TOKEN = re.compile(r"[^\s—]+")
_LINKS = frozenset(
    {
        "of",
        "and",
        "for",
        "the",
        "to",
        "in",
        "on",
        "with",
        "from",
        "by",
        "against",
        "or",
        "&",
        "a",
        "as",
        "at",
        "through",
        "de",
    }
)
_VERB = (
    r"(?:Amend|Repeal|Require|Direct|Revise|Allow|Prohibit|Authorize|Extend|Establish|Provide"
    r"|Make|Appl|Exempt|Modif"
    r"|Reauthorize|Declare|State|Urge|Express|Set|Limit|Include|Permit|Consider|Replace"
    r"|Revoke|Implement|Support|Recogni[sz]e|Condemn)"
)
_START = re.compile(
    rf"^(?:(?:{_VERB}(?:s|ies|y|ing|ed)?|Under|In|On|The|This|That|These|Those|Each|Every|Any"
    rf"|Such|All|Our|Your|Its|Their|His|For|To|And|Of"
    r"|By|With|From|As|When|If|Where|While|Since|Although|Because|After|Before|Until"
    r"|WHEREAS,?|Whereas,?|RESOLVED,?|Resolved,?|See|Both|New(?! (?:York|Jersey|Hampshire"
    r"|Mexico|Orleans|England|Zealand|Towns|Homes|Roads))|Pursuant|According to"
    r"|Federal(?= the)|Executive(?= the)|How|What|Why|Following|Through|Using|Also|But|Or"
    r"|Section|Sections|Part|Parts|Title|Titles|Chapter|Article"
    r"|Subtitle|Schedule|Sec\.|Regulation|Existing|Proposed|Unlike|Despite|Notwithstanding"
    r"|Current|Presidential(?= the)|A|An|I|It|We|He)"
    r"(?:[ ]|$))"
)
_PROVISION = re.compile(
    r"^(?:.*[ ])?(?:[Tt]itles?|[Ss]ections?|[Pp]arts?|[Cc]hapters?|[Aa]rticles?|[Ss]ubtitles?"
    r"|[Ss]chedules?|[Ss]ubchapters?|[Rr]ules?|Division|Regulation)"
    r" [\w.()§–-]{1,20}(?: ?\([^()]{1,80}\))?(?:,? (?:and|or|to"
    r"|through) [\w.()–-]{1,20}(?: ?\([^()]{1,80}\))?)? (?:of|to|in)(?: the)? "
    r"|^(?:[IVXL]{1,5}(?:-[A-Z])?|\d[\w().-]*)(?: \([^()]{1,80}\)){0,2}(?:,? and"
    r" [IVXL\d][\w()-]{0,12}(?: \([^()]{1,80}\)){0,2})? of (?:the )?|^.* (?:Under|Amends"
    r"|Amending) (?:the )?"
    r"|^(?:.* )?(?:Amendments?|Annex \w{1,5}|Clause|Guidelines?|Guidance|Provisions?|Appendix"
    r"|Implementation|Memorandum|Mandated|Happens|Access|Required|Introduction|Permit"
    r"|Measures|Proposals|Powers|Change|Changes)"
    r" (?:to|of|for|on|by|under|in) (?:the )?|^Draft "
)
_EMPTY = re.compile(

        r"^(?:(?:Local|Public|International|Common|Case|Civil|Federal|State|Sharia|Islamic"
        r"|Municipal|Roman|U\.S\.|European|EU|English|British|American|Scots|Martial"

        r"|Constitutional|National|Private|House|Senate|Joint|Concurrent|Assembly|Executive"
        r"|Presidential|Royal|New|Model|Final|Proposed|Draft|Interim|Current|Existing"

        r"|Members?['’]s?|Finance|Court|Consent|Standing|Mail|Money|Purchase|Work|Task|Delivery"
        r"|Council|Commission|Statutory|Annual|Strategic|Business|Internet|Web|Online"

        r"|General|Security|Ground|House|The|First|Second|Third|Parent|Party|Gas|Electric|Water"
        r"|Electricity|Utility|Phone|Hospital|Dollar|Buffalo|Political|Negative|Framework|Action"
        r"|Enterprise|Fiscal|Green|"
    r"Building|Open|Hybrid|Government|Security|Federal|and|or|of|for|the|&)\s*)+$"
)  # fmt: skip
_NO_LAW = {
    "Code": re.compile(
        r"(?:ZIP|Zip|Area|Source|QR|Bar|Post|Postal|Dress|Morse|Promo|Country|Language|Short"
        r"|Color|Bar|Tracking|Hour of|Class|Open|HTML|SIC|NAICS|Game|Cheat|Agency|Treasury"
        r"|Reference|Mobile|To|De|Learn) $"),
    "Law": re.compile(
        r"(?:of|at|in|and|for|by|Administrative|Criminal|Immigration|Employment|Tax|Family"
        r"|Contract|Patent|Business|Bankruptcy|Labour|Competition|Property|Environmental|Aviation"
        r"|Health|Sunshine|Maritime|Elder|Animal|Poverty|County|City|Town|Mr\.|Disability|Sea"
        r"|Moore['’]s|Murphy['’]s|Linus['’]s) $"),
    "Plan": re.compile(
        r"^(?!.*(?:National|Federal|Strategic|Action|Infrastructure|Government|Spatial|Recovery"
        r"|Basin|Implementation|Marshall|Broadband|Structure|London|Emergency Response"
        r"|Hazard Mitigation)).*$|(?:Health|Savings|Pension|Retirement|Benefits?|Drug|Care"
        r"|Insurance|Bonus|State Implementation|Individual|Business) $"),
    "Strategy": re.compile(
        r"^(?!.*(?:National|Federal|Government|UK|EU|European|Housing|Cancer|Waste|Marine"
        r"|Sustainable|Homelessness|Industrial|Cyber|Arctic|Climate) )(?:.*)$|(?:Director|Office"
        r"|Head|Chief) |(?:Content|Social Media|Chief|Search|Marketing|Media|Brand|Mobile"
        r"|Communications|User Experience|UX|Web|Product|Deputy|and) $"),
    "Framework": re.compile(
        r"^(?!.*(?:Planning|Policy|National|Outcomes|Strategic|Water|Sendai|Cybersecurity"
        r"|Skills)).*$|(?:Web|Application|Software|Testing|Bootstrap|CSS) $"),
    "Agreement": re.compile(
        r"^(?!.*(?:Trade|Climate|Paris|Peace|Status|Framework|Promotion|Partnership|Association"
        r"|Cooperation|Dayton|Basel|Investment|Friday|Free|Social Security|Armistice|Nuclear"
        r"|General)).*$"),
    "Convention": re.compile(
        r"(?:Democratic|Republican|Party|National|Annual|Constitutional|Tax|Music|Trade|Comic"
        r"|Green|City) $"),
    "Protocol": re.compile(
        r"(?:Internet|Transfer|Access|Control|Voice over|Discovery|Authentication|Treatment"
        r"|Application|Messaging|Communication|Exchange|Graph|Test|Mail) $"),
    "Declaration": re.compile(
        r"^(?!.*(?:Universal|Rio|Doha|Beijing|Paris|Helsinki|United Nations|UN|York|Brussels"
        r"|Cotonou)).*$"),
    "Resolution": re.compile(r"^(?!.*(?:Zoning|War Powers|Appropriations)).*$"),
    "Bill": re.compile(
        r"(?:GI|G\.I\.|Buffalo|Electric|Phone|Utility|Uncle|Mr\.|President|Senator|Rep\."
        r"|Congressman|Mayor|Minister|Secretary|and|with) $"),
    "Charter": re.compile(r"(?:Public|Air|Boat|Bus|Royal|Project|Team|Private|Yacht|High|Program) $"),
    "Compact": re.compile(r"^(?!.*(?:Interstate|River|Basin|Lakes|Global|Waste|Rio|Free Association)).*$"),
    "Statute": re.compile(r"^(?!.*(?:Rome)).*$"),
}  # fmt: skip
_DATED_ONLY = frozenset({"Order", "Orders", "Rules", "Regulation", "Rule"})
_FULL = re.compile(
    r"(?:Federal Acquisition|Acquisition|Export Administration|International Traffic in Arms"
    r"|Zoning) (?:Regulations?|Resolution)$"
    r"|^Code of Federal Regulations$|^Building Regulations$|^Federal Rules of \w+"
    r"|^Rules of the (?:City of New York|Council|House|Senate|Supreme Court)"
)
_SMALL_HEAD = re.compile(
    r"(?<= )(?P<head>law|code|charter|resolution|rules|act)\b(?! enforcement| making"
    r"|-)(?: of the (?:city|state) of New York)?"
)
_SMALL_FIXED = re.compile(
    r"(?:New York )?(?:(?:city|state|City|State) )?(?:administrative code|city charter"
    r"|city building code|zoning resolution|health code|fire code|building code"
    r"|construction codes?|plumbing code|fuel gas code|mechanical code"
    r"|energy conservation code|electrical code|housing maintenance code|noise control code"
    r"|(?:penal|criminal procedure|civil practice|multiple dwelling|public health"
    r"|social services|education|election|vehicle and traffic"
    r"|mental hygiene|general municipal|general business|general obligations"
    r"|general construction|public officers|real property|real property tax"
    r"|municipal home rule|civil service|labor|tax"
    r"|insurance|alcoholic beverage control|agriculture and markets"
    r"|environmental conservation|public housing|executive|family court|correction|banking"
    r"|civil rights|domestic relations"
    r"|surrogate's court procedure|workers' compensation|not-for-profit corporation"
    r"|private housing finance|emergency tenant protection|rent stabilization"
    r"|city civil court|human rights|retirement and social security"
    r"|public authorities|state finance|local finance|transportation|navigation"
    r"|volunteer firefighters' benefit|estates, powers and trusts|judiciary"
    r"|second class cities|town|village|county|highway|railroad|cannabis|economic development"
    r"|energy|arts and cultural affairs|parks, recreation and historic preservation)"
    r" (?:law|act)|earned sick time act|earned safe and sick time act|fair chance act"
    r"|waterfront revitalization program|landmarks law|sunshine law"
    r"|freedom of information law|open meetings law)"
    r"(?: of the (?:city|state) of New York)?$"
)
_SMALL_PLACED = re.compile(
    r"(?:[Ss]ections?|[Ss]ubdivisions?|[Pp]aragraphs?|[Aa]rticles?|[Cc]hapters?|[Tt]itles?"
    r"|[Ss]ubchapters?|§{1,2}) [^;\n]{1,60}? of (?:the |title \w{1,4} of the )"
    r"(?P<name>(?:(?!this|that|such|local|the|of|title)[\w'’,-]{1,20} ){1,7})$"
)
_POLICY = re.compile(
    r"\bPlanning Policy (?:Statement|Guidance)(?: Note)? ?\d{1,2}\b|\bPP[SG] ?\d{1,2}\b(?!/)"
    r"|\bthe Constitution\b(?! [A-Z])"
)
_POLICIES = ("Planning Policy", "PPS", "PPG", "the Constitution")
_SMALL_WORDS = (" law", " code", " charter", " resolution", " rules", " act")


def english_names(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, name) of each name, left to right by kind; overlaps are possible between kinds."""
    reached = 0
    for found in _HEAD.finditer(text):
        place = _named(text, found, reached)
        if place is not None:
            reached = place[1]
            yield *place, " ".join(text[place[0] : place[1]].split())
    for found in matches(_POLICY, text, _POLICIES, 0, 60):
        skip = 4 if found.group().startswith("the ") else 0
        yield found.start() + skip, found.end(), found.group()[skip:]
    if " of the " in text or " law" in text or " code" in text:
        yield from _small(text)


def _named(text: str, found: re.Match[str], reached: int) -> tuple[int, int] | None:
    """Where the name begins and ends whose last word this is; None when it names nothing."""
    head, end = found["head"], found.end()
    if text[end : end + 1] == ")" and _GOES_ON.match(text, end):
        return None
    years = _YEARED.match(text, end)
    close = years.end() if years is not None else end
    dated = close > end and text[close - 4 : close].isdigit()
    about = _ABOUT.match(text, end, end + 120) if head in _OPEN_ENDED else None
    if about is not None:
        close = max(close, about.end())
    elif head == "Code" and (of := _CODES.match(text, end)) is not None:
        return _walk(text, found.start(), max(reached, found.start() - LONGEST)), of.end()
    elif (head == "Code" and text.startswith(" for ", end)) or (
        not dated and head not in ("Act", "Acts", "Code") and re.match(r" [A-Z][a-z]", text[end : end + 3])
    ):
        return None
    start = _walk(text, found.start(), max(reached, found.start() - LONGEST))
    before = text[start : found.start()]
    of_day = _OF_DAY.match(text, end, end + 32) if head == "Act" else None
    if of_day is not None and before.strip() in ("", "of"):
        return found.start(), of_day.end()
    if head in ("Act", "Acts") and before.strip() in ("", "of") and not dated:
        return None
    whole = text[start:close]
    if head.startswith(("Order", "Rule", "Regulation")) and not dated:
        return (start, close) if _FULL.search(whole) else None
    if head == "Constitution":
        bare = before.endswith((" by the ", " in the ", " under the "))  # read as the Constitution alone
        return (start, close) if (before and not bare) or dated else None
    if (
        (not before.strip() and about is None)
        or before.endswith(", ")
        or ("," in before and not head.startswith(("Act", "Regulation", "Order", "Code", "Law")))
    ):
        return None
    refused = _NO_LAW.get(head.removesuffix("s"))
    if (refused is not None and refused.search(before) and about is None) or (
        _EMPTY.match(before) and not dated and about is None
    ):
        return None
    if (
        about is not None
        and not before
        and head in ("Agreement", "Rules", "Declaration")
        and not _FULL.search(whole)
    ):
        return None
    return start, close


def _walk(text: str, end: int, low: int) -> int:
    """Back over capitalised words and the small words between them; a head word ends the walk at 'and'."""
    if text[end - 1 : end] != " ":
        return end
    words = list(_TOKEN.finditer(text, low, end))
    at, taken = end, end
    inside = False
    for word in reversed(words):
        said = word.group()
        gap = text[word.end() : at]
        if gap != " " and word.start() < end and at != end:
            break
        at = word.start()
        plain = said.strip("\"“”'‘’([*_")
        inside = inside or said.endswith((")", "),"))
        if plain[:1].isupper() or said == "&" or (plain[:1].isdigit() and (inside or _ORDINAL.match(plain))):
            if said[-1] in ".;:!?" and not re.search(r"(?:^|\()(?:[A-Z]\.)+$|^(?:Jr|Sr|St|Dr|No)\.$", said):
                break
            if said[-1] == "," and (_is_end(said[:-1]) or said[-2:-1].isdigit()):
                break
            if plain == "The":
                break
            taken = at + len(said) - len(said.lstrip("\"“”'‘’[*_"))
            if said[0] in '"“‘[*_':
                break
        elif said in _LINKS and not (said in ("and", "or") and _ends_before(text, word.start(), low)):
            continue
        else:
            break
    return _trimmed(text, taken, end)


def _is_end(word: str) -> bool:
    return (
        _HEAD.fullmatch(word) is not None
        or word.isdigit()
        or re.fullmatch(r"\(?[A-Z]{2,8}\)", word) is not None
    )


def _ends_before(text: str, at: int, low: int) -> bool:
    """The word before this place is itself the end of a name: Clean Air Act and …"""
    before = text[low:at].split()
    return bool(before) and _is_end(before[-1].strip(","))


def _trimmed(text: str, start: int, end: int) -> int:
    """Without the verb, the provision and the article that lead to the name."""
    while start < end:
        words = text[start:end]
        lead = (
            _PROVISION.match(words)
            or _START.match(words)
            or re.match(r"(?:of|and|for|the|to|in|on|with|from|by|or|as|at|a|through|&)\s", words)
        )
        if lead is None:
            break
        start += lead.end()
    if text[start] == "(" and ")" not in text[start:end]:
        start += 1
    words = text[start:end]
    cut = max(
        (
            one.end()
            for one in re.finditer(
                r"(?<!of)(?<!for)(?<!to)(?<!in)(?<!on)(?<!from)(?<!by)(?<!against) the ", words
            )
        ),
        default=0,
    )
    if cut:
        return start + cut
    officer = re.match(
        r"(?:.{0,40}?)(?:Secretary|Administrator|Commissioner|Director|Department|President"
        r"|Congress|States|Council)(?: of \w+(?: \w+)?)? (?:to|in|on|by|with|from|for"
        r"|under) (?:the )?",
        words,
    )
    return start + officer.end() if officer and officer.end() < len(words) else start


def _small(text: str) -> Iterator[tuple[int, int, str]]:
    """Codes and laws that a city or state writes small."""
    for found in matches(_SMALL_HEAD, text, _SMALL_WORDS, 0, 60):
        low = max(0, found.start() - 120, text.rfind("\n", 0, found.start()) + 1)
        window = text[low : found.end()]
        fixed = _SMALL_FIXED.search(window) if found["head"] != "rules" else None
        if fixed is not None:
            yield low + fixed.start(), found.end(), fixed.group()
            continue
        placed = _SMALL_PLACED.search(text[low : found.start()])
        if placed is not None:
            yield low + placed.start("name"), found.end(), text[low + placed.start("name") : found.end()]
