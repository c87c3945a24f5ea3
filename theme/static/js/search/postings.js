// Mirrors plugins/newsarchive/search/codec.py. A list is an ascending Uint32Array of `id << 2 | dense << 1 | title`.

export const TITLE = 1;
export const DENSE = 2;
export const FLAG_BITS = 2;
const FLAGS = 3;

const utf8 = new TextDecoder();
const encoder = new TextEncoder();

/** Reads LEB128. */
export class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  number() {
    let number = 0;
    let scale = 1;
    for (;;) {
      const byte = this.bytes[this.at++];
      number += (byte & 127) * scale;
      if (!(byte & 128)) return number;
      scale *= 128;
    }
  }

  text() {
    const length = this.number();
    this.at += length;
    return utf8.decode(this.bytes.subarray(this.at - length, this.at));
  }

  skip(count) {
    for (; count; count--) while (this.bytes[this.at++] & 128);
  }

  /** `count` postings that follow the posting `before`. */
  postings(count, before = -1) {
    const found = new Uint32Array(count);
    for (let place = 0; place < count; place++) found[place] = before = (before | FLAGS) + 1 + this.number();
    return found;
  }
}

export function fnv1a(text) {
  let number = 0x811c9dc5;
  for (const byte of encoder.encode(text)) number = Math.imul(number ^ byte, 0x01000193);
  return number >>> 0;
}

export async function unpack(response) {
  const plain = response.body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

export const json = (bytes) => JSON.parse(utf8.decode(bytes));
export const lines = (bytes) => utf8.decode(bytes).split("\n");

/** The table of Fold, from fold.bin. */
export function foldTable(bytes) {
  const reader = new Reader(bytes);
  const count = reader.number();
  const sources = [];
  for (let place = 0, code = 0; place < count; place++) sources.push((code += reader.number()));
  let target = 0;
  return new Map(
    sources.map((source) => {
      const number = reader.number();
      target += number & 1 ? -(number + 1) / 2 : number / 2;
      return [String.fromCodePoint(source), String.fromCodePoint(target)];
    }),
  );
}

/** Place of the first posting not below `bound`; gallops, as lists differ in length. */
export function seek(list, bound, low = 0) {
  let step = 1;
  let high = low;
  while (high < list.length && list[high] < bound) {
    low = high + 1;
    high += step;
    step *= 2;
  }
  high = Math.min(high, list.length);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle] < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Articles in both lists, with the flags they share. */
export function both(one, other) {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  const found = new Uint32Array(short.length);
  let count = 0;
  let place = 0;
  for (const posting of short) {
    const id = posting >>> FLAG_BITS;
    place = seek(long, (id << FLAG_BITS) >>> 0, place);
    if (place === long.length) break;
    if (long[place] >>> FLAG_BITS === id) found[count++] = (posting & long[place]) >>> 0;
  }
  return found.subarray(0, count);
}

export function without(list, others) {
  let place = 0;
  return list.filter((posting) => {
    const first = ((posting >>> FLAG_BITS) << FLAG_BITS) >>> 0;
    place = seek(others, first, place);
    return place === others.length || others[place] >>> FLAG_BITS !== posting >>> FLAG_BITS;
  });
}

/** Ids from `first` to before `end`. */
export const between = (list, first, end) =>
  list.subarray(seek(list, (first << FLAG_BITS) >>> 0), seek(list, (end << FLAG_BITS) >>> 0));

export function joined(lists) {
  const all = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0));
  let place = 0;
  for (const list of lists) {
    all.set(list, place);
    place += list.length;
  }
  return all;
}
