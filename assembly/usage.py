"""usage: a call of build.py that makes no sense → what is wrong with it, in German, with the near miss.

argparse words its errors in English and tells them apart by words alone. So they are not translated: the call is held
against the parser's own actions once more, which costs nothing, because it happens only where the call has failed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NoReturn

from assembly.diagnostics import suggest

EXIT_USAGE = 2


class GermanParser(argparse.ArgumentParser):
    """argparse in German: usage errors end with exit code 2, name what is wrong and the way to the help.

    `configure` adds the arguments of a command once that is called: the others cost nothing.
    """

    configure: Callable[[GermanParser], None] | None = None

    def __init__(self, **settings: Any) -> None:
        """Take argparse's own settings; half an option's name is not guessed, so that no new option breaks a call."""
        super().__init__(**{"allow_abbrev": False, **settings})
        self._call: Sequence[str] = ()

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Add what is still to be added and parse; what is left over is refused here, where the options are known."""
        if self.configure:
            configure, self.configure = self.configure, None
            configure(self)
        self._call = sys.argv[1:] if args is None else list(args)
        found, left_over = super().parse_known_args(args, namespace)
        if left_over:
            self.error("")
        return found, left_over

    def error(self, message: str) -> NoReturn:
        """Print what was wrong with the call and leave with exit code 2."""
        del message  # argparse words it in English
        problems = list(dict.fromkeys(problems_of(self, self._call)))
        for problem in problems or ["Der Aufruf ist nicht vollständig oder enthält Unbekanntes."]:
            print(problem, file=sys.stderr)
        self.print_usage(sys.stderr)
        print(f"Hilfe: ./{self.prog} --help", file=sys.stderr)
        sys.exit(EXIT_USAGE)

    def format_usage(self) -> str:
        """Return the usage line under a German heading."""
        return super().format_usage().replace("usage:", "Aufruf:", 1)

    def format_help(self) -> str:
        """Return the help under a German heading."""
        text = super().format_help().replace("usage:", "Aufruf:", 1).replace("options:", "Optionen:", 1)
        return text.replace("positional arguments:", "Angaben:", 1)


def problems_of(parser: argparse.ArgumentParser, call: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong with the call of this parser (the words after its own name), one line each."""
    options = {name: action for action in parser._actions for name in action.option_strings}
    positionals = [action for action in parser._actions if not action.option_strings]
    commands = next((action for action in positionals if isinstance(action, argparse._SubParsersAction)), None)
    missing = [action for action in parser._actions if action.required]
    words = list(call)
    while words:
        word = words.pop(0)
        if word.startswith("-") and word != "-":
            name = word.partition("=")[0]
            if name not in options and commands:
                yield f"Die Option {name} steht hinter dem Befehl, nicht davor, oder es gibt sie nicht."
                return  # whether the next word is its value or the command, nobody can tell
            missing = [action for action in missing if action is not options.get(name)]
            yield from _option_problem(options, word, words)
        elif commands:
            if word not in commands.choices:
                yield f"{_WANTED[str(commands.metavar)][0]} {not_among(word, commands.choices)}"
            return  # a command that there is has its own parser, and looks at the rest by itself
        elif positionals:
            yield from _value_problem(positionals[0], str(positionals[0].metavar), word)
            missing = [action for action in missing if action is not positionals[0]]
            positionals = positionals if positionals[0].nargs in ("*", "+") else positionals[1:]
        else:
            yield f"Mit „{word}“ ist hier nichts anzufangen."
    if commands:
        yield f"{_WANTED[str(commands.metavar)][1]} fehlt. Es gibt: {', '.join(commands.choices)}."
    else:
        yield from (
            f"Es fehlt {'/'.join(action.option_strings) or action.metavar}{_use(action)}." for action in missing
        )


def _option_problem(options: Mapping[str, argparse.Action], word: str, words: list[str]) -> Iterator[str]:
    """Yield what is wrong with an option; its value, where that is a word by itself, is taken from the words."""
    name, equals, value = word.partition("=")
    action = options.get(name)
    if action is not None and action.nargs == 0:
        if equals:
            yield f"{name} steht allein, ohne „={value}“."
        return
    if not equals and words and not words[0].startswith("-"):
        equals, value = " ", words.pop(0)
    if action is None:
        known = [option for option in options if option.startswith("--") and option != "--help"]
        inside = [option for option in known if option.endswith(name.lstrip("-"))]
        near = f"Meinten Sie „{inside[0]}“?" if inside else suggest(name, known)
        yield f"Die Option {name} gibt es hier nicht. {near}".rstrip()
    elif equals:
        yield from _value_problem(action, name, value)
    else:
        yield f"Nach {name} fehlt der Wert{_use(action)}."


def _value_problem(action: argparse.Action, name: str, value: str) -> Iterator[str]:
    """Yield what is wrong with a value: not among the choices, or its type refuses it, in our own words."""
    if action.choices is not None and value not in action.choices:
        yield f"{name}: {not_among(value, action.choices)}"
    elif callable(action.type):
        try:
            action.type(value)
        except argparse.ArgumentTypeError as error:
            yield f"{name}: {error}"


def not_among(word: str, known: Iterable[object]) -> str:
    """Say that the word is none of those known, and which may have been meant."""
    names = [str(name) for name in known]
    return f"„{word}“ gibt es nicht. {suggest(word, names) or 'Es gibt: ' + ', '.join(names) + '.'}"


# What the words of the usage line are called where one is unknown, and where it is missing.
_WANTED = {"BEFEHL": ("Den Befehl", "Der Befehl"), "ART": ("Die Art", "Die Art")}


def _use(action: argparse.Action) -> str:
    """Return what the option is for, in brackets."""
    return f" ({action.help})" if action.help else ""
