import { type EntityManager } from "typeorm";
import { type LocalDate } from "#domain/calendar.js";
import { parseStreamName } from "#event-store/streams.js";
import { type FactRow } from "./charging-events.js";
import { type Close } from "./closes.js";
import { keyOf, type Touched } from "./fold.js";

/**
 * SQL: whose events can move a closed period `p`: the customer, its classes, and those of the other holders of its
 * commitments, which count only where the basis names them. Events of commitments, and of the other holders themselves,
 * are noted by customer.
 */
const SUBJECTS = `SELECT id, bool_and(shared) AS shared FROM (
    SELECT p.customer_id AS id, false AS shared
    UNION ALL
    SELECT (c ->> 'customerClassId')::uuid, false
      FROM billing_customers b, jsonb_array_elements(b.state -> 'classes') c
     WHERE b.provider_id = p.provider_id AND b.customer_id = p.customer_id AND c ->> 'effectiveOn' <= p.period_until
    UNION ALL
    SELECT (c ->> 'customerClassId')::uuid, true
      FROM billing_holders own
      JOIN billing_holders h USING (provider_id, commitment_id)
      JOIN billing_customers b ON b.provider_id = h.provider_id AND b.customer_id = h.customer_id,
           jsonb_array_elements(b.state -> 'classes') c
     WHERE own.provider_id = p.provider_id AND own.customer_id = p.customer_id AND own.shared) subjects
  WHERE id IS NOT NULL GROUP BY id`;

/**
 * SQL: the late events `f` of a closed period `p`: they take effect before its end, and a basis does not reach them.
 * @param basis the alias of the row whose basis counts
 */
export const lateFacts = (basis: "b" | "p"): string => `(${SUBJECTS}) s
    JOIN billing_facts f ON f.provider_id = p.provider_id AND f.subject_id = s.id
   WHERE (NOT s.shared OR ${basis}.basis ? f.stream)
     AND f.effective_on <= p.period_until
     AND f.revision > coalesce((${basis}.basis ->> f.stream)::bigint, -1)`;

interface Named {
  readonly provider_id: string;
  readonly customer_id: string;
}

/**
 * Notes in `billing_moved` of which customers closed periods may have moved: those with an event that takes effect before
 * the end of the last close and that its basis does not reach. A close computes every earlier period that has moved again,
 * so the last one's basis decides for all. Whoever asks for periods that have moved looks at these customers only.
 *
 * Looked at again are customers that a close or a late event of the batch is about, and after a late event of a class its
 * customers and all that share commitments.
 */
export const writeMoved = async (
  manager: EntityManager,
  touched: Touched,
  facts: readonly FactRow[],
  closes: readonly Close[],
): Promise<void> => {
  const asked = new Map<string, Named>();
  const ask = (provider_id: string, customer_id: string): void => {
    asked.set(keyOf(provider_id, customer_id), { provider_id, customer_id });
  };
  for (const { provider, customer } of closes) ask(provider, customer.customerId);
  for (const { provider_id, customer_id } of await ofClasses(manager, facts)) ask(provider_id, customer_id);
  for (const { provider_id, subject_id, effective_on } of facts.filter((fact) => !isOfClass(fact))) {
    const row = touched.customers.get(keyOf(provider_id, subject_id));
    if (!row || isClosed(row.closed_to, effective_on)) ask(provider_id, subject_id);
  }
  const customers = [...asked.values()];
  if (customers.length === 0) return;
  const keys = [customers.map((one) => one.provider_id), customers.map((one) => one.customer_id)];
  await manager.query(
    `DELETE FROM billing_moved m USING unnest($1::uuid[], $2::uuid[]) AS a (provider_id, customer_id)
      WHERE m.provider_id = a.provider_id AND m.customer_id = a.customer_id`,
    keys,
  );
  await manager.query(
    `INSERT INTO billing_moved (provider_id, customer_id)
     SELECT p.provider_id, p.customer_id
       FROM unnest($1::uuid[], $2::uuid[]) AS a (provider_id, customer_id),
            LATERAL (SELECT c.* FROM billing_closed_periods c
                      WHERE c.provider_id = a.provider_id AND c.customer_id = a.customer_id
                      ORDER BY c.period_from DESC LIMIT 1) p
      WHERE EXISTS (SELECT FROM ${lateFacts("p")})`,
    keys,
  );
};

const isClosed = (closedTo: LocalDate | null, day: LocalDate): boolean => closedTo !== null && day < closedTo;

/** An event of a class is noted by the class, all others by customers. */
const isOfClass = ({ stream }: FactRow): boolean => parseStreamName(stream).category === "customerclass";

/** Customers that late events of classes may concern. */
const ofClasses = async (manager: EntityManager, facts: readonly FactRow[]): Promise<readonly Named[]> => {
  const own = facts.filter(isOfClass);
  if (own.length === 0) return [];
  return manager.query<Named[]>(
    `SELECT DISTINCT c.provider_id, c.customer_id
       FROM unnest($1::uuid[], $2::text[], $3::text[]) AS f (provider_id, effective_on, class_id)
       JOIN billing_customers c ON c.provider_id = f.provider_id AND c.closed_to > f.effective_on
        AND (c.state -> 'classes' @> jsonb_build_array(jsonb_build_object('customerClassId', f.class_id))
             OR EXISTS (SELECT FROM billing_holders h
                         WHERE h.provider_id = c.provider_id AND h.customer_id = c.customer_id AND h.shared))`,
    [
      own.map(({ provider_id }) => provider_id),
      own.map(({ effective_on }) => effective_on),
      own.map(({ subject_id }) => subject_id),
    ],
  );
};
