// Runs the tests in `tests/`: bundled into a temporary folder, since Node 20 reads no TypeScript.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const root = dirname(fileURLToPath(import.meta.url));
const out = mkdtempSync(join(tmpdir(), "lianfang-web-"));
try {
  const tests = readdirSync(join(root, "tests")).filter((file) => file.endsWith(".test.ts"));
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: tests.map((file) => join("tests", file)),
    outdir: out,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "warning",
  });
  const built = tests.map((file) => join(out, file.replace(/ts$/, "mjs")));
  execFileSync(process.execPath, ["--test", ...built], { stdio: "inherit" });
} catch (error) {
  if (error.status === undefined) throw error;
  process.exitCode = 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}
