import { type MigrationInterface, type QueryRunner } from "typeorm";

/**
 * Columns for search, in the form that is compared (libs/read-models/search): customers by part of name, e-mail and
 * phone, account ids and aliases by a part at the start, at the end or anywhere. The projections fill the columns: they
 * are built anew. pg_trgm comes with PostgreSQL; the database's owner may create it.
 */
export class Search1764000030000 implements MigrationInterface {
  readonly name = "Search1764000030000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE EXTENSION IF NOT EXISTS pg_trgm;

      ALTER TABLE customers
        ADD COLUMN name_form text NOT NULL DEFAULT '',
        ADD COLUMN email_form text NOT NULL DEFAULT '',
        ADD COLUMN phone_digits text NOT NULL DEFAULT '';
      ALTER TABLE customers
        ALTER COLUMN name_form DROP DEFAULT,
        ALTER COLUMN email_form DROP DEFAULT,
        ALTER COLUMN phone_digits DROP DEFAULT;
      CREATE INDEX customers_name_form ON customers USING gin (name_form gin_trgm_ops);
      CREATE INDEX customers_email_form ON customers USING gin (email_form gin_trgm_ops);
      CREATE INDEX customers_phone_digits ON customers USING gin (phone_digits gin_trgm_ops);
      DROP INDEX customers_email;

      -- alias_form: what is compared. In byte order, so that one index serves what starts with a text and the sorting.
      CREATE TABLE account_aliases (
        provider_id uuid NOT NULL,
        account_id uuid NOT NULL,
        identifier_hash text NOT NULL,
        customer_id uuid NOT NULL,
        kind text NOT NULL,
        alias text NOT NULL,
        alias_form text COLLATE "C" NOT NULL,
        account_status text NOT NULL,
        PRIMARY KEY (provider_id, account_id, identifier_hash)
      );
      CREATE INDEX account_aliases_starts ON account_aliases (provider_id, alias_form);
      CREATE INDEX account_aliases_ends ON account_aliases (provider_id, reverse(alias_form) text_pattern_ops);
      CREATE INDEX account_aliases_contains ON account_aliases USING gin (alias_form gin_trgm_ops);
      CREATE INDEX account_aliases_customer ON account_aliases (provider_id, customer_id);
      DROP INDEX accounts_aliases;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE INDEX accounts_aliases ON accounts USING gin (aliases) WHERE aliases <> '{}';
      DROP TABLE account_aliases;
      CREATE INDEX customers_email ON customers (provider_id, lower(email)) WHERE email IS NOT NULL;
      ALTER TABLE customers DROP COLUMN name_form, DROP COLUMN email_form, DROP COLUMN phone_digits;
    `);
  }
}
