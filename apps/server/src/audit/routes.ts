import type { RecordInput } from "@lontar/naskah";
import type pg from "pg";
import { gzip } from "node:zlib";
import { promisify } from "node:util";
import { formatPolicy, utf8, type NoteSigner, type Policy } from "@lontar/ledger";
import type { Actor } from "../kernel/actor.ts";
import { readTenant, type Database, type Tx } from "../kernel/db.ts";
import { command, exportFile, file, openFile, query, type Route } from "../kernel/http.ts";
import type { Id } from "../kernel/ids.ts";
import { NotFound } from "../kernel/refusal.ts";
import { verifierText } from "./keys.ts";
import { checkpointIn } from "./publish.ts";
import type { LogFolder } from "../witness/index.ts";
import { storyOf, storyRecord, type Telling } from "./story.ts";
import { askCheck, checkAsJson, checks, integrity, proof, type Conceals } from "./queries.ts";

/** What the audit's routes work with. `pool` is the owner's: proofs and checks read what no office sees. */
export type AuditDeps = {
  readonly db: Database;
  readonly pool: pg.Pool;
  readonly folderOf: (tenantId: Id) => LogFolder;
  readonly policy: Policy | undefined;
  readonly publicUrl: string;
  readonly signerOf: (tenantId: Id) => Promise<NoteSigner>;
  readonly conceals: Conceals;
  readonly telling: Telling;
  /** Writes that somebody takes a copy of a letter's trail away. */
  readonly noteExport: (tx: Tx, made: { readonly what: "jejak"; readonly letterId: Id; readonly form: "pdf" | "json"; readonly filter: string; readonly rows: number }, by: Actor) => Promise<void>;
  /** Prints a record and seals it in the name of the government. */
  readonly print: (tenantId: Id, record: RecordInput) => Promise<Uint8Array>;
};

/** Proofs for everyone who may read the letter; integrity for the inspector and the admin; the checkpoint for all. */
export const auditRoutes = (deps: AuditDeps): readonly Route[] => [
  query("received.proof", async (tx, input, by) => proof(tx, deps.pool, verifierText(await deps.signerOf(by.tenantId)), input, by, deps.conceals)),
  exportFile("received.story", async (tx, input, by) => {
    const log = { tiles: deps.pool, folder: deps.folderOf(by.tenantId), url: `${deps.publicUrl}/log/${by.tenantId}`, verifierKey: verifierText(await deps.signerOf(by.tenantId)) };
    const { story, office } = await storyOf(tx, { ...deps.telling, conceals: deps.conceals }, log, input.id, by);
    await deps.noteExport(tx, { what: "jejak", letterId: input.id, form: input.as, filter: "", rows: story.entries.length }, by);
    const name = `jejak ${story.letter.number?.replaceAll("/", "-") ?? input.id}`;
    return async () =>
      input.as === "json"
        ? { bytes: utf8(`${JSON.stringify(story, null, 2)}\n`), mediaType: "application/json", name: `${name}.json`, inline: false }
        : { bytes: await deps.print(by.tenantId, storyRecord(story, office, by)), mediaType: "application/pdf", name: `${name}.pdf`, inline: false };
  }),
  query("audit.integrity", async (tx, _input, by) => integrity(tx, by, { policy: deps.policy, published: checkpointIn((await deps.folderOf(by.tenantId).checkpoint()) ?? "")?.size ?? null })),
  command("audit.check", (tx, _input, by) => askCheck(tx, by)),
  query("audit.checks", (tx, _input, by) => checks(tx, by)),
  file("audit.checkFile", async (tx, { at }, by) => {
    const text = await checkAsJson(tx, at, by);
    return async () => ({ bytes: utf8(text), mediaType: "application/json; charset=utf-8", name: `pemeriksaan-${at.slice(0, 10)}.json`, inline: false });
  }),
  openFile("open.checkpoint", async (input) => {
    const head = await readTenant(deps.db, input.tenant, (tx) => tx.selectFrom("log_head").select("checkpoint").where("tenant_id", "=", input.tenant).executeTakeFirst());
    if (head === undefined) throw new NotFound("log");
    return { bytes: new TextEncoder().encode(head.checkpoint), mediaType: "text/plain; charset=utf-8", name: "checkpoint", inline: true };
  }),
  openFile("open.logCheckpoint", async (input) => {
    const note = await deps.folderOf(input.tenant).checkpoint();
    if (note === undefined) throw new NotFound("log");
    return { bytes: utf8(note), mediaType: "text/plain; charset=utf-8", name: "checkpoint", inline: true, shared: "seconds" };
  }),
  openFile("open.logFile", async (input) => {
    const path = `tile/${input["*"]}`;
    const bytes = await deps.folderOf(input.tenant).read(path);
    if (bytes === undefined) throw new NotFound("log");
    const isEntries = path.startsWith("tile/entries/"); // text, and the specification allows compression that was not asked for
    return { bytes: isEntries ? await compressed(bytes) : bytes, mediaType: "application/octet-stream", name: "tile", inline: false, shared: "for_ever", gzip: isEntries };
  }),
  openFile("open.logPolicy", async (input) => {
    const isKnown = await readTenant(deps.db, input.tenant, (tx) => tx.selectFrom("tenant").select("tenant_id").where("tenant_id", "=", input.tenant).executeTakeFirst());
    if (isKnown === undefined) throw new NotFound("log"); // asking for a key must not make one
    return { bytes: utf8(await logPolicy(deps, input.tenant)), mediaType: "text/plain; charset=utf-8", name: "policy", inline: true, shared: "seconds" };
  }),
];

/** The policy of one government's log: its key, where it is, and who of the witnesses must have seen it (C2SP tlog-policy). */
export const logPolicy = async (deps: Pick<AuditDeps, "policy" | "signerOf" | "publicUrl">, tenantId: Id): Promise<string> => {
  const { witnesses, quorum } = deps.policy ?? { witnesses: [], quorum: { kind: "none" } };
  return formatPolicy({ logs: [{ key: (await deps.signerOf(tenantId)).key, url: `${deps.publicUrl}/log/${tenantId}` }], witnesses, quorum });
};

const compressed = promisify(gzip);
