import { createOcspResponder, createTsa, generateKey, issueCertificate, issueCrl, localRevocationSource, type Tsa } from "@lontar/pades/node";
import type { RevocationSource } from "@lontar/pades";
import { openAuthority } from "./authority.ts";
import { openService, type Answered } from "./service.ts";

/** How a time-stamping authority can go wrong. `lost` = it stamped, and the answer did not arrive. */
export type TsaTrouble = "none" | "hang_up" | "silence" | "busy" | "lost" | "wrong_nonce" | "wrong_imprint" | "expired" | "refused";

/** How the answers about revocations can go wrong. */
export type StatusTrouble = "none" | "silence" | "revoked";

const dayMs = 86_400_000;

/** A TSA over HTTP (RFC 3161 §3.4), and the OCSP responder and CRL of the same authority, with faults on demand and a count of what was stamped. */
export const openTsa = async ({ now, stampDays = 3 * 365 }: { readonly now: () => Date; /** How long the stamping certificate lasts. */ readonly stampDays?: number }) => {
  const authority = await openAuthority("TSA Uji", now());
  const { issuing } = authority;
  const state: { trouble: TsaTrouble; status: StatusTrouble; asked: number; stamped: number; statusAsked: number } = { trouble: "none", status: "none", asked: 0, stamped: 0, statusAsked: 0 };
  const stampWith = async (days: number): Promise<Tsa> => {
    const privateKey = generateKey("P-256");
    const certificate = await issueCertificate(issuing, { profile: "timestamp", subject: { commonName: "Stempel Waktu Uji", country: "ID" }, key: privateKey, notBefore: new Date(now().getTime() - 60 * dayMs), notAfter: new Date(now().getTime() + days * dayMs) });
    return createTsa({ certificate, chain: authority.chain, privateKey, policy: "1.3.6.1.4.1.99999.3.2" });
  };
  const stamps: { tsa: Tsa } = { tsa: await stampWith(stampDays) };
  const expired = await stampWith(-1);

  const service = await openService(async ({ body }): Promise<Answered> => {
    state.asked += 1;
    const { trouble } = state;
    if (trouble === "hang_up") return "hang_up";
    if (trouble === "silence") return "silence";
    if (trouble === "busy") return { status: 503, body: "" };
    if (trouble === "refused") return answered(await stamps.tsa.respond(body.subarray(1), now()));
    state.stamped += 1;
    const token = await (trouble === "expired" ? expired : stamps.tsa).respond(trouble === "wrong_nonce" ? changed(body, -4) : trouble === "wrong_imprint" ? changed(body, body.indexOf(Buffer.of(0x04, 0x20)) + 2) : body, now());
    return trouble === "lost" ? "hang_up" : answered(token);
  });

  const responderKey = generateKey("P-256");
  const responderCertificate = await issueCertificate(issuing, { profile: "ocsp", subject: { commonName: "Penjawab Uji", country: "ID" }, key: responderKey, notBefore: new Date(now().getTime() - dayMs), notAfter: new Date(now().getTime() + 5 * 365 * dayMs) });
  const responder = createOcspResponder({ issuer: issuing.certificate, certificate: responderCertificate, privateKey: responderKey, validForMs: 7 * dayMs, statusOf: async () => (state.status === "revoked" ? { revokedAt: new Date(now().getTime() - dayMs), reason: "keyCompromise" } : "good") });
  const answers = localRevocationSource([{ issuer: issuing.certificate, responder }, { issuer: authority.root, crl: () => issueCrl(authority.rootAuthority, { number: 1, thisUpdate: now(), nextUpdate: new Date(now().getTime() + 30 * dayMs), revoked: [] }) }], now);
  const when = async (ask: () => Promise<Uint8Array | undefined>): Promise<Uint8Array | undefined> => {
    state.statusAsked += 1;
    return state.status === "silence" ? undefined : ask();
  };
  const revocation: RevocationSource = { ocsp: (question) => when(() => answers.ocsp(question)), crl: (question) => when(() => answers.crl(question)) };

  return {
    ...service, authority, state, revocation,
    /** A new stamping certificate, as an authority takes one before the old one ends. */
    renewCertificate: async (days: number): Promise<void> => {
      stamps.tsa = await stampWith(days);
    },
  };
};

/** A running authority. */
export type TestTsa = Awaited<ReturnType<typeof openTsa>>;

const answered = (body: Uint8Array): Answered => ({ status: 200, headers: { "content-type": "application/timestamp-reply" }, body });

/** The request with one bit changed: an authority that answers another question. The nonce ends four octets before the end (RFC 3161 §2.4.1: certReq follows it). */
const changed = (request: Buffer, at: number): Uint8Array => {
  const other = Uint8Array.from(request);
  const place = at < 0 ? other.length + at : at;
  other[place] = (other[place] ?? 0) ^ 1;
  return other;
};
