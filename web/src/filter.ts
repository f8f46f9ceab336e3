/** The entries of a filter that say something; empty ones would only lengthen the address. */
export function emptyNames(entries: Iterable<[string, unknown]>): string[] {
  const names = new Map<string, boolean>();
  for (const [name, value] of entries) {
    names.set(name, (names.get(name) ?? true) && (typeof value !== "string" || value.trim() === ""));
  }
  return [...names].filter(([, empty]) => empty).map(([name]) => name);
}

/** A form with `data-filter` is sent when a choice changes; a search field waits for Enter. */
export function startFilter(): void {
  document.addEventListener("change", (event) => {
    const field = event.target as HTMLElement;
    const form = field.closest<HTMLFormElement>("form[data-filter]");
    const chosen = field.matches("select, input[type=checkbox], input[type=radio], input[type=date]");
    if (form && chosen) form.requestSubmit();
  });

  document.addEventListener("formdata", (event) => {
    if (!(event.target as Element).matches("form[data-filter]")) return;
    for (const name of emptyNames(event.formData)) event.formData.delete(name);
  });
}
