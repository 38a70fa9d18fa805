import { type Language } from "#domain/language.js";
import { type Currency } from "#domain/money.js";
import { type Change, changesOf, isChanging, type Step, stepsOf } from "#history/changes.js";
import { kindOfType } from "#history/kinds.js";
import { inParts, partsOf, textOf } from "#history/parts.js";
import { reasonOf } from "#history/reason.js";
import { sentenceOf } from "#history/sentences.js";
import { type Naming, type Speaker, speakerOf } from "#history/speaker.js";
import { type AnyRecordedEvent, originOf } from "#event-store/event.js";
import { parseStreamName } from "#event-store/streams.js";
import { deliveriesByIds, type ShownDelivery } from "#processors/deliveries/operators.js";
import { findCustomers } from "#read-models/customers/queries.js";
import { type HistoryRow, rowsThrough } from "#read-models/history/entries.js";
import { type Scope } from "#read-models/rows/scope.js";
import { type Backend } from "../core/backend.js";
import { deliveryShown } from "../deliveries/models.js";
import { eventShown } from "../events/models.js";
import { roleShown } from "../graphql/roles.js";
import { type Plain } from "../graphql/plain.js";
import { grouped } from "../queries/connections.js";
import { actorName } from "./actors.js";
import { deliveryText } from "./delivery-text.js";
import { type HistoryChange, type HistoryEntry, type OriginName } from "./models.js";
import { namingOf } from "./naming.js";
import { recordedEvents } from "./recorded-events.js";
import { subjectOf } from "./subject-of.js";

/** Everything that a page of a history tells, but for names. */
interface Told {
  readonly row: HistoryRow;
  readonly event: AnyRecordedEvent;
  readonly delivery: ShownDelivery | null;
  readonly step: Step | undefined;
  /** Of amounts that are recorded without one; null: not known. */
  readonly currency: Currency | null;
}

/**
 * Rows of a history in words. Names are those of today; what was changed is told by folding each stream through its
 * events of the page.
 */
export const historyEntries = async (
  { dataSource, store }: Pick<Backend, "dataSource" | "store">,
  scope: Scope,
  rows: readonly HistoryRow[],
  language: Language,
): Promise<ReadonlyMap<HistoryRow, Plain<HistoryEntry>>> => {
  const { providerId } = scope;
  const events = await recordedEvents(store, rows);
  const deliveries = await deliveriesByIds(
    dataSource,
    scope,
    rows.flatMap(({ delivery_id }) => delivery_id ?? []),
  );
  const steps = await stepsOfPage({ dataSource, store }, providerId, rows);
  const owing = rows.flatMap(({ stream }) => {
    const { category, id } = parseStreamName(stream);
    return category === "receivables" ? [id] : [];
  });
  const owers = await findCustomers(dataSource, scope, [...new Set(owing)]);
  const currencies = new Map(owers.map(({ id, currency }) => [id, currency]));
  const told = rows.map((row): Told => {
    const event = events.get(row.event_id);
    const delivery = row.delivery_id === null ? null : deliveries.get(row.delivery_id);
    if (!event || delivery === undefined) throw new Error(`the journal has an event of ${row.stream} that is nowhere`);
    const step = delivery === null ? steps.get(row.event_id) : undefined;
    const currency = currencyOf(step) ?? currencies.get(parseStreamName(row.stream).id) ?? null;
    return { row, event, delivery, step, currency };
  });
  const naming = await namingOf(dataSource, providerId, (asking) => {
    for (const one of told) entryOf(one, { language, naming: asking });
  });
  return new Map(told.map((one) => [one.row, entryOf(one, { language, naming })]));
};

interface Saying {
  readonly language: Language;
  readonly naming: Naming;
}

/** The states around each event of the rows, of streams that have facts. */
const stepsOfPage = async (
  { dataSource, store }: Pick<Backend, "dataSource" | "store">,
  providerId: string,
  rows: readonly HistoryRow[],
): Promise<ReadonlyMap<string, Step>> => {
  const wanted = new Set<string>();
  const last = new Map<string, bigint>();
  for (const { stream, revision, event_id, delivery_id } of rows) {
    if (delivery_id !== null || !isChanging(parseStreamName(stream).category)) continue;
    wanted.add(event_id);
    const reached = last.get(stream) ?? -1n;
    last.set(stream, BigInt(revision) > reached ? BigInt(revision) : reached);
  }
  const through = [...last].map(([stream, revision]) => ({ stream, revision: revision.toString() }));
  const found = await rowsThrough(dataSource, providerId, through);
  const byStream = grouped([...(await recordedEvents(store, found)).values()], ({ stream }) => stream);
  return new Map(
    [...byStream].flatMap(([stream, events]) => {
      const { category } = parseStreamName(stream);
      return isChanging(category) ? [...stepsOf(category, events, ({ id }) => wanted.has(id))] : [];
    }),
  );
};

/** The currency of what a stream is about, as its state has it. */
const currencyOf = (step: Step | undefined): Currency | null => {
  const state = step?.after as
    | {
        readonly currency?: Currency;
        readonly versions?: readonly { readonly terms: { readonly currency: Currency } }[];
      }
    | null
    | undefined;
  return state?.currency ?? state?.versions?.[0]?.terms.currency ?? null;
};

const entryOf = ({ event, delivery, step, currency }: Told, { language, naming }: Saying): Plain<HistoryEntry> => {
  const say = inParts(speakerOf(language, naming, currency), currency);
  const shown = eventShown(event);
  const common = { event: shown, recordedAt: shown.recordedAt };
  return delivery === null
    ? { ...common, ...eventEntry(event, step, say, naming) }
    : { ...common, ...deliveryEntry(delivery, say, naming) };
};

type Own = Omit<Plain<HistoryEntry>, "event" | "recordedAt">;

const eventEntry = (event: AnyRecordedEvent, step: Step | undefined, say: Speaker, naming: Naming): Own => {
  const { id, type, metadata, data } = event;
  const { actor, role = null } = metadata;
  return {
    id,
    type,
    kind: kindOfType[type],
    subject: subjectOf(event, naming),
    ...summed(sentenceOf(event, say)),
    changes: step ? changesOf(step, data.effectiveOn, say).map(changeShown) : [],
    reason: reasonOf(event),
    effectiveOn: data.effectiveOn,
    actor,
    actorName: actorName(actor, say, naming),
    role: role === null ? null : roleShown(role),
    origin: originOf(metadata).toUpperCase() as OriginName,
    delivery: null,
  };
};

/** What a speaker in parts said, as a sentence and in parts. */
const summed = (said: string) => {
  const summaryParts = partsOf(said);
  return { summary: textOf(summaryParts), summaryParts };
};

const changeShown = ({ field, label, from, to }: Change): Plain<HistoryChange> => {
  const [fromParts, toParts] = [from === null ? null : partsOf(from), to === null ? null : partsOf(to)];
  return {
    ...{ field, label, from: fromParts && textOf(fromParts), fromParts },
    ...{ to: toParts && textOf(toParts), toParts },
  };
};

const deliveryEntry = (delivery: ShownDelivery, say: Speaker, naming: Naming): Own => {
  const { id, target, kind, customerId, on, settledBy, reason } = delivery;
  const actor = settledBy ?? "worker";
  return {
    id,
    type: `${target}.${kind}`,
    kind: "DELIVERY",
    subject: { kind: "CUSTOMER", id: customerId, name: naming("CUSTOMER", customerId) },
    ...summed(deliveryText(delivery, say)),
    changes: [],
    reason,
    effectiveOn: on,
    actor,
    actorName: actorName(actor, say, naming),
    role: null,
    origin: actor === "worker" ? "WORKER" : "API",
    delivery: deliveryShown(delivery),
  };
};
