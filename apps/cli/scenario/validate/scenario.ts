import { type z } from "zod";
import { isTimeZone, type TimeZone } from "#domain/calendar.js";
import { deliveryKinds, targetNames } from "#processors/deliveries/target.js";
import { type Catalog, type CustomerItem } from "../items.js";
import { type Expectations, type Scenario } from "../model.js";
import { parse } from "../parse.js";
import { catalog } from "../schema/catalog.js";
import { anniversaryDay, customer } from "../schema/customers.js";
import { expectations } from "../schema/expect.js";
import { scenarioFile } from "../schema/scenario-file.js";
import { type NameKind } from "../schema/values.js";
import { Moments } from "./moments.js";
import { Names } from "./names.js";
import { type Place } from "./place.js";
import { problemsOf } from "./problems.js";
import { type Problem, Problems } from "./source.js";
import { momentOfCall, readSteps } from "./steps.js";

/**
 * Reads a scenario file and checks everything that can be checked before anything is sent: its shape by the schema,
 * then that names are defined and steps are in order of time, also when the shape is wrong elsewhere.
 * @throws Problems with all mistakes
 */
export const readScenario = (content: string): Scenario => readScenarioAt(parse(content));

/** As {@link readScenario}, of what was parsed. */
export const readScenarioAt = (root: Place): Scenario => {
  const shape = scenarioFile.safeParse(root.value);
  const problems = problemsOf(shape.error?.issues ?? [], root);
  const note = (problem: Problem): void => void problems.push(problem);
  const zone = zoneOf(root) ?? "UTC";
  const names = new Names(note);
  const moments = new Moments(zone);
  nameCatalog(root, names);
  for (const place of root.at("customers")?.items ?? []) nameCustomer(place, names, moments, zone);
  const steps = readSteps(root.at("steps")?.items ?? [], { names, moments, note });
  checkExpectations(root, names, note);
  checkOutbound(root, note);
  const last = steps.at(-1);
  const until = scenarioFile.shape.until.safeParse(root.at("until")?.value).data;
  // A call of the last day may be answered in the afternoon.
  const called = last?.on === until ? momentOfCall(steps) : undefined;
  const noon = until === undefined ? undefined : moments.last(until);
  const endsAt = noon !== undefined && called !== undefined && called > noon ? called : noon;
  if (endsAt !== undefined && last && endsAt < last.at) {
    const line = root.at("until")?.line ?? root.line;
    note({ line, reason: `the clock ends at ${endsAt}, before the step on line ${last.line}` });
  }
  if (!shape.success || endsAt === undefined || problems.length > 0) throw new Problems(problems);
  return {
    title: shape.data.scenario,
    catalog: catalogOf(shape.data.catalog ?? catalog.parse({}), root),
    customers: shape.data.customers.map((given, index) => customerOf(given, root.at("customers", index), zone)),
    steps,
    startsAt: steps[0]?.at ?? endsAt,
    endsAt,
    expect: expectationsOf(shape.data.expect ?? {}, root),
  };
};

/** The parts of the catalog in order of references, not in the order of the file. */
const CATALOG = [
  ["servicePolicies", "servicePolicy"],
  ["tariffs", "tariff"],
  ["volumeDiscountPlans", "volumeDiscountPlan"],
  ["addOnProducts", "addOnProduct"],
  ["subscriptions", "subscription"],
  ["mainProducts", "mainProduct"],
  ["customerClasses", "customerClass"],
  ["commitments", "offer"],
] as const satisfies readonly [keyof Catalog, NameKind][];

const nameCatalog = (root: Place, names: Names): void => {
  for (const [part, kind] of CATALOG) {
    const { element } = catalog.shape[part].unwrap();
    for (const item of root.at("catalog", part)?.items ?? []) {
      if (isAccepted(item)) names.define(kind, item.at("name"));
      names.check(element, item);
    }
  }
};

/** An item that must be rejected is not created, so its name is not defined. */
const isAccepted = (item: Place): boolean => item.at("rejected") === undefined;

const nameCustomer = (place: Place, names: Names, moments: Moments, fileZone: TimeZone): void => {
  names.check(customer, place);
  // A customer may be expected to be rejected for an account id that another one has.
  if (!isAccepted(place)) return;
  names.define("customer", place.at("name"));
  const name = place.at("name")?.text ?? "";
  moments.addCustomer(name, {
    billingPeriod: customer.shape.billingPeriod.safeParse(place.at("billingPeriod")?.value).data ?? "MONTHLY",
    anniversaryDay: anniversaryDay.safeParse(place.at("anniversaryDay")?.value).data ?? null,
    timeZone: zoneOf(place) ?? fileZone,
  });
  for (const account of place.at("accounts")?.items ?? []) {
    names.define("account", account.at("id"));
    moments.addAccount(account.at("id")?.text ?? "", name);
  }
};

/** The time zone at a place, if it is valid. */
const zoneOf = (at: Place): TimeZone | undefined => {
  const zone = at.at("timeZone")?.text;
  return zone !== undefined && isTimeZone(zone) ? zone : undefined;
};

const checkExpectations = (root: Place, names: Names, note: (problem: Problem) => void): void => {
  names.check(expectations, root.at("expect"));
  // Each has one expected final state, so it is named once.
  for (const [list, key] of [
    ["commitments", "commitment"],
    ["customers", "customer"],
  ] as const) {
    const lines = new Map<string, number>();
    for (const item of root.at("expect", list)?.items ?? []) {
      const name = item.at(key)?.text;
      if (name === undefined) continue;
      const line = lines.get(name);
      if (line !== undefined) {
        note({ line: item.line, reason: `${key} "${name}" is expected twice, first on line ${line}` });
      }
      lines.set(name, item.line);
    }
  }
};

/** A target is told of some events only: another one could never be delivered to it. */
const checkOutbound = (root: Place, note: (problem: Problem) => void): void => {
  for (const item of root.at("expect", "outbound")?.items ?? []) {
    const [to, event] = [item.at("to")?.text, item.at("event")?.text];
    const target = targetNames.find((name) => name === to);
    const kinds: readonly string[] = target === undefined ? [] : deliveryKinds[target];
    if (target === undefined || event === undefined || kinds.includes(event)) continue;
    note({ line: item.line, reason: `${target} is not told of ${event}, but of ${kinds.join(", ")}` });
  }
};

const catalogOf = (given: z.output<typeof catalog>, root: Place): Catalog => {
  const part = <Item extends object>(list: keyof Catalog, items: readonly Item[]) =>
    withLines(items, root.at("catalog", list));
  return {
    servicePolicies: part("servicePolicies", given.servicePolicies),
    tariffs: part("tariffs", given.tariffs),
    volumeDiscountPlans: part("volumeDiscountPlans", given.volumeDiscountPlans),
    addOnProducts: part("addOnProducts", given.addOnProducts),
    subscriptions: part("subscriptions", given.subscriptions),
    mainProducts: part("mainProducts", given.mainProducts),
    customerClasses: part("customerClasses", given.customerClasses),
    commitments: part("commitments", given.commitments),
  };
};

const customerOf = (given: z.output<typeof customer>, at: Place | undefined, fileZone: TimeZone): CustomerItem => {
  const { class: customerClass = null, timeZone = fileZone, accounts, ...item } = given;
  return {
    ...item,
    customerClass,
    timeZone,
    accounts: withLines(accounts, at?.at("accounts")),
    line: at?.line ?? 0,
  };
};

const expectationsOf = (given: z.output<typeof expectations>, root: Place): Expectations => {
  const list = (...path: PropertyKey[]): Place | undefined => root.at("expect", ...path);
  const invoices = given.invoices?.map(({ lines, ...invoice }, index) => ({
    ...invoice,
    ...(lines && { lines: withLines(lines, list("invoices", index, "lines")) }),
  }));
  const creditNotes = given.creditNotes?.map(({ lines, ...note }, index) => ({
    ...note,
    ...(lines && { lines: withLines(lines, list("creditNotes", index, "lines")) }),
  }));
  return {
    ...(invoices && { invoices: withLines(invoices, list("invoices")) }),
    ...(creditNotes && { creditNotes: withLines(creditNotes, list("creditNotes")) }),
    ...(given.commitments && { commitments: withLines(given.commitments, list("commitments")) }),
    ...(given.customers && { customers: withLines(given.customers, list("customers")) }),
    ...(given.outbound && { outbound: withLines(given.outbound, list("outbound")) }),
    ...(given.calls && { calls: withLines(given.calls, list("calls")) }),
  };
};

/** The items of a list, each with its line. */
const withLines = <Item extends object>(
  items: readonly Item[],
  list: Place | undefined,
): (Item & { line: number })[] => {
  const places = list?.items ?? [];
  return items.map((item, index) => ({ ...item, line: places[index]?.line ?? 0 }));
};
