import { loadFields } from "../pdf/fields.ts";
import type { PdfFile, ReadObject, View } from "../pdf/file.ts";
import { BadSyntax } from "../pdf/parser.ts";
import { Unreadable } from "../unreadable.ts";
import { explainUpdate } from "./difference.ts";
import { permissionsOf } from "./permissions.ts";
import type { Change } from "./report.ts";
import { strayByte, updatesAfter, type Update } from "./revision.ts";

/** What happened to a document after its first signature. */
export type History = {
  readonly changes: readonly (Change & { readonly end: number })[];
  /** Set when the updates cannot even be told apart: then nothing before them can be believed. */
  readonly problem: string | undefined;
};

/** Follows the document from the revision `signed`, update by update, to its end. */
export async function historyAfter(signed: View, final: View): Promise<History> {
  const result = updatesAfter(signed, final);
  if ("problem" in result) return { changes: [], problem: result.problem };
  const fields = (await loadFields(signed)).length;
  const isTooMuch = result.updates.length * (final.table.size + fields) > MAX_ENTRIES || result.updates.length * final.file.bytes.length > MAX_BYTES;
  if (isTooMuch) throw new Unreadable("too_large", "too many revisions of too large a document", "work");
  const changes: (Change & { readonly end: number })[] = [];
  const first = final.sections.length - result.updates.length + 1;
  let before = signed;
  for (const [k, update] of result.updates.entries()) {
    const note = (kind: Change["kind"], detail: string): void => void changes.push({ revision: first + k, kind, detail, end: update.end });
    try {
      const after = k === result.updates.length - 1 ? final : await viewAt(final.file, update.end);
      const problem = structureProblem(before, after, update);
      if (problem !== undefined) note("unexplained", problem);
      const permissions = permissionsOf(before, await loadFields(before));
      const found = explainUpdate(before, after, update.section, permissions);
      for (const { kind, detail } of found) note(kind, detail);
      before = after;
    } catch (error) {
      if (!(error instanceof BadSyntax)) throw error;
      note("unexplained", `an update cannot be read: ${error.message}`);
      return { changes, problem: error.message };
    }
  }
  return { changes, problem: undefined };
}

/** The file as of `end`, everything loaded. Throws `BadSyntax`. */
export async function viewAt(file: PdfFile, end: number): Promise<View> {
  const view = await file.view(end);
  await view.loadAll();
  return view;
}

/**
 * An update must bring its own objects: an entry that points back into signed bytes makes a planted, unused object come
 * alive (the shadow attacks), and an object without an entry waits for a reader that repairs files.
 */
function structureProblem(before: View, after: View, update: Update): string | undefined {
  const objects: ReadObject[] = [];
  for (const [number, entry] of update.section.entries) {
    const old = before.table.get(number);
    if (!after.pointsHome(number, entry)) return `the cross-reference entry of object ${number} points elsewhere`;
    if (entry.kind === "packed") {
      const isKept = old?.kind === "packed" && old.container === entry.container && old.index === entry.index;
      // Its object stream must be new too; whether that lies in the update is asked when its own entry's turn comes.
      if (!isKept && update.section.entries.get(entry.container)?.kind !== "offset") return `object ${number} was already packed in the signed bytes`;
    }
    if (entry.kind !== "offset") continue;
    if (old?.kind === "offset" && old.offset === entry.offset && old.generation === entry.generation) continue;
    if (entry.offset < update.start || entry.offset >= update.end) return `object ${number} is not in the update that names it`;
    const object = after.readAt(number, entry);
    if (object === undefined) return `object ${number} of an update cannot be read: ${after.file.damage.get(entry.offset) ?? "another object is there"}`;
    if (after.file.damage.has(entry.offset)) return `object ${number} of an update is broken: ${after.file.damage.get(entry.offset) ?? ""}`;
    objects.push(object);
  }
  const stray = strayByte(after.file, update, objects);
  return stray === undefined ? undefined : `bytes at ${stray} belong to no object`;
}

/** Entries and fields looked at over all updates: 51 signatures on a thousand objects are 51 thousand. */
const MAX_ENTRIES = 20_000_000;
/** Bytes of objects walked over all updates: a hundred signatures on 20 MB. */
const MAX_BYTES = 2_000_000_000;
