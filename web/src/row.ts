/** Whether a click on a row is meant for something in it, or for choosing text. */
function isMeantForPart(target: Element): boolean {
  return target.closest("a, button, input, label, select, textarea, summary, [data-no-open]") !== null;
}

/** A click anywhere on a row opens the row's link marked `data-main`. */
export function startRows(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const link = target.closest("tr")?.querySelector<HTMLAnchorElement>("a[data-main]");
    if (!link || event.defaultPrevented || isMeantForPart(target)) return;
    if (getSelection()?.toString()) return;
    if (event.ctrlKey || event.metaKey) open(link.href, "_blank", "noopener");
    else link.click();
  });
}
