import { type MigrationInterface, type QueryRunner } from "typeorm";

/**
 * What each customer owes, for lists by it. Made from the rows that there are, since these serve until the projection
 * of invoices has been built again.
 */
export class CustomerBalances1764000281000 implements MigrationInterface {
  readonly name = "CustomerBalances1764000281000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE customer_balances (
        provider_id uuid NOT NULL,
        customer_id uuid NOT NULL,
        due numeric NOT NULL,
        PRIMARY KEY (provider_id, customer_id)
      );
      INSERT INTO customer_balances (provider_id, customer_id, due)
      SELECT c.provider_id, c.id,
             coalesce((SELECT sum(i.open) FROM invoices i
                        WHERE i.provider_id = c.provider_id AND i.customer_id = c.id
                          AND i.open <> 0 AND i.number IS NOT NULL), 0) - coalesce(a.balance, 0)
        FROM customers c
        LEFT JOIN receivables_accounts a ON a.provider_id = c.provider_id AND a.customer_id = c.id;
      CREATE INDEX customer_balances_due ON customer_balances (provider_id, due, customer_id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP TABLE customer_balances");
  }
}
