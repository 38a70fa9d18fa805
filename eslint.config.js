import tseslint from "typescript-eslint";

/** Money is decimal text or a Big: a binary float must never touch it (docs/decisions). */
const noFloatOnMoney = [
  { selector: "CallExpression[callee.name='parseFloat']", message: "Use big.js for amounts and parseInt for counts." },
  {
    selector: "MemberExpression[object.name='Math'][property.name='round']",
    message: "Money is rounded in libs/domain/money.ts only.",
  },
  {
    selector: "CallExpression[callee.property.name='toNumber']",
    message: "A Big stays a Big: serialise it with toFixed.",
  },
];

const SQL = "/^\\s*(SELECT(?! pg_)|INSERT INTO|UPDATE|DELETE FROM|WITH|TRUNCATE)\\s/";

/** Tables of read models are known in libs/read-models only: others call its functions. */
const noSql = [`Literal[value=${SQL}]`, `TemplateElement[value.raw=${SQL}]`].map((selector) => ({
  selector,
  message: "SQL on read models belongs in libs/read-models.",
}));

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", "coverage/", "**/*.cjs"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ["eslint.config.js"] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-extraneous-class": "off",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", ignoreRestSiblings: true, varsIgnorePattern: "^_" },
      ],
      "no-restricted-syntax": ["error", ...noFloatOnMoney],
    },
  },
  {
    files: ["libs/domain/**/*.ts"],
    ignores: ["**/*.spec.ts"],
    rules: {
      "no-restricted-globals": ["error", "process", "fetch", "setTimeout", "setInterval"],
      "no-restricted-syntax": [
        "error",
        ...noFloatOnMoney,
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: "The domain has no clock: take the day as an argument.",
        },
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: "The domain has no clock.",
        },
        { selector: "CallExpression[callee.name='Number']", message: "No Number on money." },
        { selector: "Decorator", message: "The domain is plain functions and types." },
      ],
    },
  },
  {
    files: ["apps/**/*.ts", "libs/application/**/*.ts"],
    ignores: ["**/*.spec.ts", "**/spec-support/**", "apps/eventstore/**"],
    rules: { "no-restricted-syntax": ["error", ...noFloatOnMoney, ...noSql] },
  },
  { files: ["**/*.js"], ...tseslint.configs.disableTypeChecked },
);
