import { type DynamicModule, Module } from "@nestjs/common";
import { CqrsModule } from "@nestjs/cqrs";
import { GraphQLModule } from "@nestjs/graphql";
import { MercuriusDriver, type MercuriusDriverConfig } from "@nestjs/mercurius";
import { type FastifyRequest } from "fastify";
import { AccountHandler } from "./accounts/handler.js";
import { Identifiers } from "./accounts/identifiers.js";
import { Backend } from "./backend.js";
import { CatalogHandler } from "./catalog/handler.js";
import { OfferHandler } from "./catalog/offer-handler.js";
import { Commander } from "./commands/commander.js";
import { CommitmentHandler } from "./commitments/handler.js";
import { CustomerHandler } from "./customers/handler.js";
import { errorFormatter } from "./graphql/errors.js";
import { validationRules } from "./graphql/limits.js";
import { RequestContexts } from "./graphql/request-contexts.js";
import { resolvers } from "./graphql/resolvers.js";
import { HealthController } from "./http/health.js";
import { Metrics } from "./http/metrics.js";
import { timingHooks } from "./http/timing.js";
import { PreviewHandler } from "./preview/handler.js";
import { Clocks } from "./providers/clocks.js";
import { ProviderHandler } from "./providers/handler.js";
import { Walk } from "./providers/walk.js";
import {
  AccountByIdentifierHandler,
  ClosedPeriodsHandler,
  FindHandler,
  ListHandler,
  UnbilledHandler,
} from "./queries/handlers.js";

/** Words of a document at most: parsing stops there. */
const MAX_TOKENS = 10_000;

@Module({})
class CoreModule {
  static on(backend: Backend): DynamicModule {
    const shared = [Metrics, Clocks, RequestContexts];
    return {
      module: CoreModule,
      global: true,
      providers: [{ provide: Backend, useValue: backend }, ...shared],
      exports: [Backend, ...shared],
    };
  }
}

const graphql = (
  backend: Backend,
  contexts: RequestContexts,
  metrics: Metrics,
): Omit<MercuriusDriverConfig, "driver"> => ({
  autoSchemaFile: true,
  buildSchemaOptions: { skipCheck: true },
  path: "/graphql",
  graphiql: false,
  subscription: false,
  allowBatchedQueries: false,
  validationRules,
  graphql: { parseOptions: { maxLexicalTokens: MAX_TOKENS } },
  context: ({ headers }: FastifyRequest) => contexts.of(headers),
  errorFormatter: errorFormatter(backend.log) as NonNullable<MercuriusDriverConfig["errorFormatter"]>,
  hooks: timingHooks(metrics),
});

/** The API on its backend. */
@Module({})
export class ApiModule {
  static on(backend: Backend): DynamicModule {
    return {
      module: ApiModule,
      imports: [
        CoreModule.on(backend),
        CqrsModule.forRoot(),
        GraphQLModule.forRootAsync<MercuriusDriverConfig>({
          driver: MercuriusDriver,
          inject: [Backend, RequestContexts, Metrics],
          useFactory: graphql,
        }),
      ],
      controllers: [HealthController],
      providers: [
        ...resolvers,
        ...[Commander, Identifiers, Walk],
        ...[ProviderHandler, CatalogHandler, OfferHandler, CustomerHandler, AccountHandler, CommitmentHandler],
        ...[
          FindHandler,
          ListHandler,
          AccountByIdentifierHandler,
          ClosedPeriodsHandler,
          UnbilledHandler,
          PreviewHandler,
        ],
      ],
    };
  }
}
