"""`govbrief taxonomy`: the classes of the topic scheme."""

from __future__ import annotations

import argparse

from dashboard.commands.extract import home_or_none
from dashboard.commands.sample_home import is_sample
from dashboard.commands.verb import Context, Verb, add_json


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--bodies", action="store_true", help="list the issuing bodies of the authority file instead"
    )
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    from classify.pipeline import vocabulary
    from classify.taxonomy.choice import chosen_schemes

    home = home_or_none(context)
    region = home.settings.place.region if home else ""
    classes, bodies = vocabulary(
        sample=home is not None and is_sample(home), region=region, schemes=chosen_schemes(home)
    )
    if args.json:
        context.console.json(bodies if args.bodies else classes)
    elif args.bodies:
        context.console.table(
            ("code", "name", "region", "level"),
            [(b.code, b.name_zh or b.name_en, b.region, b.level) for b in bodies],
        )
    else:
        context.console.table(
            ("scheme", "code", "class", "English"), [(c.scheme, c.code, c.path, c.name_en) for c in classes]
        )
    return 0


VERB = Verb(
    name="taxonomy",
    help="List the topic classes documents are put into, or the issuing bodies we know.",
    run=_run,
    arguments=_arguments,
)
