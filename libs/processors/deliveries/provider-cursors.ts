import { type EntityManager } from "typeorm";
import { type RecordedEvent } from "#event-store/event.js";
import { comparePositions, type Position } from "#event-store/position.js";
import { parseStreamName } from "#event-store/streams.js";

interface Cursor {
  readonly position: Position;
  /** Whether the built-in recorder answers the provider's deliveries. */
  readonly stubs: boolean;
}

interface CursorRow {
  /** Null: the cursor where those of all providers begin. */
  readonly provider_id: string | null;
  readonly commit: string;
  readonly prepare: string;
  readonly stubs: boolean;
}

const positionOf = ({ commit, prepare }: Pick<CursorRow, "commit" | "prepare">): Position => ({
  commit: BigInt(commit),
  prepare: BigInt(prepare),
});

/** Up to where the events of each provider have made their deliveries. */
export class ProviderCursors {
  readonly #cursors: Map<string, Cursor>;
  readonly #changed = new Set<string>();

  private constructor(
    private readonly start: Position,
    cursors: Map<string, Cursor>,
  ) {
    this.#cursors = cursors;
  }

  /** @param processor its cursor is where those of all providers begin */
  static async of(
    manager: EntityManager,
    processor: string,
    events: readonly RecordedEvent[],
  ): Promise<ProviderCursors> {
    const providers = [...new Set(events.map(({ stream }) => parseStreamName(stream).provider))];
    const [start, ...rows] = await manager.query<CursorRow[]>(
      `SELECT NULL AS provider_id, commit, prepare, false AS stubs FROM processor_cursors WHERE processor = $1
       UNION ALL SELECT provider_id, commit, prepare, stubs FROM delivery_providers WHERE provider_id = ANY($2)
       ORDER BY provider_id NULLS FIRST`,
      [processor, providers],
    );
    if (!start || start.provider_id !== null) throw new Error(`The processor ${processor} has no cursor`);
    const cursors = rows.flatMap(({ provider_id, stubs, ...row }) =>
      provider_id === null ? [] : [[provider_id, { position: positionOf(row), stubs }] as const],
    );
    return new ProviderCursors(positionOf(start), new Map(cursors));
  }

  isNew({ stream, position }: RecordedEvent): boolean {
    const { provider } = parseStreamName(stream);
    return comparePositions(position, this.#cursors.get(provider)?.position ?? this.start) > 0;
  }

  isStubbed(provider: string): boolean {
    return this.#cursors.get(provider)?.stubs ?? false;
  }

  fold(event: RecordedEvent): void {
    const { provider } = parseStreamName(event.stream);
    const before = this.#cursors.get(provider);
    const stubs = event.type === "ProviderCreated" ? (event.data.stubTargets ?? false) : (before?.stubs ?? false);
    const position = this.isNew(event) ? event.position : (before?.position ?? this.start);
    this.#cursors.set(provider, { position, stubs });
    this.#changed.add(provider);
  }

  async write(manager: EntityManager): Promise<void> {
    const changed = [...this.#changed].flatMap((provider) => {
      const cursor = this.#cursors.get(provider);
      return cursor ? [{ provider, ...cursor }] : [];
    });
    await manager.query(
      `INSERT INTO delivery_providers (provider_id, stubs, commit, prepare)
       SELECT * FROM unnest($1::uuid[], $2::boolean[], $3::numeric[], $4::numeric[])
       ON CONFLICT (provider_id) DO UPDATE
         SET stubs = EXCLUDED.stubs, commit = EXCLUDED.commit, prepare = EXCLUDED.prepare`,
      [
        changed.map(({ provider }) => provider),
        changed.map(({ stubs }) => stubs),
        changed.map(({ position }) => position.commit.toString()),
        changed.map(({ position }) => position.prepare.toString()),
      ],
    );
  }
}
