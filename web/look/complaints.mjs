// What a person would complain about, looked for in the page itself.

function complain() {
  const found = [];
  const html = document.documentElement;
  if (html.scrollWidth > html.clientWidth) found.push(`the page is wider than the screen: ${html.scrollWidth}`);
  const name = (e) => `${e.outerHTML.replace(/\s+/g, " ").slice(0, 80)}`;

  // Too small for a thumb: what is touched is the field with its label.
  const touched = "a, button, input:not([type=hidden]), select, summary";
  for (const e of innerWidth > 500 ? [] : document.querySelectorAll(touched)) {
    const boxes = [e, e.closest("label"), e.labels?.[0]].filter(Boolean).map((part) => part.getBoundingClientRect());
    const box = boxes.sort((a, b) => b.height - a.height)[0];
    const inText = e.matches("p a, li a, dd a") && !e.closest("nav");
    if (box.width > 0 && !inText && Math.min(box.width, box.height) < 32) {
      found.push(`too small to touch, ${Math.round(box.width)}×${Math.round(box.height)}: ${name(e)}`);
    }
  }

  // Contrast AA: 4.5 for text, 3 for large text.
  const rgba = (text) => {
    const [r, g, b, a = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
    return { r, g, b, a };
  };
  const over = (top, below) => {
    const mix = (c) => top[c] * top.a + below[c] * (1 - top.a);
    return { r: mix("r"), g: mix("g"), b: mix("b"), a: 1 };
  };
  const ground = (e) => {
    if (!e) return { r: 255, g: 255, b: 255, a: 1 };
    const own = rgba(getComputedStyle(e).backgroundColor);
    return own.a === 1 ? own : over(own, ground(e.parentElement));
  };
  const light = ({ r, g, b }) => {
    const part = (c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  for (const e of document.querySelectorAll("body *")) {
    const text = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    const box = e.getBoundingClientRect();
    if (!text || box.width < 2 || box.right < 0 || e.closest(".print-head, .print-mark, template")) continue;
    const style = getComputedStyle(e);
    const below = ground(e);
    const [a, b] = [light(over(rgba(style.color), below)), light(below)].sort((x, y) => y - x);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && style.fontWeight >= 700);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < (large ? 3 : 4.5)) found.push(`contrast ${ratio.toFixed(2)}: ${name(e)}`);
  }
  return found;
}

/** The expression that gives the complaints of a page. */
export const COMPLAINTS = `(${complain})()`;
