import { type MigrationInterface, type QueryRunner } from "typeorm";

/** Payments, refunds, write-offs, and what each credit was used for. The projection is built again. */
export class Money1764000110000 implements MigrationInterface {
  readonly name = "Money1764000110000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE invoices ADD COLUMN written_off numeric NOT NULL DEFAULT 0;
      ALTER TABLE receivables_accounts
        ADD COLUMN owed numeric NOT NULL DEFAULT 0,
        ADD COLUMN steps integer NOT NULL DEFAULT 0,
        ADD COLUMN last_on date;
      CREATE TABLE payments (
        provider_id uuid NOT NULL,
        id uuid NOT NULL,
        customer_id uuid NOT NULL,
        amount numeric NOT NULL,
        currency text NOT NULL,
        method text NOT NULL,
        value_on date NOT NULL,
        recorded_on date NOT NULL,
        invoice_id uuid,
        reference text,
        note text,
        reversed_on date,
        reversal_reason text,
        recorded_at timestamptz NOT NULL,
        recorded_commit numeric NOT NULL,
        PRIMARY KEY (provider_id, id)
      );
      CREATE INDEX payments_customer ON payments (provider_id, customer_id, recorded_commit, id);
      CREATE INDEX payments_recorded ON payments (provider_id, recorded_commit, id);
      CREATE INDEX payments_reference ON payments (provider_id, reference) WHERE reference IS NOT NULL;
      CREATE TABLE refunds (
        provider_id uuid NOT NULL,
        id uuid NOT NULL,
        customer_id uuid NOT NULL,
        amount numeric NOT NULL,
        currency text NOT NULL,
        method text NOT NULL,
        recorded_on date NOT NULL,
        reference text,
        reason text,
        recorded_at timestamptz NOT NULL,
        recorded_commit numeric NOT NULL,
        PRIMARY KEY (provider_id, id)
      );
      CREATE INDEX refunds_customer ON refunds (provider_id, customer_id, recorded_commit, id);
      CREATE INDEX refunds_recorded ON refunds (provider_id, recorded_commit, id);
      CREATE TABLE receivables_credits (
        provider_id uuid NOT NULL,
        customer_id uuid NOT NULL,
        credit_id uuid NOT NULL,
        place integer NOT NULL,
        unused numeric NOT NULL,
        PRIMARY KEY (provider_id, credit_id)
      );
      CREATE INDEX receivables_credits_unused ON receivables_credits (provider_id, customer_id) WHERE unused <> 0;
      CREATE TABLE receivables_uses (
        provider_id uuid NOT NULL,
        customer_id uuid NOT NULL,
        credit_id uuid NOT NULL,
        used_by text NOT NULL,
        user_id uuid NOT NULL,
        amount numeric NOT NULL,
        PRIMARY KEY (provider_id, credit_id, used_by, user_id)
      );
      CREATE INDEX receivables_uses_user ON receivables_uses (provider_id, user_id);
      CREATE TABLE receivables_movements (
        provider_id uuid NOT NULL,
        customer_id uuid NOT NULL,
        place integer NOT NULL,
        line integer NOT NULL,
        on_day date NOT NULL,
        kind text NOT NULL,
        document_id uuid NOT NULL,
        amount numeric NOT NULL,
        PRIMARY KEY (provider_id, customer_id, place, line)
      );
      CREATE INDEX receivables_movements_day ON receivables_movements (provider_id, on_day);
      CREATE TABLE receivables_open (
        provider_id uuid NOT NULL,
        customer_id uuid NOT NULL,
        invoice_id uuid NOT NULL,
        place integer NOT NULL,
        line integer NOT NULL,
        on_day date NOT NULL,
        change numeric NOT NULL,
        PRIMARY KEY (provider_id, customer_id, place, invoice_id, line)
      );
      CREATE INDEX receivables_open_day ON receivables_open (provider_id, on_day);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE payments, refunds, receivables_credits, receivables_uses, receivables_movements, receivables_open;
      ALTER TABLE receivables_accounts DROP COLUMN owed, DROP COLUMN steps, DROP COLUMN last_on;
      ALTER TABLE invoices DROP COLUMN written_off;
    `);
  }
}
