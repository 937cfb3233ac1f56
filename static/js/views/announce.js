/**
 * What somebody who does not see the page has to hear: one sentence or two on how things stand now.
 * @import { State } from "../types"
 */
import { comingWords, isComing } from "../state/coming.js";
import { countText, scoreText } from "./labels.js";
import { placeAnnounced } from "./timeline.js";

/** @param {State} state @returns {string} empty while there is nothing to tell */
export function announcementOf(state) {
  const { connection, server, frame } = state;
  if (connection === "lost") return "Connection lost. Reconnecting.";
  if (connection === "closed") return "Disconnected.";
  if (isComing(state)) return comingWords(state).replace(" …", ".");
  if (!server || connection !== "open") return "";
  if (server.phase === "playing") return "Playing.";
  if (server.phase === "benching") return "The bench trains.";
  if (server.phase === "diverged") return `Training diverged at epoch ${countText(server.epoch)}.`;
  const place = placeAnnounced(state);
  if (place !== null) return place;
  if (!server.step) return "Paused at epoch 0.";
  const score = frame?.now.train_score;
  const classes = server.task !== "regression";
  const figure = classes ? "Training accuracy" : "Training R squared";
  const reached = score === null || score === undefined ? "" : ` ${figure} ${scoreText(score, classes)}.`;
  return `Paused at epoch ${countText(server.epoch)}.${reached}`;
}
