// Folds and cuts texts with the browser's own code: node cut.mjs fold.bin < texts.json
import { readFile } from "node:fs/promises";
import { Fold } from "../../theme/static/js/search/fold.js";
import { foldTable, unpack } from "../../theme/static/js/search/postings.js";

const fold = new Fold(foldTable(await unpack(new Response(await readFile(process.argv[2])))));
const texts = JSON.parse(await new Response(process.stdin).text());
console.log(JSON.stringify(texts.map((text) => [fold.fold(text), fold.runs(text), fold.map(text).folded])));
