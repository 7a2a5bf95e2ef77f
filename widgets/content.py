"""The content of the workbook, read from `data/` once and never changed."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from .borrowed import with_options
from .exercises import types
from .exercises.base import Exercise, Field, Key, Language, Model, Text
from .lints import Lint
from .problems import ContentError, Problem, explain, nearest
from .variants import Variant

__all__ = [
    "ContentError",
    "Language",
    "Module",
    "Problem",
    "Variant",
    "Workbook",
    "load",
    "read",
    "words",
]

INDEX = "workbook.toml"
LINTS = "lints.toml"
IDEAS = "concepts.toml"
DATA = Path(__file__).parents[1] / "data"
LANGUAGES: tuple[Language, ...] = get_args(Language)
M = TypeVar("M", bound=BaseModel)


class Trainer(Model):
    """What the trainer says, asks, and looks out for in a module."""

    opening: Text
    debrief: tuple[Text, ...]
    pitfalls: tuple[Text, ...]
    safety: tuple[Text, ...]


class Module(Model):
    """One chapter: what it is about, and its exercises by id, in order."""

    slug: Key
    ref: str
    title: Text
    summary: Text
    goals: tuple[Text, ...]
    trainer: Trainer
    exercises: tuple[str, ...]


class Index(Model):
    """`workbook.toml`: the order of modules and exercises, and the variants."""

    modules: tuple[Key, ...]
    exercises: dict[Key, tuple[Key, ...]]
    variants: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Workbook:
    """All modules, exercises and variants, in order."""

    modules: dict[str, Module] = field(default_factory=dict)
    exercises: dict[str, Exercise] = field(default_factory=dict)
    variants: dict[str, Variant] = field(default_factory=dict)
    lints: dict[str, Lint] = field(default_factory=dict)
    concepts: dict[str, Text] = field(default_factory=dict)

    def exercise(self, id: str) -> Exercise:
        """The exercise with this id; raises ContentError."""
        if id not in self.exercises:
            hint = nearest(id, self.exercises)
            raise ContentError(Problem("", "", f"unknown exercise {id!r}{hint}"))
        return self.exercises[id]

    def again_after(self, id: str, answers: Mapping[str, dict[str, Any]]) -> Exercise:
        """The exercise for who gave these answers; raises ContentError."""
        exercise = self.exercise(id)
        return exercise.again_after(answers.get(exercise.like or "", {}))

    def field(self, field_id: str) -> tuple[Exercise, Field]:
        """Find "module/exercise.field"; raises ContentError with the nearest id."""
        id, _, key = field_id.partition(".")
        exercise = self.exercise(id)
        if key not in exercise.fields:
            hint = nearest(key, exercise.fields)
            raise ContentError(Problem("", id, f"unknown field {key!r}{hint}"))
        return exercise, exercise.fields[key]

    @property
    def agreement(self) -> str:
        """The exercise in which a participant chooses whether to be counted."""
        return next(id for id, one in self.exercises.items() if one.type == "consent")

    def countable(self) -> dict[str, tuple[str, ...]]:
        """The options of every field that may be counted, by field id."""
        return self._countable

    @cached_property
    def _countable(self) -> dict[str, tuple[str, ...]]:
        return {
            f"{id}.{key}": field.option_keys
            for id, exercise in self.exercises.items()
            for key, field in exercise.countable.items()
        }

    def wall_fields(self) -> tuple[str, ...]:
        """The ids of all fields whose text may go on the wall."""
        return tuple(
            f"{id}.{key}"
            for id, exercise in self.exercises.items()
            for key, field in exercise.fields.items()
            if field.wall
        )


@cache
def load(root: Path | None = None) -> Workbook:
    """The workbook in the folder `root`, by default the project's `data/`.

    Raises ContentError with every problem found.
    """
    workbook, problems = read(root or DATA)
    if problems:
        raise ContentError(*problems)
    return workbook


@cache
def words(language: Language, root: Path | None = None) -> dict[str, dict[str, str]]:
    """All words of the interface in one language, by section and key."""
    problems: list[Problem] = []
    table = load_words(root or DATA, language, problems)
    if problems:
        raise ContentError(*problems)
    return table


def load_words(
    root: Path, language: Language, problems: list[Problem]
) -> dict[str, dict[str, str]]:
    """The words as they stand in the file; adds to `problems` when it is unreadable."""
    reader = _Reader(root)
    table = reader.table(f"interface/{language}.toml")
    problems += reader.problems
    return table or {}


def read(root: Path) -> tuple[Workbook, list[Problem]]:
    """What could be read of the workbook, and everything that is wrong with it."""
    reader = _Reader(root)
    reader.read()
    return reader.workbook, reader.problems


class _Reader:
    """Reads everything it can, and remembers what it could not."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.workbook = Workbook()
        self.problems: list[Problem] = []

    def read(self) -> None:
        table = self.table(INDEX)
        index = table and self._model(INDEX, Index, table)
        if not index:
            return
        self._read_each(LINTS, Lint, self.workbook.lints)
        self._read_each(IDEAS, Text, self.workbook.concepts)
        for slug in index.modules:
            self._read_module(slug, index.exercises.get(slug, ()))
        for slug, variant in index.variants.items():
            self._read_variant(slug, variant, index)
        self._find_forgotten(index)
        for exercise in self.workbook.exercises.values():
            self._check_names(exercise)

    def table(self, file: str) -> dict[str, Any] | None:
        path = self.root / file
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            hint = nearest(path.name, (found.name for found in path.parent.glob("*")))
            self._note(file, "", f"there is no such file{hint}")
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self._note(file, "", f"this is not valid TOML: {error}")
        return None

    def _read_each(self, file: str, kind: type[M], into: dict[str, M]) -> None:
        for name, table in (self.table(file) or {}).items():
            read = self._model(f"{file}: {name}", kind, table)
            if read is not None:
                into[name] = read

    def _read_module(self, slug: str, names: tuple[str, ...]) -> None:
        if not names:
            self._note(INDEX, "exercises", f"no exercises are listed for {slug!r}")
        file = f"modules/{slug}/module.toml"
        ids = tuple(f"{slug}/{name}" for name in names)
        table = self.table(file)
        if table is not None:
            own = {"slug": slug, "exercises": ids}
            module = self._model(file, Module, table, own)
            if module is not None:
                self.workbook.modules[slug] = module
        for id in ids:
            self._read_exercise(id)

    def _read_exercise(self, id: str) -> None:
        file = f"modules/{id}.toml"
        table = self.table(file)
        if table is not None and "like" in table:
            # An exercise that is asked again says only what is different now.
            earlier = self.table(f"modules/{table['like']}.toml")
            table = None if earlier is None else earlier | table
        if table is None:
            return
        name = str(table.get("type", ""))
        if name not in types():
            hint = nearest(name, types())
            self._note(file, "type", f"unknown exercise type {name!r}{hint}")
            return
        table, missing = with_options(table, self.table)
        for key, source in missing.items():
            self._note(file, key, f"options: no field {source!r} with options")
        exercise = self._model(file, types()[name], table, {"id": id})
        if exercise is not None:
            self.workbook.exercises[id] = exercise

    def _check_names(self, exercise: Exercise) -> None:
        """What an exercise names outside itself: lints, and what it recalls."""
        file = f"modules/{exercise.id}.toml"
        for key, asked in exercise.fields.items():
            for name in asked.lints:
                if name not in self.workbook.lints:
                    hint = nearest(name, self.workbook.lints)
                    self._note(file, key, f"unknown lint {name!r}{hint}")
        for name in (*exercise.recall, *exercise.beside.values()):
            try:
                self.workbook.field(name)
            except ContentError as error:
                said = "; ".join(problem.text for problem in error.problems)
                self._note(file, "recall", said)

    def _read_variant(self, slug: str, table: dict[str, Any], index: Index) -> None:
        file = f"{INDEX}: variants.{slug}"
        variant = self._model(file, Variant, table, {"slug": slug})
        if variant is None:
            return
        self.workbook.variants[slug] = variant
        for module, times in variant.modules.items():
            key = f"modules.{module}"
            known = index.exercises.get(module, ())
            if not known:
                hint = nearest(module, index.modules)
                self._note(file, key, f"unknown module{hint}")
                continue
            for name in times.exercises:
                if name not in known:
                    hint = nearest(name, known)
                    self._note(file, key, f"unknown exercise {name!r}{hint}")
            if times.planned != times.total:
                sums = f"{times.planned} minutes, not {times.total}"
                self._note(file, key, f"the parts add up to {sums}")

    def _find_forgotten(self, index: Index) -> None:
        for path in sorted(self.root.glob("modules/*/*.toml")):
            names = ("module", *index.exercises.get(path.parent.name, ()))
            if path.parent.name not in index.modules or path.stem not in names:
                file = path.relative_to(self.root).as_posix()
                self._note(file, "", f"is not listed in {INDEX}; list it or remove it")

    def _note(self, file: str, key: str, text: str) -> None:
        self.problems.append(Problem(file, key, text))

    def _model(
        self,
        file: str,
        kind: type[M],
        table: dict[str, Any],
        own: dict[str, Any] | None = None,
    ) -> M | None:
        # What the path says (id, slug) may not be said again in the file.
        for key in (own or {}).keys() & table.keys():
            self._note(file, key, "unknown key; the place of the file says this")
        try:
            return kind.model_validate(table | (own or {}))
        except ValidationError as error:
            self.problems += explain(file, kind, error, table)
        return None
