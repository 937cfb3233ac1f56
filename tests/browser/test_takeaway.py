"""Taking the experiment home: the dialog by keyboard, and files by real clicks, down to what stands in them."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Playground

Visit = Callable[..., Playground]
SVG = "{http://www.w3.org/2000/svg}"
NAME = "spiral-4-2-tanh"
SIZES = " \N{EN DASH} ".join("7421")


def taken(page: Page, kind: str) -> tuple[str, bytes]:
    """The name and the content of the file that a click on its button downloads."""
    with page.expect_download() as download:
        page.locator(f"#take-{kind}").click()
    path = Path(download.value.path())
    return download.value.suggested_filename, path.read_bytes()


def test_files_pictures_and_an_animation_are_taken_home_from_the_dialog(playground: Playground) -> None:
    an_animation_is_refused_in_its_place_and_then_made_as_chosen(playground)
    files_are_taken_home_by_keyboard(playground)
    pictures_are_as_the_page_is_shown_where_that_is_asked_for(playground)


def files_are_taken_home_by_keyboard(playground: Playground) -> None:
    """After one epoch."""
    page = playground.page
    button = page.get_by_role("button", name="Take it home")
    button.focus()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="Take it home")
    expect(sheet.locator("h3")).to_have_text(["Code", "Model", "Data", "Pictures", "Report"])
    points = sheet.get_by_role("button", name="Download Points")
    expect(points).to_be_enabled()
    points.focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == f"{NAME}-points.csv"
    lines = Path(download.value.path()).read_text().splitlines()
    assert len(lines) == 501
    assert lines[0].split(",")[:2] == ["x1", "x2"]
    expect(sheet.get_by_role("status")).to_have_text(f"{NAME}-points.csv is saved.")
    check_drawing(*taken(page, "svg"))
    check_picture(*taken(page, "png"))
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(button).to_be_focused()


def check_drawing(name: str, data: bytes) -> None:
    """An SVG that needs nothing else: no style sheet, no script, no other file."""
    assert name == f"{NAME}.svg"
    text = data.decode()
    tree = ElementTree.fromstring(text)  # noqa: S314 - our own file
    assert tree.tag == f"{SVG}svg"
    assert not re.search(r"var\(|<script|<style|class=|https?://(?!www\.w3\.org/2000/svg)", text)
    hrefs = [image.get("href") or "" for image in tree.iter(f"{SVG}image")]
    assert len(hrefs) == 2
    assert all(href.startswith("data:image/png;base64,") for href in hrefs)
    words = "".join(tree.itertext())
    for said in (f"Spiral: network {SIZES}, tanh", "epoch 1, step 25", "class 0", "sin x₂", "x₁x₂"):
        assert said in words
    network = next(group for group in tree.iter(f"{SVG}g") if group.get("id") == "network")
    lines = [path for path in network.iter(f"{SVG}path") if path.get("fill") == "none"]
    assert len([path for path in lines if path.get("stroke-opacity") == "0.82"]) == 4 * 7 + 2 * 4 + 2
    scaled = [group for group in tree.iter(f"{SVG}g") if ") scale(" in (group.get("transform") or "")]
    assert len(scaled) == 500


def check_picture(name: str, data: bytes) -> None:
    """A PNG of the same, twice as fine, on the light surface, with the board's two colours in it."""
    assert name == f"{NAME}.png"
    image = Image.open(BytesIO(data)).convert("RGB")
    assert image.width == 2400
    assert image.getpixel((4, 4)) == (255, 255, 255)
    board = image.crop((1500, 250, 2300, 1100)).resize((40, 40))
    colours = [pixel for _, pixel in board.getcolors(1600) or []]
    assert any(isinstance(pixel, tuple) and pixel[2] > pixel[0] + 20 for pixel in colours)


def pictures_are_as_the_page_is_shown_where_that_is_asked_for(playground: Playground) -> None:
    """On a dark page."""
    page = playground.page
    page.emulate_media(color_scheme="dark")
    playground.press("take-home")
    assert corner(taken(page, "png")[1]) == (255, 255, 255)
    page.get_by_label("as shown").check()
    assert corner(taken(page, "png")[1]) == (23, 30, 40)


def corner(data: bytes) -> object:
    return Image.open(BytesIO(data)).convert("RGB").getpixel((4, 4))


def an_animation_is_refused_in_its_place_and_then_made_as_chosen(playground: Playground) -> None:
    """Two refusals: no run yet, and too few frames."""
    page = playground.page
    playground.press("take-home")
    item = page.locator(".take__item", has=page.locator("#take-animation"))
    frames, button = item.get_by_label("GIF animation: frames"), item.get_by_role("button")
    button.click()
    expect(item.get_by_role("alert")).to_have_text(
        "Training has not begun, so there is no run to show; train it, then take it home."
    )
    frames.fill("1")
    button.click()
    expect(item.get_by_role("alert")).to_have_text("Frames is “1”; allowed: whole numbers from 2 to 90.")
    frames.fill("3")
    page.keyboard.press("Escape")
    expect(page.locator("#take-home")).to_be_hidden()
    playground.press("epoch")
    expect(playground.text("epoch")).to_have_text("1")
    playground.press("take-home")
    expect(frames).to_have_value("3")
    with page.expect_download(timeout=60_000) as download:
        button.click()
        expect(item.get_by_role("progressbar")).to_be_visible()
        expect(button).to_be_disabled()
    assert download.value.suggested_filename == f"{NAME}.gif"
    film = Image.open(BytesIO(Path(download.value.path()).read_bytes()))
    assert (film.size, getattr(film, "n_frames", 1)) == ((480, 540), 3)
    expect(item.get_by_role("progressbar")).to_be_hidden()
    expect(item.get_by_role("alert")).to_be_hidden()
    told = [line for line in playground.errors if "Failed to load resource" in line]
    assert len(told) == 2  # the browser tells both refusals too
    playground.errors[:] = [line for line in playground.errors if line not in told]
    page.keyboard.press("Escape")
    expect(page.locator("#take-home")).to_be_hidden()


def test_the_dialog_fits_a_phone_and_its_buttons_are_for_fingers(visit: Visit) -> None:
    page = visit(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True).page
    page.locator("#button-take-home").tap()
    expect(page.locator("#take-report")).to_be_visible()
    body = page.locator("#take-home")
    assert body.evaluate("(sheet) => sheet.scrollWidth <= sheet.clientWidth")
    heights = page.locator(".take__button").evaluate_all("(all) => all.map((one) => one.offsetHeight)")
    assert min(heights) >= 40
