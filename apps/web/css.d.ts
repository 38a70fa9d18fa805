/** Names of classes in a CSS module; a name that the file does not have is undefined. */
declare module "*.module.css" {
  const classes: Readonly<Record<string, string>>;
  export default classes;
}

declare module "*.css" {}
