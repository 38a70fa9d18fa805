import { type DataSource } from "typeorm";
import { messageOf } from "#read-models/runner/failures.js";
import { countByTarget, type DeliveryStatus } from "./operators.js";
import { endOutage, listOutages } from "./outages.js";
import { wakeSenders } from "./queue.js";
import { byName, type Target, type TargetName, targetNames } from "./target.js";

/** A target as operators of a provider are shown it. */
export interface ShownTarget {
  readonly name: TargetName;
  /** Whether events make deliveries to it. */
  readonly on: boolean;
  /** Whether the built-in recorder answers. */
  readonly stub: boolean;
  readonly configuration: readonly { readonly key: string; readonly value: string }[];
  readonly downSince: Date | null;
  readonly downBecause: string | null;
  readonly pending: number;
  readonly parked: number;
  readonly delivered: number;
  readonly discarded: number;
}

const VERIFY_WITHIN_MS = 20_000;

export const shownTargets = async (
  dataSource: DataSource,
  targets: readonly Target[],
  provider: string,
): Promise<ShownTarget[]> => {
  const [counts, outages, stub] = await Promise.all([
    countByTarget(dataSource, provider),
    listOutages(dataSource, provider),
    isStubbed(dataSource, provider),
  ]);
  const configured = byName(targets);
  const down = byName(outages.map((outage) => ({ ...outage, name: outage.target })));
  const counted = new Map(counts.map(({ target, status, count }) => [`${target} ${status}`, count]));
  return targetNames.map((name) => {
    const target = configured.get(name);
    const isOn = stub || (target?.isOn(provider) ?? false);
    const outage = down.get(name);
    const count = (status: DeliveryStatus) => counted.get(`${name} ${status}`) ?? 0;
    return {
      ...{ name, on: isOn, stub },
      configuration: isOn && !stub && target ? target.configuration(provider) : [],
      downSince: outage?.since ?? null,
      downBecause: outage?.error ?? null,
      pending: count("PENDING"),
      parked: count("PARKED"),
      delivered: count("DELIVERED"),
      discarded: count("DISCARDED"),
    };
  });
};

/**
 * Verifies each target that is on for the provider, side by side. One that was down and is well again goes on at once.
 * @returns what was found; a target that is off is told as such
 */
export const verifyTargets = async (
  dataSource: DataSource,
  targets: readonly Target[],
  provider: string,
): Promise<{ readonly target: TargetName; readonly ok: boolean; readonly message: string }[]> => {
  const stub = await isStubbed(dataSource, provider);
  const configured = byName(targets);
  return Promise.all(
    targetNames.map(async (name) => {
      if (stub) return { target: name, ok: true, message: "The built-in recorder answers; nothing leaves." };
      const target = configured.get(name);
      if (!target?.isOn(provider))
        return { target: name, ok: false, message: "It is not configured for this provider." };
      try {
        const found = await target.verify(provider, AbortSignal.timeout(VERIFY_WITHIN_MS));
        if (found.ok && (await endOutage(dataSource, provider, name, new Date()))) {
          await wakeSenders(dataSource);
        }
        return { target: name, ...found };
      } catch (error) {
        return { target: name, ok: false, message: messageOf(error) };
      }
    }),
  );
};

const isStubbed = async (dataSource: DataSource, provider: string): Promise<boolean> => {
  const [row] = await dataSource.query<{ stubs: boolean }[]>(
    "SELECT stubs FROM delivery_providers WHERE provider_id = $1",
    [provider],
  );
  return row?.stubs ?? false;
};
