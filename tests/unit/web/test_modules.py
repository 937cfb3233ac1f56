"""The page's files have one edition, which is another as soon as one of them is."""

import os
from pathlib import Path

from app.web.modules import Modules


def test_an_edited_a_renamed_and_a_new_file_make_another_edition_and_a_touched_one_does_not(
    tmp_path: Path,
) -> None:
    (tmp_path / "js").mkdir()
    script = tmp_path / "js" / "main.js"
    script.write_text("one")
    modules = Modules(tmp_path)
    seen = [modules.edition()]
    os.utime(script, ns=(1, 1))
    assert modules.edition() == seen[0]
    script.write_text("two")
    os.utime(script, ns=(2, 2))
    seen.append(modules.edition())
    script.rename(script.with_name("other.js"))
    seen.append(modules.edition())
    (tmp_path / "page.css").write_text("")
    seen.append(modules.edition())
    assert len(set(seen)) == 4
    assert {len(edition) for edition in seen} == {16}
