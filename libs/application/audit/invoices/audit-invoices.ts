import { type LocalDate } from "#domain/calendar.js";
import { type DocumentSealed } from "#domain/invoicing/events.js";
import { reject } from "#domain/rejection.js";
import { isOf } from "#event-store/catalogue.js";
import { type RecordedEvent } from "#event-store/event.js";
import { positionFromText } from "#event-store/position.js";
import { streamName } from "#event-store/streams.js";
import { rowsUpTo } from "#read-models/journal/heads.js";
import { csvLine, plainCell, textCell } from "../csv.js";
import { type Findings, type JobOf } from "../job.js";
import { Keeper } from "../keeper.js";
import { requireProvider } from "../known-provider.js";
import { Expiry } from "../verify/expiry.js";
import { type Streams } from "./basis-replay.js";
import { auditCalls, USAGE_FILE, USAGE_HEAD } from "./calls/audit-calls.js";
import { CallsToRead } from "./calls/calls-to-read.js";
import { customersToAudit, requireKnown } from "./customers.js";
import { cutStreams, type Sides } from "./cut-streams.js";
import { type Issued, Numbers } from "./numbers.js";
import { issuedOnOf, type Proof, proveDocuments } from "./prove.js";
import { type Reach, reachOf } from "./reach.js";
import { type Document, isDocument } from "./recompute.js";
import { assignedIn, proveRegisters, registersOf } from "./registers.js";
import { type EventsFrom, fromJournal, fromStore, type ReadStreams, streamsOfCustomers } from "./streams.js";
import { type SavedTally, Tally } from "./tally.js";

/** Which documents are proven: those dated from one day through another, both included. */
export interface InvoiceAudit {
  readonly from: LocalDate;
  readonly until: LocalDate;
  /** Only those of this customer; null: of all. */
  readonly customerId: string | null;
  readonly source: EventsFrom;
  /** Whether the calls that its invoices bill are read again, as far as they are kept. Absent: no. */
  readonly calls?: boolean;
}

/** How far an audit is: customers are proven in the order of their ids. */
interface Saved extends SavedTally {
  /** Absent: saved by an earlier program, which compared no numbers with documents on its way. */
  readonly reach?: Reach;
  readonly after: string;
  readonly done: number;
  /** What closes billed of calls that were not read again yet: streams of usage. Absent: calls are not asked for. */
  readonly usage?: readonly string[];
}

const FILE = "documents.csv";
const HEAD = ["customer", "kind", "document", "issued", "from", "until", "currency", "total", "lines", "stream"];

/**
 * Proves every invoice, credit note and period closed without one: each is computed again from exactly the events that its
 * basis names, by the rules of then, and compared whole. The hash chains of the streams that it rests on are computed
 * again too, so that a changed event is found even where it comes to the same lines. The registers of both series are proven
 * too, whole, and each customer's numbers are compared with the documents that it has, so that a document that is gone is
 * missed. One that goes on after an interruption finds and counts what one without would have.
 *
 * Where calls are asked for, those that these invoices bill are read again, as far as they are kept.
 * @param customersAtOnce whose streams are read together
 * @param saveEveryMs milliseconds between two saves, at least
 */
export const invoiceAuditThatSaves = (customersAtOnce: number, saveEveryMs: number): JobOf<InvoiceAudit, Saved> => ({
  title: "Audit of invoices",
  run: async (context, input, job) => {
    const { dataSource, store, providerId } = context;
    if (providerId === null) throw new Error("An audit of invoices is of one provider");
    const { from, until, customerId, source, calls = false } = input;
    const { saved } = job;
    if (!saved) await requireProvider(context);
    else if (!saved.reach) throw reject("CONFLICT", "An earlier program began this audit: begin it anew.");
    const reach = saved?.reach ?? (await reachOf(context, providerId, { source, calls }));
    const tally = new Tally(positionFromText(reach.through), saved);
    const isAsked = (day: LocalDate): boolean => from <= day && day <= until;
    const wanted = (document: Document): boolean => isAsked(issuedOnOf(document)) && tally.isCovered(document);
    const read: ReadStreams = source === "journal" ? fromJournal(dataSource, providerId) : fromStore(store);
    const sides = { dataSource, store, providerId, source, reach, tally };
    const registers = await read(registersOf(providerId));
    const numbers = new Numbers(
      [...registers.values()].map((events) => assignedIn(events, tally)),
      customerId,
    );
    const listed =
      customerId === null ? await customersToAudit(context, providerId, { source, reach }, job) : new Set<string>();
    for (const id of [...numbers.customers, ...(customerId === null ? [] : [customerId])]) listed.add(id);
    const all = [...listed].sort();
    if (customerId !== null) await requireKnown(read, numbers, { providerId, customerId, tally });
    if (!saved) {
      if (customerId === null && source === "journal") await missRows(sides);
      await proveRegisters(registers, sides);
    }
    const keeper = new Keeper(job, saveEveryMs);
    let done = saved?.done ?? 0;
    const rest = saved ? all.filter((id) => id > saved.after) : all;
    if (!saved) await job.append(FILE, csvLine([...HEAD, "revision", "verdict"].map(textCell)));
    if (!saved && calls) await job.append(USAGE_FILE, USAGE_HEAD);
    // The close of a period is dated the day after it.
    const toRead = new CallsToRead(({ event }) => isAsked(event.data.effectiveOn) && tally.isCovered(event));
    if (saved?.usage) toRead.add(await read(saved.usage));
    const expiry = new Expiry(store, context.now);
    const readCalls = () =>
      auditCalls(toRead.taken(), { dataSource, store, providerId, source, expiry, tally, now: context.now }, job);
    job.progress({ phase: "proving documents", done, total: all.length });
    for (let place = 0; place < rest.length; place += customersAtOnce) {
      const some = rest.slice(place, place + customersAtOnce);
      const streams = await streamsOfCustomers(read, providerId, some, wanted);
      tally.verifyChains(streams);
      const own = some.map((id) => streamName(providerId, "receivables", id));
      for (const difference of await cutStreams(own, streams, sides)) tally.add(difference);
      for (const id of some) {
        job.signal.throwIfAborted();
        let rows = "";
        for (const proof of proveDocuments(providerId, id, streams, wanted)) {
          tally.count(COUNTED[proof.kind]);
          tally.count("lines", proof.lines);
          for (const difference of proof.differences) tally.add(difference);
          rows += rowOf(proof);
          // A customer may have very many: the process does other work in between.
          await new Promise(setImmediate);
          job.signal.throwIfAborted();
        }
        if (rows !== "") await job.append(FILE, rows);
        const { differences, waiting } = numbers.compare(id, documentsOf(streams, providerId, id, tally));
        for (const difference of differences) tally.add(difference);
        if (numbers.countOf(id) > 0) tally.count("numbers", numbers.countOf(id));
        if (waiting > 0) tally.count("waitingForNumbers", waiting);
        done += 1;
        tally.count("customers");
        job.progress({ phase: "proving documents", done, total: all.length });
      }
      if (calls) {
        toRead.add(ofCustomers(streams, some));
        if (toRead.isEnough) await readCalls();
      }
      const after = some.at(-1) ?? "";
      const standing = (): Saved => ({ reach, after, done, ...tally.saved, ...(calls && { usage: toRead.streams }) });
      await keeper.keep(standing, place + customersAtOnce >= rest.length);
    }
    await readCalls();
    return found(source, providerId, reach, tally);
  },
});

const CUSTOMERS_AT_ONCE = 20;

/** As often as the share of the time that a save may take allows. */
export const auditInvoices = invoiceAuditThatSaves(CUSTOMERS_AT_ONCE, 0);

/** What was billed of the calls of some customers' accounts. */
const ofCustomers = (streams: Streams, customerIds: readonly string[]): Streams =>
  new Map(
    [...streams].filter(([, [first]]) => first && isOf(first, "usage") && customerIds.includes(first.data.customerId)),
  );

/** Entries that are gone from the journal: among them may be all that tells of a customer's documents. */
const missRows = async ({ dataSource, providerId, reach: { head }, tally }: Sides): Promise<void> => {
  if (!head) return;
  const rows = await rowsUpTo(dataSource, providerId, head.sequence);
  if (rows === BigInt(head.sequence)) return;
  const says = `The journal has ${rows} entries up to sequence ${head.sequence}: "tenure verify" names those that are gone.`;
  const [expected, found] = [head.sequence, rows.toString()];
  tally.add({ what: "JOURNAL_CUT", where: `journal ${providerId}`, says, expected, found });
};

/** What a customer was issued, whatever its days. */
const documentsOf = (streams: Streams, providerId: string, customerId: string, tally: Tally): Issued[] =>
  (streams.get(streamName(providerId, "receivables", customerId)) ?? []).filter(
    (event): event is RecordedEvent<DocumentSealed> =>
      isOf(event, "receivables") && isDocument(event) && event.type !== "PeriodClosed" && tally.isCovered(event),
  );

const COUNTED: Readonly<Record<Proof["kind"], string>> = {
  INVOICE: "invoices",
  PERIOD: "creditNotes",
  CORRECTION: "creditNotes",
  VOID: "creditNotes",
  GOODWILL: "creditNotes",
  NOTHING: "periodsWithoutLines",
};

const found = (
  source: EventsFrom,
  providerId: string,
  { through, head }: Reach,
  { checked, differences }: Tally,
): Findings => ({
  covered: {
    source,
    fromPosition: null,
    toPosition: through,
    journal: head ? [{ providerId, ...head }] : [],
  },
  checked,
  differences: differences.kept,
  differencesTotal: differences.total,
});

const rowOf = (proof: Proof): string => {
  const { customerId, kind, documentId, issuedOn, period, currency, total, lines, stream, revision } = proof;
  return csvLine([
    ...[customerId, kind, documentId].map(textCell),
    ...[issuedOn, period.from, period.until, currency, total, lines].map(plainCell),
    ...[textCell(stream), plainCell(revision), textCell(proof.differences.length === 0 ? "PROVEN" : "DIFFERENT")],
  ]);
};
