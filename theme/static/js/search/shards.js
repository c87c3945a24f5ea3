// Several indexes asked as one: the shards of an archive, each a site of its own, newest first.

import { openArchive } from "./archive.js";
import { Pages } from "./check.js";
import { Fold } from "./fold.js";

/**
 * Opens the indexes of the sites at `bases`; every segment knows the `pages` of its site.
 * Those that do not answer are left out and counted as `missing`; if none does, that is an error.
 */
export async function openShards(bases, edition, fetcher, options) {
  const opened = await Promise.allSettled(bases.map((base) => openShard(base, edition, fetcher, options)));
  const archives = opened.filter((it) => it.value).map((it) => it.value);
  if (!archives.length) throw opened[0].reason;
  return {
    size: archives.reduce((sum, archive) => sum + archive.size, 0),
    segments: archives.flatMap((archive) => archive.segments),
    fold: new Fold(new Map(archives.flatMap((archive) => [...archive.table]))),
    missing: bases.length - archives.length,
  };
}

async function openShard(base, edition, fetcher, options) {
  const archive = await openArchive(`${base}search/`, fetcher, options);
  const pages = new Pages(base, edition, archive.editions);
  for (const segment of archive.segments) segment.pages = pages;
  return archive;
}
