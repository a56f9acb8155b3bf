"""Ten small sites of fictional public bodies, each in a layout of its own."""

from . import (
    claremoy,
    harrowmere,
    lacverrier,
    linqu,
    ostervik,
    pinefork,
    rauental,
    sandrigg,
    valmorel,
    wasseramt,
)

ALL = [harrowmere, ostervik, pinefork, claremoy, rauental, valmorel, wasseramt, linqu, lacverrier, sandrigg]
