import { type MigrationInterface, type QueryRunner } from "typeorm";

export class People1764000190000 implements MigrationInterface {
  readonly name = "People1764000190000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE people (
        provider_id uuid NOT NULL,
        id uuid NOT NULL,
        customer_id uuid NOT NULL,
        email text NOT NULL,
        is_removed boolean NOT NULL,
        link_hashes text[] NOT NULL,
        state jsonb NOT NULL,
        revision bigint NOT NULL,
        created_commit numeric NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (provider_id, id)
      );
      CREATE INDEX people_by_id ON people (id);
      CREATE INDEX people_of_customer ON people (provider_id, customer_id, created_commit, id);
      CREATE INDEX people_by_email ON people (email) WHERE NOT is_removed;
      CREATE INDEX people_by_link ON people USING gin (link_hashes);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP TABLE people");
  }
}
