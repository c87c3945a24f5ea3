// The browser's side of search: the contract, the query language, checking and quoting, saving.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { excerpt, isHit, marked, places } from "../../theme/static/js/search/check.js";
import { Fold } from "../../theme/static/js/search/fold.js";
import { between, both, seek, without } from "../../theme/static/js/search/postings.js";
import { parse } from "../../theme/static/js/search/query.js";
import { csv, csvRows, ris } from "../../theme/static/js/search/save.js";

const read = (name) => JSON.parse(readFileSync(new URL(`../cases/${name}`, import.meta.url), "utf8"));
const { table, cases } = read("fold.json");
const fold = new Fold(new Map(Object.entries(table)));

for (const { text, folded } of cases) {
  test(`folds ${JSON.stringify(text)} as the index does`, () => {
    assert.equal(fold.fold(text), folded);
    assert.equal(fold.map(text).folded, folded);
  });
}

for (const { text, runs } of read("tokens.json").cases) {
  test(`cuts ${JSON.stringify(text)} as the index does`, () => assert.deepEqual(fold.runs(text), runs));
}

const told = (query) => parse(query, fold).map(({ folded, excluded }) => (excluded ? "-" : "") + folded);

for (const [query, terms] of [
  ["烟台 5G", ["烟台", "5g"]],
  ["「智慧 城市」 烟台", ["智慧城市", "烟台"]],
  ['"New  York" times', ["new york", "times"]],
  ["“一带一路”倡议", ['"一带一路"倡议']],
  ["烟台 -苹果", ["烟台", "-苹果"]],
  ["烟台 －「苹果 园」", ["烟台", "-苹果园"]],
  ["烟台 排除 苹果", ["烟台", "-苹果"]],
  ["排除 故障", ["排除", "故障"]],
  ["排除故障", ["排除故障"]],
  ["10-10", ["10-10"]],
  ["？！ -", []],
  ["「烟台", ['"烟台']],
])
  test(`reads ${query} as ${terms}`, () => assert.deepEqual(told(query), terms));

test("knows which terms the index alone can answer", () => {
  const exact = (query) => parse(query, fold)[0].isExact;
  assert.deepEqual(["烟台", "烟", "5G", "5G烟"].map(exact), [true, true, true, true]);
  assert.deepEqual(["烟台市", "10-10", "3.5%", "《烟台"].map(exact), [false, false, false, false]);
});

const spans = (text, term) => [...places(fold.fold(text), fold.fold(term))];

test("a title breaks between the words the build has found, marked or not", () => {
  const parts = marked("煙臺市政府簽約", parse("臺市", fold), fold, new Set([2, 5]));

  assert.deepEqual(parts.map(({ text, isMarked, isWord }) => [text, isMarked, isWord]), [
    ["煙", false, false], ["臺", true, false], ["市", true, true], ["政府", false, false], ["簽約", false, true],
  ]);
});

test("finds Han anywhere and words only whole", () => {
  assert.deepEqual(spans("15G和5G应用", "5G"), [[4, 6]]);
  assert.deepEqual(spans("5GHz", "5G"), []);
  assert.deepEqual(spans("山东移动", "东移"), [[1, 3]]);
  assert.equal(spans("𫖮5G𫖮", "5g").length, 1);
});

const article = {
  title: "煙臺",
  story: ["別的話。", "在 煙 臺，５Ｇ應用落地。"],
  texts: ["煙臺", "別的話。", "在 煙 臺，５Ｇ應用落地。"],
};

test("makes sure of every term", () => {
  const isFound = (query) => isHit(article, parse(query, fold), fold);
  assert.deepEqual(["在烟台", "5G应用", "烟台 落地", "烟台应用", "烟台 -落地"].map(isFound), [true, true, true, false, false]);
});

test("marks in the script of the page what was asked in the other", () => {
  const parts = marked(article.story[1], parse("烟台 5g应用", fold), fold);
  assert.deepEqual(parts.filter((part) => part.isMarked).map((part) => part.text), ["煙 臺", "５Ｇ應用"]);
  assert.equal(parts.map((part) => part.text).join(""), article.story[1]);
});

test("quotes the paragraph that says most, and the first one when none does", () => {
  const quoted = (query) => excerpt(article, parse(query, fold), fold).map((part) => part.text).join("");
  assert.equal(quoted("落地"), article.story[1]);
  assert.equal(quoted("没有"), article.story[0]);
  assert.deepEqual(excerpt({ story: [] }, [], fold), []);
});

test("cuts a long quotation around its first mark", () => {
  const story = [`${"前".repeat(100)}烟台${"后".repeat(100)}`];
  const text = excerpt({ story }, parse("烟台", fold), fold).map((part) => part.text).join("");
  assert.match(text, /^…前+烟台后+…$/);
  assert.ok(text.length < 100);
});

test("lists meet, part and are cut by id, whatever their flags", () => {
  const list = (...ids) => Uint32Array.from(ids, (id) => (id << 2) | (id & 3));
  const ids = (postings) => [...postings].map((posting) => posting >>> 2);
  assert.deepEqual(ids(both(list(1, 3, 5, 9), list(2, 3, 9))), [3, 9]);
  assert.deepEqual(ids(without(list(1, 3, 5, 9), list(3, 9))), [1, 5]);
  assert.deepEqual(ids(between(list(1, 3, 5, 9), 3, 9)), [3, 5]);
  assert.equal(seek(list(1, 3, 5), 1000), 3);
  const far = 2 ** 29 + 5;
  assert.deepEqual(ids(both(list(far), list(1, far))), [far]);
});

const saved = { title: '=1+1 "甲"', day: "2019-11-20", source: "齊魯網", reporters: ["吳天旭", "王陽"], tags: ["5G"], url: "", ris: "" };

test("writes CSV that a spreadsheet reads, and never runs", () => {
  const text = csv(csvRows(["a", "b", "c", "d", "e", "f"], [{ article: saved, address: "http://x/y.html" }]));
  assert.equal(text.split("\r\n")[1], `"'=1+1 ""甲""","2019-11-20","齊魯網","吳天旭; 王陽","5G","http://x/y.html"`);
  assert.equal(text[0], "\ufeff");
});

test("writes RIS of what the page shows", () => {
  assert.match(ris([{ article: saved, address: "http://x/y.html" }]), /^TY {2}- NEWS\r\nAU {2}- 吳天旭\r\nAU {2}- 王陽\r\n[^]*ER {2}- \r\n$/);
});
