import { parse } from "../parse.js";
import { type Scenario } from "../model.js";
import { EMPTY_CATALOG, readCatalog } from "./catalog.js";
import { readCustomer } from "./customers.js";
import { readExpectations } from "./expect.js";
import { Moments } from "./moments.js";
import { Names } from "./names.js";
import { Mapping } from "./place.js";
import { readSteps } from "./steps.js";
import { date, text, timeZone } from "./values.js";

/**
 * Reads a scenario file and checks everything that can be checked before anything is sent.
 * @throws Problems with everything that is wrong
 */
export const readScenario = (content: string): Scenario => {
  const { source, root } = parse(content);
  const scenario = source.attempt((): Scenario => {
    const file = new Mapping(root, ["scenario", "timeZone", "catalog", "customers", "steps", "until", "expect"]);
    const names = new Names();
    const title = source.attempt(() => file.required("scenario", text)) ?? "";
    const zone = source.attempt(() => file.optional("timeZone", timeZone)) ?? "UTC";
    const moments = new Moments(zone);
    const catalog = source.attempt(() => file.optional("catalog", (at) => readCatalog(at, names))) ?? EMPTY_CATALOG;
    const customers = source.attempt(() => file.list("customers", "a customer", readCustomer(names, moments, zone)));
    const steps = source.attempt(() => file.optional("steps", (at) => readSteps(at, { names, moments }))) ?? [];
    const expect = source.attempt(() => file.optional("expect", (at) => readExpectations(at, names))) ?? {};
    const endsAt = file.required("until", (at) => {
      const end = moments.last(date(at));
      const last = steps.at(-1);
      return last && end < last.at ? at.refuse(`the clock ends at ${end}, before the step on line ${last.line}`) : end;
    });
    return { title, catalog, customers: customers ?? [], steps, startsAt: steps[0]?.at ?? endsAt, endsAt, expect };
  });
  source.requireValid();
  if (scenario === undefined) throw new Error("A file without problems was not read");
  return scenario;
};
