"""`govbrief taxonomy`: the topic schemes with their classes and notes, and changes of them."""

from __future__ import annotations

import argparse
from typing import Any

from dashboard.commands.console import plain
from dashboard.commands.extract import home_or_none
from dashboard.commands.sample_home import is_sample
from dashboard.commands.taxonomy_changes import CHANGES, change_arguments
from dashboard.commands.verb import Context, Verb, add_actions, add_json
from warehouse.errors import UserError
from warehouse.home import Home


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--bodies", action="store_true", help="list the issuing bodies of the authority file instead"
    )
    parser.add_argument("--scheme", metavar="NAME", help="list this scheme, in use or not")
    add_json(parser)
    action = add_actions(parser, required=False)
    add_json(action("schemes", help="the schemes there are, and which are in use"))
    shown = action("show", help="one class with its note, words and the classes it is mapped to")
    shown.add_argument("code", metavar="CODE")
    add_json(shown)
    change_arguments(action)


def _run(context: Context, args: argparse.Namespace) -> int:
    actions = {None: _list, "schemes": _schemes, "show": _show, **CHANGES}
    return actions[args.action](context, args)


def _list(context: Context, args: argparse.Namespace) -> int:
    from classify.taxonomy.choice import chosen_schemes, scheme_file
    from classify.taxonomy.load import load_taxonomy

    home = home_or_none(context)
    if args.bodies:
        from classify.departments.authority import authority_of
        from classify.pipeline import vocabulary

        authority_of(home)
        region = home.settings.place.region if home else ""
        _, bodies = vocabulary(sample=home is not None and is_sample(home), region=region)
        if args.json:
            context.console.json(bodies)
        else:
            rows = [(b.code, b.name_zh or b.name_en, b.region, b.level) for b in bodies]
            context.console.table(("code", "name", "region", "level"), rows)
        return 0
    wanted = (
        (load_taxonomy(scheme_file(home, args.scheme)),) if args.scheme else chosen_schemes(home).taxonomies
    )
    nodes = [node for taxonomy in wanted for node in taxonomy.nodes]
    if args.json:
        context.console.json([_record(node) for node in nodes])
    else:
        topics = [node.topic for node in nodes]
        context.console.table(
            ("scheme", "code", "class", "English"), [(c.scheme, c.code, c.path, c.name_en) for c in topics]
        )
        context.console.say("'govbrief taxonomy show CODE' tells what belongs to a class and what does not.")
    return 0


def _schemes(context: Context, args: argparse.Namespace) -> int:
    from classify.taxonomy.choice import chosen_schemes, home_schemes
    from classify.taxonomy.load import load_taxonomy, packaged_schemes

    home = home_or_none(context)
    own = home_schemes(home) if home else {}
    chosen = [taxonomy.scheme for taxonomy in chosen_schemes(home).taxonomies]
    records = [
        {
            "scheme": name,
            "name_zh": taxonomy.name_zh,
            "name_en": taxonomy.name_en,
            "classes": len(taxonomy.nodes),
            "from": "home" if name in own else "packaged",
            "place": chosen.index(name) + 1 if name in chosen else None,
            "version": taxonomy.version,
        }
        for name, file in {**packaged_schemes(), **own}.items()
        for taxonomy in (load_taxonomy(file),)
    ]
    if args.json:
        context.console.json(records)
    else:
        head = ("scheme", "name_zh", "name_en", "classes", "from", "place")
        context.console.table(head, [[one[key] or "-" for key in head] for one in records])
        context.console.say("[classify] schemes in govbrief.toml chooses them; the first one leads.")
    return 0


def _show(context: Context, args: argparse.Namespace) -> int:
    from classify.taxonomy.choice import home_schemes
    from classify.taxonomy.load import load_taxonomy, packaged_schemes

    home = home_or_none(context)
    files = {**packaged_schemes(), **(home_schemes(home) if home else {})}
    for file in files.values():
        node = load_taxonomy(file).by_code.get(args.code)
        if node is not None:
            break
    else:
        raise UserError(f"no class has the code '{args.code}'; 'govbrief taxonomy' lists them.")
    record = {
        **_record(node),
        "terms": dict(node.terms),
        "english": dict(node.english),
        "organs": sorted(node.organs),
        "variants": node.variants,
        "mapped": _mapped(home, node.topic.scheme, args.code, files),
    }
    if args.json:
        context.console.json(record)
        return 0
    for key, value in plain(record).items():
        if isinstance(value, dict):
            value = ", ".join(f"{word} {weight:g}" for word, weight in value.items())
        elif isinstance(value, list):
            value = ", ".join(" ".join(one.values()) if isinstance(one, dict) else one for one in value)
        context.console.result(f"{key}: {value if value not in (None, '') else '-'}")
    return 0


def _record(node: Any) -> dict[str, Any]:
    return {**plain(node.topic), "note_zh": node.note_zh, "note_en": node.note_en}


def _mapped(home: Home | None, scheme: str, code: str, others: Any) -> list[dict[str, str]]:
    """The classes of other schemes that this one is mapped to; the relation says what this one is to them."""
    from classify.taxonomy.choice import mapping_files
    from classify.taxonomy.mapping import mapping

    return [
        {"scheme": other, "code": one.code, "relation": one.relation}
        for other in others
        if other != scheme
        for one in mapping(scheme, other, mapping_files(home)).get(code, ())
    ]


VERB = Verb(
    name="taxonomy",
    help="List topic schemes and their classes, or change them: draft, preview, publish, rollback.",
    run=_run,
    arguments=_arguments,
    note="Without an action it lists the classes of the schemes in use. A change comes into force with "
    "'publish' and reaches the documents with the next 'classify' or 'run'; it makes no news.",
)
