import assert from "node:assert/strict";
import { test } from "node:test";
import { lies } from "../src/beside";
import { emptyNames } from "../src/filter";
import { actOf } from "../src/keys";
import { countText, range } from "../src/select";
import { themeFor } from "../src/theme-choice";
import { timeText } from "../src/time";

test("a run of rows reaches from the first to the last whichever was chosen first", () => {
  assert.deepEqual(range(2, 5), [2, 3, 4, 5]);
  assert.deepEqual(range(5, 2), [2, 3, 4, 5]);
  assert.deepEqual(range(3, 3), [3]);
});

test("a piece of the text belongs to the sentence in which it begins", () => {
  const sentence = { from: 10, to: 20 };
  assert.deepEqual([9, 10, 19, 20].map((at) => lies(at, sentence)), [false, true, true, false]);
});

test("the number of chosen rows stands in the words of the page", () => {
  assert.equal(countText("已选 {n} 项", 37), "已选 37 项");
});

test("keys do nothing while something is typed or with another key held", () => {
  assert.equal(actOf("/", false, false), "search");
  assert.equal(actOf("?", false, false), "help");
  assert.equal(actOf("？", false, false), "help");
  assert.equal(actOf("/", true, false), undefined);
  assert.equal(actOf("/", false, true), undefined);
  assert.equal(actOf("a", false, false), undefined);
});

test("filters that say nothing are left out of the address", () => {
  assert.deepEqual(emptyNames([["q", " "], ["kind", "town"], ["level", ""]]), ["q", "level"]);
  assert.deepEqual(emptyNames([["kind", ""], ["kind", "town"]]), []);
});

test("what was chosen wins over what the system prefers", () => {
  assert.equal(themeFor(null, true), "dark");
  assert.equal(themeFor(null, false), "light");
  assert.equal(themeFor("light", true), "light");
  assert.equal(themeFor("dark", false), "dark");
  assert.equal(themeFor("blue", false), "light");
});

test("a moment is told in the time of China and the language of the page", () => {
  const at = Date.UTC(2026, 10, 22, 7, 0);
  assert.equal(timeText(at, "zh-CN"), "11月22日 15:00");
  assert.equal(timeText(at, "en"), "22 Nov, 15:00");
});
