import { z } from "zod";
import { CallIntake, type JournalReport, type JournalTaken } from "#application/calls/journal/intake.js";
import {
  type ProgressReport,
  type ProgressSession,
  type ProgressTaken,
  takeProgress,
} from "#application/calls/journal/progress.js";
import { Unavailable } from "#application/command/unavailable.js";
import { readRef } from "#application/edges/call-ref.js";
import { type EdgeAnswer, type EdgeQuestion, answerEdge, type RouteSource } from "#application/edges/route.js";
import { Rejection } from "#domain/rejection.js";
import { keepCallProgress } from "#read-models/voice/call-progress.js";
import { loadCalled } from "#read-models/voice/called.js";
import { FailedCallsBound } from "#read-models/voice/forget-calls.js";
import { type Backend } from "../core/backend.js";
import { systemNow } from "../core/clocks.js";
import { type Metrics } from "../core/metrics.js";
import { httpRefusal, Refused } from "../graphql/refusals.js";
import { type EdgeEndpoint } from "./listener.js";

/** A SIP message that reaches billing has 16 kB at most. */
const MOST_BYTES = 64 * 1024;

const text = z.string().max(4_096);
/** What is empty is not there: the edge writes its questions without looking. */
const question = z.object({
  callId: text,
  fromTag: text,
  cli: text.nullish(),
  cld: text,
  sourceIp: text,
  reason: z.enum(["REDIRECT"]).nullish(),
  redirectTo: text.nullish(),
  ref: text.nullish(),
});

/** @throws Refused BAD_REQUEST */
const bodyOf = <Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> => {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Refused(httpRefusal("BAD_REQUEST", `${issue?.path.join(".") ?? "body"}: ${issue?.message ?? "wrong"}.`));
};

/** @throws Refused BAD_REQUEST */
const questionOf = (body: unknown): EdgeQuestion => {
  const { cli, cld, reason, redirectTo, ref } = bodyOf(question, body);
  const redirect = reason ? { to: redirectTo ?? "", ref: ref ?? "" } : null;
  return { cli: cli == null || cli === "" ? null : cli, cld, redirect };
};

const sourceOf = ({ dataSource, facts }: Backend): RouteSource => ({
  called: (providerId, by, prefixes) => loadCalled(dataSource, providerId, by, prefixes),
  identifierKey: (providerId) => facts.identifierKey(providerId),
  systemNow,
});

const MOST_JOURNAL_BYTES = 2 * 1024 * 1024;

const lines = z.array(z.string());
const report = z.object({ sentAt: z.iso.datetime(), ended: lines, interrupted: lines });

/** @throws Refused BAD_REQUEST */
const reportOf = (body: unknown): JournalReport => bodyOf(report, body);

const intakeOf = ({ store, facts, visibility, log }: Backend): CallIntake =>
  new CallIntake({
    ...{ store, facts, systemNow, log, readRef },
    visible: (position, timeoutMs, provider) => visibility.waitUntilVisible(position, timeoutMs, provider),
    findRecorded: (providerId, keys) => facts.calls(providerId, keys),
  });

const progress = z.object({ sentAt: z.iso.datetime(), started: lines, ended: lines, failed: lines });

/** @throws Refused BAD_REQUEST */
const progressOf = (body: unknown): ProgressReport => bodyOf(progress, body);

const progressSessionOf = ({ dataSource, facts }: Backend): ProgressSession => {
  const bound = new FailedCallsBound(dataSource);
  return {
    ...{ facts, systemNow },
    async keep(providerId, told) {
      await keepCallProgress(dataSource, providerId, told);
      await bound.kept(providerId, told.failed.length);
    },
  };
};

/** @throws Refused in the place of what the application throws */
const refusing = async <Taken>(taking: Promise<Taken>): Promise<Taken> => {
  try {
    return await taking;
  } catch (error) {
    if (error instanceof Unavailable) throw new Refused(httpRefusal("UNAVAILABLE", error.message));
    if (error instanceof Rejection) throw new Refused(httpRefusal("BAD_REQUEST", error.message));
    throw error;
  }
};

/** What edges may ask of billing, and tell it. */
export const edgeEndpoints = (backend: Backend, metrics: Metrics): readonly EdgeEndpoint[] => {
  const source = sourceOf(backend);
  const intake = intakeOf(backend);
  const progressSession = progressSessionOf(backend);
  return [
    {
      method: "POST",
      path: "/edge/v1/route",
      mostBytes: MOST_BYTES,
      async answer(edge, body): Promise<EdgeAnswer> {
        const began = performance.now();
        const answer = await answerEdge(edge, questionOf(body), source);
        const sipCode = answer.decision === "ROUTE" ? "" : answer.sipCode.toString();
        metrics.edgeAnswer(answer.decision, sipCode, (performance.now() - began) / 1000);
        return answer;
      },
    },
    {
      method: "POST",
      path: "/edge/v1/journal",
      mostBytes: MOST_JOURNAL_BYTES,
      answer({ providerId, state: { edgeId } }, body): Promise<JournalTaken> {
        return refusing(intake.take(providerId, edgeId, reportOf(body)));
      },
    },
    {
      method: "POST",
      path: "/edge/v1/progress",
      mostBytes: MOST_JOURNAL_BYTES,
      answer({ providerId, state: { edgeId } }, body): Promise<ProgressTaken> {
        return refusing(takeProgress(progressSession, providerId, edgeId, progressOf(body)));
      },
    },
    {
      // What an edge is started with.
      method: "GET",
      path: "/edge/v1/configuration",
      mostBytes: 0,
      answer({ state: { edgeId, name, realm, addresses, announcer, language } }) {
        return Promise.resolve({ edgeId, name, realm, addresses, announcer, language });
      },
    },
  ];
};
