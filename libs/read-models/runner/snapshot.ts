import { type DataSource, type EntityManager } from "typeorm";

/**
 * Reads read models in several statements that all see one snapshot (REPEATABLE READ). The lock, taken before the
 * snapshot is, keeps other tables from being switched in meanwhile (switch.ts): under an older snapshot their rows would
 * be missing. Batches are applied and other snapshots read all the same.
 */
export const readSnapshot = async <Result>(
  dataSource: DataSource,
  read: (manager: EntityManager) => Promise<Result>,
): Promise<Result> => {
  const runner = dataSource.createQueryRunner();
  let isOpen = true;
  try {
    await runner.query(
      "START TRANSACTION ISOLATION LEVEL REPEATABLE READ; LOCK TABLE projection_checkpoints IN ROW SHARE MODE",
    );
    const result = await read(runner.manager);
    isOpen = false;
    await runner.query("COMMIT");
    return result;
  } catch (error) {
    // A transaction that failed is over only after this; a lost connection has ended it already.
    if (isOpen) await runner.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
};
