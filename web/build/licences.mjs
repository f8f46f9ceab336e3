// Lists what others made that ends up in the bundle, with the text under which they gave it.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What is in the bundle although no import names it: the first is part of the second's stylesheet. */
const INSIDE = { "@tabler/core": ["bootstrap"] };

/** The names of the packages among the files that were bundled. */
export function packagesOf(inputs) {
  const names = new Set();
  for (const input of inputs) {
    const rest = input.split("node_modules/").at(-1);
    if (rest === input) continue;
    const name = rest.startsWith("@") ? rest.split("/").slice(0, 2).join("/") : rest.split("/")[0];
    for (const one of [name, ...(INSIDE[name] ?? [])]) names.add(one);
  }
  return [...names].sort();
}

/** Name, version, licence and its text; a package without a text of its licence stops the build. */
export function licences(root, inputs) {
  const found = packagesOf(inputs).map((name) => {
    const folder = join(root, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = ["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE"].map((f) => join(folder, f)).find(existsSync);
    if (!file) throw new Error(`the package ${name} has no text of its licence`);
    return { name, version, licence: license, text: readFileSync(file, "utf8").trim() };
  });
  const icons = readFileSync(join(root, "licences/tabler-icons.txt"), "utf8").trim();
  return [...found, { name: "@tabler/icons", version: "3.51.0", licence: "MIT", text: icons }];
}
