import { parseArgs } from "node:util";
import { check } from "./audit/index.ts";
import type { Config } from "./config.ts";
import { openDatabase, openPool } from "./kernel/db.ts";
import { openBlobStore } from "./kernel/files/blobs.ts";
import { realSource } from "./kernel/ids.ts";
import { openLog } from "./kernel/log.ts";
import { migrate } from "./kernel/migrate.ts";
import { openOffice, openStorage } from "./main.ts";
import { loadClassification, seedDemo } from "./seed/seed.ts";
import { join } from "node:path";

/** Commands that work on the database directly, whether or not a server runs beside them. */
export type Maintenance = "migrate" | "seed" | "fsck" | "generate";

/** Runs one maintenance command and answers the exit code. */
export const maintain = async (command: Maintenance, args: readonly string[], config: Config, say: (text: string) => void): Promise<number> => {
  const storage = await openStorage(config);
  const pool = openPool(storage.connection, 6);
  try {
    const applied = await migrate(pool);
    if (command === "migrate") {
      say(applied.length === 0 ? "Skema sudah terbaru." : `Diterapkan: ${applied.join(", ")}`);
      return 0;
    }
    await loadClassification(pool);
    const db = openDatabase(pool);
    const office = await openOffice(config, db, pool, openLog(config.logLevel));
    try {
      switch (command) {
        case "seed": {
          if (config.mode !== "demo") throw new Error("kantor contoh hanya untuk mode demo");
          const loaded = await seedDemo(db, pool, realSource, office.issueCredential);
          say(loaded ? "Kantor contoh dimuat." : "Basis data sudah berisi; tidak ada yang diubah.");
          return 0;
        }
        case "fsck": {
          const { values } = parseArgs({ args: [...args], options: { json: { type: "boolean", default: false } } });
          return await fsck(pool, config, office, values.json, say);
        }
        case "generate":
          throw new Error("belum");
        default:
          throw command satisfies never;
      }
    } finally {
      await office.close();
    }
  } finally {
    await pool.end();
    await storage.stop();
  }
};

const fsck = async (pool: ReturnType<typeof openPool>, config: Config, office: Awaited<ReturnType<typeof openOffice>>, json: boolean, say: (text: string) => void): Promise<number> => {
  const files = await openBlobStore(join(config.dataFolder, "blobs"));
  const { rows: tenants } = await pool.query<{ tenant_id: string; name: string }>("select tenant_id, name from tenant order by name");
  let findings = 0;
  for (const tenant of tenants) {
    const result = await check({ pool, tenantId: tenant.tenant_id, files, machines: office.machines, signer: await office.signerOf(tenant.tenant_id) });
    findings += result.findings.length;
    if (json) say(JSON.stringify({ tenant: tenant.tenant_id, ...result }));
    else {
      say(`${tenant.name}: ${result.events} peristiwa, ${result.rows} baris, ${result.files} berkas, ${result.findings.length === 0 ? "utuh" : `${result.findings.length} temuan`}`);
      for (const finding of result.findings) say(`  [${finding.kind}] ${finding.id}: ${finding.sentence}`);
    }
  }
  return findings === 0 ? 0 : 1;
};
