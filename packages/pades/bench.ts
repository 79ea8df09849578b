import { execFileSync } from "node:child_process";
import { createHash, createPublicKey, sign as signOnce, verify as verifyOnce, type KeyObject } from "node:crypto";
import { CryptoKeySigner, PDF } from "@libpdf/core";
import { plainAddPlaceholder } from "@signpdf/placeholder-plain";
import { P12Signer } from "@signpdf/signer-p12";
import { SignPdf } from "@signpdf/signpdf";
import forge from "node-forge";
import { append, complete, DEFAULT_LIMITS, longTermTail, prepare, signatureTail, signPdf, validate, type PdfSource } from "./src/index.ts";
import { exportPrivateKey, generateKey, issueCertificate, issueRoot, nodePort, nodeSigner, type KeyAlgorithm } from "./src/node.ts";
import { NOW, testAuthority } from "./test/authority.ts";
import { samplePdf } from "./test/sample-pdf.ts";

/** One measured thing; `ratio` compares with `peer`, the least that any signer must do. */
export type Metric = { readonly name: string; readonly value: number; readonly unit: string; readonly peer: string; readonly ratio: number };

/**
 * Signing against its physical limit (one private-key operation and one SHA-256 of the file, measured in processor time, in
 * turns with it) and beside the packages that others use; validation, its issuers known, against one verification and
 * one SHA-256; what level B-LTA adds, and what a gigabyte costs in memory, signed and validated. "tail" makes the bytes to
 * append; "whole" answers a copy of the file with them, and so do the others: their limit copies it, too.
 */
export async function run(): Promise<Metric[]> {
  const metrics: Metric[] = [];
  for (const [algorithm, bytes] of [["P-256", 100_000], ["P-256", 10_000_000], ["RSA-2048", 100_000], ["RSA-3072", 100_000]] as const) {
    metrics.push(...(await measure(algorithm, bytes)));
  }
  return [...metrics, ...opensslSpeed(), ...(await longTerm()), await gigabyte(), ...(await gigabyteValidated())];
}

/** The same private-key operations by OpenSSL's own measure, where it is installed: whether the limit above is one. */
function opensslSpeed(): Metric[] {
  return [["ecdsap256", "P-256"], ["rsa3072", "RSA-3072"]].flatMap(([name = "", label = ""]) => {
    try {
      const said = execFileSync("openssl", ["speed", "-seconds", "2", "-mr", name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
      const [, , , rate = "0"] = said.split("\n").find((line) => /^\+F[24]:/.test(line))?.split(":") ?? [];
      const seconds = Number(rate);
      return [{ name: `openssl speed, ${label}`, value: Math.round(seconds < 1 ? 1 / seconds : seconds), unit: "signatures per second", peer: "itself", ratio: 1 }];
    } catch {
      return []; // not installed: nothing to compare with
    }
  });
}

/** The bytes that level B-LTA adds to a letter with an OCSP answer, a CRL and two time-stamps. */
async function longTerm(): Promise<Metric[]> {
  const authority = await testAuthority();
  const [signer, timestamps] = [await authority.certify(), await authority.stamping()];
  const pdf = samplePdf({ padding: 100_000 });
  const options = { trust: authority.trust, revocation: authority.revocation(), at: NOW, port: nodePort, timestamps };
  const signed = await signPdf(pdf, { signer, port: nodePort, signedAt: NOW, timestamps });
  const [signing = 0, archiving = 0] = await race([() => signatureTail(pdf, { signer, port: nodePort, signedAt: NOW, timestamps }), () => longTermTail(signed, options)]);
  const added = signed.length + (await longTermTail(signed, options)).length - pdf.length;
  return [
    { name: "pades sign B-T, tail, P-256, 100 KB, authority in this process", value: Math.round(1000 / signing), unit: "per second", peer: "", ratio: 0 },
    { name: "pades B-T to B-LTA, P-256, 100 KB, all answers from this process", value: Math.round(1000 / archiving), unit: "per second", peer: "", ratio: 0 },
    { name: "pades B-LTA bytes added, P-256", value: added, unit: "bytes", peer: "25000 bytes", ratio: Number((25_000 / added).toFixed(2)) },
  ];
}

/** What signing a file of a gigabyte adds to the memory of the process: it is read piece by piece, and never whole. */
async function gigabyte(): Promise<Metric> {
  const authority = await testAuthority();
  const signer = await authority.certify();
  const source = largeSource(1_000_000_000);
  await signatureTail(largeSource(10_000_000), { signer, port: nodePort, signedAt: NOW });
  const before = process.memoryUsage.rss();
  let most = before;
  const read: PdfSource["read"] = (offset, length) => {
    most = Math.max(most, process.memoryUsage.rss());
    return source.read(offset, length);
  };
  const tail = await signatureTail({ size: source.size, read }, { signer, port: nodePort, signedAt: NOW });
  return { name: `pades memory above rest, 1 GB, tail of ${tail.length} bytes`, value: Math.round((most - before) / 1_000_000), unit: "MB", peer: "the whole file", ratio: Number((source.size / Math.max(most - before, 1)).toFixed(0)) };
}

/** What validating a gigabyte that is in memory takes beyond it. Nothing is measured where that much memory is not to be had. */
async function gigabyteValidated(): Promise<Metric[]> {
  const size = 1_000_000_000;
  if (process.availableMemory() < size * 3) return [];
  const authority = await testAuthority();
  const signer = await authority.certify();
  const source = largeSource(size);
  const tail = await signatureTail(source, { signer, port: nodePort, signedAt: NOW });
  const file = new Uint8Array(source.size + tail.length);
  for (let at = 0; at < source.size; at += 1 << 20) file.set(await source.read(at, Math.min(1 << 20, source.size - at)), at);
  file.set(tail, source.size);
  const before = process.resourceUsage().maxRSS; // kilobytes, the most there ever was
  const report = await validate(file, { trust: authority.trust, at: NOW, port: nodePort, limits: { ...DEFAULT_LIMITS, fileBytes: file.length } });
  if (report.indication !== "TOTAL-PASSED") throw new Error(`the gigabyte is not valid: ${JSON.stringify(report.document)}`);
  const added = (process.resourceUsage().maxRSS - before) * 1024;
  return [{ name: "pades validate, memory beyond the file, 1 GB", value: Math.round(added / 1_000_000), unit: "MB", peer: "the whole file", ratio: Number((file.length / Math.max(added, 1)).toFixed(0)) }];
}

/** A document of `size` bytes that is nowhere whole: a small one whose metadata stream is stretched with spaces. */
function largeSource(size: number): PdfSource {
  const short = Buffer.from(samplePdf({ padding: 10_000 })).toString("latin1");
  const seam = short.lastIndexOf("endstream") - 5_000;
  const stretch = size - short.length;
  // What stands behind the stretch lies that much further on. The stream's own Length is not read by a signer.
  const moved = short
    .replaceAll(/(\d{10}) 00000 n/g, (row, offset: string) => (Number(offset) > seam ? `${String(Number(offset) + stretch).padStart(10, "0")} 00000 n` : row))
    .replace(/startxref\n(\d+)/, (_, offset: string) => `startxref\n${Number(offset) + stretch}`);
  const [head, rest] = [Buffer.from(moved.slice(0, seam), "latin1"), Buffer.from(moved.slice(seam), "latin1")];
  const spaces = new Uint8Array(1 << 20).fill(0x20);
  const pieceAt = (place: number): Uint8Array => {
    if (place < seam) return head.subarray(place);
    return place < seam + stretch ? spaces.subarray(0, seam + stretch - place) : rest.subarray(place - seam - stretch);
  };
  return {
    size: head.length + stretch + rest.length,
    read: async (offset, length) => {
      const out = new Uint8Array(length);
      for (let at = 0; at < length; ) {
        const part = pieceAt(offset + at).subarray(0, length - at);
        out.set(part, at);
        at += part.length;
      }
      return out;
    },
  };
}

async function measure(algorithm: KeyAlgorithm, size: number): Promise<Metric[]> {
  const [from, to, at] = [new Date("2026-01-01T00:00:00Z"), new Date("2030-01-01T00:00:00Z"), new Date("2026-11-24T00:00:00Z")];
  const root = await issueRoot({ subject: { commonName: "Akar" }, key: generateKey(), notBefore: from, notAfter: to });
  const privateKey = generateKey(algorithm);
  const certificate = await issueCertificate(root, { profile: "person", subject: { commonName: "Siti" }, key: privateKey, notBefore: from, notAfter: to });
  const signer = nodeSigner({ certificate, privateKey });
  const pdf = samplePdf({ padding: size });
  const signed = await signPdf(pdf, { signer, port: nodePort, signedAt: at });
  const trust = [root.certificate];
  const message = new Uint8Array(200);
  const [publicKey, signature] = [createPublicKey(privateKey), signOnce("sha256", message, privateKey)];

  const tail = async (): Promise<Uint8Array> => {
    const prepared = await prepare(pdf, { signer, port: nodePort, signedAt: at });
    return complete(prepared, await signer.sign({ message: prepared.signedAttributes, digest: prepared.digest }));
  };
  const peers = await peersFor(algorithm, { pdf, certificate, privateKey, root: root.certificate });
  const hashed = (): Uint8Array => createHash("sha256").update(pdf).digest();
  const signedAndHashed = (): unknown => [hashed(), signOnce("sha256", message, privateKey)];
  const alsoCopied = (): unknown => [signedAndHashed(), new Uint8Array(pdf)];
  // Apart, since what one leaves behind (a copy of ten megabytes, another package's objects) is collected while the next is measured.
  const [limit = 0, tailTime = 0] = await race([signedAndHashed, tail]);
  const [wholeLimit = 0, wholeTime = 0] = await race([alsoCopied, async () => append(pdf, await tail())]);
  const [peerLimit = 0, ...peerTimes] = await race([alsoCopied, ...peers.map(({ sign }) => sign)]);
  const [leastTime = 0, validateTime = 0] = await race([() => [hashed(), verifyOnce("sha256", message, publicKey, signature)], () => validate(signed, { trust, at, port: nodePort })]);
  const label = `${algorithm}, ${size >= 1_000_000 ? `${size / 1_000_000} MB` : `${size / 1000} KB`}`;
  const metric = (name: string, time: number, peer: string, least: number): Metric => ({ name: `pades ${name}, ${label}`, value: Number((1000 / time).toPrecision(4)), unit: "per second", peer, ratio: Number((least / time).toFixed(3)) });
  return [
    metric("sign B-B, tail", tailTime, "1 signature + 1 SHA-256", limit),
    metric("sign B-B, whole", wholeTime, "1 signature + 1 SHA-256 + 1 copy", wholeLimit),
    ...peers.map(({ name }, k) => metric(name, peerTimes[k] ?? 0, "1 signature + 1 SHA-256 + 1 copy", peerLimit)),
    metric("validate", validateTime, "1 verification + 1 SHA-256", leastTime),
    { name: `pades bytes added, ${label}`, value: signed.length - pdf.length, unit: "bytes", peer: "4096-byte reserve in hex", ratio: Number((9024 / (signed.length - pdf.length)).toFixed(2)) },
  ];
}

type PeerInput = { readonly pdf: Uint8Array; readonly certificate: Uint8Array; readonly privateKey: KeyObject; readonly root: Uint8Array };

/** The same file signed by what others use: @libpdf/core, and with RSA @signpdf (its own certificate: it reads PKCS#12 alone). Both write the whole file. */
async function peersFor(algorithm: KeyAlgorithm, { pdf, certificate, privateKey, root }: PeerInput): Promise<{ readonly name: string; readonly sign: () => Promise<Uint8Array> }[]> {
  const isEc = algorithm.startsWith("P-");
  const parameters = isEc ? { name: "ECDSA", namedCurve: algorithm } : { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("pkcs8", Uint8Array.from(exportPrivateKey(privateKey)), parameters, false, ["sign"]);
  const signer = new CryptoKeySigner(key, certificate, isEc ? "EC" : "RSA", isEc ? "ECDSA" : "RSASSA-PKCS1-v1_5", [root]);
  const libpdf = async (): Promise<Uint8Array> => (await (await PDF.load(pdf)).sign({ signer })).bytes;
  if (algorithm !== "RSA-2048") return [{ name: "@libpdf/core, whole", sign: libpdf }];
  const archive = pkcs12();
  const signpdf = async (): Promise<Uint8Array> => {
    const ready = plainAddPlaceholder({ pdfBuffer: Buffer.from(pdf), reason: "Persetujuan", contactInfo: "", name: "Siti", location: "" });
    return new SignPdf().sign(ready, new P12Signer(archive, { passphrase: "bench" }));
  };
  return [{ name: "@libpdf/core, whole", sign: libpdf }, { name: "@signpdf, whole", sign: signpdf }];
}

function pkcs12(): Buffer {
  const keys = forge.pki.rsa.generateKeyPair(2048);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = keys.publicKey;
  certificate.serialNumber = "01";
  certificate.validity.notBefore = new Date("2026-01-01T00:00:00Z");
  certificate.validity.notAfter = new Date("2030-01-01T00:00:00Z");
  certificate.setSubject([{ name: "commonName", value: "Siti" }]);
  certificate.setIssuer([{ name: "commonName", value: "Siti" }]);
  certificate.sign(keys.privateKey, forge.md.sha256.create());
  const archive = forge.pkcs12.toPkcs12Asn1(keys.privateKey, [certificate], "bench", { algorithm: "3des" });
  return Buffer.from(forge.asn1.toDer(archive).getBytes(), "latin1");
}

/** Median processor milliseconds of each piece of work, the pieces taking turns so that a busy machine slows them alike. */
async function race(work: readonly (() => unknown)[]): Promise<number[]> {
  const times = work.map((): number[] => []);
  const began = ownMs();
  // A server runs for days: the turns before the compiler has seen the code are not what it will live with. It is this process's
  // own time that counts, or on a busy machine the compiler would not have had its turn.
  while (ownMs() - began < WARM_UP_MS + BUDGET_MS || (times[0]?.length ?? 0) < FEWEST_TURNS) {
    const isWarm = ownMs() - began >= WARM_UP_MS;
    for (const [k, piece] of work.entries()) {
      const time = await turn(piece);
      if (isWarm) times[k]?.push(time);
    }
  }
  return times.map((each) => each.toSorted((one, other) => one - other)[each.length >> 1] ?? 0);
}

/**
 * What a run of `piece` takes when it runs again and again. The first of each turn does not count: it pays for what the piece
 * before it left in the caches, and with a slow one (another package) before the limit, the limit would be no limit.
 */
async function turn(piece: () => unknown): Promise<number> {
  await piece();
  const [began, start] = [ownMs(), performance.now()];
  let runs = 0;
  do {
    await piece();
    runs += 1;
  } while (performance.now() - start < TURN_MS);
  return (ownMs() - began) / runs;
}

/** Milliseconds that the processor has spent on this process. */
function ownMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const FEWEST_TURNS = 20;
const TURN_MS = 5;
const WARM_UP_MS = 2_500;
const BUDGET_MS = 2_500;
