// Results as CSV or RIS.

/** RFC 4180; without the mark, spreadsheets take UTF-8 for something else. */
export function csv(rows) {
  // a cell that begins like a formula would be run by a spreadsheet
  const cell = (value) => `"${String(value).replace(/^[=+\-@\t\r\n＝＋－＠]/, "'$&").replaceAll('"', '""')}"`;
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

export const csvRows = (names, found) => [
  names,
  ...found.map(({ article, address }) => [
    article.title,
    article.day,
    article.source,
    article.reporters.join("; "),
    article.tags.join("; "),
    article.url || address,
  ]),
];

export const ris = (found) => found.map(({ article, address }) => risOf(article, address)).join("\r\n");

/** A line end would begin another field. */
const oneLine = (value) => value.replace(/[\s\x00-\x1f\x7f-\x9f]+/g, " ");

function risOf(article, address) {
  const rows = [["TY", "NEWS"], ...article.reporters.map((name) => ["AU", name]), ["TI", article.title]];
  rows.push(["T2", article.source], ["DA", article.day.replaceAll("-", "/")], ["UR", article.url || address]);
  return [...rows.filter(([, value]) => value), ["ER", ""]].map(([name, value]) => `${name}  - ${oneLine(value)}\r\n`).join("");
}
