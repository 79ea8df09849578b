import { existsSync } from "node:fs";
import { join } from "node:path";
import { NOW } from "../test/authority.ts";
import { VERDICTS } from "../test/verdicts.ts";
import { dssOn, pyhankoOn } from "./judges.ts";

/** What a judge says of the conformance files beside what we say. */
export type Comparison = { readonly name: string; readonly ok: boolean | undefined; readonly detail: string };

/**
 * Has EU DSS and pyHanko judge the bytes, the cryptography and the history of every signed file of the conformance folder, trust
 * left aside, and compares with our table of verdicts: where a judge thinks otherwise, the table must say why in a sentence.
 */
export async function compareVerdicts(known: string): Promise<readonly Comparison[]> {
  if (!existsSync(CONFORMANCE)) return [{ name: "conformance files", ok: undefined, detail: "they are not there" }];
  const files = Object.keys(VERDICTS).map((path) => ({ path: join(CONFORMANCE, path), level: "B-B" as const, at: NOW }));
  return [compare("pyHanko", await pyhankoSound(files)), compare("EU DSS", await dssSound(files, known))];
}

type Files = readonly { readonly path: string; readonly level: "B-B"; readonly at: Date }[];

async function pyhankoSound(files: Files): Promise<ReadonlySet<string> | string> {
  const said = await pyhankoOn(files, null);
  if (typeof said === "string") return said;
  return new Set(files.flatMap(({ path }) => (said.get(path)?.length === 0 ? [path] : [])));
}

async function dssSound(files: Files, known: string): Promise<ReadonlySet<string> | string> {
  const said = await dssOn(files, known);
  if (typeof said === "string") return said;
  return new Set(files.flatMap(({ path }) => {
    const own = said.filter((line) => line.path === path);
    return own.length > 0 && own.every(({ kind, unsound }) => (kind === "signature" || kind === "time-stamp") && unsound === "") ? [path] : [];
  }));
}

function compare(judge: string, sound: ReadonlySet<string> | string): Comparison {
  const name = `${judge} on the conformance files`;
  if (typeof sound === "string") return { name, ok: undefined, detail: sound };
  const others = Object.entries(VERDICTS).filter(([path, { signatures, document }]) => (document === "passed" && signatures.every((each) => each.endsWith(" passed"))) !== sound.has(join(CONFORMANCE, path)));
  const unexplained = others.filter(([, { differs }]) => differs === undefined).map(([path]) => path);
  const all = Object.keys(VERDICTS).length;
  return { name, ok: unexplained.length === 0, detail: `${all - others.length} of ${all} alike, ${others.length - unexplained.length} otherwise for a reason that the table states${unexplained.length === 0 ? "" : `; without one: ${unexplained.join(", ")}`}` };
}

const CONFORMANCE = join(import.meta.dirname, "../../../../shared/conformance");
