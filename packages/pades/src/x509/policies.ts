import { EXTENSION_OID } from "../der/oid.ts";
import { Malformed, objectIdentifier, parts, smallInteger } from "../der/read.ts";
import { extensionOf, type Certificate } from "./certificate.ts";

/** What the relying party asks of certificate policies (RFC 5280 §6.1.1 (c) to (g)). Nothing given: any policy, or none, will do. */
export type PolicyDemands = {
  /** The policies one of which the path must be valid for; absent, any. */
  readonly acceptable?: readonly string[];
  readonly requireExplicit?: boolean;
  readonly inhibitMapping?: boolean;
  readonly inhibitAny?: boolean;
};

/** The policies in a certificate: their identifiers, or nothing if the extension is absent. */
export function certificatePolicies(certificate: Certificate): readonly string[] | undefined {
  const extension = extensionOf(certificate, EXTENSION_OID.certificatePolicies);
  if (extension === undefined) return undefined;
  const found = parts(extension, "certificatePolicies").map((information) => objectIdentifier(parts(information, "policy information")[0], "policy"));
  if (found.length > MAX_POLICIES) throw new Malformed("too many certificate policies");
  if (new Set(found).size !== found.length) throw new Malformed("a certificate policy appears twice");
  return found;
}

/**
 * The policy state of a path while it is walked from the anchor down (RFC 5280 §6.1.2 to §6.1.5), as the graph of RFC 9618
 * instead of the tree of RFC 5280: a hostile path could make the tree grow exponentially, while the graph has at most one
 * node for each policy and depth.
 */
export class PolicyState {
  private levels: Map<string, Node>[] | undefined = [new Map([[ANY_POLICY, { policy: ANY_POLICY, expected: new Set([ANY_POLICY]), parents: new Set() }]])];
  private readonly demands: PolicyDemands;
  private explicit: number;
  private mapping: number;
  private any: number;

  constructor(length: number, demands: PolicyDemands) {
    this.demands = demands;
    this.explicit = demands.requireExplicit === true ? 0 : length + 1;
    this.mapping = demands.inhibitMapping === true ? 0 : length + 1;
    this.any = demands.inhibitAny === true ? 0 : length + 1;
  }

  /** Takes in certificate's policies (§6.1.3 (d) to (f)); says why the path breaks here, or nothing. */
  enter(certificate: Certificate, isSelfIssued: boolean, isLast: boolean): string | undefined {
    const policies = certificatePolicies(certificate);
    if (policies === undefined) this.levels = undefined;
    else if (this.levels !== undefined) this.grow(this.levels, policies, this.any > 0 || (!isLast && isSelfIssued));
    return this.explicit > 0 || this.levels !== undefined ? undefined : "the path is valid for no certificate policy, though one is required";
  }

  private grow(levels: Map<string, Node>[], policies: readonly string[], allowsAny: boolean): void {
    const above = levels.at(-1) ?? new Map<string, Node>();
    const level = new Map<string, Node>();
    const expecting = new Map<string, Node[]>();
    for (const node of above.values()) for (const policy of node.expected) expecting.set(policy, [...(expecting.get(policy) ?? []), node]);
    const anyAbove = above.get(ANY_POLICY);
    for (const policy of policies) {
      if (policy === ANY_POLICY) continue;
      const parents = expecting.get(policy) ?? (anyAbove === undefined ? [] : [anyAbove]);
      if (parents.length > 0) level.set(policy, { policy, expected: new Set([policy]), parents: new Set(parents) });
    }
    if (policies.includes(ANY_POLICY) && allowsAny) {
      for (const [policy, parents] of expecting) if (!level.has(policy)) level.set(policy, { policy, expected: new Set([policy]), parents: new Set(parents) });
    }
    levels.push(level);
    this.prune();
  }

  /** Prepares for the certificate below (§6.1.4 (a), (b), (h) to (j)); says why the path breaks here, or nothing. */
  prepare(certificate: Certificate, isSelfIssued: boolean): string | undefined {
    const mappings = policyMappings(certificate);
    if (mappings.has(ANY_POLICY) || [...mappings.values()].some((targets) => targets.has(ANY_POLICY))) return "a policy mapping names anyPolicy";
    this.map(mappings, certificate);
    if (!isSelfIssued) {
      this.explicit = Math.max(0, this.explicit - 1);
      this.mapping = Math.max(0, this.mapping - 1);
      this.any = Math.max(0, this.any - 1);
    }
    const { requireExplicit, inhibitMapping } = policyConstraints(certificate);
    this.explicit = Math.min(this.explicit, requireExplicit ?? this.explicit);
    this.mapping = Math.min(this.mapping, inhibitMapping ?? this.mapping);
    const inhibitAny = extensionOf(certificate, EXTENSION_OID.inhibitAnyPolicy);
    if (inhibitAny !== undefined) this.any = Math.min(this.any, smallInteger(inhibitAny, "inhibitAnyPolicy"));
    return undefined;
  }

  private map(mappings: ReadonlyMap<string, ReadonlySet<string>>, certificate: Certificate): void {
    const level = this.levels?.at(-1);
    if (level === undefined || mappings.size === 0) return;
    for (const [policy, targets] of mappings) {
      const node = level.get(policy);
      const any = level.get(ANY_POLICY);
      if (this.mapping === 0) level.delete(policy);
      else if (node !== undefined) level.set(policy, { ...node, expected: targets });
      else if (any !== undefined && certificatePolicies(certificate)?.includes(ANY_POLICY) === true) level.set(policy, { policy, expected: targets, parents: any.parents });
    }
    this.prune();
  }

  /** The wrap-up (§6.1.5 (a), (b), (g)): says why the path serves none of the demanded policies, or nothing. */
  finish(certificate: Certificate): string | undefined {
    this.explicit = Math.max(0, this.explicit - 1);
    if (policyConstraints(certificate).requireExplicit === 0) this.explicit = 0;
    if (this.explicit > 0) return undefined;
    const valid = this.validPolicies();
    const { acceptable } = this.demands;
    const serves = acceptable === undefined || acceptable.includes(ANY_POLICY) ? valid.size > 0 : valid.has(ANY_POLICY) || acceptable.some((policy) => valid.has(policy));
    return serves ? undefined : "the path is not valid for an acceptable certificate policy";
  }

  /** The policies of the anchor's domain: those that come directly under anyPolicy, or anyPolicy itself at the end. */
  validPolicies(): ReadonlySet<string> {
    const found = new Set<string>();
    for (const level of this.levels ?? []) {
      for (const { policy, parents } of level.values()) if (policy !== ANY_POLICY && [...parents].some((parent) => parent.policy === ANY_POLICY)) found.add(policy);
    }
    if (this.levels?.at(-1)?.has(ANY_POLICY) === true) found.add(ANY_POLICY);
    return found;
  }

  /** Drops nodes that lead to nothing at the newest depth (RFC 9618 §5.4, step (d)(3)); an empty graph is none. */
  private prune(): void {
    const { levels } = this;
    if (levels === undefined) return;
    for (let depth = levels.length - 1; depth > 0; depth--) {
      const [level, above] = [levels[depth], levels[depth - 1]];
      if (level === undefined || above === undefined) continue;
      const kept = new Set([...level.values()].flatMap(({ parents }) => [...parents].map(({ policy }) => policy)));
      for (const policy of above.keys()) if (!kept.has(policy)) above.delete(policy);
    }
    if (levels.at(-1)?.size === 0) this.levels = undefined;
  }
}

type Node = { readonly policy: string; readonly expected: ReadonlySet<string>; readonly parents: ReadonlySet<Node> };

function policyMappings(certificate: Certificate): ReadonlyMap<string, ReadonlySet<string>> {
  const extension = extensionOf(certificate, EXTENSION_OID.policyMappings);
  const found = new Map<string, Set<string>>();
  if (extension === undefined) return found;
  const pairs = parts(extension, "policyMappings");
  if (pairs.length > MAX_POLICIES) throw new Malformed("too many policy mappings");
  for (const pair of pairs) {
    const [from, to] = parts(pair, "policy mapping").map((policy) => objectIdentifier(policy, "policy"));
    if (from === undefined || to === undefined) throw new Malformed("a policy mapping is not a pair");
    const targets = found.get(from) ?? new Set<string>();
    found.set(from, targets.add(to));
  }
  return found;
}

function policyConstraints(certificate: Certificate): { readonly requireExplicit?: number; readonly inhibitMapping?: number } {
  const extension = extensionOf(certificate, EXTENSION_OID.policyConstraints);
  if (extension === undefined) return {};
  const fields = parts(extension, "policyConstraints");
  const [explicit, mapping] = [0x80, 0x81].map((tag) => fields.find((field) => field.tag === tag));
  return {
    ...(explicit === undefined ? {} : { requireExplicit: smallInteger(explicit, "requireExplicitPolicy", 0x80) }),
    ...(mapping === undefined ? {} : { inhibitMapping: smallInteger(mapping, "inhibitPolicyMapping", 0x81) }),
  };
}

const ANY_POLICY = "2.5.29.32.0";
const MAX_POLICIES = 200;
