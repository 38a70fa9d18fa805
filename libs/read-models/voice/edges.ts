import { type DataSource } from "typeorm";
import { type Edge } from "#domain/voice/edge.js";
import { isUuid } from "../rows/filters.js";
import { findKnown, type Known } from "../rows/known.js";

/** The edge with this id, of whichever provider, as projected. */
export const edgeById = async (dataSource: Pick<DataSource, "query">, edgeId: string): Promise<Known<Edge> | null> =>
  isUuid(edgeId) ? findKnown(dataSource, "catalog_items", "kind = 'edge' AND id = $1::uuid", edgeId) : null;
