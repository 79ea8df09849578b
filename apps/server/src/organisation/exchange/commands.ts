import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { contract, Parsed, Result } from "@lontar/contract";
import type { Actor } from "../../kernel/actor.ts";
import type { Tx } from "../../kernel/db.ts";
import type { BlobStore } from "../../kernel/files/blobs.ts";
import { stageUpload } from "../../kernel/files/take.ts";
import type { FileAnswer, Steps, Upload } from "../../kernel/http.ts";
import { startOfDay, type Id, type Instant } from "../../kernel/ids.ts";
import { NotFound, Refused } from "../../kernel/refusal.ts";
import type { Seal } from "../../kernel/seal.ts";
import { believedDecree, definePerson, definePost, defineUnit, endHolding, enterHolding, type DecreeLetter } from "../commands.ts";
import type { Decree } from "../dated.ts";
import { lockTree } from "../store.ts";
import type { Clock, OfficeSnapshot } from "./office.ts";
import { planImport, type Change, type Plan } from "./plan.ts";
import type { TableReader } from "./reader.ts";
import { readSheets, type SheetName } from "./sheets.ts";
import { findImport, forgetImport, keepImport, noteProgress, progressOf, snapshot, type WaitingImport } from "./store.ts";
import { tableLimits, type TableFault } from "./table.ts";
import { csvOf, template, workbookOf } from "./workbook.ts";

type Given<Name extends keyof typeof contract> = Parsed<(typeof contract)[Name]>;
type DryRun = Result<(typeof contract)["organisation.dryRun"]>;

/** What the exchange needs from outside. */
export type ExchangeDeps = { readonly seal: Seal; readonly blobs: BlobStore; readonly tables: TableReader; readonly isDecreeLetter: DecreeLetter };

const onlyAdmin = (by: Actor): void => {
  if (!by.functions.includes("admin")) throw new Refused("not_yours");
};

const faultRefusals = { not_a_table: "table_not_supported", broken: "table_broken", too_large: "table_too_large", too_many_rows: "table_too_large", encrypted: "table_encrypted" } as const satisfies Record<TableFault, string>;

/** Takes a workbook or CSV: its rows are kept, sealed, until they are applied; its bytes are not. */
export const uploadImport = (deps: ExchangeDeps) => async (steps: Steps, given: Upload, by: Actor): Promise<{ id: Id; name: string }> => {
  onlyAdmin(by);
  const staged = await stageUpload({ blobs: deps.blobs, maxBytes: tableLimits.bytes }, given);
  try {
    const bytes = new Uint8Array(await readFile(staged.path));
    if (bytes.length === 0) throw new Refused("file_empty");
    const name = given.name.split(/[/\\]/).at(-1)?.slice(0, 200) || "lembar";
    const read = await deps.tables.read(bytes, name);
    if ("fault" in read) throw new Refused(faultRefusals[read.fault], { name });
    return await steps.finish(async (tx) => {
      await keepImport(tx, deps.seal, given.id, name, read.tables, by);
      return { id: given.id, name };
    });
  } finally {
    await staged.drop();
  }
};

/** A day to come begins at its midnight; today is now. */
const clockOf = (since: string | null | undefined, by: Actor): Clock => {
  if (since == null || since === by.today) return { at: by.at, now: by.at, zone: by.zone };
  if (since < by.today) throw new Refused("in_the_past");
  return { at: startOfDay(since, by.zone), now: by.at, zone: by.zone };
};

const planOf = async (tx: Tx, deps: ExchangeDeps, id: Id, clock: Clock, by: Actor): Promise<{ readonly plan: Plan; readonly digest: string; readonly found: WaitingImport }> => {
  const found = await findImport(tx, deps.seal, id, by);
  if (found === undefined) throw new NotFound("import");
  const office = await snapshot(tx, by.tenantId, clock.at, deps.seal);
  const plan = planImport(office, readSheets(found.tables), clock, { importId: id, keyedNik: (nik) => deps.seal.keyed("nik", nik).toString("hex") });
  return { plan, digest: digestOf(office), found };
};

/** What was looked at: whoever changes the organisation between dry run and application changes this. */
const digestOf = (office: OfficeSnapshot): string => createHash("sha256").update(JSON.stringify(office)).digest("hex");

const shownProblems = 500;
const shownChanges = 300;

/** What applying the file would do; changes nothing. */
export const dryRun = (deps: ExchangeDeps) => async (tx: Tx, { id, since }: Given<"organisation.dryRun">, by: Actor): Promise<DryRun> => {
  onlyAdmin(by);
  const { plan, digest, found } = await planOf(tx, deps, id, clockOf(since, by), by);
  return {
    id,
    name: found.name,
    digest,
    sheets: [...plan.counts],
    problems: plan.problems.slice(0, shownProblems).map((each) => ({ ...each })),
    problemCount: plan.problems.length,
    changes: plan.changes.slice(0, shownChanges).map(({ sheet, row, what, title, fields }) => ({ sheet, row, what, title, fields: [...fields] })),
    changeCount: plan.changes.length,
  };
};

const progressEach = 25;

/** Applies the whole file in one transaction, each row through the command that a person would use; one refusal undoes it all and names its row. */
export const applyImport = (deps: ExchangeDeps) => (steps: Steps, { id, since, digest, decree }: Given<"organisation.applyImport">, by: Actor): Promise<{ id: Id; status: string }> => {
  onlyAdmin(by);
  const clock = clockOf(since, by);
  return steps.finish(async (tx) => {
    await lockTree(tx, by.tenantId);
    const { plan, digest: present } = await planOf(tx, deps, id, clock, by);
    if (present !== digest) throw new Refused("organisation_changed");
    if (plan.problems.length > 0) throw new Refused("import_has_problems", { problems: plan.problems.length });
    const basis = decree === null ? null : await believedDecree(tx, decree, deps.isDecreeLetter, by);
    for (const [index, change] of plan.changes.entries()) {
      // Another connection says how far it is: what this transaction writes is seen by nobody until all of it is.
      if (index % progressEach === 0) await steps.transaction((other) => noteProgress(other, id, index, plan.changes.length, by));
      await makeChange(tx, deps, change, clock, basis, by);
    }
    await forgetImport(tx, id, by);
    return { id, status: String(plan.changes.length) };
  });
};

const makeChange = async (tx: Tx, deps: ExchangeDeps, change: Change, { at }: Clock, decree: Decree | null, by: Actor): Promise<void> => {
  try {
    switch (change.type) {
      case "unit":
        await defineUnit(tx, { id: change.id, facts: { ...change.facts, letterhead: change.facts.letterhead === null ? null : { ...change.facts.letterhead, lines: [...change.facts.letterhead.lines], address: [...change.facts.letterhead.address] } }, since: at, decree }, by);
        return;
      case "post":
        await definePost(tx, { id: change.id, facts: { ...change.facts, functions: [...change.facts.functions] }, since: at, decree }, by);
        return;
      case "person":
        await definePerson(deps.seal)(tx, { id: change.id, ...change.state, grade: change.state.grade ?? null, ...(change.nik !== undefined && { nik: change.nik }) }, by);
        return;
      case "end":
        await endHolding(tx, { id: change.id, at: laterOf(change.until, by.at), reason: change.reason }, by);
        return;
      case "begin":
        await enterHolding(tx, change.id, change.holding, by);
        return;
      default:
        throw change satisfies never;
    }
  } catch (error) {
    if (error instanceof Refused) throw new Refused(error.code, { ...error.facts, sheet: change.sheet, row: change.row });
    throw error;
  }
};

const laterOf = (a: Instant, b: Instant): Instant => (a < b ? b : a);

/** How far an application has come; done and gone answer as finished. */
export const importProgress = async (tx: Tx, { id }: Given<"organisation.importProgress">, by: Actor): Promise<{ done: number; total: number; isWaiting: boolean }> => {
  onlyAdmin(by);
  const found = await progressOf(tx, id, by);
  return found === undefined ? { done: 0, total: 0, isWaiting: false } : { ...found, isWaiting: true };
};

/** The organisation as a workbook, or one sheet of it as CSV. */
export const exportOrganisation = (deps: ExchangeDeps) => async (tx: Tx, { sheet }: Given<"organisation.export">, by: Actor): Promise<() => Promise<FileAnswer>> => {
  onlyAdmin(by);
  const office = await snapshot(tx, by.tenantId, by.at, deps.seal);
  return async () => (sheet === undefined ? workbook(`organisasi-${by.today}`, workbookOf(office, by.zone)) : csv(sheet, csvOf(office, sheet, by.zone)));
};

/** An empty workbook with instructions. */
export const importTemplate = async (_tx: Tx, _input: Given<"organisation.template">, by: Actor): Promise<() => Promise<FileAnswer>> => {
  onlyAdmin(by);
  return async () => workbook("templat-organisasi", template());
};

const workbook = (name: string, bytes: Uint8Array): FileAnswer => ({ bytes, mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name: `${name}.xlsx`, inline: false });
const csv = (sheet: SheetName, text: string): FileAnswer => ({ bytes: Buffer.from(text, "utf8"), mediaType: "text/csv; charset=utf-8", name: `${sheet.toLowerCase()}.csv`, inline: false });
