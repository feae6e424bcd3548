"""The verbs of `gongjian whistles` that teach the machine to sort, and try it. With a file and a model none needs an office."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from django_scopes import scope

from gongjian.registry.models import Office
from gongjian.work.whistles.wording import model_path

VERBS = frozenset({"train", "classify", "evaluate", "duplicates"})
AskOffice = Callable[[], Office]


def add_verbs(verbs: Any) -> None:
    train: ArgumentParser = verbs.add_parser("train", help="teach it to sort, from a CSV (text,label) or closed whistles")
    train.add_argument("file", nargs="?", type=Path)
    train.add_argument("--model", type=Path, help="where to write it; default: var/models/whistles-<office>.model")
    classify = verbs.add_parser("classify", help="a category for each line of standard input: JSON with text")
    classify.add_argument("--json", action="store_true", help="lines of JSON, which is the only way it has")
    classify.add_argument("--model", type=Path, help="default: the office's own; without one, the keywords of its categories")
    verbs.add_parser("evaluate", help="how well it sorts a CSV (text,label)").add_argument("file", type=Path)
    verbs.add_parser("duplicates", help="how well repeated reports are found")


def carry_out(options: dict[str, Any], ask_office: AskOffice, stdout: TextIO) -> None:
    """Raises DomainError for files nothing can be learned from; ends with exit status 1 after lines that were no JSON."""
    from gongjian.work.whistles.words import commands

    match options["verb"]:
        case "train":
            stdout.write(f"{_train(options['file'], options['model'], ask_office)}\n")
        case "classify":
            classifier = _classifier(options["model"], ask_office)
            if commands.classify_lines(sys.stdin, stdout, classifier):
                sys.exit(1)
        case "evaluate":
            commands.evaluate_file(options["file"], stdout)
        case "duplicates":
            commands.evaluate_duplicates(stdout)


def _train(file: Path | None, model: Path | None, ask_office: AskOffice) -> Path:
    from gongjian.work.whistles.training import closed_whistles_as_csv
    from gongjian.work.whistles.words import commands

    path = model or model_path(ask_office())
    path.parent.mkdir(parents=True, exist_ok=True)
    if file is not None:
        commands.train_file(file, path)
        return path
    with scope(office=ask_office()), closed_whistles_as_csv() as closed:
        commands.train_file(closed, path)
    return path


def _classifier(model: Path | None, ask_office: AskOffice) -> Any:
    """A model where there is one; else keywords, of the office's categories or the shipped ones."""
    from gongjian.work.whistles.words.classifying import load
    from gongjian.work.whistles.words.keywords import KeywordClassifier

    if model is not None:
        return load(model)
    if not Office.objects.exists():
        return KeywordClassifier.shipped()
    office = ask_office()
    if model_path(office).exists():
        return load(model_path(office))
    with scope(office=office):
        from gongjian.work.whistles.selectors.policies import categories

        return KeywordClassifier({category.code: tuple(category.keywords) for category in categories()})
