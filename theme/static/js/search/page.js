// The search page: the only file here that touches it.

import { Outdated, openArchives } from "./archive.js";
import { excerpt, marked } from "./check.js";
import { find, tally, years } from "./find.js";
import { parse } from "./query.js";

const PAGE_RESULTS = 10;
const MOST_SAVED = 500;
const SHOWN_VALUES = 12;
const KINDS = ["year", "source", "reporter", "tag", "place"];

const one = (selector) => document.querySelector(selector);
const { site, edition, shards } = one("#search").dataset;
const words = JSON.parse(one("#search-words").textContent);
const form = one("#search");
const list = one("#results");

const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const number = (count) => count.toLocaleString("en");

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

const withMarks = (parts) =>
  parts.flatMap(({ text, isMarked, isWord }) => [isWord ? element("wbr") : "", isMarked ? element("mark", {}, text) : text]);

let archive;
let turn = 0;

/** The address is the whole state of this page. */
function asked() {
  const params = new URLSearchParams(location.search);
  const years = params.getAll("year");
  const facets = KINDS.slice(1).flatMap((kind) => params.getAll(kind).map((value) => [kind, value]));
  return {
    params,
    query: params.get("q") ?? "",
    sort: params.get("sort") === "date" ? "date" : "relevance",
    filters: { from: years[0] ?? params.get("from") ?? "", to: years[0] ?? params.get("to") ?? "", facets },
  };
}

function go(change) {
  const { params } = asked();
  change(params);
  for (const [name, value] of [...params]) if (!value) params.delete(name, value);
  history.pushState(null, "", `?${params}`);
  search();
}

async function open(options) {
  archive = await openArchives(shards?.split(" ") ?? [site], edition, options);
}

/** Runs `work`, once more if the site was published anew meanwhile. */
async function withArchive(work) {
  try {
    if (!archive) await open();
    return await work();
  } catch (error) {
    if (!(error instanceof Outdated)) throw error;
    await open({ cache: "reload" });
    return work();
  }
}

async function search() {
  const mine = ++turn;
  const request = asked();
  fillForm(request);
  list.replaceChildren();
  one("#search-more").hidden = one("#search-tools").hidden = one("#search-help").hidden = true;
  if (!request.query.trim() && !request.filters.facets.length) return tell("");
  tell(words.search_busy);
  list.ariaBusy = "true";
  try {
    await withArchive(async () => {
      const terms = parse(request.query, archive.fold);
      const found = await find(archive, terms, request.filters, request.sort);
      if (mine === turn) await show({ ...found, terms, request, at: 0, shown: 0, refused: 0, mine });
    });
  } catch (error) {
    if (mine === turn) tell(say("search_failed", { reason: error.message }));
  }
  if (mine === turn) list.ariaBusy = "false";
}

async function show(result) {
  one("#search-tools").hidden = !result.hits.length;
  one("#search-more button").onclick = () => more(result, true);
  one("#search-save").onclick = (press) => press.target.value && save(result, press.target);
  showFilters(result);
  await more(result, false);
}

/** Shows the next results; candidates that are no hits are passed over. */
async function more(result, isFurther) {
  const wanted = result.shown + PAGE_RESULTS;
  const first = result.shown;
  report(result);
  while (result.shown < wanted && result.at < result.hits.length) {
    const hits = result.hits.slice(result.at, result.at + wanted - result.shown);
    const kept = await Promise.all(hits.map((hit) => place(hit, result)));
    if (result.mine !== turn) return;
    result.at += hits.length;
    result.shown += kept.filter(Boolean).length;
    result.refused += hits.length - kept.filter(Boolean).length;
  }
  one("#search-more").hidden = result.at >= result.hits.length;
  report(result);
  if (isFurther) list.children[first]?.querySelector("a").focus();
}

/** Whether it was a hit; shown as soon as its page is read. */
async function place(hit, result) {
  const empty = element("li");
  list.append(empty);
  const made = await item(hit, result);
  empty.replaceWith(...(made ? [made] : []));
  return Boolean(made);
}

async function item({ segment, id }, { terms }) {
  const slug = await segment.slug(id);
  const article = await segment.pages.check(slug, terms, archive.fold).catch(() => undefined);
  if (article === null) return null;
  const title = article ? withMarks(marked(article.title, terms, archive.fold, article.words)) : [slug];
  const link = element("a", { href: segment.pages.address(slug) }, ...title);
  const heading = element("h3", { className: article?.isDerived ? "derived" : "" }, link);
  if (!article) return element("li", {}, heading);
  const by = element("p", { className: "by" }, element("time", {}, article.day || words.undated), ` ${article.source}`);
  return element("li", {}, heading, by, element("p", {}, ...withMarks(excerpt(article, terms, archive.fold))));
}

function report({ hits, isExact, at, refused }) {
  const isKnown = isExact || at >= hits.length;
  const count = hits.length - refused;
  one("#search-help").hidden = count > 0;
  const rest = archive.missing ? say("search_shards_missing", { n: number(archive.missing) }) : "";
  if (!count) return tell(words.search_none + rest);
  return tell(say(isKnown ? "search_count" : "search_count_about", { n: number(count) }) + rest);
}

const tell = (text) => (one("#search-status").textContent = text);

function fillForm({ query, sort, params }) {
  form.q.value = query;
  document.title = query ? `${query} · ${words.title}` : words.title;
  one("#search-sort").value = sort;
  for (const name of ["from", "to"]) one(`#search-${name}`).value = params.get(name) ?? "";
  one("#search-chosen").replaceChildren(...KINDS.flatMap((kind) => params.getAll(kind).map((value) => chosen(kind, value))));
}

function chosen(kind, value) {
  const button = element("button", { type: "button", onclick: () => go((params) => params.delete(kind, value)) });
  const show = (label) => {
    button.textContent = `${words[`search_${kind}`]} ${label} ×`;
    button.ariaLabel = say("search_remove", { value: label });
  };
  show(value);
  if (kind !== "year") name(kind, value).then(show, () => {});
  return element("li", {}, button);
}

async function name(kind, value) {
  await withArchive(() => {});
  const all = await Promise.all(archive.segments.map((segment) => segment.values(kind, edition)));
  return all.flat().find(([known]) => known === value)?.[1] ?? value;
}

function showFilters({ parts, hits }) {
  for (const box of document.querySelectorAll("#search-facets details")) {
    const kind = box.dataset.kind;
    const fill = () => box.open && hits.length && fillFacet(box, kind, parts);
    box.hidden = !hits.length || (kind !== "year" && !parts.some(({ segment }) => kind in segment.entry.kinds));
    box.ontoggle = fill;
    box.querySelector("ul").replaceChildren();
    fill();
  }
}

async function fillFacet(box, kind, parts) {
  const mine = turn;
  const byYear = () => years(parts).filter(([year]) => year).map(([year, count]) => [year, year, count]);
  const rows = kind === "year" ? byYear() : await tally(parts, kind, edition);
  if (mine !== turn) return;
  const items = rows.map(([value, label, count]) => facet(kind, value, label, count));
  const rest = items.splice(SHOWN_VALUES);
  const inner = box.querySelector("ul");
  inner.replaceChildren(...items);
  if (!rest.length) return;
  const button = element("button", { type: "button" }, say("search_all_values", { n: number(rows.length) }));
  button.onclick = () => inner.replaceChildren(...items, ...rest);
  inner.append(element("li", {}, button));
}

function facet(kind, value, label, count) {
  const { params } = asked();
  const isChosen = params.has(kind, value);
  if (kind === "year") params.delete(kind);
  params.append(kind, value);
  const link = element("a", { href: `?${params}` }, label);
  if (isChosen) link.ariaCurrent = "true";
  link.onclick = (press) => {
    press.preventDefault();
    if (!isChosen) history.pushState(null, "", link.href);
    search();
  };
  return element("li", {}, link, " ", element("span", { className: "n" }, number(count)));
}

async function save(result, button) {
  button.disabled = true;
  const found = [];
  const hits = result.hits.slice(0, MOST_SAVED);
  for (let at = 0; at < hits.length; at += PAGE_RESULTS) {
    tell(say("search_saving", { n: number(at), of: number(hits.length) }));
    found.push(...(await Promise.all(hits.slice(at, at + PAGE_RESULTS).map((hit) => full(hit, result)))));
  }
  const kept = found.filter(Boolean);
  const { csv, csvRows, ris } = await import("./save.js");
  const text = button.value === "csv" ? csv(csvRows(words.search_columns.split("|"), kept)) : ris(kept);
  download(text, `${result.request.query.trim() || "search"}.${button.value}`);
  button.disabled = false;
  report(result);
}

async function full({ segment, id }, { terms }) {
  const slug = await segment.slug(id);
  const article = await segment.pages.check(slug, terms, archive.fold).catch(() => null);
  return article && { article, address: new URL(segment.pages.address(slug), location.href).href };
}

function download(text, file) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  element("a", { href: url, download: file.replace(/[\\/:*?"<>|]+/g, " ") }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

function walk(press) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[press.key];
  if (!step || press.ctrlKey || press.metaKey || press.altKey) return;
  const stops = [form.q, ...list.querySelectorAll("h3 a")];
  const place = stops.indexOf(document.activeElement);
  if (place < 0) return;
  press.preventDefault();
  stops[Math.max(0, Math.min(stops.length - 1, place + step))].focus();
}

function start() {
  one("#search-stuck")?.remove();
  if (!("DecompressionStream" in window)) return tell(words.search_old_browser);
  form.onsubmit = (event) => {
    event.preventDefault();
    go((params) => params.set("q", form.q.value));
  };
  one("#search-sort").onchange = (event) => go((params) => params.set("sort", event.target.value));
  for (const side of ["from", "to"])
    one(`#search-${side}`).onchange = (event) =>
      go((params) => {
        params.delete("year");
        params.set(side, event.target.value);
      });
  document.addEventListener("keydown", walk);
  addEventListener("popstate", search);
  withArchive(() => {}).catch(() => {});
  return search();
}

start();
