"""Pages that are used again, because opening one for the first time is the dearest part of a browser test."""

from tempfile import TemporaryDirectory
from typing import Any, Protocol

from playwright.sync_api import Browser, BrowserContext, CDPSession, ConsoleMessage, Page, Playwright

from tools.chromium import LAUNCH_FLAGS, find_chromium

HANDS = ("has_touch", "is_mobile")
"""What a browser has once and for all; the rest of a screen is put on the page."""
LOOKS = {
    "color_scheme": "light",
    "contrast": "no-preference",
    "forced_colors": "none",
    "reduced_motion": "no-preference",
}
PUT_ON = {*HANDS, *LOOKS, "viewport", "bypass_csp", "permissions"}
NO_OTHER_HOST = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
"""For this browser there is one machine; whoever asks for another is told so on the console, and so are we. To hear of
every request instead costs a quarter of opening a page."""
FOREIGN = ("ERR_NAME_NOT_RESOLVED", "Content Security Policy")
FORGET = "() => { localStorage.clear(); sessionStorage.clear(); }"
FORGET_FOR_GOOD = """() => {
    try { localStorage.clear(); sessionStorage.clear(); } catch {}
    Storage.prototype.setItem = () => {};
}"""
"""Here and now; and what the page would keep while it is left."""


class Watcher(Protocol):
    """Whose page it is now."""

    errors: list[str]
    foreign: list[str]


class Desk:
    """The pages of a worker's tests. One Chromium with a profile on disk for each kind of hand, because only there are
    compiled scripts kept, and one page in it that goes from test to test; what a person left behind is taken away in
    between. Whoever needs a second page at the same time gets one in a context without a past, which costs more."""

    def __init__(self, playwright: Playwright, home: str) -> None:
        """`home`: an address without scripts on the server that the tests share."""
        self._playwright, self._home = playwright, home
        self._contexts: dict[tuple[bool, ...], tuple[BrowserContext, TemporaryDirectory[str]]] = {}
        self._kept: dict[BrowserContext, Page] = {}
        self._busy: set[BrowserContext] = set()
        self._watching: dict[Page, Watcher] = {}
        self._without_policy: dict[Page, CDPSession] = {}

    def browser(self) -> Browser:
        """The Chromium of the mouse, for contexts of one's own."""
        found = self._context((False, False)).browser
        assert found
        return found

    def take(self, screen: dict[str, Any], *, fresh: bool) -> Page:
        """A page that looks like this; a `fresh` one has been used by no test."""
        context = self._context(tuple(bool(screen.get(name)) for name in HANDS))
        if context in self._busy or not screen.keys() <= PUT_ON:
            assert context.browser
            return self._watched(context.browser.new_context(**screen).new_page())
        self._busy.add(context)
        kept = None if fresh else self._kept.pop(context, None)
        page = kept or self._watched(context.new_page())
        _dress(page, screen)
        if screen.get("bypass_csp"):
            self._without_policy[page] = context.new_cdp_session(page)
            self._without_policy[page].send("Page.setBypassCSP", {"enabled": True})
        return page

    def watch(self, page: Page, watcher: Watcher) -> None:
        """From now on what happens on this page is told to this test."""
        self._watching[page] = watcher

    def give_back(self, page: Page, *, again: bool) -> None:
        """Ready for the next test, or closed for good."""
        context = page.context
        if context not in self._busy:
            context.close()
            return
        page = self._clean(page)
        if again and context not in self._kept:
            self._kept[context] = page
        else:
            page.close()
        self._busy.discard(context)

    def close(self) -> None:
        """End all browsers."""
        for context, profile in self._contexts.values():
            context.close()
            profile.cleanup()

    def _context(self, hands: tuple[bool, ...]) -> BrowserContext:
        if hands not in self._contexts:
            profile = TemporaryDirectory(prefix="playground-", ignore_cleanup_errors=True)
            context = self._playwright.chromium.launch_persistent_context(
                profile.name,
                executable_path=_chromium(),
                args=[*LAUNCH_FLAGS, NO_OTHER_HOST],
                has_touch=hands[0],
                is_mobile=hands[1],
            )
            self._contexts[hands] = context, profile
        return self._contexts[hands][0]

    def _watched(self, page: Page) -> Page:
        page.on("pageerror", lambda error: self._watching[page].errors.append(str(error)))
        page.on("console", lambda line: self._see_line(page, line))
        return page

    def _see_line(self, page: Page, line: ConsoleMessage) -> None:
        if line.type != "error":
            return
        watcher = self._watching[page]
        watcher.errors.append(line.text)
        if any(word in line.text for word in FOREIGN):
            watcher.foreign.append(f"{line.location['url']}: {line.text}")

    def _clean(self, page: Page) -> Page:
        """The page, or another if it has been closed, without a trace of what was done on it."""
        context, watcher = page.context, self._watching[page]
        context.clear_permissions()
        policy_off = self._without_policy.pop(page, None)
        if page.is_closed():
            page = self._watched(context.new_page())
            self.watch(page, watcher)
        elif policy_off:
            policy_off.detach()  # the policy is in force again
        for other in context.pages:
            if other not in (page, self._kept.get(context)):
                other.close()
        page.unroute_all()
        # Playwright's own list: a test's ear at the sockets must not hear those of the next ones.
        page._impl_obj.remove_all_listeners("websocket")
        page.evaluate(FORGET_FOR_GOOD)
        page.goto(self._home)
        page.evaluate(FORGET)
        return page


def _dress(page: Page, screen: dict[str, Any]) -> None:
    """Size, colours, motion and permissions as this screen has them."""
    page.set_viewport_size(screen["viewport"])
    looks: dict[str, Any] = {name: screen.get(name) or usual for name, usual in LOOKS.items()}
    page.emulate_media(media="null", **looks)
    if screen.get("permissions"):
        page.context.grant_permissions(screen["permissions"])


def _chromium() -> str:
    path = find_chromium()
    assert path, "no Chromium: run `python -m tools.chromium --install`"
    return path
