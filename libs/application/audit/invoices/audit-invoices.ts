import { type LocalDate } from "#domain/calendar.js";
import { ofType } from "#event-store/catalogue.js";
import { streamName } from "#event-store/streams.js";
import { CREDIT_NOTES, INVOICES } from "#read-models/billing/numbers.js";
import { customersWithReceivables, journalHead, type JournalHead } from "#read-models/journal/heads.js";
import { csvLine, plainCell, textCell } from "../csv.js";
import { addDifference, type Differences, type Findings, type JobOf, noDifferences } from "../job.js";
import { issuedOnOf, type Proof, proveDocuments } from "./prove.js";
import { type Document } from "./recompute.js";
import { fromJournal, fromStore, type ReadStreams, streamsOfCustomers } from "./streams.js";
import { type Streams } from "./basis-replay.js";
import { brokenLinkOf } from "./chain.js";
import { seriesDifferences } from "./series.js";

/** Which documents are proven: those dated from one day through another, both included. */
export interface InvoiceAudit {
  readonly from: LocalDate;
  readonly until: LocalDate;
  /** Only those of this customer; null: of all. */
  readonly customerId: string | null;
  /** Where the events are read from. */
  readonly source: "journal" | "events";
}

/** How far an audit is: customers are proven in the order of their ids. */
interface Saved {
  readonly after: string;
  readonly done: number;
  readonly checked: Record<string, number>;
  readonly differences: Differences;
}

const CUSTOMERS_AT_ONCE = 20;
const FILE = "documents.csv";
const HEAD = ["customer", "kind", "document", "issued", "from", "until", "currency", "total", "lines", "stream"];

/**
 * Proves every invoice, credit note and period closed without one: each is computed again from exactly the events that its
 * basis names, by the rules of then, and compared whole. The hash chains of the streams that it rests on are computed
 * again too, so that a changed event is found even where it comes to the same lines. An audit of all customers proves the
 * numbers of both series too, whenever they were given.
 */
export const auditInvoices: JobOf<InvoiceAudit, Saved> = {
  title: "Audit of invoices",
  run: async (context, input, job) => {
    const { dataSource, store, providerId } = context;
    if (providerId === null) throw new Error("An audit of invoices is of one provider");
    const { from, until, customerId, source } = input;
    const read: ReadStreams = source === "journal" ? fromJournal(dataSource, providerId) : fromStore(store);
    const wanted = (document: Document): boolean => {
      const issuedOn = issuedOnOf(document);
      return from <= issuedOn && issuedOn <= until;
    };
    const head = await journalHead(dataSource, providerId);
    const all = customerId === null ? await customersWithReceivables(dataSource, providerId) : [customerId];
    const { saved } = job;
    const checked: Record<string, number> = saved?.checked ?? {};
    const differences = saved?.differences ?? noDifferences();
    const chains = new Set<string>();
    let done = saved?.done ?? 0;
    const count = (what: string, by = 1): void => {
      checked[what] = (checked[what] ?? 0) + by;
    };
    const rest = saved ? all.filter((id) => id > saved.after) : all;
    if (!saved) await job.append(FILE, csvLine([...HEAD, "revision", "verdict"].map(textCell)));
    job.progress({ phase: "proving documents", done, total: all.length });
    for (let place = 0; place < rest.length; place += CUSTOMERS_AT_ONCE) {
      const some = rest.slice(place, place + CUSTOMERS_AT_ONCE);
      const streams = await streamsOfCustomers(read, providerId, some, wanted);
      verifyChains(streams, chains, differences, count);
      for (const id of some) {
        job.signal.throwIfAborted();
        let rows = "";
        for (const proof of proveDocuments(providerId, id, streams, wanted)) {
          count(COUNTED[proof.kind]);
          count("lines", proof.lines);
          for (const difference of proof.differences) addDifference(differences, difference);
          rows += rowOf(proof);
          // A customer may have very many: the process does other work in between.
          await new Promise(setImmediate);
          job.signal.throwIfAborted();
        }
        if (rows !== "") await job.append(FILE, rows);
        done += 1;
        count("customers");
        job.progress({ phase: "proving documents", done, total: all.length });
      }
      await job.save({ after: some.at(-1) ?? "", done, checked, differences });
    }
    if (customerId === null) {
      const registers = await read(
        [INVOICES, CREDIT_NOTES].map((series) => streamName(providerId, "register", series)),
      );
      verifyChains(registers, chains, differences, count);
      for (const events of registers.values()) {
        const assigned = ofType(events, "NumbersAssigned");
        count(
          "numbers",
          assigned.reduce((sum, { data }) => sum + data.invoices.length, 0),
        );
        for (const difference of seriesDifferences(assigned)) addDifference(differences, difference);
      }
    }
    return found(source, providerId, head, checked, differences);
  },
};

const COUNTED: Readonly<Record<Proof["kind"], string>> = {
  INVOICE: "invoices",
  PERIOD: "creditNotes",
  CORRECTION: "creditNotes",
  VOID: "creditNotes",
  GOODWILL: "creditNotes",
  NOTHING: "periodsWithoutLines",
};

const found = (
  source: InvoiceAudit["source"],
  providerId: string,
  head: JournalHead | null,
  checked: Record<string, number>,
  differences: Differences,
): Findings => ({
  covered: {
    source,
    fromPosition: null,
    toPosition: head?.position ?? null,
    journal: head ? [{ providerId, sequence: head.sequence, logHash: head.logHash }] : [],
  },
  checked,
  differences: differences.kept,
  differencesTotal: differences.total,
});

const verifyChains = (
  streams: Streams,
  known: Set<string>,
  differences: Differences,
  count: (what: string, by?: number) => void,
): void => {
  for (const [stream, events] of streams) {
    if (known.has(stream)) continue;
    known.add(stream);
    count("streams");
    count("events", events.length);
    const broken = brokenLinkOf(events);
    if (!broken) continue;
    const where = `${broken.stream}@${broken.revision}`;
    addDifference(differences, { what: "CHAIN_BROKEN", where, says: `${broken.type}: ${broken.reason}.` });
  }
};

const rowOf = (proof: Proof): string => {
  const { customerId, kind, documentId, issuedOn, period, currency, total, lines, stream, revision } = proof;
  return csvLine([
    ...[customerId, kind, documentId].map(textCell),
    ...[issuedOn, period.from, period.until, currency, total, lines].map(plainCell),
    ...[textCell(stream), plainCell(revision), textCell(proof.differences.length === 0 ? "PROVEN" : "DIFFERENT")],
  ]);
};
