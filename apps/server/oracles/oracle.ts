import { execFile } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { cosignatureTime, decodeEntries, entriesBetween, formatLogProof, formatVerifierKey, parseNote, proveRecord, proveTree, tileHashReader, tilePath, toBase64, treeRoot, type Tile } from "@lontar/ledger";
import { reportXml, validate } from "@lontar/pades/validate";
import { nodePort } from "@lontar/pades/node";
import { openAuthority } from "@lontar/testkit/providers";
import { ask } from "../../../packages/pades/oracles/ask.ts";
import { JUDGES } from "../../../packages/pades/oracles/judges.ts";
import { checkpointIn } from "../src/audit/publish.ts";
import { plainPdf } from "../src/kernel/files/plain-pdf.ts";
import { openSeal } from "../src/kernel/seal.ts";
import { openPkcs11Provider } from "../src/signing/providers/pkcs11/pkcs11.ts";
import { openTokens } from "../src/signing/providers/pkcs11/tokens.ts";
import { pathOf } from "../src/witness/index.ts";
import { realSource } from "../src/kernel/ids.ts";
import { startTestServer } from "../test/http.ts";
import { openLogWorld } from "../test/log-world.ts";
import { draftReadyToSign, signReady } from "../test/ready-draft.ts";
import { noSoftToken, openSoftTokens } from "../test/soft-token.ts";

/** One thing an independent implementation was asked, and what it said. */
export type OracleFinding = { readonly name: string; readonly ok: boolean | undefined; readonly detail: string };

const goFolder = new URL("../../../packages/ledger/oracles/go/", import.meta.url).pathname;
const goLimitMs = 300_000;

/** Asks every judge about this installation: Go about its log, and whoever knows PAdES about a letter that it signed. */
export async function run(): Promise<OracleFinding[]> {
  return [...(await askAboutLog()), ...(await askAboutLetter()), ...(await askAboutTokens())];
}

/** Signatures by keys on a token (SoftHSM): valid in the eyes of pdfsig, by each algorithm that every reader knows? */
const askAboutTokens = async (): Promise<OracleFinding[]> => {
  if (noSoftToken !== false) return [{ name: "a signature by a token", ok: undefined, detail: noSoftToken }];
  const at = realSource.now();
  const authority = await openAuthority("PSrE Uji", new Date(at));
  const soft = await openSoftTokens();
  const tokens = openTokens({ module: soft.module });
  const folder = await mkdtemp(join(tmpdir(), "lontar-oracle-token-"));
  try {
    const kinds = [["P-256", "0a", "pkcs1"], ["P-384", "0b", "pkcs1"], ["RSA-2048", "0c", "pkcs1"], ["RSA-2048", "0d", "pss"]] as const;
    await soft.make("Token", "123456", await Promise.all(kinds.map(async ([key, id]) => ({ id, label: id, ...(await authority.certify({ name: "Siti Aminah", key })) }))));
    const findings: OracleFinding[] = [];
    for (const [key, id, rsa] of kinds) {
      const provider = openPkcs11Provider(tokens, { anchors: { trust: [authority.root], roots: [] }, seal: openSeal("rahasia-instalasi-untuk-uji-0123456789"), rsa });
      const answer = await provider.sign({ pdf: plainPdf(["NASKAH UJI"]), certificate: new Uint8Array(0), handle: await provider.enrolment.handleOf(`Token/${id}`), secret: "123456", at, name: "Siti Aminah", reason: "Surat", location: "Penajam" });
      if ("fault" in answer) throw new Error(`the token did not sign: ${answer.fault.vendor}`);
      const file = join(folder, `${id}.pdf`);
      await writeFile(file, answer.signed);
      const said = await ask("pdfsig", [file]);
      findings.push({ name: `a signature by a token, ${key} ${rsa}: pdfsig finds it valid`, ok: said?.out.includes("Signature is Valid"), detail: said === undefined ? "not installed" : said.out.replaceAll(/\s+/g, " ").slice(-200) });
    }
    return findings;
  } finally {
    await tokens.close();
    await Promise.all([soft.close(), rm(folder, { recursive: true })]);
  }
};

/** A letter of a demo office, as it stands in the store: is it B-LTA and still PDF/A in the eyes of everybody who judges PAdES, with nobody else to ask? */
const askAboutLetter = async (): Promise<OracleFinding[]> => {
  const server = await startTestServer("oracle_letter");
  try {
    const kadis = await server.signIn("kadis");
    const ready = await draftReadyToSign(kadis);
    const { sha256 } = await signReady(kadis, ready);
    const { signed } = (await kadis.call("drafts.show", { id: ready.id })).body;
    const [letter, root] = [join(server.folder, "letter.pdf"), join(server.folder, "root.der")];
    await cp(join(server.folder, "blobs", sha256.slice(0, 2), sha256), letter);
    await writeFile(root, new X509Certificate(await readFile(join(server.folder, "keys", "development-root.pem"))).raw);
    const [bytes, at, known] = [new Uint8Array(await readFile(letter)), new Date(realSource.now()), join(server.folder, "known")];
    await mkdir(known);
    await cp(root, join(known, "anchor.root"));
    const ours = await validate(bytes, { trust: [new Uint8Array(await readFile(root))], at, port: nodePort });
    const report = join(server.folder, "letter.xml");
    await writeFile(report, reportXml(ours, at));
    const file = { name: "a letter of the demo", path: letter, bytes, algorithm: "P-256", level: "B-LTA" as const, signatures: 1, at, flavour: "2a", report };
    const findings: OracleFinding[] = [{ name: "a letter of the demo: our own validator", ok: ours.indication === "TOTAL-PASSED" && signed?.longTerm?.level === "B-LTA", detail: JSON.stringify(signed?.longTerm) }];
    for (const { name, judge } of JUDGES) {
      const verdicts = await judge({ files: [file], known, root });
      const verdict = typeof verdicts === "string" ? { cannot: verdicts } : (verdicts[0] ?? { cannot: "no answer" });
      findings.push({ name: `a letter of the demo: ${name}`, ..."cannot" in verdict ? { ok: undefined, detail: verdict.cannot } : { ok: verdict.agrees, detail: verdict.detail } });
    }
    return findings;
  } finally {
    await server.close();
  }
};

/** Has Go's `x/mod/sumdb` judge what a real office published and what a real witness said of it: its folder as it lies there. */
async function askAboutLog(): Promise<OracleFinding[]> {
  const world = await openLogWorld("oracle");
  try {
    const witness = await world.witness("inspektorat");
    const policy = world.policy("quorum inspektorat", { inspektorat: witness });
    await world.act(300);
    await world.keep(policy);
    await world.act(400); // a living log: the second publication starts from partial tiles
    await world.keep(policy);
    const folder = join(world.folder, "judged");
    await cp(join(world.folder, "log", world.tenantId), folder, { recursive: true });
    const checkpoint = await readFile(join(folder, "checkpoint"), "utf8");
    const { size } = checkpointIn(checkpoint) ?? { size: 0 };
    const read = tileHashReader(size, (tiles: readonly Tile[]) => Promise.all(tiles.map(async (tile) => new Uint8Array(await readFile(join(folder, tilePath(tile)))))));
    const index = 123;
    const [bundle] = entriesBetween(0, size);
    const records = bundle === undefined ? undefined : decodeEntries(new Uint8Array(await readFile(join(folder, pathOf({ kind: "entries", bundle })))), bundle.width);
    await writeFile(join(folder, "letter.leaf"), (records !== undefined && "value" in records ? records.value[index] : undefined) ?? "");
    await writeFile(join(folder, "letter.tlog-proof"), formatLogProof({ index, proof: await proveRecord(index, size, read), checkpoint, extra: undefined }));
    const recordProofs = [];
    for (let at = 0; at < size; at += 41) recordProofs.push({ index: at, proof: (await proveRecord(at, size, read)).map(toBase64) });
    const treeProofs = [];
    for (const older of [1, 255, 256, 257, 300, size - 1, size]) treeProofs.push({ older, root: toBase64(await treeRoot(older, read)), proof: (await proveTree(older, size, read)).map(toBase64) });
    const note = parseNote(checkpoint);
    const cosignature = "value" in note ? note.value.signatures.find(({ name }) => name.startsWith("inspektorat")) : undefined;
    await writeFile(join(folder, "manifest.json"), JSON.stringify({ logKey: formatVerifierKey(world.signer.key), witnessKey: witness.verifierKey, witnessTime: cosignatureTime(cosignature?.bytes ?? new Uint8Array()) ?? 0, recordProofs, treeProofs }));
    const { stdout } = await promisify(execFile)("go", ["run", ".", folder], { cwd: goFolder, timeout: goLimitMs, maxBuffer: 64 << 20 });
    const reply: { readonly findings: readonly OracleFinding[] } = JSON.parse(stdout); // our own program, a moment ago: its shape is main.go's `reply`
    return reply.findings.map((finding) => ({ ...finding, name: `installation: ${finding.name}` }));
  } catch (error) {
    return [{ name: "installation: Go judges the published log", ok: false, detail: error instanceof Error ? error.message.slice(0, 500) : String(error) }];
  } finally {
    await world.close();
  }
}
