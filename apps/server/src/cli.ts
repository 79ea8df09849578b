import { readConfig, ConfigError, type Config } from "./config.ts";
import { describeError } from "./kernel/log.ts";

const usage = `lontar: e-office for local government

  lontar start                          start the server (the default)
  lontar migrate                        bring the database to the newest schema
  lontar seed                           load the demo office (demo mode, empty database)
  lontar fsck [--json]                  replay events, hash files, derive the log again; exit 1 when something differs
  lontar export --out FOLDER            write events, rows, registers and files of every government, for an outside verifier
  lontar recover --from URL | FOLDER
                                        bring back the leaves that a restored backup does not know, from a mirror
  lontar witness --name NAME --logs FILE [--mirror]
                                        watch the logs of others and cosign them; keeps its own folder and key
  lontar verify FILE.pdf [--trust CA.pem]… [--proof FILE.tlog-proof --policy POLICY] [--json] [--lang id|en]
  lontar verify STORY.json --policy POLICY [--json] [--lang id|en]
                                        validate a signed PDF, and its place in the log; exit 0 valid, 1 not valid, 2 unreadable
  lontar compromise --key SERIAL | KEY-ID --since TIME [--reason WORDS] [--apply]
                                        list every letter that a leaked key made since TIME; with --apply revoke the
                                        key, mark the letters, and warn everyone who has one
  lontar generate --letters N --people P --seed S [--plant [KODE,…] --each N]
                                        fill the office with realistic letters
  lontar help                           this text

Settings come from the environment; see .env.example.
`;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const start = async (config: Config): Promise<number> => {
  const [{ beginStorage }, { openLog }] = await Promise.all([import("./storage.ts"), import("./kernel/log.ts")]);
  const { storage } = await beginStorage(config, openLog(config.logLevel));
  const { startServer } = await import("./main.ts");
  const server = await startServer(config, storage);
  say(`\nLontar siap di ${config.publicUrl.replace(/:\d+$/, `:${server.port}`)}  (${config.mode})`);
  if (config.mode === "demo") {
    const [{ demoPassphrase, demoPassword }, { demoSigners }] = await Promise.all([import("./seed/seed.ts"), import("./seed/office.ts")]);
    say("\nAkun contoh (semua orang rekaan; frasa sandi hanya untuk penanda tangan):\n");
    for (const [username, post] of demoPeople) say(`  ${username.padEnd(14)}${demoPassword(username).padEnd(30)}${(demoSigners.has(username) ? demoPassphrase(username) : "").padEnd(30)}${post}`);
    say("\nSemua akun: GET /api/demo/accounts. Berhenti: Ctrl-C.");
  }
  return new Promise((resolve) => {
    let stopping = false;
    const stop = (): void => {
      if (stopping) return;
      stopping = true;
      say("Berhenti: menyelesaikan pekerjaan yang berjalan …");
      server.stop().then(() => resolve(0), (error: unknown) => {
        process.stderr.write(`${describeError(error)}\n`);
        resolve(1);
      });
    };
    process.on("SIGTERM", stop);
    process.on("SIGINT", stop);
  });
};

const demoPeople = [
  ["tusetda", "mencatat surat masuk"],
  ["sekda", "disposisi"],
  ["kadis", "disposisi, tanda tangan"],
  ["staf", "menyusun naskah"],
  ["operator", "loket Desa Bukit Raya"],
  ["kades", "tanda tangan desa"],
  ["inspektur", "pengawasan"],
] as const;

const run = async (command: string, args: readonly string[]): Promise<number> => {
  switch (command) {
    case "start":
      return start(readConfig(process.env));
    case "migrate":
    case "seed":
    case "fsck":
    case "recover":
    case "export":
    case "generate":
    case "compromise":
      return (await import("./maintenance.ts")).maintain(command, args, readConfig(process.env), say);
    case "witness":
      return (await import("./witness/index.ts")).runWitness(args, say);
    case "verify":
      return (await import("./verify.ts")).verifyFile(args, process.env["LONTAR_DATA"] ?? "./data", say);
    case "help":
    case "--help":
    case "-h":
      say(usage);
      return 0;
    default:
      process.stderr.write(`lontar: perintah "${command}" tidak dikenal.\n\n${usage}`);
      return 2;
  }
};

const [command = "start", ...args] = process.argv.slice(2);
try {
  process.exitCode = await run(command, args);
  // Whatever a library left open must not hold a finished command.
  process.exit();
} catch (error) {
  process.stderr.write(error instanceof ConfigError ? `Konfigurasi salah:\n${error.message}\n` : `lontar ${command}: ${describeError(error)}\n`);
  process.exit(error instanceof ConfigError ? 78 : 1);
}
