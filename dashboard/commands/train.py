"""`govbrief train`: teach the classifier, see the effect, apply it, go back; or learn from files."""

from __future__ import annotations

import argparse
from pathlib import Path

from dashboard.commands.chain import summary_lines
from dashboard.commands.verb import Context, Verb, add_json
from warehouse.errors import UserError


def _arguments(parser: argparse.ArgumentParser) -> None:
    files = parser.add_argument_group("from files, without a home")
    files.add_argument("--data", nargs="+", type=Path, metavar="FILE.jsonl", help="labelled documents")
    files.add_argument("--field", choices=("department", "topic"), help="which label to learn")
    files.add_argument("--out", type=Path, metavar="FOLDER", help="where to write the model; must not exist")
    parser.add_argument(
        "--scheme",
        metavar="NAME",
        help="topic scheme to teach (default: the home's first, or the rows')",
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--list", action="store_true", help="the models of the home and which is in use")
    which.add_argument(
        "--sitting", action="store_true", help="the open sitting, or 25 new documents to confirm or correct"
    )
    which.add_argument(
        "--answer",
        nargs="+",
        metavar="PLACE=CODE",
        help="answers to the open sitting: 3=17-02 corrects, 4=ok confirms, 5=skip passes over, 5=undo",
    )
    which.add_argument("--preview", metavar="NAME", help="how many documents a model would move, and where")
    which.add_argument("--apply", metavar="NAME", help="use a model from the next classification on")
    which.add_argument("--use", metavar="NAME", help="the same, also of an earlier one, or 'packaged'")
    which.add_argument("--rollback", action="store_true", help="use what was in use before")
    parser.add_argument("--sample", type=int, metavar="N", help="with --preview: documents to look at")
    add_json(parser)


def _run(context: Context, args: argparse.Namespace) -> int:
    if args.data or args.out or args.field == "department":
        return _from_files(context, args)
    from dashboard.commands import teaching

    return teaching.run(context, args)


def _from_files(context: Context, args: argparse.Namespace) -> int:
    from classify.training import train

    if not (args.data and args.field and args.out):
        raise UserError("'train' needs --data FILE.jsonl, --field department or topic, and --out FOLDER.")
    if args.out.exists():
        raise UserError(
            f"--out {args.out} is already there; name a new folder, a model is never overwritten."
        )
    summary = train(args.data, args.field, args.out, scheme=args.scheme)
    if args.json:
        context.console.json(summary)
    else:
        for line in summary_lines({"train": summary}):
            context.console.result(line)
    return 0


VERB = Verb(
    name="train",
    help="Teach the classifier with published labels and corrections; preview, apply and roll back models.",
    run=_run,
    arguments=_arguments,
    note="Without options it learns from the home's labels and writes a candidate, which changes nothing "
    "until --apply. A model holds weights without pickle and a card.",
)
