/** What a form holds, by the name of the field; a name may come several times. */
export type Typed = Record<string, string[]>;

/** What the rules below look at in a field. */
export interface Field {
  name: string;
  type: string;
  value: string;
  checked?: boolean;
  noKeep?: boolean;
}

/** Whether a field may be kept in the browser: no secrets, files or the form's own marks. */
export function isKept(field: Field): boolean {
  const never = ["password", "hidden", "file", "submit", "button", "reset", "image", "fieldset", "output"];
  return field.name !== "" && !field.noKeep && !never.includes(field.type);
}

const isBox = (field: Field) => field.type === "checkbox" || field.type === "radio";

/** What is typed and ticked; a box that is not ticked leaves an empty list, so that it can be told from no box. */
export function typedIn(fields: Iterable<Field>): Typed {
  const typed: Typed = {};
  for (const field of fields) {
    if (!isKept(field)) continue;
    const values = (typed[field.name] ??= []);
    if (!isBox(field) || field.checked) values.push(field.value);
  }
  return typed;
}

/** Whether two forms hold the same, whatever the order of their fields. */
export function isSame(a: Typed, b: Typed): boolean {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => JSON.stringify(a[name]) === JSON.stringify(b[name]));
}

/** Puts back what was typed; fields that the form no longer has are left out. */
export function putBack(fields: Iterable<Field>, typed: Typed): void {
  const taken: Record<string, number> = {};
  for (const field of fields) {
    const values = typed[field.name];
    if (!isKept(field) || !values) continue;
    if (isBox(field)) field.checked = values.includes(field.value);
    else {
      const i = taken[field.name] ?? 0;
      taken[field.name] = i + 1;
      field.value = values[i] ?? field.value;
    }
  }
}
