/** The rows from `anchor` to `to`, both included, in the order of the table. */
export function range(anchor: number, to: number): number[] {
  const [first, last] = anchor < to ? [anchor, to] : [to, anchor];
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** Puts the number into a text like `已选 {n} 项`. */
export function countText(pattern: string, n: number): string {
  return pattern.replace("{n}", String(n));
}

const boxesOf = (form: Element) => [...form.querySelectorAll<HTMLInputElement>("input[data-check]")];

function show(form: Element): void {
  const boxes = boxesOf(form);
  const chosen = boxes.filter((box) => box.checked);
  for (const box of boxes) box.closest("tr")?.classList.toggle("row-chosen", box.checked);
  for (const all of form.querySelectorAll<HTMLInputElement>("input[data-check-all]")) {
    all.checked = boxes.length > 0 && chosen.length === boxes.length;
    all.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
  }
  for (const bar of form.querySelectorAll("[data-bulk]")) {
    bar.classList.toggle("bulk-on", chosen.length > 0);
    const text = bar.querySelector<HTMLElement>("[data-count]");
    if (text) text.textContent = countText(text.dataset["count"] ?? "{n}", chosen.length);
  }
}

/** Rows are chosen by their box, a run of rows with Shift; the bar below says how many. */
export function startSelect(): void {
  let anchor: HTMLInputElement | undefined;

  document.addEventListener("click", (event) => {
    const box = event.target as HTMLInputElement;
    const form = box.closest?.("form");
    if (!form) return;
    if (box.matches("[data-clear]")) for (const one of boxesOf(form)) one.checked = false;
    else if (box.matches("input[data-check-all]")) for (const one of boxesOf(form)) one.checked = box.checked;
    else if (box.matches("input[data-check]")) {
      const boxes = boxesOf(form);
      const from = anchor ? boxes.indexOf(anchor) : -1;
      if (event.shiftKey && from >= 0) {
        for (const i of range(from, boxes.indexOf(box))) (boxes[i] as HTMLInputElement).checked = box.checked;
      }
      anchor = box;
    } else return;
    show(form);
  });

  // A browser that remembers boxes shows them chosen after coming back.
  addEventListener("pageshow", () => {
    for (const bar of document.querySelectorAll("form [data-bulk]")) show(bar.closest("form") as Element);
  });
}
