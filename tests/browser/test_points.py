"""Points by hand: mouse and keyboard, of classes and of values."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, WebSocketRoute, expect

from tests.browser.boards import chosen, empty
from tests.browser.conftest import MINUS, Playground


def brush(playground: Playground, label: int) -> Locator:
    return playground.page.locator(f'.brush[data-label="{label}"]')


def test_points_are_added_chosen_deleted_relabelled_and_moved_by_mouse(
    visit: Callable[..., Playground],
) -> None:
    board = visit(viewport={"width": 1440, "height": 800})
    the_board_stays_under_the_hand_that_chooses_a_point(board)
    empty(board)
    a_click_adds_a_point_of_the_brush_in_every_corner(board)
    empty(board)
    delete_and_right_click_remove_points(board)
    a_number_key_relabels_the_point_under_the_pointer(board)
    empty(board)
    a_dragged_point_stays_where_it_was_let_go(board)


def the_board_stays_under_the_hand_that_chooses_a_point(playground: Playground) -> None:
    """On every laptop."""
    to_training = playground.page.get_by_role("button", name="To training")
    for width, x2 in ((1440, 5.5), (1280, 4.5), (1024, 3.5)):
        playground.page.set_viewport_size({"width": width, "height": 800})
        playground.click(5.5, x2)  # adds it
        expect(to_training).to_be_hidden()
        place = playground.text("board-hands").bounding_box()
        playground.click(5.5, x2)
        expect(to_training).to_be_visible()
        assert playground.text("board-hands").bounding_box() == place
        playground.text("board-hands").press("Escape")


def a_click_adds_a_point_of_the_brush_in_every_corner(board: Playground) -> None:
    """No button lies where points are put."""
    brush(board, 0).click()
    board.click(2, 2)
    expect(board.text("train-count")).to_have_text("1")
    board.click(2, 2)
    chosen(board, "^class 0 at ")
    expect(board.text("train-count")).to_have_text("1")
    board.text("board-hands").press("Escape")  # lets go of the chosen one
    for count, place in enumerate([(5.7, 5.7), (5.7, -5.7), (-5.7, -5.7), (-5.7, 5.7)], 2):
        board.click(*place)
        expect(board.text("train-count")).to_have_text(str(count))
    brush(board, 1).click()


def delete_and_right_click_remove_points(board: Playground) -> None:
    """And so does the button."""
    for x1 in (-2, 0, 2):
        board.click(x1, 1)
    expect(board.text("train-count")).to_have_text("3")
    board.click(0, 1, button="right")
    expect(board.text("train-count")).to_have_text("2")
    board.click(2, 1)
    board.page.keyboard.press("Delete")
    expect(board.text("train-count")).to_have_text("1")
    board.click(-2, 1)
    board.page.get_by_role("button", name="Delete the chosen point").click()
    expect(board.text("train-count")).to_have_text("0")


def a_number_key_relabels_the_point_under_the_pointer(board: Playground) -> None:
    """And the brush the chosen one."""
    board.click(2, 2)
    expect(board.text("train-count")).to_have_text("1")
    board.page.mouse.move(*board.place(0, 0))
    board.page.mouse.move(*board.place(2, 2))
    board.page.keyboard.press("0")
    board.click(2, 2)
    chosen(board, "^class 0 at ")
    brush(board, 1).click()
    chosen(board, "^class 1 at ")


def a_dragged_point_stays_where_it_was_let_go(board: Playground) -> None:
    """When the page is opened again too."""
    board.click(-3, -3)
    expect(board.text("train-count")).to_have_text("1")
    board.drag((-3, -3), (3, 2))
    chosen(board, r"at (2\.9\d|3\.0\d), (1\.9\d|2\.0\d)$")
    board.page.reload()
    board.see_picture()
    board.click(3, 2)
    chosen(board, r"at (2\.9\d|3\.0\d), (1\.9\d|2\.0\d)$")
    expect(board.text("train-count")).to_have_text("1")


def test_a_point_can_be_deleted_before_the_server_has_named_it(visit: Callable[..., Playground]) -> None:
    playground = visit(goto=False, fresh=True)
    page = playground.page
    held: list[str | bytes] = []
    holding = False

    def between(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        server.on_message(lambda message: held.append(message) if holding else socket.send(message))
        sockets.append(socket)

    sockets: list[WebSocketRoute] = []
    page.route_web_socket(re.compile("/ws$"), between)
    playground.open()
    holding = True
    page.mouse.click(*playground.place(-5, 5))
    expect(playground.text("train-count")).to_have_text("251")
    page.mouse.click(*playground.place(-5, 5), button="right")
    expect(playground.text("train-count")).to_have_text("250")
    holding = False
    for message in held:
        sockets[0].send(message)
    playground.settle()
    playground.press("step")
    expect(playground.text("step")).to_have_text("1")
    expect(playground.text("train-count")).to_have_text("250")


def test_keys_alone_suffice_a_value_takes_the_place_of_a_class_and_ten_classes_have_shapes_and_keys(
    playground: Playground,
) -> None:
    empty(playground)
    the_board_is_usable_from_the_keyboard_alone(playground)
    own_points_of_a_regression_get_values_instead_of_classes(playground)
    ten_classes_are_drawn_with_ten_shapes_and_have_a_key_each(playground)


def the_board_is_usable_from_the_keyboard_alone(board: Playground) -> None:
    """Arrows, Enter, a class's number, Delete."""
    hands = board.page.get_by_label("Board of points")
    hands.focus()
    for key in ("ArrowRight", "ArrowUp", "Enter"):
        hands.press(key)
    expect(board.page.get_by_role("button", name="Undo")).to_be_enabled()  # the server has it
    hands.press("Enter")
    expect(board.text("chosen")).to_have_text("class 1 at 0.25, 0.25")
    hands.press("Shift+ArrowLeft")
    expect(board.text("chosen")).to_have_text(f"class 1 at {MINUS}0.75, 0.25")
    hands.press("0")
    expect(board.text("chosen")).to_have_text(f"class 0 at {MINUS}0.75, 0.25")
    hands.press("Delete")
    expect(board.text("train-count")).to_have_text("0")


def own_points_of_a_regression_get_values_instead_of_classes(board: Playground) -> None:
    """The brushes have values too."""
    board.settle()
    board.field("data.task").get_by_role("combobox").select_option("regression")
    expect(board.page.locator(".brush")).to_have_text([f"{MINUS}1", f"{MINUS}0.5", "0", "0.5", "1"])
    expect(board.field("data.classes")).to_have_count(0)
    brush(board, -1).click()
    board.click(1, 1)
    expect(board.text("train-count")).to_have_text("1")
    board.click(1, 1)
    chosen(board, rf"^value {MINUS}1 at ")


def ten_classes_are_drawn_with_ten_shapes_and_have_a_key_each(playground: Playground) -> None:
    """As many as there can be."""
    playground.text("board-hands").press("Escape")  # a key is for the chosen point, if there is one
    playground.choose_source("blobs")
    playground.field("data.classes").get_by_role("button", name="10").click()
    expect(playground.page.locator(".brush")).to_have_count(10)
    expect(playground.page.locator("#heads")).to_contain_text("10 units, softmax")
    read = "(paths) => paths.map((path) => path.getAttribute('d'))"
    shapes = playground.page.locator(".brush__mark path").evaluate_all(read)
    assert len(set(shapes)) == 10
    playground.page.keyboard.press("9")
    expect(playground.page.get_by_role("button", name="New points get class 9")).to_have_attribute(
        "aria-pressed", "true"
    )
