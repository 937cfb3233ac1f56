/**
 * What `make test` shows of these tests: a dot for each that passes, at the end those that failed, whole, and with them what
 * was said on the way, as by a file that could not even be read.
 */
import { dot } from "node:test/reporters";

/** @param {AsyncIterable<import("node:test/reporters").TestEvent>} events */
export default async function* quiet(events) {
  let [said, failed] = ["", false];
  async function* listening() {
    for await (const event of events) {
      if (event.type === "test:stderr") said += event.data.message;
      failed ||= event.type === "test:fail";
      yield event;
    }
  }
  yield* dot(listening());
  if (failed && said) yield `\n${said}`;
}
