import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { eventCategories, eventTypes, isOf, ofType } from "./catalogue.js";
import { PROVIDER } from "./spec-support/counter.js";
import { streamName } from "./streams.js";

const place = fileURLToPath(new URL("fixture.ts", import.meta.url));

/** Parsed once for all. */
const sources = new Map<string, ts.SourceFile>();

/** What the compiler says of a source in this folder. */
const problemsOf = (source: string): string[] => {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    lib: ["lib.es2023.d.ts"],
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  };
  const host = ts.createCompilerHost(options);
  host.readFile = (file) => (file === place ? source : ts.sys.readFile(file));
  host.fileExists = (file) => file === place || ts.sys.fileExists(file);
  host.getSourceFile = (file, language) => {
    const text = host.readFile(file);
    const parsed = text === undefined ? undefined : (sources.get(file) ?? ts.createSourceFile(file, text, language));
    if (parsed && file !== place) sources.set(file, parsed);
    return parsed;
  };
  const program = ts.createProgram([place], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n").split("\n").at(-1)?.trim() ?? "");
};

const table = (rows: string): string => `
  import { type CategoryEvents, type DomainEvent } from "#domain/event.js";
  type Raised = DomainEvent<"Raised", { readonly by: number }>;
  type Lowered = DomainEvent<"Lowered", { readonly to: string }>;
  const schema = { version: 1, movesCharges: false, callsForWork: false };
  export const lift: CategoryEvents<"lift", Raised | Lowered> = { category: "lift", types: { ${rows} } };
`;

describe("the table of a category's events", () => {
  it.each([
    ["complete", "Raised: schema, Lowered: schema", []],
    ["without a type of the union", "Raised: schema", [/Property 'Lowered' is missing/]],
    [
      "with a type that is not of the union",
      "Raised: schema, Lowered: schema, Parked: schema",
      [/'Parked' does not exist/],
    ],
    [
      "with a type that does not say what it does",
      "Raised: schema, Lowered: { version: 1 }",
      [/movesCharges, callsForWork/],
    ],
  ])("compiles only when it is complete: %s", (_, rows, expected) => {
    expect(problemsOf(table(rows))).toEqual(expected.map((problem) => expect.stringMatching(problem) as string));
  });
});

describe("an event as read", () => {
  const read = (use: string): string => `
    import { isOf, ofType } from "./catalogue.js";
    import { type AnyRecordedEvent } from "./event.js";
    declare const console: { log(...values: unknown[]): void };
    export const use = (event: AnyRecordedEvent) => { ${use} };
  `;

  it("has no data of another type, and no type that is not in the catalogue", () => {
    const uses = `
      if (event.type === "PauseCancelled") console.log(event.data.pauseId, event.data.ownerId);
      if (isOf(event, "identifier")) console.log(event.data.ownerId, event.data.pauseId);
      console.log(ofType([event], "PeriodClosed").map(({ data }) => [data.period, data.invoiceId]));
      return event.type === "Vanished";`;
    expect(problemsOf(read(uses))).toEqual([
      expect.stringMatching(/Property 'ownerId' does not exist on type/),
      expect.stringMatching(/Property 'pauseId' does not exist on type/),
      expect.stringMatching(/Property 'invoiceId' does not exist on type/),
      expect.stringMatching(/no overlap/),
    ]);
  });
});

describe("the catalogue", () => {
  it("knows the category of every type, and no category without one", () => {
    const found = new Set(Object.values(eventTypes).flatMap(({ categories }) => categories));
    expect([...found].sort()).toEqual([...eventCategories].sort());
    expect(eventTypes.PauseScheduled).toEqual({
      categories: ["commitment"],
      version: 1,
      movesCharges: true,
      callsForWork: true,
    });
  });

  it("tells events by category and type", () => {
    const stream = (category: string) => streamName(PROVIDER, category, "1");
    const closed = { type: "AccountClosed", data: { effectiveOn: "2020-07-01" }, stream: stream("account") } as const;
    const withdrawn = { type: "OfferWithdrawn", data: { effectiveOn: "2020-07-02" }, stream: stream("offer") } as const;
    expect([isOf(closed, "account"), isOf(closed, "offer"), isOf(withdrawn, "account", "offer")]).toEqual([
      true,
      false,
      true,
    ]);
    const accepted = { type: "CommandAccepted", data: { command: "x", effectiveOn: "2020-07-02" } } as const;
    const ofOffer = { ...accepted, stream: stream("offer") };
    expect([isOf(ofOffer, "offer"), isOf(ofOffer, "account"), isOf(ofOffer, "account", "offer")]).toEqual([
      true,
      false,
      true,
    ]);
    expect(ofType([closed, withdrawn, closed], "OfferWithdrawn")).toEqual([withdrawn]);
  });

  it("knows what moves charges and what calls for work", () => {
    const having = (flag: "movesCharges" | "callsForWork") =>
      Object.entries(eventTypes)
        .flatMap(([type, described]) => (described[flag] ? [type] : []))
        .join(" ");
    expect(having("movesCharges")).toBe(
      "CustomerClassRevised CustomerClassSet SubscriptionDiscountRateSet CustomerSuspended CustomerUnsuspended " +
        "ScheduledChangeCancelled " +
        "CustomerClosed AccountClosed CommitmentAssigned DiscountEndSet PauseScheduled PauseChanged PauseCancelled " +
        "PauseEnded PauseRequestApproved TimeLimitedUpgradeOrdered TimeLimitedUpgradeExtended TimeLimitedUpgradeEnded " +
        "PlannedUpgradeCancelled CommitmentUpgraded UpgradeScheduled ScheduledUpgradeCancelled FeesRenewalOrdered " +
        "FeesRenewalCancelled CommitmentTransferred CommitmentTerminated TerminationCancelled CommitmentAnnulled " +
        "InvoiceVoided CallCorrected",
    );
    expect(having("callsForWork")).toBe(
      "ClockAdvanceOrdered EventQuarantined SubscriptionDiscountRateSet CustomerSuspended CustomerUnsuspended " +
        "DiscountEndSet PauseScheduled PauseChanged PauseCancelled PauseEnded PauseRequestApproved CommitmentUpgraded " +
        "CommitmentTransferred CommitmentTerminated CommitmentAnnulled " +
        "InvoiceSealed CreditNoteSealed InvoiceVoided PaymentRecorded PaymentReversed InvoiceWrittenOff",
    );
  });
});
