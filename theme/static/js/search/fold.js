// How text is folded and cut into units: mirrors plugins/newsarchive/search/tokens.py (tests/cases/fold.json, tokens.json).

const SPACELESS =
  "\\u2e80-\\u2fdf\\u3005-\\u3007\\u3021-\\u3029\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff" +
  "\\u3105-\\u312f\\u31a0-\\u31bf\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff" +
  "\\u{20000}-\\u{3ffff}";
const NOTHING = /[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u{e0100}-\u{e01ef}]/gu;
const VARIANTS = { '"': "“”„‟「」﹁﹂〝〞〟«»", "'": "‘’‚‛『』﹃﹄′`", "-": "‐‑‒–—―−", "·": "•‧∙⋅・⸱", "σ": "ς" };
const BLANKS = new RegExp(`([${SPACELESS}]?)[ \\t\\n\\r\\f\\v]+(?=([${SPACELESS}])?)`, "gu");
const TOKEN = new RegExp(`([${SPACELESS}])|((?:(?![${SPACELESS}])[\\p{L}\\p{N}])+)|[-_/·+.×&@']|([^])`, "gu");
const CLUSTER = /\P{M}[\p{M}\uff9e\uff9f]*|\p{M}+/gu;
const WORD_CHAR = new RegExp(`^(?![${SPACELESS}])[\\p{L}\\p{N}]`, "u");
const MAX_WORD_CHARS = 32;

const variants = new Map(Object.entries(VARIANTS).flatMap(([to, marks]) => [...marks].map((mark) => [mark, to])));

export const beginsWord = (text) => WORD_CHAR.test(text);

export class Fold {
  constructor(table) {
    this.table = table;
  }

  /** One width, lower case, Simplified, no blanks beside Han. */
  fold(text) {
    return this.characters(text).replace(BLANKS, (_, before, after) => before + (before || after ? "" : " "));
  }

  characters(text) {
    let folded = "";
    for (const char of text.normalize("NFKC").replace(NOTHING, "").toLowerCase()) {
      const plain = variants.get(char) ?? char;
      folded += this.table.get(plain) ?? plain;
    }
    return folded;
  }

  /** The folded text, and where each UTF-16 unit of it comes from. */
  map(original) {
    const origin = [];
    let folded = "";
    for (const cluster of original.matchAll(CLUSTER)) {
      const piece = this.characters(cluster[0]);
      folded += piece;
      for (let unit = 0; unit < piece.length; unit++) origin.push(cluster.index);
    }
    const dropped = new Set();
    for (const { 0: blank, 1: before, 2: after, index } of folded.matchAll(BLANKS))
      for (let at = index + before.length + (before || after ? 0 : 1); at < index + blank.length; at++) dropped.add(at);
    const kept = [...origin.keys()].filter((at) => !dropped.has(at));
    const text = kept.map((at) => folded[at]).join("");
    return { folded: text.replace(/[\t\n\r\f\v]/g, " "), places: [...kept.map((at) => origin[at]), original.length] };
  }

  runs(text) {
    const found = [[]];
    for (const [unit, han, word, end] of this.fold(text).matchAll(TOKEN)) {
      if (han || word) found.at(-1).push(word ? [...word].slice(0, MAX_WORD_CHARS).join("") : unit);
      else if (end) found.push([]);
    }
    return found.filter((run) => run.length);
  }

  /** Pairs of neighbours, or a lone unit with "". */
  grams(text) {
    const found = new Map();
    for (const run of this.runs(text)) {
      const pairs = run.length > 1 ? run.slice(1).map((unit, before) => [run[before], unit]) : [[run[0], ""]];
      for (const pair of pairs) found.set(pair.join(" "), pair);
    }
    return [...found.values()];
  }
}
