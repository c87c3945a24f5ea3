// Asks an index on disk with the browser's own code: node ask.mjs FOLDER/ < requests.json
import { readFile } from "node:fs/promises";
import { openArchive } from "../../theme/static/js/search/archive.js";
import { find, tally, years } from "../../theme/static/js/search/find.js";
import { parse } from "../../theme/static/js/search/query.js";

const read = (path) => readFile(path).then((bytes) => new Response(bytes), () => new Response("", { status: 404 }));
const archive = await openArchive(process.argv[2], read);
const requests = JSON.parse(await new Response(process.stdin).text());

const answers = [];
for (const { query, sort, from = "", to = "", facets = [] } of requests) {
  const terms = parse(query, archive.fold);
  const { hits, parts, isExact } = await find(archive, terms, { from, to, facets }, sort);
  const slugs = await Promise.all(hits.map(({ segment, id }) => segment.slug(id)));
  answers.push({ slugs, isExact, years: years(parts), sources: await tally(parts, "source", "zh-Hant") });
}
console.log(JSON.stringify(answers));
