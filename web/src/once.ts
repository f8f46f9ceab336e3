// A form is sent once, however often its button is pressed on a slow line.

/** A line that answers nothing for so long may be tried again. */
const AGAIN_AFTER_MS = 15_000;

const sending = new WeakSet<HTMLFormElement>();

function release(form: HTMLFormElement): void {
  sending.delete(form);
  form.removeAttribute("aria-busy");
  for (const button of form.querySelectorAll<HTMLButtonElement>("button[data-sent]")) {
    button.disabled = false;
    button.classList.remove("btn-loading");
    button.removeAttribute("data-sent");
  }
}

function hold(form: HTMLFormElement, button: HTMLElement | null): void {
  form.setAttribute("aria-busy", "true");
  if (button instanceof HTMLButtonElement) {
    button.disabled = true;
    button.classList.add("btn-loading");
    button.dataset["sent"] = "";
  }
  setTimeout(() => release(form), AGAIN_AFTER_MS);
}

export function startOnce(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const changes = form.getAttribute("method")?.toLowerCase() === "post";
    if (event.defaultPrevented || !changes || form.hasAttribute("hx-post")) return;
    if (sending.has(form)) {
      event.preventDefault();
      return;
    }
    sending.add(form);
    // The button is disabled only after its name and value have been taken into what is sent.
    setTimeout(() => hold(form, event.submitter), 0);
  });

  // Coming back by the browser's button shows the page as it was left.
  addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form").forEach(release);
  });
}
