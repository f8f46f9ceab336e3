// A form with `data-warn` asks before the page is left with something typed and not sent.

import { isSame, typedIn, type Field, type Typed } from "./fields";

const typed = (form: HTMLFormElement) => typedIn([...form.elements] as unknown as Field[]);

export function startLeave(): void {
  const before = new Map<HTMLFormElement, Typed>();
  let sending = false;
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-warn]")) before.set(form, typed(form));

  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) sending = true;
  });
  addEventListener("pageshow", () => {
    sending = false;
  });
  addEventListener("beforeunload", (event) => {
    const changed = [...before].some(([form, was]) => form.isConnected && !isSame(was, typed(form)));
    if (sending || !changed) return;
    event.preventDefault();
    event.returnValue = "";
  });
}
