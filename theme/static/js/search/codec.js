// How bytes become numbers and lists: the reading half of plugins/newsarchive/search/codec.py.

export const TITLE = 1;
export const DENSE = 2;
export const FLAG_BITS = 2;
const FLAGS = 3;

const utf8 = new TextDecoder();
const encoder = new TextEncoder();

/** Reads LEB128 numbers and short texts, one after the other. */
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

  /** Passes over `count` numbers. */
  skip(count) {
    for (; count; count--) while (this.bytes[this.at++] & 128);
  }

  /** `count` postings that follow the posting `before`. */
  postings(count, before = -1) {
    const found = new Uint32Array(count);
    for (let place = 0; place < count; place++) found[place] = before = (before | FLAGS) + 1 + this.number();
    return found;
  }

  /** All postings up to `end`. */
  postingsUntil(end) {
    const found = [];
    for (let before = -1; this.at < end; ) found.push((before = (before | FLAGS) + 1 + this.number()));
    return Uint32Array.from(found);
  }
}

/** 32-bit FNV-1a of `text` in UTF-8. */
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
