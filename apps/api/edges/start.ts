import { EdgeCallers } from "#application/edges/edge-callers.js";
import { edgeById } from "#read-models/voice/edges.js";
import { type Backend } from "../core/backend.js";
import { systemNow } from "../core/clocks.js";
import { type Metrics } from "../core/metrics.js";
import { type EdgeListen } from "./configuration.js";
import { edgeEndpoints } from "./endpoints.js";
import { startEdgeListener } from "./listener.js";

/** Listens for edges beside the API, with what it has. */
export const startEdges = (listen: EdgeListen, backend: Backend, metrics: Metrics) => {
  const { store, dataSource, log } = backend;
  const callers = new EdgeCallers({ store, find: (edgeId) => edgeById(dataSource, edgeId), systemNow });
  return startEdgeListener(listen, callers, edgeEndpoints(backend, metrics), log);
};
