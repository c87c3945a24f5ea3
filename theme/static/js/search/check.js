// Pages of results, read to make sure of a hit and to quote it: no text is stored twice.

import { beginsWord } from "./fold.js";

const EXCERPT_CHARS = 88;
const LEAD_CHARS = 24;

export function readArticle(document) {
  const texts = (selector) => [...document.querySelectorAll(selector)].map((element) => element.textContent.trim());
  const [title = ""] = texts("#title");
  const story = texts("#story > *").filter(Boolean);
  return {
    title,
    words: wordsOf(document.querySelector("#title")),
    isDerived: Boolean(document.querySelector("#title.derived")),
    story,
    texts: [title, ...story, ...texts(".kick > *, aside dd, [rel=tag]")],
    source: texts(".kick .from")[0] ?? "",
    day: document.querySelector(".kick time")?.getAttribute("datetime")?.slice(0, 10) ?? "",
    reporters: metas(document, "citation_author"),
    tags: texts("[rel=tag]"),
    url: document.querySelector("link[rel=canonical]")?.getAttribute("href") ?? "",
  };
}

/** Where the words of a title begin, as the build has parted them. */
function wordsOf(title) {
  let at = 0;
  return new Set([...(title?.childNodes ?? [])].map((node) => (at += node.textContent.length)));
}

const metas = (document, name) => [...document.querySelectorAll(`meta[name="${name}"]`)].map((meta) => meta.content);

/** [start, end] of each place of `term`, both folded; words only whole. */
export function* places(text, term) {
  const [startsWord, endsWord] = [beginsWord(term), beginsWord([...term].at(-1))];
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    const end = at + term.length;
    const before = [...text.slice(Math.max(0, at - 2), at)].at(-1) ?? "";
    const isCut = (startsWord && beginsWord(before)) || (endsWord && beginsWord(text.slice(end, end + 2)));
    if (!isCut) yield [at, end];
  }
}

const holds = (texts, term) => texts.some((text) => !places(text, term.folded).next().done);

export function isHit(article, terms, fold) {
  const folded = article.texts.map((text) => fold.fold(text));
  return terms.every((term) => holds(folded, term) !== term.excluded);
}

/** `text` in parts { text, isMarked, isWord }, a further part at each of `words`. */
export function marked(text, terms, fold, words = new Set()) {
  const { folded, places: origins } = fold.map(text);
  const isMarked = new Uint8Array(text.length + 1);
  for (const term of terms.filter((term) => !term.excluded))
    for (const [start, end] of places(folded, term.folded)) isMarked.fill(1, origins[start], origins[end]);
  const parts = [];
  for (let at = 0; at < text.length; ) {
    let end = at + 1;
    while (end < text.length && isMarked[end] === isMarked[at] && !words.has(end)) end++;
    parts.push({ text: text.slice(at, end), isMarked: Boolean(isMarked[at]), isWord: words.has(at) });
    at = end;
  }
  return parts;
}

/** The part of the story that says most of the terms. */
export function excerpt(article, terms, fold) {
  let best = { score: 0, parts: [{ text: article.story[0] ?? "", isMarked: false }] };
  for (const paragraph of article.story) {
    const parts = marked(paragraph, terms, fold);
    const score = new Set(parts.filter((part) => part.isMarked).map((part) => fold.fold(part.text))).size;
    if (score > best.score) best = { score, parts };
  }
  return cut(best.parts);
}

/** `parts` around the first mark. */
function cut(parts) {
  const first = parts.findIndex((part) => part.isMarked);
  const before = parts.slice(0, Math.max(0, first)).reduce((sum, part) => sum + part.text.length, 0);
  const from = Math.max(0, before - LEAD_CHARS);
  const shown = [];
  let at = 0;
  for (const part of parts) {
    const text = part.text.slice(Math.max(0, from - at), Math.max(0, from + EXCERPT_CHARS - at));
    if (text) shown.push({ ...part, text });
    at += part.text.length;
  }
  if (from) shown[0].text = `…${shown[0].text}`;
  if (at > from + EXCERPT_CHARS) shown.at(-1).text += "…";
  return shown;
}

export class Pages {
  constructor(site, edition, editions) {
    this.site = site;
    this.folders = [...new Set([editions[edition] ?? "", ...Object.values(editions)])];
    this.kept = new Map();
  }

  address(slug, folder = this.folders[0]) {
    return `${this.site}${folder}${slug.split("/").map(encodeURIComponent).join("/")}.html`;
  }

  read(address) {
    if (!this.kept.has(address)) {
      const found = fetch(address).then(async (response) => {
        if (!response.ok) throw new Error(`${address}: ${response.status}`);
        return readArticle(new DOMParser().parseFromString(await response.text(), "text/html"));
      });
      found.catch(() => this.kept.delete(address));
      this.kept.set(address, found);
    }
    return this.kept.get(address);
  }

  /** The article, or null if it is no hit in any edition: conversion changes words. */
  async check(slug, terms, fold) {
    const article = await this.read(this.address(slug));
    if (terms.every((term) => term.isExact) || isHit(article, terms, fold)) return article;
    for (const folder of this.folders.slice(1)) {
      const other = await this.read(this.address(slug, folder)).catch(() => null);
      if (other && isHit(other, terms, fold)) return article;
    }
    return null;
  }
}
