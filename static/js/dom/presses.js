/**
 * What each tool makes of a press: from the hand's coming down to its letting go.
 * @import { Store } from "../store.js"
 * @import { Send } from "./edits.js"
 * @import { Press, Spot } from "./pointer.js"
 * @import { Place, Tools } from "../types"
 */
import { limitsOf } from "../state/table.js";
import { isPending } from "../state/pending.js";
import { visiblePoints } from "../state/points.js";
import { idsInside, sprayed, toggled } from "../state/tools.js";
import { add, labelAt, newGesture, remove } from "./edits.js";

/** A finger that stays this long asks to delete, as a right click does; milliseconds. */
const LONG_PRESS = 800;
/** A press that wanders further than this is no click; pixels. */
const WANDER = 4;
/** The brush sprays this often, in milliseconds, and so many points at a time. */
const SPRAY_PAUSE = 50;
const SPRAY = 3;
/** The lasso gets a new corner after so many pixels. */
const CORNER = 3;

/** @type {Record<Tools["tool"], (store: Store, send: Send, spot: Spot) => Press>} */
export const PRESSES = { point: pressPoint, brush: pressBrush, lasso: pressLasso };

/** Whether a hand has moved away from where it came down. @param {Spot} start */
function wandering(start) {
  let moved = false;
  return (/** @type {Spot} */ { x, y }) => (moved ||= Math.hypot(x - start.x, y - start.y) > WANDER);
}

/**
 * A click adds, or chooses; a drag moves the point, and all that are chosen with it.
 * @param {Store} store @param {Send} send @param {Spot} start @returns {Press}
 */
function pressPoint(store, send, start) {
  const { point } = start;
  if (point) return pressOnPoint(store, send, start, point[0]);
  const moved = wandering(start);
  return {
    move: (spot) => void moved(spot),
    up(spot) {
      if (!moved(spot)) click(store, send, spot);
    },
    cancel() {},
  };
}

/** An empty place: let go of what is chosen, or else put a point there. @param {Store} store @param {Send} send @param {Spot} spot */
function click(store, send, { at, shift }) {
  if (!store.get().ui.selected.length) add(store, send, at);
  else if (!shift) store.dispatch({ type: "select", ids: [] });
}

/** @param {Store} store @param {Send} send @param {Spot} start @param {number} id @returns {Press} */
function pressOnPoint(store, send, start, id) {
  const moved = wandering(start);
  const wasChosen = store.get().ui.selected.includes(id);
  // A point that has been put there a moment ago is given its name while it is held.
  const held = () => store.get().drag?.id ?? id;
  let removed = false;
  const removeIt = () => {
    removed = true;
    remove(store, send, [held()]);
  };
  const timer = start.touch ? window.setTimeout(removeIt, LONG_PRESS) : 0;
  const [, x, y] = start.point ?? [0, ...start.at];
  if (!start.shift) store.dispatch({ type: "grab", id, x, y, gesture: newGesture() });
  return {
    move(spot) {
      if (!moved(spot)) return;
      clearTimeout(timer);
      if (!start.shift) store.dispatch({ type: "drag", x: spot.at[0], y: spot.at[1] });
    },
    up(spot) {
      clearTimeout(timer);
      const name = held();
      store.dispatch({ type: "release" });
      if (removed || moved(spot)) return;
      if (start.shift && !isPending(name)) store.dispatch({ type: "select", ids: toggled(store.get(), name) });
      else if (wasChosen) store.dispatch({ type: "select", ids: [name] });
    },
    cancel() {
      clearTimeout(timer);
      store.dispatch({ type: "release" });
    },
  };
}

/**
 * Points by the handful while the hand is down; a finger may turn out to be one of two, so it begins when it moves or goes.
 * @param {Store} store @param {Send} send @param {Spot} start @returns {Press}
 */
function pressBrush(store, send, start) {
  const moved = wandering(start);
  const gesture = newGesture();
  let spot = start;
  let timer = 0;
  const spray = () => {
    const { tools } = store.get();
    const { room, coordinate } = limitsOf(store.get());
    const places = sprayed(spot.at, tools.radius * spot.area.extent, Math.min(SPRAY, room), Math.random);
    const kept = (/** @type {number} */ value) => Math.max(-coordinate, Math.min(coordinate, Number(value.toFixed(4))));
    if (places.length) send({ type: "add_points", points: places.map(([x, y]) => [kept(x), kept(y), labelAt(store.get(), [x, y])]), gesture });
  };
  const begin = () => {
    if (timer) return;
    store.dispatch({ type: "select", ids: [] });
    spray();
    timer = window.setInterval(spray, SPRAY_PAUSE);
  };
  if (!start.touch) begin();
  return {
    move(now) {
      spot = now;
      if (moved(now)) begin();
    },
    up() {
      begin();
      clearInterval(timer);
    },
    cancel: () => clearInterval(timer),
  };
}

/**
 * On a chosen point, or on any: as with the point tool. Elsewhere a loop, whose points are chosen, with Shift as well.
 * @param {Store} store @param {Send} send @param {Spot} start @returns {Press}
 */
function pressLasso(store, send, start) {
  if (start.point) return pressOnPoint(store, send, start, start.point[0]);
  /** @type {Place[]} */ let loop = [start.at];
  let last = start;
  const moved = wandering(start);
  const show = (/** @type {Place[] | null} */ now) => store.dispatch({ type: "tools", change: { loop: now } });
  return {
    move(spot) {
      if (!moved(spot) || Math.hypot(spot.x - last.x, spot.y - last.y) < CORNER) return;
      last = spot;
      loop = [...loop, spot.at];
      show(loop);
    },
    up() {
      const drawn = store.get().tools.loop;
      show(null);
      if (drawn || !start.shift)
        store.dispatch({ type: "select", ids: drawn ? idsInside(visiblePoints(store.get()), drawn) : [], add: start.shift });
    },
    cancel: () => show(null),
  };
}
