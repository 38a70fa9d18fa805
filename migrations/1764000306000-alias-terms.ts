import { type MigrationInterface, type QueryRunner } from "typeorm";

/** Realm, role and whether an alias identifies a caller. The projection of accounts fills them: it is built anew. */
export class AliasTerms1764000306000 implements MigrationInterface {
  readonly name = "AliasTerms1764000306000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE account_aliases
        ADD COLUMN realm text COLLATE "C",
        ADD COLUMN role text NOT NULL DEFAULT 'UNIVERSAL',
        ADD COLUMN allow_authentication boolean NOT NULL DEFAULT true;
      ALTER TABLE account_aliases
        ALTER COLUMN role DROP DEFAULT,
        ALTER COLUMN allow_authentication DROP DEFAULT;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      "ALTER TABLE account_aliases DROP COLUMN realm, DROP COLUMN role, DROP COLUMN allow_authentication",
    );
  }
}
