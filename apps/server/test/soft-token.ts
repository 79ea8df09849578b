// A real PKCS#11 token in software (SoftHSM 2), for the tests that have it on their machine.
import { execFile, spawnSync } from "node:child_process";
import { X509Certificate, type KeyObject } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ck, openCryptoki, ulongOf } from "../src/signing/providers/pkcs11/cryptoki.ts";

const run = promisify(execFile);

const module = ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib64/softhsm/libsofthsm2.so", "/opt/homebrew/lib/softhsm/libsofthsm2.so"].find((path) => existsSync(path));

const hasBridge = await import("koffi").then(() => true, () => false /* optional: not every platform has it */);
const missing = [...(hasBridge ? [] : ["koffi"]), ...(module === undefined ? ["libsofthsm2.so"] : []), ...(spawnSync("softhsm2-util", ["--version"]).error === undefined ? [] : ["softhsm2-util"])];

/** Why these tests are passed over: what is not installed. `false` where everything is there. */
export const noSoftToken: string | false = missing.length === 0 ? false : `SoftHSM 2 cannot be used here: ${missing.join(" and ")} not found`;

/** A key and its certificate, as they are put on a token. */
export type TokenEntry = { readonly label: string; /** Hexadecimal CKA_ID. */ readonly id: string; readonly certificate: Uint8Array; readonly privateKey?: KeyObject };

/** A folder with tokens of its own, to be named to whatever process opens the module. */
export const openSoftTokens = async () => {
  const folder = await mkdtemp(join(tmpdir(), "lontar-token-"));
  const tokens = join(folder, "tokens");
  await mkdir(tokens);
  await writeFile(join(folder, "softhsm2.conf"), `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  const before = process.env["SOFTHSM2_CONF"];
  process.env["SOFTHSM2_CONF"] = join(folder, "softhsm2.conf"); // read by the module wherever it is opened

  const make = async (label: string, pin: string, entries: readonly TokenEntry[]): Promise<void> => {
    await run("softhsm2-util", ["--init-token", "--free", "--label", label, "--pin", pin, "--so-pin", "87654321"]);
    for (const { label: name, id, privateKey } of entries) {
      if (privateKey === undefined) continue;
      const file = join(folder, "key.pem");
      await writeFile(file, privateKey.export({ format: "pem", type: "pkcs8" }), { mode: 0o600 });
      await run("softhsm2-util", ["--import", file, "--token", label, "--label", name, "--id", id, "--pin", pin]);
      await rm(file);
    }
    await put(label, pin, entries);
  };

  /** Puts certificates beside the keys. */
  const put = async (label: string, pin: string, entries: readonly TokenEntry[]): Promise<void> => {
    const cryptoki = await openCryptoki(path());
    const slot = cryptoki.tokens().find((token) => token.label === label)?.slot ?? 0;
    await cryptoki.inSession(slot, async (session) => {
      cryptoki.logIn(session, Buffer.from(pin));
      for (const { label: name, id, certificate } of entries) {
        const { attribute } = ck;
        cryptoki.create(session, [
          [attribute.class, ulongOf(ck.classCertificate)], [attribute.certificateType, ulongOf(ck.certificateX509)], [attribute.token, Buffer.of(1)], [attribute.private, Buffer.of(0)],
          [attribute.subject, subjectOf(certificate)], [attribute.id, Buffer.from(id, "hex")], [attribute.label, Buffer.from(name)], [attribute.value, Buffer.from(certificate)],
        ]);
      }
    }, ck.sessionSerial | ck.sessionReadWrite);
    cryptoki.close(); // the next folder of tokens is another
  };

  return {
    module: path(),
    make,
    put,
    /** Pulls every token out; what comes back puts them in again. */
    pullOut: async (): Promise<() => Promise<void>> => {
      const away = join(folder, "away");
      await mkdir(away);
      const names = await readdir(tokens);
      await Promise.all(names.map((name) => rename(join(tokens, name), join(away, name))));
      return async () => {
        await Promise.all(names.map((name) => rename(join(away, name), join(tokens, name))));
        await rm(away, { recursive: true });
      };
    },
    close: async (): Promise<void> => {
      if (before === undefined) delete process.env["SOFTHSM2_CONF"];
      else process.env["SOFTHSM2_CONF"] = before;
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const path = (): string => {
  if (module === undefined) throw new Error("SoftHSM 2 is not installed here");
  return module;
};

/** Tokens in a folder. */
export type SoftTokens = Awaited<ReturnType<typeof openSoftTokens>>;

// SoftHSM wants a subject and looks at nothing in it.
const subjectOf = (certificate: Uint8Array): Buffer => Buffer.from(new X509Certificate(certificate).subject);
