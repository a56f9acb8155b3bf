"""Ten more small sites of fictional public bodies, made for a second blind trial."""

from . import (
    calder,
    costaverde,
    elmenau,
    harrowmere_city,
    lanting,
    penobrook,
    sundrell,
    ternislands,
    valmarine,
    yunhe,
)

ALL = [
    harrowmere_city,
    calder,
    yunhe,
    lanting,
    elmenau,
    valmarine,
    ternislands,
    penobrook,
    sundrell,
    costaverde,
]
