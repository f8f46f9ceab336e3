import { isSame, type Typed } from "./fields";

/** What was typed into a form and not yet taken by the server. */
export interface Kept {
  typed: Typed;
  /** When it was last changed, in milliseconds. */
  at: number;
  /** Whether it was sent, with no answer seen yet. */
  sent: boolean;
}

const PREFIX = "keep:";

/** One form of one person, by where it is sent and its name; another person at the same screen is not offered it. */
export function keyOf(person: string, action: string, form: string): string {
  return `${PREFIX}${JSON.stringify([person, action, form])}`;
}

/** The person of a key, or nothing if the key is not one of these. */
export function personOf(key: string): string | undefined {
  if (!key.startsWith(PREFIX)) return undefined;
  try {
    const parts: unknown = JSON.parse(key.slice(PREFIX.length));
    return Array.isArray(parts) && typeof parts[0] === "string" ? parts[0] : undefined;
  } catch {
    return undefined;
  }
}

export function read(text: string | null): Kept | undefined {
  if (!text) return undefined;
  try {
    const kept = JSON.parse(text) as Partial<Kept>;
    if (!kept.typed || typeof kept.at !== "number") return undefined;
    return { typed: kept.typed, at: kept.at, sent: !!kept.sent };
  } catch {
    return undefined;
  }
}

/** What to do with something kept when a page comes. */
export type Step = "leave" | "forget" | "offer" | "already there";

/**
 * - On the page of its form it is offered, unless the form already holds it, as after an error.
 * - On another page it is forgotten if it was sent and nothing failed: the server took it.
 * - A page that failed, or that asks to sign in again, leaves it.
 */
export function stepFor(kept: Kept, page: { form: Typed | undefined; failed: boolean; signedIn: boolean }): Step {
  if (page.form) return isSame(kept.typed, page.form) ? "already there" : "offer";
  return kept.sent && !page.failed && page.signedIn ? "forget" : "leave";
}
