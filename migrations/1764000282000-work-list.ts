import { type MigrationInterface, type QueryRunner } from "typeorm";

/** Indexes for the work list and the lists behind it. */
export class WorkList1764000282000 implements MigrationInterface {
  readonly name = "WorkList1764000282000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE INDEX invoices_unpaid ON invoices (provider_id, due_on, series_index)
        WHERE open > 0 AND state <> 'VOID' AND number IS NOT NULL;
      CREATE INDEX commitments_asked ON commitments (provider_id, customer_id)
        WHERE state -> 'pauseRequests' @> '[{"status": "OPEN"}]';
      CREATE INDEX commitments_created ON commitments (provider_id, created_commit, id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP INDEX invoices_unpaid, commitments_asked, commitments_created");
  }
}
