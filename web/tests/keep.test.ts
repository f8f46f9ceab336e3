import assert from "node:assert/strict";
import { test } from "node:test";
import { isKept, isSame, putBack, typedIn, type Field } from "../src/fields";
import { keyOf, personOf, read, stepFor } from "../src/kept";

const field = (name: string, value: string, type = "text"): Field => ({ name, value, type });
const box = (name: string, value: string, checked: boolean): Field => ({ name, value, type: "checkbox", checked });

test("secrets, files and the form's own marks are never kept", () => {
  for (const type of ["password", "hidden", "file", "submit"]) assert.equal(isKept(field("a", "b", type)), false, type);
  assert.equal(isKept({ ...field("a", "b"), noKeep: true }), false);
  assert.equal(isKept(field("", "b")), false);
  assert.equal(isKept(field("a", "b")), true);
});

test("what is typed comes back as it was, and boxes ticked or not", () => {
  const phones = (a: string, b: string) => [field("phone", a), field("phone", b)];
  const before = [field("name", "龙泉镇"), ...phones("1", "2"), box("told", "1", false), box("kind", "b", true)];
  const typed = typedIn(before);
  assert.deepEqual(typed, { name: ["龙泉镇"], phone: ["1", "2"], told: [], kind: ["b"] });

  const boxes = [box("told", "1", true), box("kind", "b", false)];
  const after = [field("name", ""), ...phones("", ""), ...boxes, field("new", "x")];
  putBack(after, typed);
  assert.deepEqual(after.map((f) => f.checked ?? f.value), ["龙泉镇", "1", "2", false, true, "x"]);
});

test("two forms are the same whatever the order of their fields", () => {
  assert.equal(isSame({ a: ["1"], b: ["2"] }, { b: ["2"], a: ["1"] }), true);
  assert.equal(isSame({ a: ["1"] }, { a: ["1"], b: [] }), false);
  assert.equal(isSame({ a: ["1", "2"] }, { a: ["2", "1"] }), false);
});

test("a key names the person, and other entries of the storage are left alone", () => {
  assert.equal(personOf(keyOf("值班员甲", "/areas/new", "")), "值班员甲");
  assert.equal(personOf("theme"), undefined);
  assert.equal(personOf("keep:{"), undefined);
  assert.notEqual(keyOf("a", "b", "c"), keyOf("a", "bc", ""));
});

test("a storage that holds something else is not believed", () => {
  assert.equal(read(null), undefined);
  assert.equal(read("{"), undefined);
  assert.equal(read('{"typed":{}}'), undefined);
  assert.deepEqual(read('{"typed":{"a":["1"]},"at":5}'), { typed: { a: ["1"] }, at: 5, sent: false });
});

test("what was typed is offered, kept through failures, and forgotten once it was taken", () => {
  const typed = { a: ["1"] };
  const kept = { typed, at: 0, sent: true };
  const page = { form: undefined, failed: false, signedIn: true };
  assert.equal(stepFor(kept, page), "forget");
  assert.equal(stepFor({ ...kept, sent: false }, page), "leave");
  assert.equal(stepFor(kept, { ...page, failed: true }), "leave");
  assert.equal(stepFor(kept, { ...page, signedIn: false }), "leave");
  assert.equal(stepFor(kept, { ...page, form: { a: ["2"] } }), "offer");
  assert.equal(stepFor(kept, { ...page, form: { a: ["1"] } }), "already there");
});
