import { chooseTheme, shownTheme } from "./theme-choice";

/** Buttons with `data-theme-switch` change between light and dark. */
export function startThemeSwitch(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element | null;
    if (!target?.closest("[data-theme-switch]")) return;
    chooseTheme(shownTheme() === "dark" ? "light" : "dark");
  });
}
