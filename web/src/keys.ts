/** What a key is for on every page, unless something is being typed. */
export function actOf(key: string, typing: boolean, modified: boolean): "search" | "help" | undefined {
  if (typing || modified) return undefined;
  if (key === "/") return "search";
  if (key === "?" || key === "？") return "help";
  return undefined;
}

function isTyping(target: EventTarget | null): boolean {
  const field = target as HTMLElement | null;
  return !!field?.matches?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
}

function showHelp(): void {
  const dialog = document.querySelector<HTMLDialogElement>("dialog#keys");
  if (dialog && !dialog.open) dialog.showModal();
}

/** `/` goes to the search field, `?` lists the keys. */
export function startKeys(): void {
  document.addEventListener("keydown", (event) => {
    const act = actOf(event.key, isTyping(event.target), event.ctrlKey || event.metaKey || event.altKey);
    const search = document.querySelector<HTMLInputElement>("[data-search]");
    if (act === "search" && search) search.focus();
    else if (act === "help") showHelp();
    else return;
    event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("[data-keys]")) showHelp();
    // The dialog itself is hit only beside its inner box.
    if (target instanceof HTMLDialogElement) target.close();
  });
}
