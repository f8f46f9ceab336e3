// Leaves out of a stylesheet the rules of components that no page has, which is most of Tabler.

/** Families of class names that no page uses; a class belongs to a family by its first words. */
const FAMILIES = [
  "accordion", "animated", "avatar", "bg-pattern", "browser", "btn-(animate|check)", "calendar",
  "card-(cover|group|img|rotate|stacked|stamp|tabs)", "carousel", "chat", "chip", "chips", "codeblock", "countup",
  "cursor", "datepicker", "demo", "divide-[xy]", "dropdown-menu-(end|start)", "dropend", "dropstart", "dropup",
  "embed", "flag", "focus-ring", "form-(color|colorinput|floating|imagecheck|otp)", "form-selectgroup", "hero",
  "highlight", "icon-link", "illustration", "img", "layout-boxed", "legend", "lightbox",
  "link-(?!secondary|primary)[a-z-]+", "list-group-horizontal", "litepicker", "mention", "modal-fullscreen",
  "mode-switch", "nav-(bordered|segmented|underline)", "navbar", "object", "offcanvas", "otp", "page-cover",
  "payment", "placeholder-(glow|wave)", "plyr", "popover", "pricing", "prose", "ratio", "ribbon", "shape", "signal",
  "signature", "social", "sortable", "star-rating", "stars", "strength", "switch-icon", "tag", "tags", "toast",
  "tooltip", "tracking", "vr", "was-validated", "xray", "z",
];

/** Colours and sizes that no page uses: brands' colours, and screens wider than an office has. */
const WORDS = [
  "x", "facebook", "twitter", "linkedin", "google", "youtube", "vimeo", "dribbble", "github", "instagram", "pinterest",
  "vk", "rss", "flickr", "bitbucket", "tabler", "xxl", "gradient", "pink", "purple", "lime", "indigo", "cyan", "teal",
  "azure", "gray-[0-9]+",
];

const family = new RegExp(`\\.(?:${FAMILIES.join("|")})(?![a-zA-Z0-9_])`);
const word = new RegExp(`\\.[a-z0-9-]*?(?:^|[a-z0-9]-)(?:${WORDS.join("|")})(?![a-zA-Z0-9_])`);

/** Whether a page can have what the selector is about. */
export function isUsed(selector) {
  const positive = selector.replace(/:not\((?:[^()]|\([^()]*\))*\)/g, "");
  return !family.test(positive) && !word.test(positive);
}

/** The parts of `text` between commas that stand in no bracket. */
export function splitSelectors(text) {
  const parts = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "(" || text[i] === "[") depth++;
    else if (text[i] === ")" || text[i] === "]") depth--;
    else if (text[i] === "," && depth === 0) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  parts.push(text.slice(start).trim());
  return parts;
}

/** The index of the brace that closes the one at `open`; braces in strings do not count. */
function closing(css, open) {
  let depth = 0;
  for (let i = open; i < css.length; i++) {
    const c = css[i];
    if (c === '"' || c === "'") {
      i++;
      while (i < css.length && css[i] !== c) i += css[i] === "\\" ? 2 : 1;
    } else if (c === "{") depth++;
    else if (c === "}" && --depth === 0) return i;
  }
  throw new Error("a block of the stylesheet is not closed");
}

/** The stylesheet without the rules of unused classes. Statements like `@charset` are left as they are. */
export function slim(css) {
  const text = css.replace(/\/\*[\s\S]*?\*\//g, "");
  let out = "";
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf("{", at);
    if (open < 0) return out + text.slice(at);
    const semicolon = text.lastIndexOf(";", open);
    if (semicolon >= at) out += text.slice(at, semicolon + 1);
    const head = text.slice(Math.max(at, semicolon + 1), open).trim();
    const end = closing(text, open);
    out += block(head, text.slice(open + 1, end));
    at = end + 1;
  }
  return out;
}

/** One block, or nothing if it is not used. */
function block(head, body) {
  if (/^@(media|supports)/.test(head)) {
    const inner = slim(body).trim();
    return inner ? `${head}{${inner}}` : "";
  }
  if (head.startsWith("@")) return `${head}{${body}}`;
  const used = splitSelectors(head).filter(isUsed);
  return used.length > 0 ? `${used.join(",")}{${body}}` : "";
}
