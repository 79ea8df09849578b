// The work of the night on one government's proofs in a process of its own, which `signing/jobs.test.ts` kills at each numbered step (LONTAR_KILL_AT).
import { join } from "node:path";
import { createOcspResponder, generateKey, httpTimestampAuthority, importPrivateKey, issueCertificate, issueCrl, localRevocationSource } from "@lontar/pades/node";
import { z } from "zod";
import { openDatabase, openPool } from "../src/kernel/db.ts";
import { openBlobStore } from "../src/kernel/files/blobs.ts";
import { realSource } from "../src/kernel/ids.ts";
import { preservingJobs } from "../src/signing/jobs.ts";
import { openSigning } from "../src/signing/sign.ts";
import { openValidator } from "../src/signing/validator.ts";

/** What the process is told. */
export type Night = z.input<typeof night>;

const bytes = z.base64().transform((text) => new Uint8Array(Buffer.from(text, "base64")));
const pair = z.object({ certificate: bytes, key: bytes });
const night = z.object({ connection: z.union([z.object({ url: z.string() }), z.object({ host: z.string(), port: z.number().default(5432), user: z.string(), password: z.string(), database: z.string() })]), folder: z.string(), aheadMs: z.number(), tsa: z.string(), root: pair, issuing: pair, task: z.enum(["signing.preserve", "signing.renew"]), payload: z.record(z.string(), z.string()) });

const dayMs = 86_400_000;
const told = night.parse(JSON.parse(process.argv[2] ?? ""));
const [root, issuing] = [told.root, told.issuing].map(({ certificate, key }) => ({ certificate, privateKey: importPrivateKey(key) }));
if (root === undefined || issuing === undefined) throw new Error("told of no authority");
const now = (): Date => new Date(Date.parse(realSource.now()) + told.aheadMs);
const source = { ...realSource, now: () => now().toISOString() };
const trust = [root.certificate];
const answering = generateKey("P-256");
const responder = createOcspResponder({
  issuer: issuing.certificate, privateKey: answering, validForMs: 7 * dayMs, statusOf: async () => "good",
  certificate: await issueCertificate(issuing, { profile: "ocsp", subject: { commonName: "Penjawab Uji", country: "ID" }, key: answering, notBefore: new Date(now().getTime() - dayMs), notAfter: new Date(now().getTime() + 365 * dayMs) }),
});
const revocation = localRevocationSource([{ issuer: issuing.certificate, responder }, { issuer: root.certificate, crl: () => issueCrl(root, { number: 1, thisUpdate: now(), nextUpdate: new Date(now().getTime() + 30 * dayMs), revoked: [] }) }], now);
const pool = openPool(told.connection, 3);
const signing = openSigning({
  provider: { name: "uji", development: false, needsSecret: true, trust, roots: [], enrolment: undefined, sign: () => Promise.reject(new Error("unused")) }, validate: openValidator(),
  authorities: { timestamps: httpTimestampAuthority({ url: told.tsa, trust, timeoutMs: 20_000 }), revocation, source, patienceMs: 60_000 },
});
const { tenantId = "", ...payload } = told.payload;
await preservingJobs({ db: openDatabase(pool), source, signing, blobs: await openBlobStore(join(told.folder, "blobs")) })[told.task]?.({ tenantId, ...payload }, 1);
await pool.end();
