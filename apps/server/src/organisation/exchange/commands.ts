import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { contract, Parsed, Result } from "@lontar/contract";
import type { Actor } from "../../kernel/actor.ts";
import { inTenant, type Database, type Tx } from "../../kernel/db.ts";
import type { BlobStore } from "../../kernel/files/blobs.ts";
import { stageUpload } from "../../kernel/files/take.ts";
import type { FileAnswer, Steps, Upload } from "../../kernel/http.ts";
import { startOfDay, type Id } from "../../kernel/ids.ts";
import { enqueue, type Jobs } from "../../kernel/jobs.ts";
import { NotFound, Refused } from "../../kernel/refusal.ts";
import type { Seal } from "../../kernel/seal.ts";
import { believedDecree, type DecreeLetter } from "../commands.ts";
import { noteExport } from "../exported.ts";
import { lockTree } from "../store.ts";
import { applyChanges } from "./apply.ts";
import type { Clock, OfficeSnapshot } from "./office.ts";
import { planImport, type Plan } from "./plan.ts";
import type { TableReader } from "./reader.ts";
import { readSheets, sheetNames, type SheetName } from "./sheets.ts";
import { askForImport, findImport, forgetImport, importsOf, keepImport, noteFault, noteProgress, snapshot, type WaitingImport } from "./store.ts";
import { tableLimits, type TableFault } from "./table.ts";
import { csvOf, rowsFor, template, workbookOf } from "./workbook.ts";

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
      if ((await importsOf(tx, by)).some((before) => before.isAsked)) throw new Refused("import_running");
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

const planOf = async (tx: Tx, deps: Pick<ExchangeDeps, "seal">, id: Id, clock: Clock, by: Actor): Promise<{ readonly plan: Plan; readonly digest: string; readonly found: WaitingImport }> => {
  const found = await findImport(tx, deps.seal, id, by);
  if (found === undefined) throw new NotFound("import");
  const office = await snapshot(tx, by.tenantId, clock.at, deps.seal);
  const plan = planImport(office, readSheets(found.tables), clock, { importId: id, keyedNik: (nik) => deps.seal.keyed("nik", nik).toString("hex") });
  return { plan, digest: digestOf(office), found };
};

/** What was looked at: whoever changes the organisation between dry run and application changes this. */
const digestOf = (office: OfficeSnapshot): string => createHash("sha256").update(JSON.stringify(office)).digest("hex");

// More than anybody mends by hand: such a file is made anew.
const shownProblems = 20_000;
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

/** The job that applies a file. */
export const importTask = "organisation.import";

/** Asks for the whole file to be applied. What would refuse it now refuses at once; the job then looks again under its locks. */
export const applyImport = (deps: ExchangeDeps) => async (tx: Tx, { id, since, digest, decree }: Given<"organisation.applyImport">, by: Actor): Promise<{ id: Id; status: string }> => {
  onlyAdmin(by);
  const { plan } = await believedPlan(tx, deps, id, clockOf(since, by), digest, by);
  const basis = decree === null ? null : await believedDecree(tx, decree, deps.isDecreeLetter, by);
  if (await askForImport(tx, id, { positionId: by.positionId, requestId: by.requestId, digest, since, decree: basis }, plan.changes.length, by)) {
    await enqueue(tx, by.tenantId, [{ task: importTask, payload: { id, personId: by.personId }, key: `import/${id}` }]);
  }
  return { id, status: String(plan.changes.length) };
};

const believedPlan = async (tx: Tx, deps: Pick<ExchangeDeps, "seal">, id: Id, clock: Clock, digest: string, by: Actor) => {
  const { plan, digest: present, found } = await planOf(tx, deps, id, clock, by);
  if (present !== digest) throw new Refused("organisation_changed");
  if (plan.problems.length > 0) throw new Refused("import_has_problems", { problems: plan.problems.length });
  return { plan, found };
};

/** Who somebody is at this moment in the post in which he asked for something; undefined when he holds it no more. */
export type ActingAgain = (tx: Tx, who: { readonly tenantId: Id; readonly personId: Id; readonly positionId: Id; readonly requestId: string }) => Promise<Actor | undefined>;

/** What the job needs besides. */
export type ImportJobDeps = Omit<ExchangeDeps, "isDecreeLetter" | "tables" | "blobs"> & { readonly db: Database; readonly actingAgain: ActingAgain };

/**
 * Applies what was asked for in one transaction, each row through the machine of the command that a person would use; one refusal undoes
 * it all and names its row. Cut off at any point it leaves nothing, and begins anew; done, its rows are gone, and a second run finds none.
 */
export const importJobs = (deps: ImportJobDeps): Jobs => ({
  [importTask]: async ({ tenantId, id: idGiven, personId: personGiven }) => {
    const [id, personId] = [String(idGiven), String(personGiven)];
    try {
      await inTenant(deps.db, tenantId, async (tx) => {
        const asked = (await findImport(tx, deps.seal, id, { tenantId, personId }))?.asked;
        if (asked == null) return;
        await lockTree(tx, tenantId);
        const by = await deps.actingAgain(tx, { tenantId, personId, positionId: asked.positionId, requestId: asked.requestId });
        if (by === undefined) throw new Refused("post_changed");
        onlyAdmin(by);
        const clock = clockOf(asked.since, by);
        const { plan } = await believedPlan(tx, deps, id, clock, asked.digest, by);
        let done = 0;
        // Another connection says how far it is: what this transaction writes is seen by nobody until all of it is.
        const onDone = async (count: number): Promise<void> => {
          done += count;
          await inTenant(deps.db, tenantId, (other) => noteProgress(other, tenantId, id, done));
        };
        await applyChanges(tx, plan.changes, { at: clock.at, decree: asked.decree, seal: deps.seal, onDone }, by);
        await forgetImport(tx, id, by);
      });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await inTenant(deps.db, tenantId, (tx) => noteFault(tx, tenantId, id, { code: error.code, facts: error.facts }));
    }
  },
});

/** How far an application has come; done and gone answer as finished, and one that was refused answers its refusal. */
export const importProgress = async (tx: Tx, { id }: Given<"organisation.importProgress">, by: Actor): Promise<{ done: number; total: number; isWaiting: boolean; isRunning: boolean }> => {
  onlyAdmin(by);
  const found = (await importsOf(tx, by)).find((each) => each.id === id);
  if (found === undefined) return { done: 0, total: 0, isWaiting: false, isRunning: false };
  if (found.fault !== null) throw new Refused(found.fault.code, found.fault.facts);
  return { done: found.done, total: found.total, isWaiting: true, isRunning: found.isAsked };
};

/** The file that this admin has between its check and its application, so that whoever comes back to the page finds it. */
export const waitingImport = async (tx: Tx, _input: Given<"organisation.waitingImport">, by: Actor): Promise<Result<(typeof contract)["organisation.waitingImport"]>> => {
  onlyAdmin(by);
  const [found] = await importsOf(tx, by);
  return { file: found === undefined ? null : { id: found.id, name: found.name } };
};

/** The organisation as a workbook, or one sheet of it as CSV. */
export const exportOrganisation = (deps: ExchangeDeps) => async (tx: Tx, { sheet }: Given<"organisation.export">, by: Actor): Promise<() => Promise<FileAnswer>> => {
  onlyAdmin(by);
  const office = await snapshot(tx, by.tenantId, by.at, deps.seal);
  const sheets = rowsFor(office, by.zone);
  const rows = (sheet === undefined ? sheetNames : [sheet]).map((name) => sheets[name].length).reduce((sum, count) => sum + count, 0);
  await noteExport(tx, { what: "organisasi", letterId: null, form: sheet === undefined ? "xlsx" : "csv", filter: sheet === undefined ? "" : `lembar ${sheet}`, rows }, by);
  return async () => (sheet === undefined ? workbook(`organisasi-${by.today}`, workbookOf(office, by.zone)) : csv(sheet, csvOf(office, sheet, by.zone)));
};

/** An empty workbook with instructions. */
export const importTemplate = async (_tx: Tx, _input: Given<"organisation.template">, by: Actor): Promise<() => Promise<FileAnswer>> => {
  onlyAdmin(by);
  return async () => workbook("templat-organisasi", template());
};

const workbook = (name: string, bytes: Uint8Array): FileAnswer => ({ bytes, mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name: `${name}.xlsx`, inline: false });
const csv = (sheet: SheetName, text: string): FileAnswer => ({ bytes: Buffer.from(text, "utf8"), mediaType: "text/csv; charset=utf-8", name: `${sheet.toLowerCase()}.csv`, inline: false });
