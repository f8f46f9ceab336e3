import { timeText } from "./time";

/** Says on paper when it was printed. */
export function startPrint(): void {
  addEventListener("beforeprint", () => {
    for (const place of document.querySelectorAll<HTMLElement>("[data-printed]")) {
      const now = timeText(Date.now(), document.documentElement.lang);
      place.textContent = (place.dataset["printed"] ?? "").replace("{time}", now);
    }
  });
}
