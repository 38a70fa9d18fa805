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
  const session = dataSource.createQueryRunner();
  try {
    // On one way to PostgreSQL and back: of TypeORM's own these are three.
    await session.query(
      "START TRANSACTION ISOLATION LEVEL REPEATABLE READ; LOCK TABLE projection_checkpoints IN ROW SHARE MODE",
    );
    const result = await read(session.manager);
    await session.query("COMMIT");
    return result;
  } catch (error) {
    // On a connection that is lost there is nothing to end.
    await session.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    await session.release();
  }
};
