import { type MigrationInterface, type QueryRunner } from "typeorm";

/** Indexes by which histories find what no stream's name says. */
export class History1764000240000 implements MigrationInterface {
  readonly name = "History1764000240000";

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- Requests for help of a customer, each in a stream of its own.
      CREATE INDEX journal_tickets ON journal (provider_id, (data ->> 'customerId')) WHERE type = 'TicketRequested';
      -- The event that gave an invoice its number: the last one that began at or below it.
      CREATE INDEX journal_numbers ON journal (provider_id, stream, ((data ->> 'first')::bigint))
        WHERE type = 'NumbersAssigned';
      -- What was delivered about an invoice, payment or commitment.
      CREATE INDEX deliveries_subject ON deliveries (provider_id, subject_id) WHERE subject_id IS NOT NULL;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DROP INDEX journal_tickets, journal_numbers, deliveries_subject");
  }
}
