// What the reader typed -> terms: words apart are all wanted, quotes keep words together, a minus or 排除 excludes.

const OPENING = "「『“‘\"＂«";
const CLOSING = { "「": "」", "『": "』", "“": "”", "‘": "’", '"': '"', "＂": "＂", "«": "»" };
const EXCLUDE = ["排除", "NOT"];

function* pieces(text) {
  const rest = text.trim();
  let at = 0;
  while (at < rest.length) {
    if (/\s/u.test(rest[at])) {
      at++;
      continue;
    }
    const minus = /[-－−]/u.test(rest[at]) && /\S/u.test(rest[at + 1] ?? " ");
    if (minus) at++;
    const phrase = quoted(rest, at);
    const end = phrase ? phrase.end : at + rest.slice(at).search(/\s|$/u);
    yield { text: phrase ? phrase.text : rest.slice(at, end), minus, isPhrase: Boolean(phrase) };
    at = end;
  }
}

/** A phrase in quotes that fill the whole piece at `at`; quotes inside a piece, as in 「一帶一路」倡議, are part of it. */
function quoted(text, at) {
  if (!OPENING.includes(text[at])) return null;
  const end = text.indexOf(CLOSING[text[at]], at + 1);
  const isWhole = end > at + 1 && /^(\s|$)/u.test(text.slice(end + 1));
  return isWhole ? { text: text.slice(at + 1, end), end: end + 1 } : null;
}

/**
 * Terms of a query: { text, folded, grams, isExact, excluded }.
 * A term is exact if the index alone can tell who holds it; of others it names candidates.
 */
export function parse(query, fold) {
  const terms = [];
  let excludesNext = false;
  const all = [...pieces(query)];
  all.forEach((piece, place) => {
    if (EXCLUDE.includes(piece.text) && !piece.isPhrase && place > 0 && place < all.length - 1) {
      excludesNext = true;
      return;
    }
    const grams = fold.grams(piece.text);
    if (!grams.length) return;
    const folded = fold.fold(piece.text).trim();
    const isExact = grams.length === 1 && folded === grams[0].join("");
    terms.push({ text: piece.text, folded, grams, isExact, excluded: piece.minus || excludesNext });
    excludesNext = false;
  });
  return terms;
}
