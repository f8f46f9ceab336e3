/** Where a clause stands: its item, and the first and last byte of its sentence. */
export interface Place {
  from: number;
  to: number;
}

/** Whether a piece of the text beginning at a byte lies in a place. */
export function lies(at: number, place: Place): boolean {
  return place.from <= at && at < place.to;
}

/** In a plan beside its text, the whole sentence of an item is marked when the item is looked at, and the item of a
 * sentence comes into sight. Without script, the links between them lead to and fro all the same. */
export function startBeside(): void {
  const pane = document.querySelector<HTMLElement>("[data-beside]");
  if (!pane) return;
  const pieces = [...pane.querySelectorAll<HTMLElement>(".seg")].map((piece) => ({ piece, at: Number(piece.id.slice(1)) }));

  const mark = (item: Element | null) => {
    for (const { piece } of pieces) piece.classList.remove("seg-here");
    if (!(item instanceof HTMLElement)) return;
    const place = { from: Number(item.dataset["from"]), to: Number(item.dataset["to"]) };
    for (const { piece, at } of pieces) if (lies(at, place)) piece.classList.add("seg-here");
  };

  pane.addEventListener("mouseover", (event) => {
    const item = (event.target as Element).closest("li[data-from]");
    if (item) mark(item);
  });
  pane.addEventListener("focusin", (event) => mark((event.target as Element).closest("li[data-from]")));
  addEventListener("hashchange", () => {
    const here = location.hash.slice(1);
    const item = document.getElementById(here);
    if (here.startsWith("c")) mark(item);
    if (here.startsWith("t")) {
      const at = Number(here.slice(1));
      mark(pane.querySelector(`li[data-from="${at}"]`));
    }
  });
}
