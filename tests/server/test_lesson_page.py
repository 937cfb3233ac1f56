"""The playground with a lesson beside it, as it is fetched."""

import re

from tests.server.running import Server


def page(server: Server, path: str) -> tuple[int, str]:
    """Status and text."""
    status, _, body = server.get(path)
    return status, body.decode()


def test_a_lesson_is_the_playgrounds_own_page_that_knows_which_one_it_is(inline: Server) -> None:
    status, told = page(inline, "/lessons/perceptron-trick")
    assert status == 200
    assert 'data-lesson="perceptron-trick"' in told
    assert "<title>The perceptron trick" in told
    assert 'id="lesson" lang="en"' in told
    _, alone = page(inline, "/")
    assert re.findall(r'src="(.*?)"', told) == re.findall(r'src="(.*?)"', alone)
    assert "data-lesson" not in alone


def test_the_playground_leads_to_the_lessons(inline: Server) -> None:
    assert 'href="/lessons"' in page(inline, "/")[1]


def test_a_lesson_that_is_not_there_says_so_and_leads_back(inline: Server) -> None:
    status, told = page(inline, "/lessons/no-such-lesson")
    assert status == 404
    assert "no-such-lesson" in told
    assert 'href="/lessons' in told
