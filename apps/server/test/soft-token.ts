// A real PKCS#11 token in software (SoftHSM 2), for the tests that have it on their machine.
import { execFile, spawnSync } from "node:child_process";
import { X509Certificate, type KeyObject } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
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
    await put(label, pin, entries);
  };

  /** Puts keys and certificates on a token. */
  const put = async (label: string, pin: string, entries: readonly TokenEntry[]): Promise<void> => {
    const cryptoki = await openCryptoki(path());
    const slot = cryptoki.tokens().find((token) => token.label === label)?.slot ?? 0;
    await cryptoki.inSession(slot, async (session) => {
      cryptoki.logIn(session, Buffer.from(pin));
      for (const { label: name, id, certificate, privateKey } of entries) {
        const { attribute } = ck;
        const named = [[attribute.token, Buffer.of(1)], [attribute.id, Buffer.from(id, "hex")], [attribute.label, Buffer.from(name)]] as const;
        cryptoki.create(session, [
          ...named, [attribute.class, ulongOf(ck.classCertificate)], [attribute.certificateType, ulongOf(ck.certificateX509)], [attribute.private, Buffer.of(0)],
          [attribute.subject, subjectOf(certificate)], [attribute.value, Buffer.from(certificate)],
        ]);
        if (privateKey !== undefined) cryptoki.create(session, [...named, [attribute.class, ulongOf(ck.classPrivateKey)], [attribute.private, Buffer.of(1)], [attribute.sign, Buffer.of(1)], ...secretsOf(privateKey)]);
      }
    }, ck.sessionSerial | ck.sessionReadWrite);
    cryptoki.close(); // the next folder of tokens is another
  };

  return {
    module: path(),
    folder,
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
    /**
     * Has every token say of itself what SoftHSM keeps for it on disk and never says by itself, since it lets people guess for ever: these
     * flags of CK_TOKEN_INFO besides its own. What comes back takes them away again. A process that has the module open goes on with what it read.
     */
    flag: async (flags: number): Promise<() => Promise<void>> => {
      const change = async (to: (was: number) => number): Promise<void> => {
        for (const name of await readdir(tokens)) {
          const path = join(tokens, name, "token.object");
          const bytes = await readFile(path);
          const at = bytes.indexOf(tokenFlags) + tokenFlags.length;
          if (at < tokenFlags.length) throw new Error("SoftHSM keeps its tokens in another form");
          bytes.writeUInt32BE(to(bytes.readUInt32BE(at + 4)), at + 4);
          await writeFile(path, bytes);
        }
      };
      await change((was) => was | flags);
      return () => change((was) => was & ~flags);
    },
    close: async (): Promise<void> => {
      if (before === undefined) delete process.env["SOFTHSM2_CONF"];
      else process.env["SOFTHSM2_CONF"] = before;
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** Before the flags in a token's file: CKA_OS_TOKENFLAGS, and that a number follows. */
const tokenFlags = Buffer.from("000000008000534b0000000000000002", "hex");

const path = (): string => {
  if (module === undefined) throw new Error("SoftHSM 2 is not installed here");
  return module;
};

/** Tokens in a folder. */
export type SoftTokens = Awaited<ReturnType<typeof openSoftTokens>>;

/** A private key as attributes (PKCS#11 v2.40 §2.1.3, §2.3.4). */
const secretsOf = (key: KeyObject): readonly (readonly [number, Buffer])[] => {
  const jwk = key.export({ format: "jwk" });
  const part = (name: string): Buffer => Buffer.from(String(jwk[name]), "base64url");
  if (key.asymmetricKeyType === "rsa") return [[keyType, ulongOf(0)], ...["n", "e", "d", "p", "q", "dp", "dq", "qi"].map((name, index) => [rsaParts[index] ?? 0, part(name)] as const)];
  return [[keyType, ulongOf(3)], [curve, curves[String(jwk["crv"])] ?? Buffer.alloc(0)], [ck.attribute.value, part("d")]];
};

const keyType = 0x100;
const curve = 0x180;
const curves: Readonly<Record<string, Buffer>> = { "P-256": Buffer.from("06082a8648ce3d030107", "hex"), "P-384": Buffer.from("06052b81040022", "hex") };
const rsaParts: readonly number[] = [0x120, 0x122, 0x123, 0x124, 0x125, 0x126, 0x127, 0x128];

// SoftHSM wants a subject and looks at nothing in it.
const subjectOf = (certificate: Uint8Array): Buffer => Buffer.from(new X509Certificate(certificate).subject);
