import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { sha256, toHex, utf8 } from "@lontar/ledger";
import { check, exportEvidence, recoverLog, remakeUndatedRights } from "./audit/index.ts";
import type { Config } from "./config.ts";
import { generate, plants, secondsLeft, waitInWords, type Wanted } from "./generate/index.ts";
import { openDatabase, openPool, type Database } from "./kernel/db.ts";
import { openBlobStore } from "./kernel/files/blobs.ts";
import { realSource } from "./kernel/ids.ts";
import { migrate } from "./kernel/migrate.ts";
import { machines, openOffice, type Office } from "./main.ts";
import { loadClassification, seedDemo } from "./seed/seed.ts";
import { actOnLeak, findLeak } from "./signing/compromise.ts";
import { openStorage } from "./storage.ts";
import { publishedAt, publishedIn } from "./witness/index.ts";

/** Commands that work on the database directly, whether or not a server runs beside them. */
export type Maintenance = "migrate" | "seed" | "fsck" | "recover" | "export" | "generate" | "compromise";

/** Runs one maintenance command and answers the exit code. */
export const maintain = async (command: Maintenance, args: readonly string[], config: Config, say: (text: string) => void): Promise<number> => {
  const storage = await openStorage(config, undefined, { purpose: command === "generate" ? "load" : "office" });
  const pool = openPool(storage.connection, 6);
  try {
    const applied = await migrate(pool);
    await remakeUndatedRights(pool, machines);
    if (command === "migrate") {
      say(applied.length === 0 ? "Skema sudah terbaru." : `Diterapkan: ${applied.join(", ")}`);
      return 0;
    }
    await loadClassification(pool);
    const db = openDatabase(pool);
    const office = await openOffice(config, db, pool);
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
        case "recover": {
          const { values } = parseArgs({ args: [...args], options: { from: { type: "string" } } });
          if (values.from === undefined) throw new Error("--from ALAMAT-CERMIN: alamat saksi yang menyimpan salinan, atau folder log yang terbit");
          return await recover(values.from, pool, office, say);
        }
        case "export": {
          const { values } = parseArgs({ args: [...args], options: { out: { type: "string" } } });
          if (values.out === undefined) throw new Error("--out FOLDER: ke mana ekspor ditulis");
          const files = await openBlobStore(join(config.dataFolder, "blobs"));
          const { rows } = await pool.query<{ tenant_id: string; name: string }>("select tenant_id, name from tenant order by name");
          for (const tenant of rows) {
            const wrote = await exportEvidence({ pool, tenantId: tenant.tenant_id, machines: office.machines, filePath: files.path }, join(values.out, tenant.tenant_id));
            say(`${tenant.name}: ${wrote.events} peristiwa, ${wrote.rows} baris, ${wrote.files} berkas di ${join(values.out, tenant.tenant_id)}`);
          }
          return 0;
        }
        case "compromise": {
          const { values } = parseArgs({ args: [...args], options: { key: { type: "string" }, since: { type: "string" }, reason: { type: "string", default: "Kunci diduga bocor" }, apply: { type: "boolean", default: false } } });
          return await compromise({ db, source: realSource }, values, say);
        }
        case "generate": {
          const { values } = parseArgs({ args: withAll(args), options: { letters: { type: "string", default: "1000" }, people: { type: "string", default: "100" }, seed: { type: "string", default: "1" }, plant: { type: "string" }, each: { type: "string", default: "3" } } });
          const [letters, people, seed, each] = [values.letters, values.people, values.seed, values.each].map(Number);
          if (![letters, people, seed, each].every((n) => Number.isInteger(n) && Number(n) >= 0)) throw new Error("--letters, --people, --seed, dan --each harus bilangan bulat");
          const codes = values.plant === undefined ? undefined : plantsNamed(values.plant);
          if (config.mode !== "demo") throw new Error("kantor rekaan hanya untuk mode demo");
          await seedDemo(db, pool, realSource, office.issueCredential);
          return await fill({ letters: letters ?? 0, people: people ?? 0, seed: seed ?? 0, ...(codes !== undefined && { plant: { codes, each: each ?? 1 } }) }, db, pool, config, office, say);
        }
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

/** Lists what a leaked key made, and with `apply` acts on it. */
const compromise = async (deps: Parameters<typeof findLeak>[0], asked: { readonly key?: string | undefined; readonly since?: string | undefined; readonly reason: string; readonly apply: boolean }, say: (text: string) => void): Promise<number> => {
  const sinceMs = Date.parse(asked.since ?? "");
  if (asked.key === undefined || Number.isNaN(sinceMs)) throw new Error("--key NOMOR-SERI atau KUNCI-SEGEL, dan --since WAKTU (misalnya 2026-11-01T08:00+08:00)");
  const leak = await findLeak(deps, asked.key, new Date(sinceMs).toISOString());
  if (leak === undefined) throw new Error(`tidak ada sertifikat dengan nomor seri, dan tidak ada kunci segel dengan kode, "${asked.key}"`);
  const { key, since, acts } = leak;
  say(key.kind === "segel" ? `Kunci segel ${key.keyId} dari ${key.government}.` : `Sertifikat ${key.serial} milik ${key.name} (${key.government}), dari ${key.issuer}.`);
  say(`Diduga bocor sejak ${since}: ${acts.length} surat.\n`);
  for (const act of acts) {
    const { post, partner, mailed, unreachable } = act.receivers;
    say(`  ${act.at}  ${act.number}  ${act.signer}`);
    say(`    penerima: ${post} jabatan, ${partner} instansi, ${mailed} lewat surel${unreachable.length === 0 ? "" : `; kabari sendiri: ${unreachable.join(", ")}`}`);
  }
  if (!asked.apply) {
    say("\nTidak ada yang diubah. Ulangi dengan --apply untuk mencabut kuncinya, menandai surat-surat ini, dan mengabari penerimanya.");
    return 0;
  }
  await actOnLeak(deps, leak, asked.reason);
  say(`\nKunci dicabut, ${acts.length} surat ditandai. Penerimanya dikabari oleh server yang berjalan.`);
  if (key.kind === "penanda_tangan" && !key.development) say(`Minta ${key.issuer} mencabut sertifikat ini juga: daftar pencabutannya bukan milik instalasi ini.`);
  return 0;
};

// A thread takes a second to begin; more of them than the database can follow only take its memory.
const worthThreads = 4000;
const threadsAtMost = 4;
const tellOfEvery = 10_000;

const fill = async (wanted: Wanted, db: Database, pool: ReturnType<typeof openPool>, config: Config, office: Office, say: (text: string) => void): Promise<number> => {
  const { rows } = await pool.query<{ tenant_id: string }>("select tenant_id from tenant where kind = 'kabupaten' order by tenant_id limit 1");
  const tenantId = rows[0]?.tenant_id;
  if (tenantId === undefined) throw new Error("belum ada kabupaten; jalankan lontar seed dulu");
  const files = await openBlobStore(join(config.dataFolder, "blobs"));
  const signer = await office.signerOf(tenantId);
  const started = performance.now();
  const made = await generate(
    {
      db, pool, tenantId, now: realSource.now(),
      putFile: (bytes) => files.put(bytes, { maxBytes: config.uploadBytes }),
      signer,
      threads: wanted.letters < worthThreads ? 0 : Math.min(availableParallelism(), threadsAtMost),
      report: (done) => {
        const seconds = (performance.now() - started) / 1000;
        if ("index" in done) process.stderr.write(`  indeks ${done.index} …\n`);
        else if (done.letters % tellOfEvery === 0) process.stderr.write(`  ${done.letters} surat, ${Math.round(done.letters / seconds)}/detik, kira-kira ${waitInWords(secondsLeft({ done: done.letters, wanted: wanted.letters, seconds, buildsIndexes: done.buildsIndexes }))} lagi\n`);
      },
    },
    wanted,
  );
  const seconds = (performance.now() - started) / 1000;
  say(`${made.letters} surat, ${made.drafts} naskah, ${made.people} orang baru, ${made.dispositions} disposisi, ${made.events} peristiwa dalam ${seconds.toFixed(1)} detik (${Math.round(made.letters / seconds)} surat/detik).`);
  if (wanted.plant !== undefined) {
    const path = join(config.dataFolder, "planted.json");
    await writeFile(path, `${JSON.stringify(made.planted, null, 1)}\n`);
    say(`${made.outgoing} surat keluar, ${made.planted.length} hal yang tidak cocok ditanam; tempatnya tertulis di ${path}.`);
  }
  return 0;
};

const allPlants = "semua";

/** `--plant` without a list plants every kind. */
const withAll = (args: readonly string[]): string[] => args.flatMap((arg, at) => (arg === "--plant" && (args[at + 1]?.startsWith("--") ?? true) ? [arg, allPlants] : [arg]));

const plantsNamed = (list: string): readonly string[] => {
  const known = Object.keys(plants);
  const codes = list === allPlants ? known : list.split(",");
  const strange = codes.find((code) => !known.includes(code));
  if (strange !== undefined) throw new Error(`--plant: tidak ada ${strange}; yang ada: ${known.join(", ")}`);
  return codes;
};

/** The leaves of every government, from a mirror or a folder of published files. */
const recover = async (from: string, pool: ReturnType<typeof openPool>, office: Office, say: (text: string) => void): Promise<number> => {
  const { rows: tenants } = await pool.query<{ tenant_id: string; name: string }>("select tenant_id, name from tenant order by name");
  let failed = 0;
  for (const tenant of tenants) {
    const signer = await office.signerOf(tenant.tenant_id);
    const read = /^https?:/.test(from) ? publishedAt(`${from.replace(/\/$/, "")}/${toHex(sha256(utf8(signer.key.name)))}`) : publishedIn(join(from, tenant.tenant_id));
    const answer = await recoverLog(pool, tenant.tenant_id, signer, read, realSource.now());
    switch (answer.state) {
      case "nothing_missing":
        say(`${tenant.name}: tidak ada yang kurang, ${answer.size} daun.`);
        break;
      case "recovered":
        say(`${tenant.name}: daun ${answer.from} sampai ${answer.size - 1} dikembalikan. ${answer.lost} peristiwa hilang bersama cadangan; lontar fsck menyebutnya satu per satu.`);
        break;
      case "refused":
        failed += 1;
        say(`${tenant.name}: tidak dikembalikan. ${unrecovered[answer.why]}`);
        break;
      default:
        throw answer satisfies never;
    }
  }
  return failed === 0 ? 0 : 1;
};

const unrecovered = {
  no_checkpoint: "Di sana tidak ada checkpoint log ini.",
  not_ours: "Checkpoint di sana tidak ditandatangani kunci log ini: periksa alamatnya, atau kembalikan kunci dari cadangan.",
  entries_missing: "Salinan di sana tidak lengkap: coba cermin yang lain.",
  another_history: "Log di sana bukan lanjutan dari yang ada di sini: catatan ini sudah bercabang. Jangan jalankan server; panggil inspektorat.",
} as const;

const tellEvery = 100_000;

const fsck = async (pool: ReturnType<typeof openPool>, config: Config, office: Office, json: boolean, say: (text: string) => void): Promise<number> => {
  const files = await openBlobStore(join(config.dataFolder, "blobs"));
  const { rows: tenants } = await pool.query<{ tenant_id: string; name: string }>("select tenant_id, name from tenant order by name");
  let findings = 0;
  for (const tenant of tenants) {
    let told = 0;
    const result = await check({
      pool, tenantId: tenant.tenant_id, files, machines: office.machines, signer: await office.signerOf(tenant.tenant_id), folder: office.keeping.folderOf(tenant.tenant_id),
      report: (what, count) => {
        if (count < told) told = 0; // the next thing that is counted
        if (json || count < told + tellEvery) return;
        told = count;
        say(`  ${tenant.name}: ${count} ${what === "log" ? "daun log" : what} diperiksa`);
      },
    });
    findings += result.findings.length;
    if (json) say(JSON.stringify({ tenant: tenant.tenant_id, ...result }));
    else {
      say(`${tenant.name}: ${result.events} peristiwa, ${result.rows} baris, ${result.files} berkas, ${result.findings.length === 0 ? "utuh" : `${result.findings.length} temuan`}`);
      for (const finding of result.findings) say(`  [${finding.kind}] ${finding.id}: ${finding.sentence}`);
    }
  }
  return findings === 0 ? 0 : 1;
};
