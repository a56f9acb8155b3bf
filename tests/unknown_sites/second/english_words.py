"""Sentences and words of the English sites."""

import random
from collections.abc import Callable

from .common import MONTHS, Vocabulary


def num(lowest: int, highest: int) -> Callable[[random.Random], str]:
    """Draws a number and writes it with commas."""
    return lambda r: f"{r.randint(lowest, highest):,}"


EN_VOC: Vocabulary = {
    "n": num(12, 480),
    "big": num(1200, 98000),
    "pct": lambda r: f"{r.randint(3, 61)} per cent",
    "small": num(3, 11),
    "amt": lambda r: f"£{r.randint(2, 48)}.{r.randint(1, 9)} million",
    "amtk": lambda r: f"£{r.randint(15, 940)},000",
    "month": MONTHS["en"],
    "year": ["2014", "2016", "2019", "2021", "2022", "2023"],
    "day": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
    "name": [
        "Priya Lanyard",
        "Tom Ashgrove",
        "Helen Mbeki-Ross",
        "Gareth Pollitt",
        "Siobhan Carrick",
        "Marcus Elderfield",
        "Aisha Threlkeld",
        "Dorothy Quill",
        "Ian Bramhope",
        "Lucía Fenwick",
        "Owen Tarrant",
        "Beatrix Holme",
    ],
    "role": [
        "the cabinet member for communities",
        "head of operations",
        "the programme director",
        "the chief engineer",
        "the deputy leader",
        "the service manager",
        "the lead officer",
    ],
    "place": [
        "Ferry Lane",
        "Kiln Street",
        "the Lower Quay",
        "Northgate",
        "Saltmarsh Road",
        "the old tannery",
        "Abbotsfield",
        "Weir Bridge",
        "Cobden Park",
        "the Exchange building",
        "Tollhouse Green",
        "Pound Hill",
    ],
    "partner": [
        "the river trust",
        "the county fire service",
        "two housing associations",
        "the chamber of trade",
        "local schools",
        "the parish clerks' network",
        "the university's transport institute",
        "voluntary groups",
    ],
    "good": [
        "encouraging",
        "better than forecast",
        "mixed",
        "broadly positive",
        "clearer than last year",
        "uneven across the wards",
    ],
}
EN_BANK = [
    "the work on {S} began in {month} after a survey of {big} households.",
    "Officers counted {n} responses, of which {pct} asked for changes to the timetable.",
    "The cost is put at {amt}, with {amtk} held back for unforeseen ground conditions.",
    "A short closure near {place} cannot be avoided, but deliveries will be let through before "
    "nine in the morning.",
    "Neighbours of {place} have been written to individually.",
    "Speaking after the meeting, {name} described the first results as {good}.",
    "Earlier plans, drawn up in {year}, had assumed twice as much traffic.",
    "The team will return to {place} in {month} to measure whether the improvement has lasted.",
    "No decision has been taken yet on the second stage.",
    "Anyone who cannot use the online form may write, telephone or call at the reception desk in person.",
    "Support has come from {partner}, who lent staff as well as equipment.",
    "Roughly {pct} of the budget goes on maintenance rather than anything new.",
    "An independent reviewer looked at the figures for {S} and found {small} minor errors, all "
    "since corrected.",
    "If the weather turns, the programme may slip by a fortnight.",
    "Those most affected live within {n} metres of {place}.",
    "The report sets out {small} options and recommends the third.",
    "Contractors are expected on site by {month}, working weekdays only.",
    "Complaints fell by {pct} during the trial, though noise remained the commonest theme.",
    "For {S}, the rules differ slightly: notice must be given {n} days ahead.",
    "{name} will lead the project and answer questions at a drop-in session on a {day} evening.",
    "Records going back to {year} were digitised to make comparison possible.",
    "A similar scheme at {place} paid for itself within {small} years.",
    "Volunteers gave more than {big} hours of their time.",
    "Money already committed will not be affected by the change.",
    "The equality assessment raised no serious concerns, but asked that signs be repeated in large print.",
    "Trees removed along {place} will be replaced two for one in the next planting season.",
    "People who rent privately are, for the first time, included in {S}.",
    "It is hoped that {partner} will join before the winter.",
    "Progress will be reported every quarter, starting in {month}.",
    "There were {n} applications last year; {pct} succeeded at the first attempt.",
    "Parking permits remain valid throughout.",
    "The figures exclude {place}, where counting equipment failed twice.",
    "Staff have been trained to recognise fraud and to refer doubtful cases promptly.",
    "Nothing in this note alters anyone's right of appeal.",
    "One lesson from {S} is that early conversations save months later on.",
    "The second phase, worth {amtk}, depends on a grant still under negotiation.",
    "Samples taken at {place} on a {day} showed levels well inside the permitted range.",
    "Both the police and the ambulance service were consulted about access.",
    "Minutes of the working group can be inspected on request.",
    "By the end of {month}, all {n} units should be in service.",
]
EN_HEADS = [
    "Background",
    "What happens next",
    "How to take part",
    "Costs and funding",
    "Timetable",
    "Why this matters",
]
EN_ITEMS = [
    "repairs to {n} metres of footway around {place}",
    "a named contact, {name}, for residents' questions",
    "{small} extra inspections each month",
    "replacement of worn signs by the end of {month}",
    "a hardship fund of {amtk}",
    "translation of the leaflet into {small} languages",
    "a review of {S} after twelve months",
]
EN_QUOTES = [
    "“We listened, and we changed the plan,” said {name}, {role}. “{S} matters to every street "
    "in the district.”",
    "“It has taken longer than any of us wanted,” {name} said, “yet the result near {place} "
    "speaks for itself.”",
    "“Nobody should have to guess what {S} means for them,” said {name}, {role}.",
]
