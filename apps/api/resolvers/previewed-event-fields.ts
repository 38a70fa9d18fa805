import { Args, Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { type Language } from "#domain/language.js";
import { ofType } from "#event-store/catalogue.js";
import { parseStreamName } from "#event-store/streams.js";
import { sentenceOf } from "#history/sentences.js";
import { type Naming, speakerOf } from "#history/speaker.js";
import { PreviewedEvent } from "../commands/preview-models.js";
import { Backend } from "../core/backend.js";
import { ScopeOf } from "../graphql/context.js";
import { LanguageEnum } from "../graphql/enums.js";
import { type Plain } from "../graphql/plain.js";
import { namingOf } from "../history/naming.js";
import { type Loaders, LoadersOf } from "../queries/loaders.js";
import { type Scope } from "#read-models/rows/scope.js";

const LANGUAGE = { type: () => LanguageEnum, defaultValue: "EN", description: "The language in which it is told." };

@Resolver(() => PreviewedEvent)
export class PreviewedEventFields {
  constructor(private readonly backend: Backend) {}

  @ResolveField(() => String, {
    description:
      "What would have happened, in a sentence: the one that a history tells once it is recorded. What is not numbered or named yet is called by its id.",
  })
  async sentence(
    @Parent() { events, place, currency }: Plain<PreviewedEvent>,
    @Args("language", LANGUAGE) language: Language,
    @ScopeOf() { providerId }: Scope,
    @LoadersOf() load: Loaders,
  ): Promise<string> {
    const event = events[place];
    if (!event) throw new Error("a previewed event is one of its preview");
    const { category, id } = parseStreamName(event.stream);
    const known = currency ?? (category === "receivables" ? ((await load.customer(id))?.currency ?? null) : null);
    // An account that the command opens is in no read model.
    const opened = new Map(
      ofType(events, "AccountOpened").map(({ data }) => [data.accountId, data.personal.identifier]),
    );
    const naming = await namingOf(this.backend.dataSource, providerId, (asking) =>
      sentenceOf(event, speakerOf(language, asking, known)),
    );
    const named: Naming = (kind, of) => (kind === "ACCOUNT" ? opened.get(of) : undefined) ?? naming(kind, of);
    return sentenceOf(event, speakerOf(language, named, known));
  }
}
