// The house style (docs/style.md) as far as a machine can see it. Each claim below is one rule, proved on samples first.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { dialogs } from "../apps/web/e2e/dialogs.ts";
import { checkArrows } from "./tidy/arrows.ts";
import { checkDialogs, dialogsIn } from "./tidy/dialogs.ts";
import { checkClockAndDice, checkFetch, checkSleeping, checkSwallowing, checkSwitches, checkTypes } from "./tidy/language.ts";
import { checkDateInputs } from "./tidy/screens.ts";
import { parseSource, readTree, type Offence, type Source } from "./tidy/source.ts";
import { checkDocumentation, checkFaces, checkFileNames, checkLetterCodes, checkMachinePaths, checkNamedTests, letterCodes } from "./tidy/words.ts";

const root = resolve(import.meta.dirname, "..");
const tree = readTree(root);

const none = (offences: readonly Offence[]): void =>
  assert.equal(offences.length, 0, `\n${offences.map(({ path, line, message }) => `${path}:${line}  ${message}`).join("\n")}\n`);

const lines = (check: (source: Source) => readonly Offence[], path: string, ...text: readonly string[]): readonly number[] =>
  check(parseSource(path, text.join("\n"))).map(({ line }) => line);

const over = (check: (source: Source) => readonly Offence[]): void => none(tree.flatMap(check));

test("the tree is there to be looked at", () => {
  assert.ok(tree.length > 20, `only ${tree.length} files were found under ${root}`);
});

test("imports follow the arrows of the architecture", () => {
  const from = (path: string, specifier: string): number => lines(checkArrows, path, "// é", `import { x } from "${specifier}";`).length;
  for (const [path, specifier] of [
    ["apps/server/src/letters/store.ts", "../organisation/index.ts"],
    ["apps/server/src/letters/store.ts", "../kernel/db.ts"],
    ["apps/server/src/letters/reading/reader.ts", "../../kernel/files/blobs.ts"],
    ["apps/server/src/insight/queries.ts", "../letters/queries.ts"],
    ["apps/server/src/drafts/commands.ts", "../letters/issued/index.ts"],
    ["apps/server/src/main.ts", "./letters/routes.ts"],
    ["apps/server/src/seed/seed.ts", "../village/commands.ts"],
    ["apps/web/src/letters/page.tsx", "../session/person.ts"],
    ["apps/server/src/audit/store.ts", "@lontar/ledger"],
    ["apps/server/src/letters/letter.test.ts", "../signing/index.ts"],
    ["apps/web/src/letters/page.tsx", "../ui/button.tsx"],
    ["packages/contract/src/letters.ts", "@lontar/naskah"],
  ] as const) assert.equal(from(path, specifier), 0, `${path} may import ${specifier}`);
  for (const [path, specifier] of [
    ["apps/server/src/letters/store.ts", "../signing/index.ts"],
    ["apps/server/src/letters/store.ts", "../organisation/store.ts"],
    ["apps/server/src/newborn/store.ts", "../organisation/index.ts"],
    ["apps/server/src/kernel/db.ts", "../letters/index.ts"],
    ["apps/server/src/audit/store.ts", "../letters/index.ts"],
    ["apps/server/src/letters/routes.ts", "fastify"],
    ["apps/server/src/letters/commands.ts", "kysely"],
    ["apps/server/src/letters/letter.ts", "@lontar/testkit"],
    ["apps/web/src/letters/page.tsx", "../drafts/page.tsx"],
    ["apps/web/src/letters/page.tsx", "../router.tsx"],
    ["apps/web/src/ui/button.tsx", "../session/person.ts"],
    ["packages/ledger/src/tree.ts", "@lontar/contract"],
    ["packages/ledger/src/tree.ts", "zod"],
    ["packages/pades/src/index.ts", "../../ledger/src/index.ts"],
  ] as const) assert.equal(from(path, specifier), 1, `${path} may not import ${specifier}`);
  assert.deepEqual(checkArrows(parseSource("apps/server/src/audit/store.ts", 'import type pg from "pg";')), []);
  over(checkArrows);
});

test("types are honest: no any, enum, namespace, `!`, unexplained `as` or default export", () => {
  const wrong = ["const a: any = 1;", "enum B { C }", "namespace D { export const e = 1 }", "const f = g!;", "const h = i as J;", "export default 1;"];
  assert.deepEqual(lines(checkTypes, "apps/server/src/a.ts", ...wrong), [1, 2, 3, 4, 5, 6]);
  const right = [
    'const a = ["any", "enum X", `b as C`] as const; // any as D',
    "const e = /x as any!/;",
    "const f = g as H; // the library says `object` where it means H",
    "export { i as j } from './k.ts';",
    "declare module 'l' { interface M {} }",
  ];
  assert.deepEqual(lines(checkTypes, "apps/server/src/a.ts", ...right), []);
  assert.deepEqual(lines(checkTypes, "apps/web/src/a.tsx", "const n = <p>Hari Jum'at as any saja!</p>;"), []);
  over(checkTypes);
});

test("the clock and the dice are in the kernel alone", () => {
  const throws = ["new Date();", "Date.now();", "Math.random();", "crypto.randomUUID();", 'new Date("2026-01-01"); "Date.now()"; // Date.now()'];
  assert.deepEqual(lines(checkClockAndDice, "apps/server/src/letters/letter.ts", ...throws), [1, 2, 3, 4]);
  assert.deepEqual(lines(checkClockAndDice, "apps/server/src/kernel/ids.ts", ...throws), []);
  over(checkClockAndDice);
});

test("only providers, adapters and transports speak to the network", () => {
  assert.deepEqual(lines(checkFetch, "apps/server/src/signing/jobs.ts", "await fetch(url);", "box.fetch(id);", "globalThis.fetch(url);"), [1, 3]);
  assert.deepEqual(lines(checkFetch, "apps/server/src/signing/providers/bsre.ts", "await fetch(url);"), []);
  over(checkFetch);
});

test("a switch decides every case", () => {
  const open = ["switch (a) {", "case 1: b(); }"];
  const closed = ["switch (a) {", "case 1: return b();", "default: return a satisfies never; }"];
  assert.deepEqual(lines(checkSwitches, "apps/server/src/a/b.ts", "function c() {", ...open, ...closed, "}"), [2]);
  over(checkSwitches);
});

test("no error is swallowed without a word", () => {
  const silent = ["try { a() } catch {}", "b.catch(() => {});", "", "c.catch(() => undefined); // gone already is as good", "d.catch((e) => log(e));"];
  assert.deepEqual(lines(checkSwallowing, "apps/server/src/a/b.ts", ...silent), [1, 2]);
  over(checkSwallowing);
});

test("no test sleeps", () => {
  assert.deepEqual(lines(checkSleeping, "apps/server/src/a/b.test.ts", 'import { setTimeout } from "node:timers/promises";'), [1]);
  assert.deepEqual(lines(checkSleeping, "apps/web/e2e/a.test.ts", "await page.waitForTimeout(500);"), [1]);
  over(checkSleeping);
});

test("files are named after a concept", () => {
  for (const path of ["apps/server/src/letters/utils.ts", "apps/web/src/helpers/a.ts", "packages/pades/src/pdf-helper.ts", "tools/common.ts"]) {
    assert.equal(checkFileNames(parseSource(path, "")).length, 1, path);
  }
  assert.deepEqual(checkFileNames(parseSource("apps/server/src/letters/commons.ts", "")), []);
  over(checkFileNames);
});

test("index.ts is a face: short, and nothing but exports", () => {
  const many = Array.from({ length: 21 }, (_, n) => `export { a${n} } from "./a.ts";`);
  assert.deepEqual(lines(checkFaces, "apps/server/src/letters/index.ts", ...many), [1]);
  assert.deepEqual(lines(checkFaces, "apps/server/src/letters/index.ts", ...many.slice(1), "", "// a remark"), []);
  assert.deepEqual(lines(checkFaces, "apps/server/src/letters/index.ts", "", "console.log(1);"), [2]);
  assert.deepEqual(lines(checkFaces, "tools/index.ts", ""), [1]);
  over(checkFaces);
});

test("every exported thing says what it is", () => {
  const text = ["/** One. */", "export const a = 1;", "export const b = 2;", "", "export const c = 3;", "// no", "export type D = 1;", "/** Long", " * story. */", "export function e() {}"];
  assert.deepEqual(lines(checkDocumentation, "apps/server/src/a/b.ts", ...text), [5, 7]);
  over(checkDocumentation);
});

test("letter codes are said only where letter types are defined", () => {
  const type = parseSource("packages/naskah/src/types/st/type.ts", 'export const t = defineLetterType({ code: "ST", title: "Surat Tugas" });');
  const codes = letterCodes([type]);
  assert.deepEqual([...codes], ["ST"]);
  const check = (source: Source): readonly Offence[] => checkLetterCodes(source, codes);
  assert.deepEqual(lines(check, "apps/server/src/drafts/draft.ts", 'if (code === "ST") {}', 'const x = "STATUS"; // "ST"', "", 'const saint = "ST"; // a saint, not the letter type'), [1]);
  assert.deepEqual(check(type), []);
  const registered = letterCodes(tree);
  over((source) => checkLetterCodes(source, registered));
});

test("no date or time is asked for in the browser's own way of writing it", () => {
  assert.deepEqual(lines(checkDateInputs, "apps/web/src/a/b.tsx", 'const a = <input type="date" />;', 'const b = <input type="text" />;', 'const c = <input type="time" />;', 'const d = <p title="date" />;'), [1, 3]);
  over(checkDateInputs);
});

test("every dialog is on the list of those that the keyboard opens, and a journey named there exists", () => {
  const source = parseSource("apps/web/src/a/b.tsx", [
    'export const Asks = () => <Dialog isOpen title="a" />;',
    'const Notes = () => <><NoteDialog title="b" /><OtherDialog act={1} /></>;',
    "export const Page = () => <OtherDialog act={1} />;",
    'const useLeaving = () => ({ dialog: <Dialog title="c" /> });',
  ].join("\n"));
  assert.deepEqual([...dialogsIn(source)], [["a/b.tsx Asks", 1], ["a/b.tsx Notes", 2], ["a/b.tsx useLeaving", 4]]);
  assert.equal(dialogsIn(parseSource("apps/web/src/stories/b.tsx", source.text)).size, 0, "a story is not the product");
  const journeys = new Map([["apps/web/e2e/x.test.ts", 'test("opens it", () => {});']]);
  const said = (...listed: readonly (readonly [string, { readonly journey?: string; readonly test?: string }])[]): readonly string[] => checkDialogs([source], new Map(listed), journeys).map(({ message }) => message);
  assert.deepEqual(said(["a/b.tsx Asks", {}], ["a/b.tsx Notes", { journey: "x.test.ts", test: "opens it" }], ["a/b.tsx useLeaving", {}]), []);
  assert.deepEqual(said(["a/b.tsx Asks", { journey: "y.test.ts", test: "" }], ["a/b.tsx Notes", { journey: "x.test.ts", test: "opens" }], ["a/b.tsx Gone", {}]), [
    "the dialog a/b.tsx useLeaving is not on the list of apps/web/e2e/dialogs.ts: say how the keyboard opens it",
    "there is no dialog a/b.tsx Gone",
    "a/b.tsx Asks: there is no journey y.test.ts",
    "a/b.tsx Notes: x.test.ts has no test “opens”",
  ]);
  none(checkDialogs(tree, new Map(Object.entries(dialogs).map(([name, how]) => [name, "journey" in how ? how : {}])), new Map(tree.filter(({ path }) => path.startsWith("apps/web/e2e/")).map(({ path, text }) => [path, text]))));
});

test("every test that the page on security names exists", () => {
  const tests = new Map([["apps/server/src/a/flow.test.ts", 'test("opens once, and no more", () => {});\n  it(`ends at its minute`, () => {});']]);
  const said = (line: string): readonly string[] => checkNamedTests("docs/security.md", line, tests).map(({ message }) => message);
  assert.deepEqual(said("| 1 | `a/flow.test.ts` “opens once”, “ends at” | `flow.test.ts` |"), []);
  assert.deepEqual(said("`b/flow.test.ts` “opens once”"), ["there is no test file b/flow.test.ts"]);
  assert.deepEqual(said("`a/flow.test.ts` “opens once”, “once, and”"), ["a/flow.test.ts has no test “once, and …”"]);
  const real = new Map(tree.filter(({ path }) => path.endsWith(".test.ts")).map(({ path, text }) => [path, text]));
  none(checkNamedTests("docs/security.md", readFileSync(join(root, "docs/security.md"), "utf8"), real));
});

test("nothing names the machine it was written on", () => {
  assert.equal(checkMachinePaths("README.md", ["run it", `cd ${"/hom"}e/budi/lontar`].join("\n"))[0]?.line, 2);
  assert.deepEqual(checkMachinePaths("README.md", "open /home and /work, then https://example.go.id/work/1"), []);
  const files = globSync("**/*.{ts,tsx,mjs,json,md,sql,typ,css,html,yml,yaml,sh}", {
    cwd: root,
    exclude: (path) => /(^|\/)(node_modules|dist|data|\.\w+)$/.test(path),
  });
  const readable = files.filter((path) => path !== "package-lock.json");
  none(readable.flatMap((path) => checkMachinePaths(path, readFileSync(join(root, path), "utf8"))));
});
