/**
 * What an experiment is called in a line.
 * @import { State } from "../types"
 */
import { nameOf } from "./labels.js";

/** The title of an experiment: the data, and how many inputs and units there are. @param {State} state */
export function experimentTitle(state) {
  const { server, bring } = state;
  if (!server) return "";
  const data = server.spec.data;
  const name = data.source === "table" ? (bring.used?.title ?? nameOf(data.table?.name ?? "table")) : nameOf(data.source);
  const sizes = [server.layers[0]?.fan_in ?? 0, ...server.layers.map(({ fan_out }) => fan_out)].join(" – ");
  const kinds = [...new Set(server.spec.network.layers.map(({ activation }) => nameOf(activation)))];
  return `${name}: network ${sizes}${kinds.length ? `, ${kinds.join(" and ")}` : ""}`;
}
