import { type MigrationInterface, type QueryRunner } from "typeorm";

/**
 * Indexes for the search of everything, and for each order in which customers are listed. What begins with a text is
 * read in byte order, whatever the database's locale.
 */
export class SearchAll1764000280000 implements MigrationInterface {
  readonly name = "SearchAll1764000280000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE INDEX customers_name_starts ON customers (provider_id, (name_form COLLATE "C"), id);
      CREATE INDEX customers_email_starts ON customers (provider_id, (email_form COLLATE "C"), id) WHERE email_form <> '';
      CREATE INDEX customers_phone_starts ON customers (provider_id, (phone_digits COLLATE "C"), id) WHERE phone_digits <> '';
      CREATE INDEX customers_created ON customers (provider_id, created_commit, id);
      CREATE INDEX customers_updated ON customers (provider_id, updated_at, id);
      CREATE INDEX customers_status ON customers (provider_id, status, id);
      CREATE INDEX customers_email ON customers (provider_id, lower(COALESCE(email, '')), id);
      CREATE INDEX credit_notes_number ON credit_notes (provider_id, number) WHERE number IS NOT NULL;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP INDEX customers_name_starts, customers_email_starts, customers_phone_starts, customers_created,
                 customers_updated, customers_status, customers_email, credit_notes_number;
    `);
  }
}
