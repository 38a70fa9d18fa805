import { type FakeOdoo, isObject, SIGNAL_PATH, type Taken } from "./fake.js";

const SHOWN_REQUESTS = 100;

/** The page at `/`: what arrived, newest first, and faults on demand. */
export const overview = (fake: FakeOdoo): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Fake Odoo</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #ccc; padding: .25rem .5rem; text-align: left; vertical-align: top; }
td:last-child { font: 12px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
</style>
</head>
<body>
<h1>Fake Odoo</h1>
<p>Signals: <code>${escape(fake.url + SIGNAL_PATH)}</code>, or JSON-2 at <code>${escape(fake.url)}</code> with the database
<code>${escape(fake.database)}</code>.</p>
<h2>Signals</h2>
${table(["Type", "Customer", "When", "Mode", "Came", "What"], [...fake.signals].reverse().map(signalCells))}
<h2>Faults on demand</h2>
<form method="post" action="/_fake/faults">
<label>Status <input name="status" value="500" size="4"></label>
<label>how many requests <input name="times" value="1" size="4"></label>
<button>Add</button>
</form>
<form method="post" action="/_fake/reset"><button>Forget everything</button></form>
${table(
  ["In force"],
  fake.faults.inForce.map((fault) => [escape(JSON.stringify(fault))]),
)}
<h2>Requests</h2>
${table(
  ["Status", "Request", "Body"],
  fake.requests
    .slice(-SHOWN_REQUESTS)
    .reverse()
    .map(({ status, method, path, body }) => [
      String(status ?? "broken off"),
      escape(`${method} ${path}`),
      escape(JSON.stringify(body ?? null)),
    ]),
)}
</body>
</html>
`;

const signalCells = ({ type, mode, times, signal }: Taken): string[] => {
  const { customer, ...data } = isObject(signal["data"]) ? signal["data"] : {};
  const named = isObject(customer) ? [customer["name"], customer["email"], customer["phone"]] : [];
  return [
    escape(type),
    escape(named.filter((part) => typeof part === "string").join(", ")),
    escape(typeof signal["timestamp"] === "string" ? signal["timestamp"] : ""),
    mode,
    times === 1 ? "once" : `${times} times`,
    escape(JSON.stringify(data)),
  ];
};

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  rows.length === 0
    ? "<p>None.</p>"
    : `<table>
<tr>${heads.map((head) => `<th>${head}</th>`).join("")}</tr>
${rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("\n")}
</table>`;

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escape = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
