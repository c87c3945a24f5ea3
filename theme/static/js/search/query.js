// What the reader typed -> terms: words apart are all wanted, quotes keep words together, a minus or 排除 excludes.

const CLOSING = { "「": "」", "『": "』", "“": "”", "‘": "’", '"': '"', "＂": "＂", "«": "»" };
const EXCLUDE = ["排除", "NOT"];

function* pieces(text) {
  const rest = text.trim();
  const closings = {};
  let at = 0;
  while (at < rest.length) {
    if (/\s/u.test(rest[at])) {
      at++;
      continue;
    }
    const minus = /[-－−]/u.test(rest[at]) && /\S/u.test(rest[at + 1] ?? " ");
    if (minus) at++;
    const phrase = quoted(rest, at, closings);
    const end = phrase ? phrase.end : at + rest.slice(at).search(/\s|$/u);
    yield { text: phrase ? phrase.text : rest.slice(at, end), minus, isPhrase: Boolean(phrase) };
    at = end;
  }
}

/** A whole piece in quotes (not 「一帶一路」倡議). `closings` keeps where a closing mark was found, so no text is read twice. */
function quoted(text, at, closings) {
  const mark = CLOSING[text[at]];
  if (!mark) return null;
  if (!(closings[mark] > at)) closings[mark] = (text.indexOf(mark, at + 1) + 1 || Infinity) - 1;
  const end = closings[mark];
  const isWhole = end > at + 1 && end < text.length && /^(\s|$)/u.test(text.slice(end + 1));
  return isWhole ? { text: text.slice(at + 1, end), end: end + 1 } : null;
}

/** Terms { folded, grams, isExact, excluded }: of an exact one the index alone can tell who holds it. */
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
    terms.push({ folded, grams, isExact, excluded: piece.minus || excludesNext });
    excludesNext = false;
  });
  return terms;
}
