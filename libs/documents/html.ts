import { type Content, type Fact, type Note, type Row, type Table, type Total } from "./content.js";
import { TEMPLATE_VERSION } from "./document.js";
import { NO_BREAK_SPACE } from "./formats.js";

const STYLE = `
:root { color: #1b2430; font: 14px/1.45 "DejaVu Sans Condensed", "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
body { max-width: 52rem; margin: 2rem auto; padding: 0 1.5rem; }
header { display: flex; justify-content: space-between; gap: 2rem; }
header p { margin: 0; color: #5b6675; font-size: .85rem; text-align: right; }
header .name { color: #17406d; font-size: 1.4rem; font-weight: bold; text-align: left; }
header img { max-width: 16rem; max-height: 4.5rem; }
.to { display: flex; justify-content: space-between; gap: 2rem; margin: 2rem 0; }
address { font-style: normal; }
address :first-child { font-weight: bold; }
dl { display: grid; grid-template-columns: auto auto; gap: .15rem 1.5rem; margin: 0; }
dt { color: #5b6675; }
dd { margin: 0; }
.to dd { text-align: right; }
h1 { color: #17406d; font-size: 1.9rem; margin: 0 0 .5rem; }
h2 { color: #17406d; font-size: 1.05rem; margin: 1.5rem 0 .25rem; }
.amount { display: flex; justify-content: space-between; align-items: center; padding: .75rem 1rem; background: #eef3f8; border-left: 4px solid #17406d; }
.amount p { margin: 0; }
.amount span { color: #5b6675; display: block; }
.amount strong { color: #17406d; font-size: 1.7rem; }
table { border-collapse: collapse; width: 100%; margin-top: 1rem; }
th { border-bottom: 1.5px solid #17406d; color: #5b6675; font-size: .8rem; text-align: left; }
th, td { padding: .35rem .5rem .35rem 0; vertical-align: top; }
td { border-bottom: 1px solid #cfd6de; }
td small { color: #5b6675; display: block; }
.number { padding-right: 0; padding-left: .75rem; text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.strong td, .total { font-weight: bold; }
.totals { max-width: 26rem; margin: 1rem 0 1rem auto; }
.totals dd { text-align: right; }
.totals .total { color: #17406d; font-size: 1.2rem; }
footer { border-top: 1px solid #cfd6de; color: #5b6675; font-size: .8rem; margin-top: 2rem; padding-top: .5rem; }
@media print { @page { size: A4; margin: 16mm; } body { margin: 0; max-width: none; padding: 0; } tr { break-inside: avoid; } thead { display: table-header-group; } }
`;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  [NO_BREAK_SPACE]: "&nbsp;",
};

const escaped = (text: string): string => text.replaceAll(/[&<>"'\u00a0]/g, (character) => ESCAPES[character] ?? "");

/** The content as one page of HTML that loads nothing: style and logo are in it. */
export const htmlOf = (content: Content): string => `<!doctype html>
<html lang="${content.tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Tenure, template ${TEMPLATE_VERSION}">
<meta name="author" content="${escaped(content.author)}">
<title>${escaped(content.title)}</title>
<style>${STYLE}</style>
</head>
<body>
${head(content)}
<main>
<h1>${escaped(content.title)}</h1>
${amount(content)}
${content.tables.map(table).join("\n")}
${totals(content.totals)}
${content.notes.map(note).join("\n")}
</main>
<footer>${escaped(content.footer)}</footer>
</body>
</html>
`;

const head = ({ issuer, recipient, facts }: Content): string => {
  const { logo, name, lines } = issuer;
  const source = logo && `data:image/${logo.type.toLowerCase()};base64,${escaped(logo.data)}`;
  const named = source ? `<img src="${source}" alt="${escaped(name)}">` : `<p class="name">${escaped(name)}</p>`;
  const reach = [...(source ? [name] : []), ...lines].map(escaped).join("<br>");
  const to = recipient.map((line) => `<div>${escaped(line)}</div>`).join("");
  return `<header>${named}<p>${reach}</p></header>
<div class="to"><address>${to}</address>${list(facts)}</div>`;
};

const amount = ({ amount: { label, note: said, amount: text } }: Content): string =>
  `<div class="amount"><p><b>${escaped(label)}</b><span>${escaped(said)}</span></p><strong>${escaped(text)}</strong></div>`;

const list = (facts: readonly Fact[]): string =>
  `<dl>${facts.map((fact) => `<dt>${escaped(fact.label)}</dt><dd>${escaped(fact.value)}</dd>`).join("")}</dl>`;

const table = ({ heading, columns, rows, sum }: Table): string => {
  const kind = (index: number) => (columns[index]?.isNumber ? ' class="number"' : "");
  const labels = columns.map(({ label }, index) => `<th scope="col"${kind(index)}>${escaped(label)}</th>`).join("");
  const row = ({ cells, small, isStrong }: Row): string => {
    const told = cells.map((cell, index) => {
      const lines = small.filter(({ column }) => column === index).flatMap((each) => each.lines);
      return `<td${kind(index)}>${escaped(cell)}${lines.map((line) => `<small>${escaped(line)}</small>`).join("")}</td>`;
    });
    return `<tr${isStrong ? ' class="strong"' : ""}>${told.join("")}</tr>`;
  };
  const last = sum ? [{ cells: sum, small: [], isStrong: true }] : [];
  return `${heading === null ? "" : `<h2>${escaped(heading)}</h2>\n`}<table>
<thead><tr>${labels}</tr></thead>
<tbody>
${[...rows, ...last].map(row).join("\n")}
</tbody>
</table>`;
};

const totals = (all: readonly Total[]): string => {
  if (all.length === 0) return "";
  const rows = all.map(({ label, amount: text, isStrong }) => {
    const kind = isStrong ? ' class="total"' : "";
    return `<dt${kind}>${escaped(label)}</dt><dd${kind}>${escaped(text)}</dd>`;
  });
  return `<dl class="totals">${rows.join("")}</dl>`;
};

const note = ({ heading, paragraphs, facts }: Note): string =>
  [
    heading === null ? "" : `<h2>${escaped(heading)}</h2>`,
    ...paragraphs.map((paragraph) => `<p>${escaped(paragraph)}</p>`),
    facts.length === 0 ? "" : list(facts),
  ].join("");
