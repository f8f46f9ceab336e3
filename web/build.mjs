// Bundles the styles and scripts of the pages into `dist`: names with a hash of their content, and each file also
// compressed, so that the server only has to hand them out.
//
// The folder is made under another name and put in place at once: whoever reads it sees the old or the new, never half.

import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { licences } from "./build/licences.mjs";
import { slim } from "./build/slim.mjs";

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, "dist");
const fresh = join(root, `dist.new-${process.pid}`);

/** Leaves out of Tabler what no page uses. */
const slimTabler = {
  name: "slim-tabler",
  setup(build) {
    build.onLoad({ filter: /[\\/]tabler\.css$/ }, ({ path }) => ({
      contents: slim(readFileSync(path, "utf8")),
      loader: "css",
    }));
  },
};

/** The inputs of the bundle, relative to this folder. */
async function bundle() {
  const result = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ["src/app.ts", "src/theme.ts", "src/app.css", "src/icon.svg"],
    outdir: fresh,
    entryNames: "[name]-[hash]",
    bundle: true,
    minify: true,
    charset: "utf8",
    format: "iife",
    target: "chrome100",
    legalComments: "none",
    loader: { ".svg": "copy" },
    metafile: true,
    plugins: [slimTabler],
    logLevel: "warning",
  });
  return Object.keys(result.metafile.inputs);
}

/** The address of each file without the hash: `{"app.css": "app-XXXXXXXX.css"}`. */
function manifest() {
  const named = readdirSync(fresh)
    .map((file) => [file.replace(/-[A-Z0-9]{8}\./, "."), file])
    .filter(([name, file]) => name !== file);
  return Object.fromEntries(named.sort());
}

function compress(file) {
  const path = join(fresh, file);
  const bytes = readFileSync(path);
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
}

function write(name, value) {
  writeFileSync(join(fresh, name), `${JSON.stringify(value, null, 1)}\n`);
}

/** Puts the new folder in the place of the old one. */
function putInPlace() {
  const old = `${fresh}.old`;
  try {
    renameSync(dist, old);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  renameSync(fresh, dist);
  rmSync(old, { recursive: true, force: true });
}

try {
  mkdirSync(fresh, { recursive: true });
  const inputs = await bundle();
  const files = manifest();
  for (const file of Object.values(files)) compress(file);
  write("licences.json", licences(root, inputs));
  write("manifest.json", files);
  putInPlace();
  for (const file of Object.values(files)) {
    console.log(`${file}: ${statSync(join(dist, `${file}.br`)).size} B compressed`);
  }
} catch (error) {
  // The bundler has said itself what is wrong with a source.
  if (!error.errors) console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
