/** A button with `data-dismiss` takes away the `.alert` around it; the focus goes on to the page's text. */
export function startNotices(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element | null)?.closest("[data-dismiss]");
    if (!button) return;
    button.closest(".alert")?.remove();
    document.getElementById("content")?.focus({ preventScroll: true });
  });

  // A list of errors is read out and reached first.
  document.querySelector<HTMLElement>("[data-focus]")?.focus();
}
