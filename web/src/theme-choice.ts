export type Theme = "light" | "dark";

const KEY = "theme";

/** The theme of a page: what was chosen here before, else what the system prefers. */
export function themeFor(chosen: string | null, systemIsDark: boolean): Theme {
  if (chosen === "light" || chosen === "dark") return chosen;
  return systemIsDark ? "dark" : "light";
}

/** What was chosen in this browser, if its storage may be read. */
export function chosenTheme(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Keeps the choice for the next page; without storage it holds for this page only. */
export function chooseTheme(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A browser that forbids storage still switches.
  }
  showTheme(theme);
}

export function showTheme(theme: Theme): void {
  const html = document.documentElement;
  html.classList.toggle("theme-dark", theme === "dark");
  html.dataset["bsTheme"] = theme;
}

export function shownTheme(): Theme {
  return document.documentElement.classList.contains("theme-dark") ? "dark" : "light";
}
