// Results as files for a spreadsheet (CSV) or a reference manager (RIS).

/** RFC 4180, with a byte order mark, without which spreadsheets take UTF-8 for something else. */
export function csv(rows) {
  // a cell that begins like a formula would be run by a spreadsheet
  const cell = (value) => `"${String(value).replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`;
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

/** RIS of each article: that of its page, or made from what the page shows. */
export const ris = (found) =>
  found.map(({ article, address }) => `${article.ris || risOf(article, address)}`.trim().replace(/\r?\n/g, "\r\n") + " \r\n").join("\r\n");

function risOf(article, address) {
  const rows = [["TY", "NEWS"], ...article.reporters.map((name) => ["AU", name]), ["TI", article.title]];
  rows.push(["T2", article.source], ["DA", article.day.replaceAll("-", "/")], ["UR", article.url || address]);
  return [...rows.filter(([, value]) => value), ["ER", ""]].map((row) => row.join("  - ")).join("\n");
}
