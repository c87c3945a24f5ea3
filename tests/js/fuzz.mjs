// Fuzzes the browser's side of search: queries, folding, and an index whose files are damaged.
// node fuzz.mjs SECONDS SEED [FOLDER OF AN INDEX/]
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { gzipSync, gunzipSync } from "node:zlib";
import { places } from "../../theme/static/js/search/check.js";
import { openArchive } from "../../theme/static/js/search/archive.js";
import { find, tally, years } from "../../theme/static/js/search/find.js";
import { Fold } from "../../theme/static/js/search/fold.js";
import { parse } from "../../theme/static/js/search/query.js";
import { csv } from "../../theme/static/js/search/save.js";

const [seconds, seed, folder] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];
const PARTS = [..."烟台臺5gＧ -－−「」『』“”‘’\"＂«»,，;=@+\t\n\0\u200b\ufffd\u3000", "排除", "NOT", "𠮷", "\ud800", "\udc00", "é", "ﬃ", "智慧城市", "10-10", "《"];
const { table } = JSON.parse(await readFile(new URL("../cases/fold.json", import.meta.url), "utf8"));
const fold = new Fold(new Map(Object.entries(table)));

let state = seed >>> 0 || 1;
function random(below) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % below;
}
const text = () => Array.from({ length: random(24) }, () => PARTS[random(PARTS.length)]).join("");

function queries() {
  const query = text();
  for (const term of parse(query, fold)) {
    assert.ok(term.folded && term.grams.length, "a term says nothing");
    assert.equal(fold.fold(term.folded), term.folded);
    for (const [start, end] of places(fold.fold(text() + query), term.folded)) assert.ok(start < end);
  }
  const { folded, places: origins } = fold.map(query);
  assert.equal(folded, fold.fold(query));
  for (let at = 0; at < folded.length; at++) assert.ok(origins[at] <= origins[at + 1], "places go back");
  assert.ok(origins[folded.length] <= query.length);
  for (const cell of csv([[query]]).split("\r\n")) assert.ok(!/^[=+\-@]/u.test(cell), "a cell is a formula");
}

const files = new Map();
async function stored(path) {
  if (!files.has(path)) files.set(path, await readFile(path).then((bytes) => gunzipSync(bytes), () => null));
  return files.get(path);
}

/** Damages one file in eight, as a cut transfer or a bad disk does. */
async function damaged(path) {
  const bytes = await stored(path);
  if (!bytes) return new Response("", { status: 404 });
  if (random(8)) return new Response(gzipSync(bytes));
  const copy = Buffer.from(bytes);
  for (let left = 1 + random(3); left && copy.length; left--) copy[random(copy.length)] ^= 1 << random(8);
  return new Response(gzipSync(random(2) ? copy : copy.subarray(0, random(copy.length + 1))));
}

/** A damaged index may refuse, with an Error, and may miss; it must come back. */
async function index() {
  try {
    const archive = await openArchive(folder, damaged);
    const { hits, parts } = await find(archive, parse(text(), archive.fold), { from: "", to: "", facets: [] });
    years(parts);
    await tally(parts, "source", "zh-Hans");
    for (const { segment, id } of hits.slice(0, 3)) await segment.slug(id);
  } catch (error) {
    assert.ok(error instanceof Error && !(error instanceof assert.AssertionError), String(error));
  }
}

const counts = { queries: 0, indexes: 0, slowest: 0 };
for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
  for (let left = 200; left; left--, counts.queries++) queries();
  if (!folder) continue;
  const begun = Date.now();
  await index();
  counts.indexes++;
  counts.slowest = Math.max(counts.slowest, Date.now() - begun);
}
console.log(JSON.stringify(counts));
