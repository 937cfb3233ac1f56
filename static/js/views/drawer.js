/**
 * The tabs of the drawer: one button a panel; the open one's closes it again.
 * @import { Child, State } from "../types"
 */
import { tabsOf } from "../state/drawer.js";
import { benchProgress } from "./bench.js";
import { h, icon } from "./tree.js";

/** @param {State} state @returns {Child[]} */
export function drawerTabsView(state) {
  const { drawer } = state;
  const tabs = tabsOf(state);
  const reached = drawer.tab ?? tabs[0].tab;
  return [
    ...tabs.map(({ tab, word, title }) =>
      h(
        "button.drawer-tab",
        {
          key: tab,
          type: "button",
          id: `tab-${tab}`,
          role: "tab",
          title,
          "data-tab": tab,
          "data-reads": "",
          "aria-selected": String(tab === drawer.tab),
          "aria-controls": tab,
          tabindex: tab === reached ? "0" : "-1",
        },
        tab === "bench" ? benchWord(state, word) : word,
      ),
    ),
  ];
}

/** While the bench works, with how far it is. @param {State} state @param {string} word */
function benchWord(state, word) {
  const progress = benchProgress(state);
  return progress === null ? word : `${word} ${progress}`;
}

/** What closes the drawer, at its corner. @param {State} state @returns {Child[]} */
export function drawerCloseView({ drawer }) {
  if (!drawer.tab) return [];
  return [h("button.button.button--icon", { type: "button", "data-tab": "", "data-reads": "", "aria-label": "Close the panel", title: "Close (Esc)" }, icon("close"))];
}
