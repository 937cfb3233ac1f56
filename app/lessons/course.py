"""All lessons: which there are, in which languages, what depends on what, and what is wrong with the others."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.lessons.folder import FOLDER
from app.lessons.markdown import html_of
from app.lessons.problems import LessonError, line_of
from app.lessons.reading import CheckCommand, id_of, lesson_folders, read_structure
from app.lessons.structure import Structure
from app.lessons.texts import LessonText, read_text

ENGLISH = "en"
LANGUAGE = re.compile(r"^[a-z]{2}(-[A-Z]{2})?$")


@dataclass(frozen=True)
class Lesson:
    """One lesson. `texts` and `teacher` (HTML) go by language; English is always among them."""

    id: str
    number: int
    folder: Path
    structure: Structure
    texts: Mapping[str, LessonText]
    teacher: Mapping[str, str]

    def text(self, language: str) -> LessonText:
        """Its words in `language`, or in English."""
        return self.texts.get(language) or self.texts[ENGLISH]

    def teacher_page(self, language: str) -> str:
        """What the teacher reads, as HTML, in `language` or in English."""
        return self.teacher.get(language) or self.teacher[ENGLISH]

    @property
    def files(self) -> list[str]:
        """The tables that its stages bring along."""
        return [stage.table for stage in self.structure.stages if stage.table]


@dataclass(frozen=True)
class Course:
    """The lessons that are whole, by id in the order of their numbers, and what is wrong with the rest."""

    lessons: Mapping[str, Lesson]
    problems: tuple[str, ...]

    @classmethod
    def read(cls, folder: Path = FOLDER, check: CheckCommand | None = None) -> "Course":
        """All of `folder`. A lesson that is not right is left out and told in `problems`, as is one that needs it."""
        lessons: dict[str, Lesson] = {}
        problems: list[str] = []
        for path in lesson_folders(folder):
            try:
                lesson = read_lesson(path, check)
                if lesson.id in lessons:
                    raise LessonError(path / "lesson.toml", 1, f"there are two lessons {lesson.id}")
                lessons[lesson.id] = lesson
            except LessonError as error:
                problems.append(str(error))
        problems += _drop_unfounded(lessons)
        return cls(lessons, tuple(problems))

    @property
    def languages(self) -> list[str]:
        """All that some lesson is written in, English first."""
        found = {language for lesson in self.lessons.values() for language in lesson.texts}
        return sorted(found | {ENGLISH}, key=lambda language: (language != ENGLISH, language))

    def after(self, lesson: Lesson) -> Lesson | None:
        """The next one by number."""
        later = [other for other in self.lessons.values() if other.number > lesson.number]
        return later[0] if later else None


def read_lesson(folder: Path, check: CheckCommand | None = None) -> Lesson:
    """The lesson in `folder`; LessonError with file and line for one that is not right."""
    structure = read_structure(folder, check)
    languages = [path.name for path in folder.iterdir() if path.is_dir() and LANGUAGE.match(path.name)]
    if ENGLISH not in languages:
        raise LessonError(folder / ENGLISH / "lesson.md", 1, "there is none; every lesson has English words")
    texts, teacher = {}, {}
    for language in sorted(languages):
        words, aims = folder / language / "lesson.md", folder / language / "teacher.md"
        if words.exists() or language == ENGLISH:
            texts[language] = read_text(words, language, structure)
        if aims.exists() or language == ENGLISH:
            teacher[language] = _read_teacher(aims)
    return Lesson(id_of(folder), int(folder.name[:2]), folder, structure, texts, teacher)


def _read_teacher(file: Path) -> str:
    try:
        return html_of(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise LessonError(file, 1, f"it cannot be read: {error}") from error


def _drop_unfounded(lessons: dict[str, Lesson]) -> list[str]:
    """Each lesson needs earlier ones that are there; else it is left out, and said."""
    problems = []
    for lesson in list(lessons.values()):
        for need in lesson.structure.needs:
            before = lessons.get(need)
            if before is None or before.number >= lesson.number:
                file = lesson.folder / "lesson.toml"
                line = line_of(file.read_text("utf-8"), ("needs",))
                said = "comes later" if before else "is not there, or not right itself"
                problems.append(str(LessonError(file, line, f"it needs {need}, which {said}")))
                lessons.pop(lesson.id, None)
    return problems
