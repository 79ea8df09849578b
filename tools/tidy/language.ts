import type { ESTree } from "vite";
import { isTest, isTool } from "./places.ts";
import { commentsAt, walk, type Offence, type Source } from "./source.ts";

type See = (node: ESTree.Node, source: Source) => string | undefined;

/** A rule about single nodes of the syntax tree. */
const nodeRule =
  (applies: (path: string) => boolean, see: See) =>
  (source: Source): readonly Offence[] => {
    if (!applies(source.path)) return [];
    const offences: Offence[] = [];
    walk(source.program, (node) => {
      const message = see(node, source);
      if (message !== undefined) offences.push({ path: source.path, line: source.lineAt(node.start), message });
    });
    return offences;
  };

const everywhere = (): boolean => true;
const inProduct = (path: string): boolean => !isTest(path) && !isTool(path);

/** No `any`, `enum`, namespace, `!` or default export; `as` only where a comment on the line (or the one above) defends it. */
export const checkTypes = nodeRule(everywhere, (node, source) => {
  switch (node.type) {
    case "TSAnyKeyword":
      return "no `any`: parse what comes from outside (zod) or say `unknown`";
    case "TSEnumDeclaration":
      return "no `enum`: a union of strings says the same and needs no runtime";
    case "TSModuleDeclaration":
      return node.declare ? undefined : "no namespaces: a module is a file";
    case "TSNonNullExpression":
      return "no `!`: handle the absent case, or `assert(…)` with the reason it cannot be";
    case "TSTypeAssertion":
      return "no type assertions: narrow instead";
    case "TSAsExpression":
      return isConst(node.typeAnnotation) || hasCommentAt(source, node)
        ? undefined
        : "no `as` (except `as const`): narrow instead; where a third party's types force it, say why in a comment on this line or the one above";
    case "ExportDefaultDeclaration":
      return source.path.endsWith(".config.ts") ? undefined : "export by name: a default export has no name to search for";
    default:
      return undefined;
  }
});

const isConst = (type: ESTree.TSType): boolean =>
  type.type === "TSTypeReference" && type.typeName.type === "Identifier" && type.typeName.name === "const";

const hasCommentAt = (source: Source, node: ESTree.Span): boolean => commentsAt(source, node) !== "";

const kernels = /^apps\/(server|web)\/src\/kernel\//;

/** Time, ids and chance come from `ctx`: the clock and the dice live only in the kernels. */
export const checkClockAndDice = nodeRule(
  (path) => inProduct(path) && !kernels.test(path),
  (node) => {
    if (node.type === "NewExpression" && nameOf(node.callee) === "Date" && node.arguments.length === 0) return "no `new Date()`: take `now` from ctx";
    if (node.type !== "CallExpression") return undefined;
    const name = nameOf(node.callee);
    if (name === "Date.now") return "no `Date.now()`: take `now` from ctx";
    if (name === "Math.random") return "no `Math.random()`: take `bytes` from ctx";
    return /^(\w+\.)?randomUUID$/.test(name) ? "no `randomUUID()`: take `id` from ctx" : undefined;
  },
);

const mayFetch = /\/(providers|adapters)\/|\/transport\.ts$|^apps\/web\/src\/(kernel\/|(sw|service-worker)\.ts$)/;

/** `fetch` only in providers, adapters and a `transport.ts` (and the web's kernel): everything else can be tested without a network. */
export const checkFetch = nodeRule(
  (path) => inProduct(path) && !mayFetch.test(path),
  (node) =>
    node.type === "CallExpression" && /^((globalThis|window|self)\.)?fetch$/.test(nameOf(node.callee))
      ? "no `fetch` here: only providers/, adapters/, a transport.ts and the web kernel speak to the network"
      : undefined,
);

/** `Date.now` for the expression `Date.now`, `fetch` for `fetch`; nothing for anything computed. */
const nameOf = (node: ESTree.Node): string => {
  if (node.type === "Identifier") return node.name;
  if (node.type !== "MemberExpression" || node.computed || node.property.type !== "Identifier") return "";
  const object = nameOf(node.object);
  return object === "" ? "" : `${object}.${node.property.name}`;
};

/** A `switch` decides every case it may meet: it ends in a default, which for a union is `x satisfies never`. */
export const checkSwitches = nodeRule(inProduct, (node) =>
  node.type === "SwitchStatement" && node.cases.at(-1)?.test !== null
    ? "end the switch with `default: return x satisfies never` (or what to do with an unknown case)"
    : undefined,
);

/** An error may be put aside only by someone who says why. */
export const checkSwallowing = nodeRule(inProduct, (node, source) => {
  const silent =
    (node.type === "CatchClause" && node.body.body.length === 0) ||
    (node.type === "CallExpression" && node.callee.type === "MemberExpression" && propertyOf(node.callee) === "catch" && isSilent(node.arguments[0]));
  return silent && !hasCommentAt(source, node) ? "an error is swallowed: handle it, or say in a comment why it may be forgotten" : undefined;
});

const propertyOf = (node: ESTree.MemberExpression): string => (node.property.type === "Identifier" ? node.property.name : "");

const isSilent = (handler: ESTree.Node | undefined): boolean => {
  if (handler?.type !== "ArrowFunctionExpression") return false;
  const { body } = handler;
  return (body.type === "BlockStatement" && body.body.length === 0) || (body.type === "Identifier" && body.name === "undefined");
};

/** A test that sleeps is slow on a good day and red on a bad one: wait for what you wait for. */
export const checkSleeping = nodeRule(
  (path) => isTest(path) && !path.startsWith("packages/testkit/"),
  (node) => {
    if (node.type === "ImportDeclaration" && node.source.value === "node:timers/promises") return "a test does not sleep: move the fake clock, or wait for an event";
    return node.type === "CallExpression" && node.callee.type === "MemberExpression" && propertyOf(node.callee) === "waitForTimeout"
      ? "a journey does not sleep: wait for what the person would see"
      : undefined;
  },
);
