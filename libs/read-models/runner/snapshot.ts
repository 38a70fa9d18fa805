import { type DataSource, type EntityManager } from "typeorm";

/**
 * Reads read models in several statements that all see one snapshot (REPEATABLE READ). The lock, taken before the
 * snapshot is, keeps other tables from being switched in meanwhile (switch.ts): under an older snapshot their rows would
 * be missing. Batches are applied and other snapshots read all the same.
 */
export const readSnapshot = <Result>(
  dataSource: DataSource,
  read: (manager: EntityManager) => Promise<Result>,
): Promise<Result> =>
  dataSource.transaction("REPEATABLE READ", async (manager) => {
    await manager.query("LOCK TABLE projection_checkpoints IN ROW SHARE MODE");
    return read(manager);
  });
