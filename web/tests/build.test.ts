import assert from "node:assert/strict";
import { test } from "node:test";
// @ts-expect-error: the build's own files have no types.
import { packagesOf } from "../build/licences.mjs";
// @ts-expect-error: the build's own files have no types.
import { isUsed, slim, splitSelectors } from "../build/slim.mjs";

test("rules of components that no page has are left out", () => {
  assert.equal(slim(".carousel-item{a:b}.btn{c:d}"), ".btn{c:d}");
  assert.equal(slim(".carousel, .btn{c:d}"), ".btn{c:d}");
  assert.equal(slim("@media print{.navbar{a:b}}"), "");
  assert.equal(slim("@media print{.navbar{a:b}.card{c:d}}"), "@media print{.card{c:d}}");
});

test("what a page can have stays, even beside the name of what it cannot", () => {
  assert.equal(isUsed(".btn:not(.navbar)"), true);
  assert.equal(isUsed(".bg-facebook"), false);
  assert.equal(isUsed(".text-blue"), true);
  assert.equal(isUsed(".tag-like"), false);
  assert.equal(isUsed(".table"), true);
});

test("statements, comments and braces in strings do not confuse the reader", () => {
  assert.equal(slim('@charset "UTF-8";/* {} */.a{content:"}"}'), '@charset "UTF-8";.a{content:"}"}');
  assert.deepEqual(splitSelectors("a:is(b, c), d[e=','], f").length, 3);
  assert.throws(() => slim(".a{"));
});

test("a package is known by the files bundled, and one inside another is named too", () => {
  const bundled = ["htmx.org/dist/htmx.esm.js", "@tabler/core/dist/css/tabler.css"];
  const inputs = ["src/app.ts", ...bundled.map((file) => `node_modules/${file}`)];
  assert.deepEqual(packagesOf(inputs), ["@tabler/core", "bootstrap", "htmx.org"]);
});
