// Typed data is never lost: a form with `data-keep` is kept in this tab until the server has taken it, and offered
// again after a reload, a crash of the page or a session that ran out.

import { putBack, typedIn, type Field, type Typed } from "./fields";
import { keyOf, personOf, read, stepFor, type Kept } from "./kept";
import { timeText } from "./time";

const WAIT_MS = 400;
const forms = () => document.querySelectorAll<HTMLFormElement>("form[data-keep]");
const person = document.querySelector<HTMLMetaElement>("meta[name=keep-for]")?.content ?? "";

function fieldsOf(form: HTMLFormElement): Field[] {
  const fields = [...form.elements] as (HTMLInputElement & Field)[];
  for (const field of fields) if (field.hasAttribute("data-no-keep")) field.noKeep = true;
  return fields;
}

/** A form is known by where it is sent: after an error it stands at that address, before it at another. */
function keyFor(form: HTMLFormElement): string {
  const action = new URL(form.getAttribute("action") ?? "", location.href).pathname;
  return keyOf(person, action, form.dataset["keep"] ?? "");
}

function save(form: HTMLFormElement, sent: boolean): void {
  const kept: Kept = { typed: typedIn(fieldsOf(form)), at: Date.now(), sent };
  try {
    sessionStorage.setItem(keyFor(form), JSON.stringify(kept));
  } catch {
    // Without storage the warning before leaving remains.
  }
}

function offer(form: HTMLFormElement, kept: Kept): void {
  const template = document.querySelector<HTMLTemplateElement>("template#keep-offer");
  const box = template?.content.firstElementChild?.cloneNode(true) as HTMLElement | undefined;
  if (!box) return;
  const text = box.querySelector<HTMLElement>("[data-text]");
  const time = timeText(kept.at, document.documentElement.lang);
  if (text) text.textContent = (text.dataset["text"] ?? "").replace("{time}", time);
  box.querySelector("[data-restore]")?.addEventListener("click", () => {
    putBack(fieldsOf(form), kept.typed);
    form.dispatchEvent(new Event("input", { bubbles: true }));
    box.remove();
    form.querySelector<HTMLElement>("input:not([type=hidden]), select, textarea")?.focus();
  });
  box.querySelector("[data-discard]")?.addEventListener("click", () => {
    sessionStorage.removeItem(keyFor(form));
    box.remove();
  });
  form.prepend(box);
}

/** Whether this page says that something failed, by its mark or by the status of the answer. */
function hasFailed(): boolean {
  const [entry] = performance.getEntriesByType("navigation") as { responseStatus?: number }[];
  return document.querySelector("[data-failed]") !== null || (entry?.responseStatus ?? 200) >= 400;
}

function meet(): void {
  const here = new Map<string, [HTMLFormElement, Typed]>();
  for (const form of forms()) here.set(keyFor(form), [form, typedIn(fieldsOf(form))]);
  const failed = hasFailed();
  for (const key of Object.keys(sessionStorage)) {
    const owner = personOf(key);
    if (owner === undefined) continue;
    const kept = owner === person || person === "" ? read(sessionStorage.getItem(key)) : undefined;
    const [form, typed] = here.get(key) ?? [];
    const step = kept ? stepFor(kept, { form: typed, failed, signedIn: person !== "" }) : "forget";
    if (step === "forget") sessionStorage.removeItem(key);
    else if (step === "offer" && form && kept) offer(form, kept);
  }
}

export function startKeep(): void {
  const waiting = new WeakMap<HTMLFormElement, number>();
  document.addEventListener("input", (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>("form[data-keep]");
    if (!form) return;
    clearTimeout(waiting.get(form));
    waiting.set(form, window.setTimeout(() => save(form, false), WAIT_MS));
  });
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    // Signing out leaves nothing for the next person at this screen.
    if (form.matches("[data-forget]")) sessionStorage.clear();
    if (!form.matches("[data-keep]") || event.defaultPrevented) return;
    clearTimeout(waiting.get(form));
    save(form, true);
  });
  meet();
}
