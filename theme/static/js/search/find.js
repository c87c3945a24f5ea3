// Terms -> the articles that may hold them, in order.

import { DENSE, FLAG_BITS, TITLE, between, both, without } from "./postings.js";

const TITLE_SCORE = 16;

/** Grams looked up for one query: its pages are read anyhow. */
const MOST_GRAMS = 3;

function spread(grams, most) {
  if (grams.length <= most) return grams;
  return Array.from({ length: most }, (_, place) => grams[Math.floor(((place + 0.5) * grams.length) / most)]);
}

async function ofTerm(segment, grams) {
  const entries = await Promise.all(grams.map((gram) => segment.find(gram)));
  if (entries.includes(null)) return null;
  // long lists are read only where there is no short one
  const short = entries.filter((entry) => entry.list);
  const lists = await Promise.all((short.length ? short : entries).map((entry) => entry.postings()));
  lists.sort((one, other) => one.length - other.length);
  return lists.reduce((kept, list) => both(kept, list));
}

const scoreOf = (posting) => (posting & TITLE ? TITLE_SCORE : 0) + (posting & DENSE ? 1 : 0);

async function ofSegment(segment, wanted, unwanted, filters) {
  const facets = filters.facets.map(([kind, value]) => [[`${kind}:${value}`, ""]]);
  const most = Math.ceil(MOST_GRAMS / wanted.length);
  const [range, excluded, ...lists] = await Promise.all([
    segment.range(filters.from, filters.to),
    Promise.all(unwanted.filter((term) => term.isExact).map((term) => ofTerm(segment, term.grams))),
    ...wanted.map((term) => ofTerm(segment, spread(term.grams, most))),
    ...facets.map((grams) => ofTerm(segment, grams)),
  ]);
  if (lists.includes(null)) return { segment, postings: new Uint32Array(), scores: [] };
  let kept = [...lists].sort((one, other) => one.length - other.length).reduce((all, list) => both(all, list));
  kept = between(kept, ...range);
  for (const list of excluded.filter(Boolean)) kept = without(kept, list);
  const scores = new Uint8Array(kept.length);
  for (const list of lists.slice(0, wanted.length)) addScores(kept, list, scores);
  return { segment, postings: kept, scores };
}

function addScores(kept, list, scores) {
  let place = 0;
  kept.forEach((posting, number) => {
    const id = posting >>> FLAG_BITS;
    while (list[place] >>> FLAG_BITS < id) place++;
    scores[number] += scoreOf(list[place]);
  });
}

/** Candidates of all segments, newest first. */
const merged = (parts) =>
  parts.flatMap(({ segment, postings, scores }) =>
    Array.from(postings, (posting, place) => ({ segment, id: posting >>> FLAG_BITS, score: scores[place] })),
  );

/** Candidates, best first (titles, then what is said often, then the newest) or newest; filters: { from, to, facets }. */
export async function find(archive, terms, filters, sort = "relevance") {
  const wanted = terms.filter((term) => !term.excluded);
  const unwanted = terms.filter((term) => term.excluded);
  const isExact = terms.every((term) => term.isExact);
  if (!wanted.length && !filters.facets.length) return { hits: [], parts: [], isExact: true };
  const parts = await Promise.all(archive.segments.map((segment) => ofSegment(segment, wanted, unwanted, filters)));
  const hits = merged(parts);
  // stable: equal scores stay in the order of dates
  if (sort === "relevance") hits.sort((one, other) => other.score - one.score);
  return { hits, parts, isExact };
}

/** [value, label, count] of each value of a kind, the most frequent first. */
export async function tally(parts, kind, edition) {
  const totals = new Map();
  for (const { segment, postings } of parts) {
    const [values, counts] = await Promise.all([segment.values(kind, edition), segment.tally(kind, postings)]);
    for (const [rank, count] of counts) {
      const [value, label] = values[rank];
      const before = totals.get(value)?.[2] ?? 0;
      totals.set(value, [value, label, before + count]);
    }
  }
  return [...totals.values()].sort((one, other) => other[2] - one[2]);
}

/** [year, count] of the articles found, newest first. */
export function years(parts) {
  const totals = new Map();
  for (const { segment, postings } of parts) {
    let first = 0;
    for (const [year, size] of segment.entry.years) {
      const count = between(postings, first, first + size).length;
      if (count) totals.set(year, (totals.get(year) ?? 0) + count);
      first += size;
    }
  }
  return [...totals].sort((one, other) => (one[0] < other[0] ? 1 : -1));
}
