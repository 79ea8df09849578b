import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { append, EMPTY_EDGE, EMPTY_FRONTIER, encodeFrontier, formatCheckpoint, frontierRoot, growTiles, parsePolicy, recordHash, signNote, utf8, type NoteSigner, type Policy } from "@lontar/ledger";
import { httpLine, logSigner, startKeeper, type Keeper, type Keeping } from "../src/audit/index.ts";
import { recordAll } from "../src/kernel/events.ts";
import { realSource, type Id } from "../src/kernel/ids.ts";
import { openLog } from "../src/kernel/log.ts";
import { logFolder, startWitness, type LogFolder, type RunningWitness } from "../src/witness/index.ts";
import { createOffice, type TestOffice } from "./office.ts";

/** An office whose log is watched by witnesses of the test's own, each a server with a folder and a key. */
export type LogWorld = {
  readonly office: TestOffice;
  readonly tenantId: Id;
  readonly folder: string;
  readonly keys: string;
  readonly published: LogFolder;
  readonly signer: NoteSigner;
  /** Acts of the kadis without any meaning but their place in the log. */
  readonly act: (count: number) => Promise<unknown>;
  readonly size: () => Promise<number>;
  readonly problemOf: (witness: string) => Promise<string | null | undefined>;
  readonly witness: (name: string, settings?: { readonly isMirror?: boolean; readonly port?: number }) => Promise<RunningWitness>;
  readonly policy: (rule: string, witnesses: Readonly<Record<string, RunningWitness>>) => Policy;
  readonly keeping: (policy: Policy | undefined, more?: Partial<Keeping>) => Keeping;
  /** Keeps the log until everything that can be placed and published is, and stops. */
  readonly keep: (policy: Policy | undefined, more?: Partial<Keeping>) => Promise<void>;
  /** SQL as the superuser, with every trigger off: what an operator with the database can do. */
  readonly asSuperuser: (sql: string, values?: readonly unknown[]) => Promise<void>;
  /** Makes tiles, head and signature anew from whatever leaves the table now holds, with the log's real key. */
  readonly resign: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Opens an office, and serves its published log at an address of its own, for mirrors. */
export const openLogWorld = async (name: string): Promise<LogWorld> => {
  const office = await createOffice(name);
  const folder = await mkdtemp(join(tmpdir(), "lontar-log-"));
  const keys = join(folder, "keys");
  const { tenantId } = await office.actor("kadis");
  const signer = await logSigner(keys, tenantId);
  const published = logFolder(join(folder, "log"), tenantId);
  const { server, url } = await serveFolder(published);
  const running: RunningWitness[] = [];
  const log = openLog("silent");
  const world: LogWorld = {
    office, tenantId, folder, keys, published, signer,
    act: async (count) => {
      const by = await office.actor("kadis");
      return office.transaction(by, (tx) => recordAll(tx, [{ thing: { kind: "percobaan", id: realSource.id(), subject: tenantId, revision: 0 }, events: Array.from({ length: count }, () => ({ type: "percobaan.dilakukan" })) }], by));
    },
    size: async () => Number((await office.pool.query<{ size: string }>("select size from log_head where tenant_id = $1", [tenantId])).rows[0]?.size ?? 0),
    problemOf: async (witness) => (await office.pool.query<{ problem: string | null }>("select problem from log_witness where tenant_id = $1 and name = $2", [tenantId, witness])).rows[0]?.problem,
    witness: async (witness, settings = {}) => {
      const started = await startWitness({ folder: join(folder, witness), name: `${witness}.example/lontar`, host: "127.0.0.1", port: settings.port ?? 0, logs: [{ key: signer.key, url }], isMirror: settings.isMirror ?? false, now: () => Math.floor(Date.now() / 1000), log });
      running.push(started);
      return started;
    },
    policy: (rule, witnesses) => {
      const parsed = parsePolicy([...Object.entries(witnesses).map(([short, witness]) => `witness ${short} ${witness.verifierKey} ${witness.url}`), rule, ""].join("\n"));
      return "value" in parsed ? parsed.value : assert.fail(parsed.refused);
    },
    keeping: (policy, more = {}) => ({ pool: office.pool, signerOf: (id) => logSigner(keys, id), folderOf: (id) => logFolder(join(folder, "log"), id), witnesses: policy === undefined ? undefined : { policy, line: httpLine, pool: office.pool, now: realSource.now, log }, now: realSource.now, log, onPublished: async () => undefined, ...more }),
    keep: async (policy, more) => {
      const keeper: Keeper = startKeeper(world.keeping(policy, more));
      await keeper.drain();
      await keeper.stop();
    },
    asSuperuser: async (sql, values = []) => {
      const client = await office.pool.connect();
      try {
        await client.query("begin; set local session_replication_role = replica");
        await client.query(sql, [...values]);
        await client.query("commit");
      } finally {
        client.release();
      }
    },
    resign: async () => {
      const { rows } = await office.pool.query<{ leaf: string }>("select leaf from log_leaf where tenant_id = $1 order by leaf_index", [tenantId]);
      const hashes = rows.map((row) => recordHash(utf8(row.leaf)));
      const frontier = append(EMPTY_FRONTIER, hashes);
      const root = frontierRoot(frontier);
      const checkpoint = await signNote(formatCheckpoint({ origin: signer.key.name, size: hashes.length, root, extensions: [] }), [signer]);
      const peaks = Array.from({ length: frontier.peaks.length }, (_, at) => Buffer.from(encodeFrontier(frontier).subarray(at * 32, at * 32 + 32)).toString("hex"));
      await world.asSuperuser("update log_head set size = $2, root = $3, frontier = $4, checkpoint = $5 where tenant_id = $1", [tenantId, hashes.length, Buffer.from(root), JSON.stringify(peaks), checkpoint]);
      await world.asSuperuser("delete from log_tile where tenant_id = $1", [tenantId]);
      for (const { tile, bytes } of growTiles(EMPTY_EDGE, hashes).tiles) await world.asSuperuser("insert into log_tile values ($1, $2, $3, $4)", [tenantId, tile.level, tile.index, Buffer.from(bytes)]);
    },
    close: async () => {
      await Promise.all(running.map((witness) => witness.stop()));
      await new Promise((resolve) => server.close(resolve));
      await office.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return world;
};

/** A web server that hands the folder out as it lies there: the published log needs no more than that. */
const serveFolder = async (folder: LogFolder) => {
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").slice(1);
    const found = path === "checkpoint" ? folder.checkpoint() : folder.read(path);
    void found.then((bytes) => {
      response.writeHead(bytes === undefined ? 404 : 200);
      response.end(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return { server, url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : assert.fail("no port")}` };
};
