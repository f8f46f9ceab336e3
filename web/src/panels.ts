// On the wall one panel after the other is large; whoever wants less motion sees them all.

const SECONDS = 15;

export function startPanels(): void {
  const box = document.querySelector<HTMLElement>("[data-panels]");
  const panels = box ? Array.from(box.children) : [];
  if (!box || panels.length < 2 || window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  let shown = 0;
  const show = (): void => panels.forEach((panel, place) => panel.classList.toggle("wall-here", place === shown));
  box.classList.add("wall-turning");
  show();
  window.setInterval(() => {
    shown = (shown + 1) % panels.length;
    show();
  }, SECONDS * 1000);
}
