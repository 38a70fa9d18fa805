import { type MigrationInterface, type QueryRunner } from "typeorm";

/** What binds a session to the token that it was made with, where that is not known by its actor alone. */
export class SealedSessions1764000192000 implements MigrationInterface {
  readonly name = "SealedSessions1764000192000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("ALTER TABLE sessions ADD COLUMN seal bytea");
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("ALTER TABLE sessions DROP COLUMN seal");
  }
}
