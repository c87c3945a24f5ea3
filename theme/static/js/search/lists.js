// Lists of postings: Uint32Arrays, ascending, each `id << 2 | dense << 1 | title`.

import { FLAG_BITS } from "./codec.js";

/** Place of the first posting in `list` from `low` on that is not below `bound`; gallops, because lists differ in length. */
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

/** Postings of articles in both lists; `join` makes one posting of two. */
export function both(one, other, join = (a, b) => a & b) {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  const found = new Uint32Array(short.length);
  let count = 0;
  let place = 0;
  for (const posting of short) {
    const id = posting >>> FLAG_BITS;
    place = seek(long, (id << FLAG_BITS) >>> 0, place);
    if (place === long.length) break;
    if (long[place] >>> FLAG_BITS === id) found[count++] = join(posting, long[place]) >>> 0;
  }
  return found.subarray(0, count);
}

/** Postings of `list` whose articles are not in `others`. */
export function without(list, others) {
  let place = 0;
  return list.filter((posting) => {
    const first = ((posting >>> FLAG_BITS) << FLAG_BITS) >>> 0;
    place = seek(others, first, place);
    return place === others.length || others[place] >>> FLAG_BITS !== posting >>> FLAG_BITS;
  });
}

/** Postings of `list` with ids from `first` up to, not including, `end`. */
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
