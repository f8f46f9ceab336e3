// A headless Chromium, spoken to through its pipe: no port, no further package.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
  "--disable-sync", "--no-first-run", "--hide-scrollbars", "--remote-debugging-pipe", "about:blank",
];

/** Starts the browser; `send(method, params)` speaks to its one page, `log` holds what the page complained about. */
export async function start(program = process.env.CHROMIUM ?? "chromium") {
  const profile = mkdtempSync(join(tmpdir(), "look-"));
  const child = spawn(program, [`--user-data-dir=${profile}`, ...FLAGS], {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
  });
  const [, , , input, output] = child.stdio;
  const waiting = new Map();
  const listeners = new Map();
  const log = [];
  let next = 1;
  let rest = "";
  output.setEncoding("utf8");
  output.on("data", (data) => {
    const parts = (rest + data).split("\0");
    rest = parts.pop();
    for (const part of parts) take(JSON.parse(part));
  });
  child.on("exit", () => {
    for (const { no } of waiting.values()) no(new Error("the browser ended"));
  });

  function take(message) {
    const asked = waiting.get(message.id);
    if (asked) {
      waiting.delete(message.id);
      if (message.error) asked.no(new Error(message.error.message));
      else asked.yes(message.result);
    }
    if (message.method === "Log.entryAdded") log.push(message.params.entry.text);
    if (message.method === "Runtime.exceptionThrown") log.push(message.params.exceptionDetails.exception?.description);
    // A page that asks before it is left is left all the same.
    if (message.method === "Page.javascriptDialogOpening") send("Page.handleJavaScriptDialog", { accept: true });
    listeners.get(message.method)?.(message.params);
    listeners.delete(message.method);
  }

  let session;
  const send = (method, params = {}) =>
    new Promise((yes, no) => {
      const id = next++;
      waiting.set(id, { yes, no });
      input.write(`${JSON.stringify({ id, method, params, ...(session && { sessionId: session }) })}\0`);
    });
  const once = (event) => new Promise((yes) => listeners.set(event, yes));

  const { targetInfos } = await send("Target.getTargets");
  const { targetId } = targetInfos.find(({ type }) => type === "page");
  session = (await send("Target.attachToTarget", { targetId, flatten: true })).sessionId;
  for (const domain of ["Page", "Runtime", "Log"]) await send(`${domain}.enable`);

  return {
    send,
    log,
    /** Opens an address and waits until all of it is there. */
    async open(url) {
      const loaded = once("Page.loadEventFired");
      await send("Page.navigate", { url });
      await loaded;
    },
    /** The value of an expression in the page. */
    async value(expression) {
      const { result, exceptionDetails } = await send("Runtime.evaluate", {
        expression, awaitPromise: true, returnByValue: true, userGesture: true,
      });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    },
    async close() {
      const gone = new Promise((yes) => child.once("exit", yes));
      await send("Browser.close").catch(() => {});
      await gone;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
