import { latin1, sameBytes, toHex } from "../bytes.ts";
import { certificateBySid, readableCertificate, type SignedData } from "../cms/signed-data.ts";
import { timestampInfo } from "../cms/timestamp.ts";
import { EXTENSION_OID } from "../der/oid.ts";
import type { Port } from "../port.ts";
import { extensionOf, parseCertificate, type Certificate } from "../x509/certificate.ts";
import { readableCrl } from "../x509/crl.ts";
import { readableOcspResponse } from "../x509/ocsp.ts";
import { buildPath, type Path } from "../x509/path.ts";
import { revocationOf, type RevocationAnswer } from "../x509/revocation.ts";
import { NoValidationData, type RevocationSource } from "./revocation-source.ts";
import { timestampsIn, type Signed, type Store } from "./stored.ts";

/** With what validation data are gathered. */
export type CollectOptions = {
  /** Trust anchors, DER: where the paths end. */
  readonly trust: readonly Uint8Array[];
  readonly revocation: RevocationSource;
  /** Now: answers must still speak at this time. */
  readonly at: Date;
  readonly port: Port;
  /** Further certificates to build paths from. */
  readonly intermediates?: readonly Uint8Array[];
};

/** What it takes to judge one signature when nobody can be asked any more: DER, in the order found. */
export type Evidence = { readonly certificates: readonly Uint8Array[]; readonly ocsps: readonly Uint8Array[]; readonly crls: readonly Uint8Array[] };

/** Gathers the validation data of every signature and time-stamp of a document (EN 319 142-1 §5.4.2), each answer verified before it is taken. */
export class Collector {
  private readonly options: CollectOptions;
  private readonly anchors: readonly Certificate[];
  private readonly stored: { readonly certificates: readonly Certificate[]; readonly answers: Answers };
  /** Answers fetched now, by what they were asked about, so that a CA's own status is asked once. */
  private readonly fetched = new Map<string, RevocationAnswer>();

  constructor(store: Store, options: CollectOptions) {
    this.options = options;
    this.anchors = options.trust.map(parseCertificate);
    const certificates = [...store.values.Certs, ...(options.intermediates ?? [])].flatMap((der) => readableCertificate(der) ?? []);
    this.stored = { certificates, answers: readAnswers(store.values.OCSPs, store.values.CRLs) };
  }

  /**
   * What `signed` takes: its own certificate's path, its time-stamp's, and those of whoever answered for them. What a later
   * time-stamp covers is judged as of that time-stamp; the newest is judged as of now (`isNewest`).
   */
  async evidenceFor({ cms, isTimestamp }: Signed, isNewest: boolean): Promise<Evidence> {
    const found = new Gathered();
    const stamps = timestampsIn(cms);
    const times = (isTimestamp ? [cms] : stamps).map((token) => timestampInfo(token).time.getTime());
    const provenAt = times.length === 0 ? undefined : new Date(Math.min(...times));
    await this.addSigner(found, cms, { since: provenAt, isNewest });
    for (const stamp of stamps) await this.addSigner(found, stamp, { since: timestampInfo(stamp).time, isNewest });
    return found;
  }

  /** What it takes to judge one certificate as of now. */
  async evidenceAbout(certificate: Certificate): Promise<Evidence> {
    const found = new Gathered();
    await this.addPath(found, { certificate, candidates: [], when: { since: undefined, isNewest: true }, depth: 0 });
    return found;
  }

  private async addSigner(found: Gathered, cms: SignedData, when: When): Promise<void> {
    const certificate = certificateBySid(cms.signer.sid, cms.certificates);
    if (certificate === undefined) throw new NoValidationData("no_path", "a signature does not bring its signer's certificate");
    await this.addPath(found, { certificate, candidates: cms.certificates, when, depth: 0 });
  }

  private async addPath(found: Gathered, { certificate, candidates, when, depth }: Wanted): Promise<void> {
    const material = { anchors: this.anchors, candidates: [...candidates, ...this.stored.certificates], port: this.options.port };
    const result = await buildPath(certificate, material, {});
    if ("problem" in result) throw new NoValidationData("no_path", `no path leads from a certificate to a trusted one: ${result.problem.detail}`);
    const { path } = result;
    for (const member of path) found.add("certificates", member.der);
    for (let k = 0; k + 1 < path.length; k++) {
      const answer = await this.answerAbout(path, k, { candidates: material.candidates, when });
      if (answer === undefined) continue;
      found.add(answer.source === "ocsp" ? "ocsps" : "crls", answer.der);
      // Who answers in the issuer's place must be judged too, unless the issuer said not to (RFC 6960 §4.2.2.2.1).
      const isDelegated = !path.some((member) => sameBytes(member.der, answer.signer.der));
      const isExempt = extensionOf(answer.signer, EXTENSION_OID.ocspNoCheck) !== undefined;
      if (isDelegated && !isExempt && depth < MAX_DELEGATION) await this.addPath(found, { certificate: answer.signer, candidates: material.candidates, when, depth: depth + 1 });
    }
  }

  /**
   * A good answer about the certificate at `depth`. One in the document will do if it was made after `since`: an older one
   * says nothing about the time that matters (EN 319 102-1 §5.6.2.2). Otherwise the source is asked, OCSP first.
   */
  private async answerAbout(path: Path, depth: number, { candidates, when: { since, isNewest } }: Pick<Wanted, "candidates" | "when">): Promise<RevocationAnswer | undefined> {
    const [certificate, issuer] = [path[depth], path[depth + 1]];
    if (certificate === undefined || issuer === undefined) return undefined;
    const verified = (answers: Answers): Promise<RevocationAnswer | undefined> => revocationOf(path, depth, { anchors: this.anchors, candidates, port: this.options.port, ...answers });
    const kept = await verified(this.stored.answers);
    if (kept?.kind === "good" && since !== undefined && kept.madeAt >= since && !(isNewest && this.isOver(kept))) return kept;
    const key = `${latin1(issuer.spki)}${latin1(certificate.der)}`;
    const known = this.fetched.get(key) ?? (await this.ask({ certificate: certificate.der, issuer: issuer.der }, verified));
    if (known === undefined) throw new NoValidationData("no_revocation_data", `nothing that holds says whether a certificate was revoked (serial number ${toHex(certificate.serialNumber)})`);
    if (known.kind === "revoked" && (since === undefined || known.revokedAt <= since)) throw new NoValidationData("revoked", `a certificate was revoked on ${known.revokedAt.toISOString()} (serial number ${toHex(certificate.serialNumber)})`);
    if (known.nextUpdate !== undefined && this.isOver(known)) throw new NoValidationData("stale", `the answer about a certificate ended on ${known.nextUpdate.toISOString()}`);
    this.fetched.set(key, known);
    return known;
  }

  private isOver({ nextUpdate }: RevocationAnswer): boolean {
    return nextUpdate !== undefined && nextUpdate < this.options.at;
  }

  private async ask(question: Parameters<RevocationSource["ocsp"]>[0], verified: (answers: Answers) => Promise<RevocationAnswer | undefined>): Promise<RevocationAnswer | undefined> {
    const { revocation } = this.options;
    const response = await revocation.ocsp(question);
    const byResponse = response === undefined ? undefined : await verified(readAnswers([response], []));
    if (byResponse !== undefined) return byResponse;
    const list = await revocation.crl(question);
    return list === undefined ? undefined : verified(readAnswers([], [list]));
  }
}

type Wanted = { readonly certificate: Certificate; readonly candidates: readonly Certificate[]; readonly when: When; readonly depth: number };

/** Since when an answer must have been made, and whether it must still speak. */
type When = { readonly since: Date | undefined; readonly isNewest: boolean };

type Answers = Pick<Parameters<typeof revocationOf>[2], "ocsps" | "crls">;

function readAnswers(ocsps: readonly Uint8Array[], crls: readonly Uint8Array[]): Answers {
  return { ocsps: ocsps.flatMap((der) => readableOcspResponse(der) ?? []), crls: crls.flatMap((der) => readableCrl(der) ?? []) };
}

/** Keeps each thing once. */
class Gathered implements Evidence {
  readonly certificates: Uint8Array[] = [];
  readonly ocsps: Uint8Array[] = [];
  readonly crls: Uint8Array[] = [];

  add(kind: keyof Evidence, der: Uint8Array): void {
    if (!this[kind].some((known) => sameBytes(known, der))) this[kind].push(der);
  }
}

const MAX_DELEGATION = 2;
