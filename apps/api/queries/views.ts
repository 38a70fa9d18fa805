import { createParamDecorator, type ExecutionContext } from "@nestjs/common";
import { type AskedAbout, eventsAsOf } from "#application/as-of/events-as-of.js";
import { Unavailable } from "#application/command/unavailable.js";
import { reject } from "#domain/rejection.js";
import { type Benches, type Lent, NoBenchFree } from "#read-models/as-of/benches.js";
import { JournalBehind, TooManyEvents } from "#read-models/as-of/from-journal.js";
import { type AsOf } from "#read-models/as-of/moment.js";
import { type Scope } from "#read-models/rows/scope.js";
import { ContradictoryEvent } from "#read-models/runner/contradiction.js";
import { Backend } from "../core/backend.js";
import { type Clocks } from "../core/clocks.js";
import { type AsOfInput, rootKeyOf } from "../graphql/as-of.js";
import { contextOf, infoOf } from "../graphql/context.js";
import { type Plain } from "../graphql/plain.js";
import { Refused } from "../graphql/refusals.js";
import { type Loaders } from "./loaders.js";
import { type Reader } from "./reader.js";
import { loadersFor } from "./request-loaders.js";
import { requireId } from "./required.js";

/** A reader, and what nested fields load with it. */
interface View {
  readonly reader: Reader;
  readonly loaders: Loaders;
}

/** What the top-level fields of one operation, and all below them, are answered from: now, or another moment. */
export class Views {
  private readonly opened = new Map<string, View>();
  private readonly opening = new Set<Promise<unknown>>();
  /** By top-level field where each has its own. */
  private readonly now = new Map<string, Promise<View>>();
  private isMutation = false;
  private expected = 0;
  private used = 0;
  private lent: Promise<Lent> | undefined;
  private isClosed = false;

  constructor(
    private readonly backend: Backend,
    private readonly clocks: Clocks,
    private readonly benches: Benches,
    private readonly scope: () => Promise<Scope>,
  ) {}

  /**
   * @param asOf how many top-level fields will ask for another moment: they get their benches together
   * @param isMutation each top-level field follows a command of its own: what was loaded for the one before is no answer
   */
  expect(asOf: number, isMutation: boolean): void {
    this.expected = asOf;
    this.isMutation = isMutation;
  }

  /** @param root key of a top-level field in the answer */
  async at(root: string): Promise<View> {
    const opened = this.opened.get(root);
    if (opened) return opened;
    const key = this.isMutation ? root : "";
    const present = this.now.get(key) ?? this.present();
    this.now.set(key, present);
    return present;
  }

  /**
   * Lets a top-level field, and all below it, be answered as of another moment.
   * @returns null: nobody has what is asked about
   * @throws Rejection INVALID_DATE, VALIDATION_FAILED; Refused QUERY_TOO_LARGE; Unavailable
   */
  async open(root: string, asked: Plain<AsOfInput>, about: AskedAbout): Promise<Reader | null> {
    const opening = this.opens(root, asOfOf(asked), about).catch(told);
    this.opening.add(opening);
    return opening;
  }

  /** Gives back what was lent, once nothing fills it any more. To be called when the operation is answered. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.allSettled(this.opening);
    const lent = await this.lent?.catch(() => undefined);
    lent?.giveBack();
  }

  private async opens(root: string, asOf: AsOf, about: AskedAbout): Promise<Reader | null> {
    requireIdOf(about);
    const scope = await this.scope();
    const present = await this.clocks.now(scope.providerId);
    if (asOf.knownAt !== null && Date.parse(asOf.knownAt) > Date.parse(present)) {
      throw reject("INVALID_DATE", `${asOf.knownAt} is still to come.`, {
        ...{ field: "asOf", facts: { case: "INSTANT_AHEAD", at: asOf.knownAt } },
      });
    }
    const found = await eventsAsOf(this.backend, scope, about, asOf, present);
    if (!found) return null;
    const { store, visibility, testClock, log, targets, publicUrl } = this.backend;
    const { benches } = await (this.lent ??= this.benches.lend(this.expected));
    const bench = benches[this.used++];
    // Another field's error has ended the operation meanwhile; or more were asked for than admission counted.
    if (!bench || this.isClosed) throw new Unavailable("The operation is over.");
    await bench.fill(scope.providerId, found.selected);
    const { moment } = found;
    const reader: Reader = {
      backend: new Backend(store, bench.dataSource, visibility, testClock, log, targets, publicUrl),
      clocks: { now: () => Promise.resolve(moment.at) },
      moment,
    };
    this.opened.set(root, { reader, loaders: loadersFor(reader, scope) });
    return reader;
  }

  private async present(): Promise<View> {
    const { backend, clocks } = this;
    return { reader: { backend, clocks }, loaders: loadersFor({ backend, clocks }, await this.scope()) };
  }
}

const asOfOf = ({ day = null, knownAt = null }: Plain<AsOfInput>): AsOf => {
  if (day === null && knownAt === null) {
    throw reject("VALIDATION_FAILED", "Give day, knownAt or both.", { field: "asOf" });
  }
  return { day, knownAt };
};

const requireIdOf = (about: AskedAbout): void => {
  if ("identifier" in about || "invoiceNumber" in about) return;
  const [id = ""] = Object.values(about);
  requireId(id, "id");
};

const told = (error: unknown): never => {
  if (error instanceof TooManyEvents)
    throw new Refused({ code: "QUERY_TOO_LARGE", message: error.message, status: 200 });
  if (error instanceof JournalBehind) throw new Unavailable("The journal is behind the other read models; try again.");
  if (error instanceof NoBenchFree)
    throw new Unavailable("Too many answers of other moments are asked for; try again.");
  if (error instanceof ContradictoryEvent) throw new Unavailable(`The past cannot be shown: ${error.message}.`);
  throw error;
};

/** Opens the view of another moment for the field; of no `asOf` nothing is opened, and it is answered as of now. */
export type OpenView = (asOf: Plain<AsOfInput> | null | undefined, about: AskedAbout) => Promise<Opened>;
/** Undefined: as of now; null: nobody has it. */
export type Opened = Reader | null | undefined;

export const OpenViewOf = createParamDecorator((_: unknown, context: ExecutionContext): OpenView => {
  const { views } = contextOf(context) as { readonly views: Views };
  const root = rootKeyOf(infoOf(context));
  return async (asOf, about) => (asOf == null ? undefined : views.open(root, asOf, about));
});
