// Reads records (JSON list) from standard input, writes each as the site's scripts would save it.
import { readFileSync } from "node:fs";
import { csv, ris } from "../../theme/static/js/search/save.js";
import "../../theme/static/js/reader.js";

const { STYLES } = globalThis.newsarchiveReader;
const records = JSON.parse(readFileSync(0, "utf8"));
const found = records.map((record) => ({
  ...Object.fromEntries(Object.entries(STYLES).map(([name, [, style]]) => [name, style(record)])),
  search: ris([{ article: { ...record, day: record.date, reporters: record.authors, ris: "" }, address: record.url }]),
  csv: csv([[record.title, record.source, ...record.authors, ...record.tags]]),
}));
process.stdout.write(JSON.stringify(found));
