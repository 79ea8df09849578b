import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { nodePort } from "../src/node.ts";
import { parseCertificate, type Certificate } from "../src/x509/certificate.ts";
import { readableCertificate } from "../src/cms/signed-data.ts";
import { readableCrl } from "../src/x509/crl.ts";
import { buildPath, type PathJudge } from "../src/x509/path.ts";
import { revocationOf, type RevocationMaterial } from "../src/x509/revocation.ts";

// NIST's PKI Test Suite (PKITS): paths and lists of every kind that RFC 5280 knows, each with its expected result. A checkout
// need not have it.
const folder = join(import.meta.dirname, "../../../../shared/conformance/nist-pkits");
const absent = existsSync(folder) ? false : "the files of NIST PKITS are not there";
const AT = new Date("2026-11-24T00:00:00Z");

type Case = {
  readonly id?: string;
  readonly name: string;
  readonly cert: string;
  readonly other_certs?: readonly string[];
  readonly crls?: readonly string[];
  readonly params?: { readonly user_initial_policy_set?: readonly string[]; readonly initial_explicit_policy?: boolean; readonly initial_policy_mapping_inhibit?: boolean; readonly initial_any_policy_inhibit?: boolean };
  readonly error?: { readonly class: string };
};

/** Cases whose result differs from NIST's on purpose. */
const REFUSED: Readonly<Record<string, string>> = {
  valid_dsa_signatures_test4: "DSA is refused: no profile of PAdES allows it any more (ETSI TS 119 312, FIPS 186-5)",
  valid_dsa_parameter_inheritance_test5: "DSA is refused, and inherited parameters with it",
};

/** The sections of PKITS, by the first three digits of a case. */
const SECTIONS: Readonly<Record<string, string>> = {
  401: "Signature verification", 402: "Validity periods", 403: "Name chaining", 404: "Basic revocation", 405: "Self-issued certificates", 406: "Basic constraints", 407: "Key usage",
  408: "Certificate policies", 409: "Require explicit policy", 410: "Policy mappings", 411: "Inhibit policy mapping", 412: "Inhibit any policy", 413: "Name constraints",
  414: "Distribution points", 415: "Delta CRLs", 416: "Private certificate extensions",
};

const certificate = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, "certs", name)));
const list = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, "crls", name)));

/** What our validator says, as a relying party that demands revocation information on every certificate. */
async function judge({ cert, other_certs = [], crls = [], params = {} }: Case): Promise<string> {
  const leaf = readableCertificate(certificate(cert));
  if (leaf === undefined) return "the certificate cannot be read";
  const material: RevocationMaterial = {
    anchors: [parseCertificate(certificate("TrustAnchorRootCertificate.crt"))],
    candidates: other_certs.flatMap((name) => readableCertificate(certificate(name)) ?? []),
    crls: ["TrustAnchorRootCRL.crl", ...crls].flatMap((name) => readableCrl(list(name)) ?? []),
    ocsps: [],
    port: nodePort,
  };
  const demands = {
    at: AT,
    policies: {
      ...(params.user_initial_policy_set === undefined ? {} : { acceptable: params.user_initial_policy_set }),
      requireExplicit: params.initial_explicit_policy ?? false, inhibitMapping: params.initial_policy_mapping_inhibit ?? false, inhibitAny: params.initial_any_policy_inhibit ?? false,
    },
  };
  const result = await buildPath(leaf, material, demands, unrevoked(material));
  return "path" in result ? "valid" : result.problem.detail;
}

function unrevoked(material: RevocationMaterial): PathJudge {
  return async (path: readonly Certificate[]) => {
    for (let depth = path.length - 2; depth >= 0; depth--) {
      const answer = await revocationOf(path, depth, material);
      const isStale = answer !== undefined && (answer.nextUpdate === undefined || answer.nextUpdate < AT);
      if (answer?.kind === "good" && !isStale) continue;
      return { sub: "CERTIFICATE_CHAIN_GENERAL_FAILURE", detail: answer === undefined ? "revocation is unknown" : answer.kind === "revoked" ? "revoked" : "the list is out of date" };
    }
    return undefined;
  };
}

test("every path of NIST PKITS is judged as NIST says, or differs for a stated reason", { skip: absent }, async (t) => {
  const cases: readonly Case[] = JSON.parse(readFileSync(join(folder, "pkits.json"), "utf8"));
  const score = new Map<string, [right: number, all: number]>();
  const wrong: string[] = [];
  for (const each of cases) {
    const said = await judge(each);
    const isRight = (said === "valid") === (each.error === undefined);
    const section = SECTIONS[(each.id ?? "").slice(0, 3)] ?? "Further paths";
    const [right, all] = score.get(section) ?? [0, 0];
    score.set(section, [right + (isRight ? 1 : 0), all + 1]);
    if (isRight === each.name in REFUSED) wrong.push(`${each.id ?? ""} ${each.name}: expected ${each.error?.class ?? "valid"}, was ${said}`);
  }
  t.diagnostic([...score].map(([section, [right, all]]) => `${section}: ${right} of ${all}`).join(", "));
  const [right, all] = [...score.values()].reduce(([rights, alls], [one, other]) => [rights + one, alls + other], [0, 0]);
  t.diagnostic(`PKITS: ${right} of ${all}; differing on purpose: ${Object.entries(REFUSED).map(([name, why]) => `${name} (${why})`).join("; ")}`);
  assert.deepEqual(wrong, []);
});
