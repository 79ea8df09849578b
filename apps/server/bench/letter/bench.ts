/** A letter from data to a judged signature, on one core, beside the road most offices take: a browser's print and a signing package. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderInput, type RenderInput } from "@lontar/naskah";
import { createRenderer } from "@lontar/naskah/render";
import { signPdf, validate } from "@lontar/pades";
import { generateKey, issueCertificate, issueRoot, nodePort, nodeSigner, type KeyAlgorithm } from "@lontar/pades/node";
import { z } from "zod";
import { openPeer } from "./peer.bench.ts";

const metric = z.object({ name: z.string(), value: z.number(), unit: z.string(), peer: z.string().nullable(), ratio: z.number().nullable() });
/** One measured thing; `ratio` is above 1 where we do better than `peer`. */
export type Metric = z.output<typeof metric>;

const warmUp = 25;
const rounds = 120;

/** Measures in a process of its own that is held, browser and threads included, to one core where the system knows how. */
export async function run(): Promise<Metric[]> {
  const core = allowedCore();
  const held = core !== undefined && spawnSync("taskset", ["-c", core, "true"]).status === 0;
  const self = [process.execPath, import.meta.filename, held ? "one core" : "unpinned"];
  const [command = "", ...words] = held ? ["taskset", "-c", core, ...self] : self;
  const child = spawnSync(command, words, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  assert.equal(child.status, 0, "the measuring process ends well");
  return z.array(metric).parse(JSON.parse(child.stdout));
}

/** A core this process may use: in a container it need not be the first. */
const allowedCore = (): string | undefined =>
  existsSync("/proc/self/status") ? /^Cpus_allowed_list:\s*(\d+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1] : undefined;

type Road = { readonly issue: (letter: RenderInput) => Promise<unknown>; spentMs: number };

/** The roads take turns letter by letter, so that a busy machine slows them alike. */
const measure = async (where: string): Promise<Metric[]> => {
  const example = new URL("../../../../packages/naskah/src/types/sd/example.json", import.meta.url);
  const letter = readFileSync(example, "utf8");
  const renderer = createRenderer();
  const peer = await openPeer();
  try {
    const first = another(letter, 0);
    checkPeer(await peer.issue(first), first);
    const fast: Road = { issue: await ownRoad(renderer, "P-256"), spentMs: 0 };
    const rsa: Road = { issue: await ownRoad(renderer, "RSA-2048"), spentMs: 0 };
    const browser: Road = { issue: peer.issue, spentMs: 0 };
    const roads = [fast, browser, rsa];
    for (let n = 0; n < warmUp + rounds; n += 1) {
      roads.push(...roads.splice(0, 1)); // nobody always follows the same one
      for (const [lane, road] of roads.entries()) {
        const next = another(letter, 1 + n * roads.length + lane);
        const started = performance.now();
        await road.issue(next);
        if (n >= warmUp) road.spentMs += performance.now() - started;
      }
    }
    const rate = ({ spentMs }: Road): number => Number(((rounds * 1000) / spentMs).toFixed(1));
    const against = `Chromium print + @signpdf (RSA-2048, not validated): ${rate(browser)} letters/s`;
    const line = (name: string, road: Road): Metric => ({ name: `letter: rendered, signed and validated, ${name}, ${where}`, value: rate(road), unit: "letters/s", peer: against, ratio: Number((browser.spentMs / road.spentMs).toFixed(2)) });
    return [line("P-256", fast), line("RSA-2048", rsa)];
  } finally {
    await renderer.close();
    await peer.close();
  }
};

/** A letter that shares with the last what letters of one office share, and no paragraph: nobody prints what was laid out before. */
const another = (example: string, index: number): RenderInput => {
  const letter = renderInput.parse(JSON.parse(example, (key, value) => (key === "text" ? `${value} (${index})` : value)));
  const code = `Q${String(index).padStart(9, "0")}`;
  return { ...letter, number: `500.12.6.3/${index}/SETDA/2026`, verification: { url: `https://eoffice.ppu.contoh.go.id/v/${code}`, code } };
};

/** Render, sign as the development CA's holders do (root, issuing, person), and believe it only after our own validator. */
const ownRoad = async (renderer: ReturnType<typeof createRenderer>, algorithm: KeyAlgorithm): Promise<Road["issue"]> => {
  const span = { notBefore: new Date("2026-01-01T00:00:00Z"), notAfter: new Date("2030-01-01T00:00:00Z") };
  const root = await issueRoot({ subject: { commonName: "Akar" }, key: generateKey("P-384"), ...span });
  const issuingKey = generateKey("P-256");
  const issuing = await issueCertificate(root, { profile: "issuing", subject: { commonName: "Penerbit" }, key: issuingKey, ...span });
  const privateKey = generateKey(algorithm);
  const certificate = await issueCertificate({ certificate: issuing, privateKey: issuingKey }, { profile: "person", subject: { commonName: "Pejabat Contoh" }, key: privateKey, ...span });
  const signer = nodeSigner({ certificate, chain: [issuing], privateKey });
  const at = new Date("2026-08-05T00:00:00Z");
  return async (letter) => {
    const { pdf, pages } = await renderer.pdf(letter);
    assert.equal(pages, 1, "the letter of this bench fills one page");
    const signed = await signPdf(pdf, { signer, port: nodePort, signedAt: at });
    const report = await validate(signed, { trust: [root.certificate], at, port: nodePort });
    assert.equal(report.indication, "TOTAL-PASSED");
  };
};

/** The comparison is worth nothing if the other side did not make the letter. */
const checkPeer = (signed: Uint8Array, letter: RenderInput): void => {
  assert.match(Buffer.from(signed).toString("latin1"), /\/ByteRange ?\[ ?0 \d+ \d+ \d+/);
  const path = join(tmpdir(), `lontar-bench-peer-${process.pid}.pdf`);
  writeFileSync(path, signed);
  try {
    if (process.env["BENCH_KEEP"] !== undefined) writeFileSync(process.env["BENCH_KEEP"], signed);
    const judged = spawnSync("pdfsig", ["-nocert", path], { encoding: "utf8" });
    if (judged.status !== null) assert.match(judged.stdout, /Signature is Valid/);
    const read = spawnSync("pdftotext", [path, "-"], { encoding: "utf8" });
    if (read.status === 0) assert.ok(read.stdout.includes(letter.signature.name), "the browser printed the letter");
    if (read.status === 0) assert.equal(read.stdout.split("\f").length - 1, 1, "the browser's letter fills one page too");
  } finally {
    rmSync(path, { force: true });
  }
};

if (import.meta.main) process.stdout.write(JSON.stringify(await measure(process.argv[2] ?? "unpinned")));
