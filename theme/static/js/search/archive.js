// The index as files on a server, of one site or several. Format: plugins/newsarchive/search/__init__.py.

import { Pages } from "./check.js";
import { Fold } from "./fold.js";
import { FLAG_BITS, Reader, fnv1a, foldTable, joined, json, lines, unpack } from "./postings.js";

const FORMAT = 2;
const BLOCK_BITS = 16;
const ROW_ARTICLES = 32;
const COLUMN_ARTICLES = 4096;

/** The index on the server has changed since this page began. */
export class Outdated extends Error {}

const hex = (number) => number.toString(16);

class Files {
  constructor(base, fetcher) {
    this.base = base;
    this.fetch = fetcher;
    this.kept = new Map();
  }

  get(path, read = (bytes) => bytes, options = {}) {
    if (!this.kept.has(path)) {
      const found = this.load(path, options).then(read);
      found.catch(() => this.kept.delete(path));
      this.kept.set(path, found);
    }
    return this.kept.get(path);
  }

  async load(path, options) {
    const response = await this.fetch(this.base + path, options);
    if (response.status === 404) throw new Outdated(path);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return unpack(response);
  }
}

class Entry {
  constructor(segment, list, long) {
    this.segment = segment;
    this.list = list;
    this.long = long;
  }

  async postings() {
    if (this.list) return this.list;
    const blocks = this.long.counts.map((count, block) =>
      count
        ? this.segment.file(`x/${hex(this.long.number)}-${hex(block)}.bin`, (bytes) =>
            new Reader(bytes).postings(count, 2 ** (BLOCK_BITS + FLAG_BITS) * block - 1),
          )
        : new Uint32Array(),
    );
    return joined(await Promise.all(blocks));
  }
}

export class Segment {
  constructor(files, entry) {
    this.files = files;
    this.entry = entry;
    this.size = entry.n;
    this.heavy = new Map();
    for (const [exponent, units] of entry.heavy)
      for (const unit of units) this.heavy.set(unit, { folder: hex(this.heavy.size), exponent });
  }

  file(path, read, options) {
    return this.files.get(`${this.entry.id}/${path}`, read, options);
  }

  path([first, second]) {
    const heavy = this.heavy.get(first);
    if (heavy) return `h/${heavy.folder}/${hex(fnv1a(second) & ((1 << heavy.exponent) - 1))}.bin`;
    const hash = fnv1a(first);
    const bucket = hash & (this.entry.buckets.length - 1);
    const exponent = parseInt(this.entry.buckets[bucket], 16);
    return `s/${hex(bucket)}-${hex((hash >>> 16) & ((1 << exponent) - 1))}.bin`;
  }

  async find(gram) {
    return this.lookUp(await this.file(this.path(gram)), gram);
  }

  lookUp(bytes, [first, second]) {
    const reader = new Reader(bytes);
    const sizes = [];
    for (let left = reader.number(); left; left--) sizes.push([reader.text(), reader.number()]);
    const place = placeOf(reader, sizes, first, second);
    const grams = sizes.reduce((sum, [, size]) => sum + size, 0);
    const heads = Array.from({ length: grams }, () => reader.number());
    if (place < 0) return null;
    for (const head of heads.slice(0, place)) passOver(reader, head);
    const count = Math.floor(heads[place] / 2);
    if (!(heads[place] % 2)) return new Entry(this, reader.postings(count));
    const number = reader.number();
    const counts = Array.from({ length: reader.number() }, () => reader.number());
    return new Entry(this, null, { number, counts });
  }

  async slug(id) {
    return (await this.file(`d/${hex(Math.floor(id / ROW_ARTICLES))}.bin`, lines))[id % ROW_ARTICLES];
  }

  /** [first id, id after the last] of the dates asked for. */
  async range(from, to) {
    if (!from && !to) return [0, this.size];
    let [first, end, id] = [this.size, 0, 0];
    for (const [date, count] of await this.file("days.bin", json)) {
      if (date && date >= from && (!to || date <= `${to}~`)) {
        first = Math.min(first, id);
        end = id + count;
      }
      id += count;
    }
    return [first, Math.max(first, end)];
  }

  /** [value, label, count] by rank. */
  values(kind, edition) {
    return kind in this.entry.kinds ? this.file(`v/${kind}-${edition}.bin`, json) : [];
  }

  /** Rank of a value -> how many of the postings have it. */
  async tally(kind, postings) {
    const counts = new Map();
    if (!(kind in this.entry.kinds)) return counts;
    const blocks = new Map();
    for (const posting of postings) {
      const id = posting >>> FLAG_BITS;
      const block = Math.floor(id / COLUMN_ARTICLES);
      if (!blocks.has(block)) blocks.set(block, []);
      blocks.get(block).push(id % COLUMN_ARTICLES);
    }
    const columns = [...blocks].map(([block, rows]) => this.file(`c/${kind}-${hex(block)}.bin`).then((bytes) => [bytes, rows]));
    for (const [bytes, rows] of await Promise.all(columns)) tallyRows(new Reader(bytes), rows, counts);
    return counts;
  }
}

/** Place of a gram in a shard, or -1; leaves `reader` behind the second units. */
function placeOf(reader, sizes, first, second) {
  let found = -1;
  let place = 0;
  const wanted = [...second].length > 1 ? second : (second.codePointAt(0) ?? 0);
  for (const [unit, size] of sizes) {
    let code = -1;
    for (let left = size; left; left--, place++) {
      const step = reader.number();
      const here = step ? (code += step) : reader.text();
      if (unit === first && here === wanted) found = place;
    }
  }
  return found;
}

function passOver(reader, head) {
  if (head % 2 === 0) return reader.skip(head / 2);
  reader.skip(1);
  return reader.skip(reader.number());
}

function tallyRows(reader, rows, counts) {
  let at = 0;
  for (const row of rows) {
    for (; at < row; at++) reader.skip(reader.number());
    for (let left = reader.number(); left; left--) {
      const rank = reader.number();
      counts.set(rank, (counts.get(rank) ?? 0) + 1);
    }
    at++;
  }
}

/** The index in the folder `base`. */
export async function openArchive(base, fetcher = (...request) => fetch(...request), options = {}) {
  const files = new Files(base, fetcher);
  const [manifest, table] = await Promise.all([
    files.get("manifest.bin", json, options),
    files.get("fold.bin", foldTable, options),
  ]);
  if (manifest.format !== FORMAT) throw new Outdated(`format ${manifest.format}`);
  const segments = manifest.segments.map((entry) => new Segment(files, entry));
  return { editions: manifest.editions, segments, table, fold: new Fold(table) };
}

/** The indexes of the sites at `bases` as one; those that do not answer are counted as `missing`, unless none does. */
export async function openArchives(bases, edition, options) {
  const opened = await Promise.allSettled(bases.map((base) => openArchive(`${base}search/`, undefined, options)));
  const archives = opened.flatMap((it) => it.value ?? []);
  if (!archives.length) throw opened[0].reason;
  opened.forEach(({ value }, place) => {
    const pages = value && new Pages(bases[place], edition, value.editions);
    for (const segment of value?.segments ?? []) segment.pages = pages;
  });
  return {
    segments: archives.flatMap((archive) => archive.segments),
    fold: new Fold(new Map(archives.flatMap((archive) => [...archive.table]))),
    missing: bases.length - archives.length,
  };
}
