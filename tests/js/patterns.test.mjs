// No regular expression of the site's scripts takes more than its share of time on a text made to keep it busy.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const SCRIPTS = new URL("../../theme/static/js/", import.meta.url);
const LITERAL = /(?<=(?:[([{,;:=!&|?+}]|=>|\breturn)\s*)\/((?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+)\/([dgimsuvy]*)/g;
const COMMENT = /^\s*(?:\/\/|\/?\*).*$|\s\/\/ .*$/gm;
const COMMON = "报a1 \n，.-/\\\"'";
const MOST_CHARS = 12; // of a pattern, that are tried in pairs

const SIZES = [6, 24, 96, 400, 1500, 6000, 24_000, 96_000];
const SURE_MS = 25; // a linear pattern never takes so long for these sizes, whatever else the machine does
const GROWTH = 64; // for 16 times the text 16 times the time is linear, 256 times quadratic: the line is between
const TRIALS = 3; // the least of them counts

/** File -> its text without comments. */
const scripts = Object.fromEntries(
  readdirSync(SCRIPTS, { recursive: true })
    .filter((name) => name.endsWith(".js"))
    .map((name) => [name, readFileSync(new URL(name, SCRIPTS), "utf8").replace(COMMENT, "")]),
);

/** Patterns that stand in the scripts, and those that `new RegExp` makes as they are loaded. */
async function held() {
  const found = [];
  for (const text of Object.values(scripts))
    for (const [, source, flags] of text.matchAll(LITERAL)) found.push(new RegExp(source, flags));
  const Real = globalThis.RegExp;
  globalThis.RegExp = new Proxy(Real, {
    construct(target, given) {
      found.push(new target(...given));
      return new target(...given);
    },
  });
  const makers = Object.keys(scripts).filter((name) => scripts[name].includes("new RegExp"));
  for (const name of makers) await import(new URL(`${name}?watched`, SCRIPTS));
  globalThis.RegExp = Real;
  return found;
}

/** Texts to begin with and texts to repeat: all characters the pattern names, alone and in pairs, and its words. */
function* hostile({ source }) {
  const named = source.replace(/\\u\{?([\da-f]{4,5})\}?/gi, (_, hex) => String.fromCodePoint(parseInt(hex, 16)));
  for (const word of source.match(/[^\\[\](){}?*+.|^$]{2,}/g) ?? []) yield ["", word];
  const chars = [...new Set([...COMMON, ...named])].slice(0, MOST_CHARS);
  for (const one of chars) {
    yield ["", one];
    for (const other of chars) yield* [["", one + other], [one, other]];
  }
}

/** How long it takes at least to look for `pattern` all over a text. */
function milliseconds(pattern, before, unit, length, trials) {
  const all = new RegExp(pattern.source, [...new Set([...pattern.flags, "g"])].join(""));
  const text = before + unit.repeat(Math.max(1, Math.floor(length / unit.length))) + "\0";
  const times = Array.from({ length: trials }, () => {
    const begun = performance.now();
    let at = -1;
    for (all.lastIndex = 0; all.test(text); at = all.lastIndex) if (all.lastIndex === at) all.lastIndex++; // was empty
    return performance.now() - begun;
  });
  return Math.min(...times);
}

/** The text on which `pattern` takes more than its share; it grows until the time is sure, so none takes long. */
function slow(pattern) {
  for (const [before, unit] of hostile(pattern)) {
    const time = (size, trials = TRIALS) => milliseconds(pattern, before, unit, size, trials);
    const at = SIZES.findIndex((size) => time(size, 1) > SURE_MS && time(size) > SURE_MS);
    if (at < 0) continue;
    const ratio = time(SIZES[at]) / time(SIZES[Math.max(0, at - 2)]);
    if (ratio > GROWTH) return `${ratio.toFixed()} times as long: "${before}" + "${unit}" * n`;
  }
  return "";
}

test("the time of every pattern grows with its text and not faster", async () => {
  const patterns = await held();

  const found = patterns.map((pattern) => [`${pattern}`, slow(pattern)]);

  assert.deepEqual(found.filter(([, text]) => text), []);
  assert.ok(patterns.length >= 20, `${patterns.length} patterns`);
});

test("a pattern that is slow is found", () => {
  for (const pattern of [/\s*x/, /(\w+)=/, /<!--.*?-->/s, /(a+)+b/, /[，,](?![^《]*》)/])
    assert.notEqual(slow(pattern), "", `${pattern}`);
});

test("a query, however it is typed, is searched for closing marks once and not again from each quote", async (context) => {
  const { Fold } = await import(new URL("search/fold.js", SCRIPTS));
  const { parse } = await import(new URL("search/query.js", SCRIPTS));
  const real = String.prototype.indexOf;
  let read = 0;
  context.mock.method(String.prototype, "indexOf", function (mark, from = 0) {
    const found = real.call(this, mark, from);
    read += (found < 0 ? this.length : found) - from;
    return found;
  });

  for (const [unit, end] of [["「 ", ""], ["「 ", "」x"], ["「」 ", ""], ["「『“ ", "』"], ['" ', ""]]) {
    const query = unit.repeat(3000) + end;
    read = 0;
    parse(query, new Fold(new Map()));
    assert.ok(read <= 8 * query.length, `${unit}: ${read}`);
  }
});

test("no pattern is overlooked: each line that asks for one holds one we know", () => {
  const asks = /\.(?:replace|replaceAll|split|match|matchAll|search)\(\s*\/|\/[dgimsuvy]*\.(?:test|exec)\(/;
  for (const [name, text] of Object.entries(scripts))
    for (const line of text.split("\n").filter((line) => asks.test(line)))
      assert.notEqual([...line.matchAll(LITERAL)].length, 0, `${name}: ${line}`);
});
