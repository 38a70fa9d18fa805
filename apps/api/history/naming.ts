import { type NamedKind, type Naming } from "#history/speaker.js";
import { nameKey, namesOf } from "#read-models/history/names.js";
import { type Backend } from "../core/backend.js";

/**
 * The names that are asked for, as things are called now: all is said once without them, to learn which they are.
 * @param say says everything with the names that it is given
 */
export const namingOf = async (
  dataSource: Backend["dataSource"],
  providerId: string,
  say: (asking: Naming) => void,
): Promise<Naming> => {
  const wanted = new Map<NamedKind, Set<string>>();
  say((kind, id) => {
    const ids = wanted.get(kind) ?? new Set<string>();
    wanted.set(kind, ids.add(id));
    return null;
  });
  const names = await namesOf(dataSource, providerId, wanted);
  return (kind, id) => names.get(nameKey(kind, id)) ?? null;
};
