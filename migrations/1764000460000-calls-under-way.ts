import { type MigrationInterface, type QueryRunner } from "typeorm";

/**
 * Calls that go on, and calls that failed, as edges tell them. No event has them: they are no money. `told_at` and
 * `overdue_at` are of the system's clock, the other instants of the provider's.
 */
export class CallsUnderWay1764000460000 implements MigrationInterface {
  readonly name = "CallsUnderWay1764000460000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE open_calls (
        provider_id uuid NOT NULL,
        -- The key that its record will have, of the leg that came in.
        id uuid NOT NULL,
        edge_id uuid NOT NULL,
        account_id uuid,
        customer_id uuid,
        cli text,
        cld text NOT NULL,
        answered timestamptz NOT NULL,
        redirected_to text,
        authorised text NOT NULL,
        max_seconds integer NOT NULL,
        overdue_at timestamptz NOT NULL,
        PRIMARY KEY (provider_id, id)
      );
      CREATE INDEX open_calls_by_answer ON open_calls (provider_id, answered, id);
      CREATE INDEX open_calls_of_account ON open_calls (provider_id, account_id, answered, id);
      CREATE INDEX open_calls_overdue ON open_calls (overdue_at);

      CREATE TABLE failed_calls (
        provider_id uuid NOT NULL,
        id uuid NOT NULL,
        edge_id uuid NOT NULL,
        account_id uuid,
        customer_id uuid,
        cli text,
        cld text NOT NULL,
        came timestamptz NOT NULL,
        failed timestamptz NOT NULL,
        sip_code integer NOT NULL,
        reason text NOT NULL,
        redirected_to text,
        told_at timestamptz NOT NULL,
        PRIMARY KEY (provider_id, id)
      );
      CREATE INDEX failed_calls_by_moment ON failed_calls (provider_id, failed, id);
      CREATE INDEX failed_calls_of_account ON failed_calls (provider_id, account_id, failed, id);
      CREATE INDEX failed_calls_of_customer ON failed_calls (provider_id, customer_id, failed, id);
      CREATE INDEX failed_calls_told ON failed_calls (told_at);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP TABLE open_calls, failed_calls");
  }
}
