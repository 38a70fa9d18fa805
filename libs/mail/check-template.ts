import Handlebars from "handlebars";
import { type MailKind } from "#domain/messages/events.js";
import { checkAll, reject } from "#domain/rejection.js";
import { mailVariables, type Variables, type VariableType } from "./variables.js";

type Part = "subject" | "text" | "html";

/** Where a variable stands: at the top, or within the `{{#each}}` of a list. */
interface Scope {
  readonly variables: Variables;
  /** The scope around an `{{#each}}`: `../` leads there. */
  readonly around: Scope | null;
}

const TOP_IN_EACH = ["first", "last"];

/**
 * Checks the variables and blocks of a template: what it may hold is a small part of Handlebars, without code, partials
 * or unescaped values (docs/mail.md).
 * @throws Rejection VALIDATION_FAILED for each part, with the place of its first mistake
 */
export const checkTemplate = (kind: MailKind, parts: Readonly<Record<Part, string>>): void => {
  checkAll(
    ...(["subject", "text", "html"] as const).map((part) => () => {
      checkPart(part, parts[part], { variables: mailVariables[kind], around: null }, kind);
    }),
  );
};

const checkPart = (part: Part, text: string, scope: Scope, kind: MailKind): void => {
  const refuse = (problem: string, at: hbs.AST.Position | undefined): never => {
    const place = at ? `line ${at.line}, column ${at.column + 1}` : "somewhere";
    throw reject("VALIDATION_FAILED", `${part}, ${place}: ${problem}`, { field: part });
  };
  new Check(kind, refuse).program(parsed(text, refuse), scope);
};

type Refuse = (problem: string, at: hbs.AST.Position | undefined) => never;

const parsed = (text: string, refuse: Refuse): hbs.AST.Program => {
  try {
    return Handlebars.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const line = /(?:on line |- )(\d+)/.exec(message)?.[1];
    const at = line === undefined ? undefined : { line: Number(line), column: 0 };
    return refuse("its braces do not make a template; a variable is written {{customer.name}}.", at);
  }
};

/** What the library's types do not say: what can be absent. */
type Call<Statement extends hbs.AST.MustacheStatement | hbs.AST.BlockStatement> = Omit<Statement, "hash"> & {
  readonly hash?: hbs.AST.Hash;
};
/** Of the two programs, `{{^if}}` lacks the first, and a block without `{{else}}` the second. */
type Block = Omit<Call<hbs.AST.BlockStatement>, "program" | "inverse"> & {
  readonly program?: Omit<hbs.AST.Program, "blockParams"> & { readonly blockParams?: string[] };
  readonly inverse?: hbs.AST.Program;
};

class Check {
  constructor(
    private readonly kind: MailKind,
    private readonly refuse: Refuse,
  ) {}

  program({ body }: Pick<hbs.AST.Program, "body">, scope: Scope): void {
    for (const statement of body) this.statement(statement, scope);
  }

  private statement(statement: hbs.AST.Statement, scope: Scope): void {
    const at = statement.loc.start;
    switch (statement.type) {
      case "ContentStatement":
      case "CommentStatement":
        return;
      case "MustacheStatement":
        this.value(statement as Call<hbs.AST.MustacheStatement>, scope);
        return;
      case "BlockStatement":
        this.block(statement as Block, scope);
        return;
      default:
        this.refuse("only variables and {{#if}}, {{#unless}}, {{#each}} can be used here.", at);
    }
  }

  private value({ path, params, hash, escaped, loc }: Call<hbs.AST.MustacheStatement>, scope: Scope): void {
    if (!escaped) this.refuse("values are always escaped: write two braces, without &.", loc.start);
    if (params.length > 0 || hash) this.refuse("a variable takes nothing behind its name.", loc.start);
    const { name, type } = this.variable(path, scope);
    if (type === "LIST") this.refuse(`${name} is a list: use it in {{#each ${name}}}.`, loc.start);
    if (type === "YES_NO") this.refuse(`${name} is true or false: use it in {{#if ${name}}}.`, loc.start);
  }

  private block({ path, params, hash, program, inverse, loc }: Block, scope: Scope): void {
    const helper = path.original;
    if (!["if", "unless", "each"].includes(helper)) {
      this.refuse(`there is no block ${helper}: only {{#if}}, {{#unless}} and {{#each}}.`, loc.start);
    }
    const [subject, ...further] = params;
    if (!subject || further.length > 0 || hash || program?.blockParams) {
      return this.refuse(`{{#${helper}}} takes the name of one variable.`, loc.start);
    }
    const inside = helper === "each" ? this.items(subject, scope) : (this.variable(subject, scope), scope);
    if (program) this.program(program, inside);
    if (inverse) this.program(inverse, scope);
  }

  private items(subject: hbs.AST.Expression, scope: Scope): Scope {
    const at = subject.loc.start;
    if (scope.around) this.refuse("an {{#each}} cannot stand in another.", at);
    const { name } = this.variable(subject, scope);
    const list = scope.variables[name];
    if (list?.type !== "LIST") return this.refuse(`${name} is no list.`, at);
    return { variables: list.items, around: scope };
  }

  /** The variable that a path means. */
  private variable(expression: hbs.AST.Expression, scope: Scope): { name: string; type: VariableType } {
    const at = expression.loc.start;
    if (expression.type !== "PathExpression") return this.refuse("here must be the name of a variable.", at);
    const { data, depth, original } = expression as hbs.AST.PathExpression;
    const parts = (expression as hbs.AST.PathExpression).parts;
    const name = parts.join(".");
    if (data && depth === 0 && scope.around && TOP_IN_EACH.includes(name)) return { name, type: "YES_NO" };
    const meant = depth === 0 ? scope : depth === 1 ? scope.around : null;
    const found = meant && !data && Object.hasOwn(meant.variables, name) ? meant.variables[name] : undefined;
    if (found && isWrittenOut(original, name)) return { name, type: found.type };
    const known = meant && Object.keys(meant.variables).some((each) => each.startsWith(`${name}.`));
    const where = scope.around ? "in this list" : `in mails of the kind ${this.kind}`;
    return this.refuse(
      known ? `${name} is a group of variables: name one of them.` : `there is no variable ${original} ${where}.`,
      at,
    );
  }
}

/** Not `this.name` or `./name`: one way to write a variable. */
const isWrittenOut = (original: string, name: string): boolean => original.replace("../", "") === name;
