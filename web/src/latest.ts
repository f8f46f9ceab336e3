// A table of days that is wider than the screen opens at its latest day, not at its oldest.

export function startLatest(): void {
  const show = (): void => {
    document.querySelectorAll<HTMLElement>("[data-latest]").forEach((box) => {
      box.scrollLeft = box.scrollWidth;
    });
  };
  show();
  document.body.addEventListener("htmx:afterSettle", show);
}
