import { isDeepStrictEqual } from "node:util";
import { type Line } from "#domain/billing/line.js";
import { type InvoicePageRecorded, type ReceivablesEvent } from "#domain/invoicing/events.js";
import { canonicalJson } from "#event-store/canonical-json.js";
import { isPage } from "../../command/pages.js";
import { type Difference, type Json } from "../job.js";
import { type Based } from "./recompute.js";

/** What of a document is not as it should be. @param expected the events that it should consist of, pages first */
export const compared = (based: Based, expected: readonly ReceivablesEvent[]): Difference[] => {
  const { document, lines, next } = based;
  const pages = expected.filter((event): event is InvoicePageRecorded => event.type === "InvoicePageRecorded");
  const [made, follows] = expected.filter((event) => !isPage(event));
  const where = `${document.stream}@${document.revision}`;
  return [
    ...linesCompared(
      where,
      pages.flatMap(({ data }) => data.lines),
      lines,
    ),
    ...fieldsCompared(where, made, document),
    ...(follows ? fieldsCompared(`${document.stream}@${document.revision + 1n}`, follows, next) : []),
  ];
};

const linesCompared = (where: string, expected: readonly Line[], found: readonly Line[]): Difference[] => {
  if (isDeepStrictEqual(expected, found)) return [];
  return Array.from({ length: Math.max(expected.length, found.length) }, (_, index) => index).flatMap(
    (index): Difference[] => {
      const [due, billed] = [expected[index], found[index]];
      if (canonicalJson(due ?? null) === canonicalJson(billed ?? null)) return [];
      const at = `${where} line ${index + 1}`;
      if (!billed) {
        return [{ what: "LINE_MISSING", where: at, says: "The line should be there and is not.", expected: json(due) }];
      }
      if (!due)
        return [{ what: "LINE_UNEXPECTED", where: at, says: "The line should not be there.", found: json(billed) }];
      const parts = partsThatDiffer(due, billed);
      const says = `The line should have another ${parts.join(", ")}.`;
      return [{ what: "LINE_DIFFERS", where: at, says, expected: json(due), found: json(billed) }];
    },
  );
};

const fieldsCompared = (
  where: string,
  expected: ReceivablesEvent | undefined,
  found: { readonly type: string; readonly data: object } | undefined,
): Difference[] => {
  if (expected?.type !== found?.type) {
    const says = `There should be ${expected?.type ?? "nothing"}, and ${found?.type ?? "nothing"} is there.`;
    return [{ what: "DOCUMENT_DIFFERS", where, says, expected: expected?.type ?? null, found: found?.type ?? null }];
  }
  if (!expected || !found || isDeepStrictEqual(expected.data, found.data)) return [];
  const [due, recorded] = [comparable(expected.data), comparable(found.data)];
  return partsThatDiffer(due, recorded).map((part) => ({
    what: "DOCUMENT_DIFFERS",
    where: `${where} ${part}`,
    says: `The document should have another ${part}.`,
    ...(due[part] !== undefined && { expected: json(due[part]) }),
    ...(recorded[part] !== undefined && { found: json(recorded[part]) }),
  }));
};

type Fields = Readonly<Record<string, unknown>>;

/** A basis says the same in any order. */
const comparable = (data: object): Fields => {
  const { basis } = data as { basis?: readonly object[] };
  return basis ? { ...data, basis: basis.map(canonicalJson).sort() } : { ...data };
};

const partsThatDiffer = (a: object, b: object): string[] => {
  const [one, other] = [a, b] as Fields[];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (part) => canonicalJson(one?.[part] ?? null) !== canonicalJson(other?.[part] ?? null),
  );
};

const json = (value: unknown): Json => JSON.parse(JSON.stringify(value ?? null)) as Json;
