import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { parsePolicy, type PolicyLog } from "@lontar/ledger";
import { realSource } from "../kernel/ids.ts";
import { openLog } from "../kernel/log.ts";
import { startWitness } from "./server.ts";

const usage = `lontar witness --name NAMA --logs BERKAS [--data ./witness] [--host 127.0.0.1] [--port 8090] [--mirror]

  --name    nama saksi ini, misalnya inspektorat.penajamkab.go.id/lontar; tidak berubah lagi
  --logs    baris-baris \`log KUNCI ALAMAT\` dari log yang disaksikan: ambil dari ALAMAT-LONTAR/log/TENANT/policy
  --mirror  simpan salinan setiap log, dan saksikan hanya yang salinannya sudah diperiksa`;

/** Runs a witness until it is told to stop. Answers the exit code. */
export const runWitness = async (args: readonly string[], say: (text: string) => void): Promise<number> => {
  const { values } = parseArgs({ args: [...args], options: { name: { type: "string" }, logs: { type: "string" }, data: { type: "string", default: "./witness" }, host: { type: "string", default: "127.0.0.1" }, port: { type: "string", default: "8090" }, mirror: { type: "boolean", default: false } } });
  const port = Number(values.port);
  if (values.name === undefined || values.logs === undefined || !Number.isInteger(port) || port < 0 || port > 65_535) {
    say(usage);
    return 2;
  }
  const logs = readLogs(await readFile(values.logs, "utf8"));
  if (typeof logs === "string") {
    say(`lontar witness: ${values.logs}: ${logs}`);
    return 78;
  }
  const withoutUrl = logs.find((log) => log.url === undefined);
  if (values.mirror && withoutUrl !== undefined) {
    say(`lontar witness: ${values.logs}: log ${withoutUrl.key.name} belum punya alamat untuk disalin`);
    return 78;
  }
  const witness = await startWitness({ folder: resolve(values.data), name: values.name, host: values.host, port, logs, isMirror: values.mirror, now: () => Math.floor(Date.parse(realSource.now()) / 1000), log: openLog("info") });
  say(`Saksi siap di ${witness.url}, menyaksikan ${logs.length} log${values.mirror ? " dan menyimpan salinannya" : ""}.`);
  say(`Baris untuk berkas LONTAR_WITNESSES:\n\nwitness NAMA-PENDEK ${witness.verifierKey} ${witness.url}\n`);
  await Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
  await witness.stop();
  return 0;
};

/** Reads `log` lines; a whole policy will do, its witnesses and quorum are not this witness's business. Answers a sentence when they cannot be read. */
export const readLogs = (text: string): readonly PolicyLog[] | string => {
  const lines = text.split("\n").map((line) => (/^\s*(witness|group|quorum)\b/.test(line) ? "" : line));
  const policy = parsePolicy([...lines, "quorum none"].join("\n"));
  if ("refused" in policy) return `baris ${policy.line}: ${policy.refused}`;
  return policy.value.logs.length === 0 ? "tidak ada baris log" : policy.value.logs;
};
