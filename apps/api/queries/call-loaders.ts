import { type DataSource } from "typeorm";
import { type BilledCall as Billed, billedCalls } from "#read-models/calls/billed.js";
import { type Scope } from "#read-models/rows/scope.js";
import { type Call } from "../calls/models.js";
import { billedCallShown } from "../calls/shown.js";
import { batch } from "../graphql/batch.js";
import { type Plain } from "../graphql/plain.js";
import { type Loaders } from "./loaders.js";

/** Loads how calls were billed, for one request. */
export const callLoaders = (dataSource: DataSource, scope: Scope): Pick<Loaders, "billedCall"> => {
  const asked = new Map<string, Plain<Call>>();
  const billed = batch<string, Billed>((ids) =>
    billedCalls(
      dataSource,
      scope,
      ids.flatMap((id) => asked.get(id) ?? []),
    ),
  );
  return {
    billedCall: async (call) => {
      asked.set(call.id, call);
      const found = await billed(call.id);
      return found ? billedCallShown(found) : null;
    },
  };
};
