import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { append, EMPTY_EDGE, EMPTY_FRONTIER, encodeEntries, entriesBetween, entriesPath, formatCheckpoint, frontierRoot, growTiles, recordHash, signNote, tilePath, tilesBetween, utf8 } from "@lontar/ledger";
import type pg from "pg";
import { exportEvidence, logSigner } from "../src/audit/index.ts";
import { plainPdf } from "../src/kernel/files/plain-pdf.ts";
import { openPool } from "../src/kernel/db.ts";
import { realSource } from "../src/kernel/ids.ts";
import { openLog } from "../src/kernel/log.ts";
import { machines } from "../src/main.ts";
import { seedId } from "../src/seed/office.ts";
import { readLogs, startWitness, type RunningWitness } from "../src/witness/index.ts";
import { freePort } from "./free-port.ts";
import { startTestServer, type TestServer } from "./http.ts";
import { draftReadyToSign, signReady } from "./ready-draft.ts";
import { until } from "./until.ts";

const verifier = new URL("../../../packages/ledger/verifier/verify.mjs", import.meta.url).pathname;
const tenantId = seedId("tenant/ppu");

/** What one tampering has in its hands: a transaction as superuser without triggers, and copies of the published folder and the files. */
type Scene = { readonly sql: (text: string, values?: readonly unknown[]) => Promise<unknown>; readonly log: string; readonly exported: string; readonly republish: () => Promise<void> };

describe("a hostile administrator of the database and the server, judged by a verifier that shares no code with either", () => {
  let server: TestServer;
  let witness: RunningWitness;
  let pool: pg.Pool;
  let folder: string;
  let policy: string;
  let seen: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lontar-hostile-"));
    const settings = { folder: join(folder, "witness"), name: "inspektorat.example/lontar", host: "127.0.0.1", port: await freePort(), isMirror: false, now: () => Math.floor(Date.now() / 1000), log: openLog("silent") };
    const first = await startWitness({ ...settings, logs: [] });
    await first.stop();
    await writeFile(join(folder, "witnesses.policy"), `witness inspektorat ${first.verifierKey} ${first.url}\nquorum inspektorat\n`);
    server = await startTestServer("hostile_dba", { LONTAR_WITNESSES: join(folder, "witnesses.policy") });
    const policyText = await (await fetch(`${server.url}/log/${tenantId}/policy`)).text();
    const logs = readLogs(policyText);
    witness = await startWitness({ ...settings, logs: typeof logs === "string" ? assert.fail(logs) : logs });
    policy = join(folder, "policy");
    await writeFile(policy, policyText);

    const kadis = await server.signIn("kadis");
    const clerk = await server.signIn("tusetda");
    const { id } = await draftReadyToSign(kadis).then(async (draft) => (await signReady(kadis, draft), draft));
    for (const subject of ["Undangan rapat", "Permintaan data"]) {
      const letter = realSource.id();
      await clerk.upload(letter, "surat.pdf", plainPdf([subject]));
      assert.equal((await clerk.call("received.register", { id: letter, facts: { sender: "Dinas Kominfo Provinsi", number: `005/${subject.length}`, date: "2026-11-20", subject, receivedOn: "2026-11-24" } })).status, 200);
    }
    await until(async () => ((await kadis.call("drafts.show", { id })).body.signed?.proved === true ? true : undefined), "the letter is proved");
    seen = join(folder, "seen");
    await writeFile(seen, await readFile(join(server.folder, "log", tenantId, "checkpoint")));
    await kadis.call("drafts.show", { id });
    await server.signIn("sekda"); // the log goes on after what was seen
    pool = openPool({ url: server.databaseUrl }, 2);
    await until(async () => {
      const { rows } = await pool.query("select from log_head h where tenant_id = $1 and not exists (select from event_pending p where p.tenant_id = h.tenant_id) and h.size = (select size from log_witness w where w.tenant_id = h.tenant_id)", [tenantId]);
      return rows.length > 0 ? true : undefined;
    }, "all is witnessed");
    await until(async () => ((await readFile(join(server.folder, "log", tenantId, "checkpoint"), "utf8")) !== (await readFile(seen, "utf8")) ? true : undefined), "the newer checkpoint is shown");
  });
  after(async () => {
    await pool.end();
    await server.close();
    await witness.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Tampers in a transaction that is rolled back and in copies that are thrown away; answers what the verifier said of it. */
  const judged = async (tamper: (scene: Scene) => Promise<unknown>, files: (scene: Scene) => Promise<unknown> = async () => undefined): Promise<{ readonly code: number; readonly said: string }> => {
    const place = await mkdtemp(join(folder, "scene-"));
    const log = join(place, "log");
    const exported = join(place, "export");
    await cp(join(server.folder, "log", tenantId), log, { recursive: true });
    const client = await pool.connect();
    try {
      await client.query("begin; set local session_replication_role = replica");
      const scene: Scene = { sql: (text, values = []) => client.query(text, [...values]), log, exported, republish: () => republish(client, log) };
      await tamper(scene);
      await exportEvidence({ pool: client, tenantId, machines, filePath: (sha256) => join(server.folder, "blobs", sha256.slice(0, 2), sha256) }, exported);
      await files(scene);
    } finally {
      await client.query("rollback");
      client.release();
    }
    const answer = await new Promise<{ readonly code: number; readonly said: string }>((resolve) => {
      execFile(process.execPath, [verifier, "--log", log, "--policy", policy, "--export", exported, "--seen", seen], (error, stdout, stderr) => resolve({ code: typeof error?.code === "number" ? error.code : 0, said: stdout + stderr }));
    });
    await rm(place, { recursive: true });
    return answer;
  };

  /** The operator has the log's real key: whatever leaves the table now holds are published anew, and signed. */
  const republish = async (client: pg.PoolClient, log: string): Promise<void> => {
    const signer = await logSigner(join(server.folder, "keys"), tenantId);
    const { rows } = await client.query<{ leaf: string }>("select leaf from log_leaf where tenant_id = $1 order by leaf_index", [tenantId]);
    const records = rows.map((row) => utf8(row.leaf));
    const hashes = records.map(recordHash);
    const files = new Map<string, Uint8Array>(growTiles(EMPTY_EDGE, hashes).tiles.map(({ tile, bytes }) => [tilePath(tile), bytes]));
    for (const bundle of entriesBetween(0, records.length)) files.set(entriesPath(bundle), encodeEntries(records.slice(bundle.index * 256, bundle.index * 256 + bundle.width)));
    files.set("checkpoint", utf8(await signNote(formatCheckpoint({ origin: signer.key.name, size: records.length, root: frontierRoot(append(EMPTY_FRONTIER, hashes)), extensions: [] }), [signer])));
    await rm(log, { recursive: true });
    for (const [path, bytes] of files) {
      await mkdir(dirname(join(log, path)), { recursive: true });
      await writeFile(join(log, path), bytes);
    }
  };

  const first = (kind: string): string => `event_id = (select event_id from event where tenant_id = '${tenantId}' and kind = '${kind}' order by event_id limit 1)`;
  const issuedEvent = `event_id = (select event_id from event where tenant_id = '${tenantId}' and type = 'issued.issued' limit 1)`;
  const flip = async (path: string, at = 40): Promise<void> => {
    const bytes = await readFile(path);
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await rm(path, { force: true });
    await writeFile(path, bytes);
  };
  const aFile = async ({ exported }: Scene): Promise<string> => join(exported, "files", (await readdir(join(exported, "files")))[0] ?? assert.fail("no file"));
  // Partial files of smaller trees lie beside those of the newest: only the newest are looked at.
  const newest = async ({ log }: Scene): Promise<number> => Number((await readFile(join(log, "checkpoint"), "utf8")).split("\n")[1]);
  const bundleOf = async (scene: Scene): Promise<string> => join(scene.log, entriesPath(entriesBetween(0, await newest(scene)).at(-1) ?? assert.fail("no bundle")));
  const tileOf = async (scene: Scene): Promise<string> => join(scene.log, tilePath(tilesBetween(0, await newest(scene))[0] ?? assert.fail("no tile")));
  const checkpointOf = ({ log }: Scene): string => join(log, "checkpoint");
  const otherId = "01999999-9999-7999-8999-999999999999";

  test("the office as it is: everything agrees", async () => {
    const { code, said } = await judged(async () => undefined);
    assert.equal(said.trim(), "everything agrees");
    assert.equal(code, 0);
  });

  type Tampering = readonly [name: string, names: RegExp, tamper: (scene: Scene) => Promise<unknown>, files?: (scene: Scene) => Promise<unknown>];
  const none = async (): Promise<undefined> => undefined;
  const tamperings: readonly Tampering[] = [
    ["the words of an event", /\[peristiwa\].*not those it was committed to/, ({ sql }) => sql(`update event set body = body || '{"reason":"lain"}' where ${first("holding")}`)],
    ["the number in the issuing of a letter", /\[peristiwa\].*not those it was committed to/, ({ sql }) => sql(`update event set body = jsonb_set(body, '{letter,number}', '"999"') where ${issuedEvent}`)],
    ["the name of who acted", /\[peristiwa\].*not those it was committed to/, ({ sql }) => sql(`update event set who = who || '{"person":"Orang Lain"}' where ${first("account")}`)],
    ["the mandate under which he acted", /\[peristiwa\].*not those it was committed to/, ({ sql }) => sql(`update event set holding_id = $1 where ${issuedEvent}`, [otherId])],
    ["the person who acted", /\[peristiwa\].*not those it was committed to/, ({ sql }) => sql(`update event set person_id = $1 where ${issuedEvent}`, [otherId])],
    ["the post that acted", /\[peristiwa\].*another actor/, ({ sql }) => sql(`update event set position_id = $1 where ${issuedEvent}`, [otherId])],
    ["the kind of act", /\[peristiwa\].*another type/, ({ sql }) => sql(`update event set type = 'account.removed' where ${first("account")}`)],
    ["the hour of an act: back-dated by a day", /\[peristiwa\].*another at/, ({ sql }) => sql(`update event set at = at - interval '1 day' where ${issuedEvent}`)],
    ["the letter that an act belongs to", /\[peristiwa\].*another obj/, ({ sql }) => sql(`update event set subject_id = $1 where ${issuedEvent}`, [otherId])],
    ["the order of two acts", /\[peristiwa\].*(jumps to|not those it was committed to)/, ({ sql }) => sql(`update event set revision = revision + 7 where ${first("draft")}`)],
    ["the commitment itself", /\[peristiwa\].*not those it was committed to/, ({ sql }) => sql(`update event set commitment = sha256(commitment) where ${first("received")}`)],
    ["words, salt and commitment together, so that they agree", /\[peristiwa\].*another c/, ({ sql }) => sql(`update event e set body = o.body, who = o.who, salt = o.salt, commitment = o.commitment from event o where e.${first("person")} and o.tenant_id = e.tenant_id and o.kind = 'person' and o.event_id <> e.event_id and o.event_id = (select max(event_id::text)::uuid from event where tenant_id = e.tenant_id and kind = 'person')`)],
    ["words erased without an act that says so", /\[peristiwa\].*no act says that they were erased/, ({ sql }) => sql(`update event set body = null, salt = null, who = null where ${first("received")}`)],
    ["the salt alone", /\[peristiwa\].*not those it was committed to/, ({ sql }) => sql(`update event set salt = null where ${first("received")}`)],
    ["an event taken away", /\[peristiwa\].*an event was taken away/, ({ sql }) => sql(`delete from event where ${first("received")}`)],
    ["the newest event of a letter taken away", /\[peristiwa\].*an event was taken away/, ({ sql }) => sql("delete from event where event_id = (select last_event from received where tenant_id = $1 order by id limit 1)", [tenantId])],
    ["an event put in by hand", /\[peristiwa\].*no place in the log and waits for none/, ({ sql }) => sql(`insert into event select tenant_id, $1, kind, thing_id, subject_id, revision + 50, type, at, person_id, position_id, holding_id, request_id, who, body, salt, commitment from event where ${first("received")}`, [otherId])],
    ["a name in a row", /\[baris\] person\/.*none of its events says/, ({ sql }) => sql("update person set state = state || '{\"name\":\"Orang Lain, S.H.\"}' where tenant_id = $1 and id = (select min(id::text)::uuid from person where tenant_id = $1)", [tenantId])],
    ["the sender of a letter in its row", /\[baris\] received\/.*none of its events says/, ({ sql }) => sql("update received set state = jsonb_set(state, '{facts,sender}', '\"Kejaksaan Negeri\"') where tenant_id = $1", [tenantId])],
    ["the number of an issued letter in its row", /\[baris\] issued\/.*its number is not that/, ({ sql }) => sql("update issued set state = state || '{\"number\":\"7\"}' where tenant_id = $1", [tenantId])],
    ["the file of an issued letter in its row", /\[baris\] issued\/.*its sha256 is not that/, ({ sql }) => sql("update issued set state = state || jsonb_build_object('sha256', repeat('ab', 32)) where tenant_id = $1", [tenantId])],
    ["a row put in by hand", /\[baris\] person\/.*no event made/, ({ sql }) => sql("insert into person (tenant_id, id, revision, last_event, state) select tenant_id, $2, 1, last_event, state || '{\"nip\":null}' from person where tenant_id = $1 limit 1", [tenantId, otherId])],
    ["a row taken away", /\[baris\] received\/.*the row is gone/, ({ sql }) => sql("delete from received where tenant_id = $1 and id = (select min(id::text)::uuid from received where tenant_id = $1)", [tenantId])],
    ["a row that points at an older event", /\[baris\] received\/.*does not stand where its events ended/, ({ sql }) => sql("update received set revision = 1 where tenant_id = $1", [tenantId])],
    ["a number taken out of its register", /\[nomor\].*the register says \d+, and holds/, ({ sql }) => sql("delete from number_entry where tenant_id = $1 and n = 1 and series in (select series from number_series where last > 1)", [tenantId])],
    ["a register wound back", /\[nomor\].*the register says \d+, and holds/, ({ sql }) => sql("update number_series set last = last - 1 where tenant_id = $1 and last > 1", [tenantId])],
    ["the fate of a number", /\[nomor\].*noted as dibatalkan/, ({ sql }) => sql("update number_entry set fate = 'dibatalkan' where tenant_id = $1 and thing_id in (select id from issued)", [tenantId])],
    ["a number given to nobody", /\[nomor\].*no letter has this number/, ({ sql }) => sql("update number_entry set thing_id = $2 where tenant_id = $1 and n = 1", [tenantId, otherId])],
    ["the record of a file taken away with the file", /\[berkas\].*not among those kept/, ({ sql }) => sql("delete from blob where tenant_id = $1 and sha256 in (select sha256 from issued)", [tenantId])],
    ["a byte of a file", /\[berkas\].*was altered/, none, async (scene) => flip(await aFile(scene))],
    ["a file taken away", /\[berkas\].*is gone/, none, async (scene) => rm(await aFile(scene))],
    ["a byte of the published entries", /(\[daun\]|\[ubin\]|\[peristiwa\]|\[checkpoint\])/, none, async (scene) => flip(await bundleOf(scene), 60)],
    ["a byte of a published tile", /\[ubin\].*not that of its records/, none, async (scene) => flip(await tileOf(scene))],
    ["the size in the checkpoint", /\[checkpoint\].*not signed by the log/, none, async (scene) => writeFile(checkpointOf(scene), (await readFile(checkpointOf(scene), "utf8")).replace(/\n(\d+)\n/, (_, size: string) => `\n${Number(size) - 1}\n`))],
    ["the witness's line taken off the checkpoint", /\[checkpoint\].*too few witnesses: none/, none, async (scene) => writeFile(checkpointOf(scene), (await readFile(checkpointOf(scene), "utf8")).replace(/— inspektorat.*\n/, ""))],
    ["a leaf rewritten, the whole log signed anew with its real key", /\[terlihat\].*history was rewritten/, async ({ sql, republish: again }) => { await sql(`update log_leaf set leaf = replace(leaf, '"type":"account.created"', '"type":"account.removed"') where tenant_id = $1 and leaf_index = (select min(leaf_index) from log_leaf where tenant_id = $1 and leaf like '%account.created%')`, [tenantId]); await again(); }],
    ["a leaf and its event taken away, the rest moved up and signed anew", /\[terlihat\].*history was rewritten/, async ({ sql, republish: again }) => { await sql(`delete from event where ${issuedEvent}`); await sql("delete from log_leaf l where tenant_id = $1 and not exists (select from event e where e.event_id = l.event_id)", [tenantId]); await again(); }],
    ["the log rolled back to the day before, signed anew", /\[terlihat\].*shorter than it has been seen/, async ({ sql, republish: again }) => { await sql("delete from log_leaf where tenant_id = $1 and leaf_index >= 20", [tenantId]); await again(); }],
  ];

  test("there are at least thirty", () => assert.ok(tamperings.length >= 30, String(tamperings.length)));
  for (const [name, names, tamper, files] of tamperings) {
    test(`${name}: named`, async () => {
      const { code, said } = await judged(tamper, files);
      assert.match(said, names);
      assert.equal(code, 1);
    });
  }
});
