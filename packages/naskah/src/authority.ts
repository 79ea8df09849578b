/** Who signs for whom, as lines over the signature (Permendagri 1/2023; UU 30/2014 Ps. 14 for Plt. and Plh.). */

/** How a person holds the post. */
export type Holding = "definitif" | "plt" | "plh" | "pj" | "pjs";

/** Prefix printed before the post. */
export const holdingPrefix: Readonly<Record<Holding, string>> = { definitif: "", plt: "Plt. ", plh: "Plh. ", pj: "Pj. ", pjs: "Pjs. " };

/** The signing post and the posts above it in whose name the signature stands: none, one (a.n.) or two (a.n. and u.b.). */
export type Authority = {
  /** Post of the signer, e.g. `Kepala Dinas Komunikasi dan Informatika`. */
  readonly post: string;
  readonly holding: Holding;
  /** From the top: `["Bupati Penajam Paser Utara", "Sekretaris Daerah"]`. */
  readonly onBehalfOf?: readonly string[];
};

/** The lines over the signature: `a.n. BUPATI …`, `SEKRETARIS DAERAH,`, `u.b.`, `ASISTEN …,`. Throws above two levels: the law knows no third. */
export function signatureLines(authority: Authority): readonly string[] {
  const own = `${holdingPrefix[authority.holding]}${authority.post.toUpperCase()},`;
  const [first, second, ...more] = authority.onBehalfOf ?? [];
  if (more.length > 0) throw new RangeError("a signature stands in the name of at most two posts");
  if (first === undefined) return [own];
  if (second === undefined) return [`a.n. ${first.toUpperCase()}`, own];
  return [`a.n. ${first.toUpperCase()}`, `${second.toUpperCase()},`, "u.b.", own];
}

/** The signing post in running text: `Plh. Kepala Dinas Komunikasi dan Informatika`. */
export const signatureTitle = (authority: Authority): string => `${holdingPrefix[authority.holding]}${authority.post}`;

/** The signing post out of printed lines, without its comma: what stands in the electronic mark. */
export function signingPost(lines: readonly string[]): string {
  const under = lines.lastIndexOf("u.b.");
  const own = under >= 0 ? lines.slice(under + 1) : lines.filter((line) => !line.startsWith("a.n. "));
  return own.join(" ").replace(/,\s*$/, "");
}
