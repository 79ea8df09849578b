/** What one installation pins into its verifier: whom to believe, without asking. Written by the server into the file that is downloaded. */
export type Anchors = {
  /** Where the installation's letters are verified when there is a network. */
  readonly hosts: readonly string[];
  /** The day on which this was so. */
  readonly day: string;
  /** Roots of signers' certificates, PEM. */
  readonly roots: readonly { readonly name: string; readonly pem: string; readonly development: boolean }[];
  /** The authority over seal keys (DER, base64) and the keys it certified. */
  readonly seals: { readonly anchor: string; readonly keys: readonly { readonly certificate: string; readonly revokedSince: number | null }[] };
  /** Letters that were no longer in force on that day (`withdrawnLetters`, base64). */
  readonly withdrawn: string;
  /** Certificates of signers whose key may have leaked, and since when. */
  readonly leaked: readonly { readonly serial: string; readonly since: string }[];
  /** For each government's log, by its id: key and witnesses (C2SP tlog-policy). */
  readonly policies: Readonly<Record<string, string>>;
};

/** Reads the anchors out of the page; nothing when they were never put in, or are broken. */
export const readAnchors = (text: string): Anchors | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return isAnchors(value) ? value : undefined;
  } catch {
    return undefined; // a file that was never finished pins nobody
  }
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;

const isAnchors = (value: unknown): value is Anchors =>
  isRecord(value) &&
  Array.isArray(value["hosts"]) && value["hosts"].every((host) => typeof host === "string") &&
  typeof value["day"] === "string" &&
  Array.isArray(value["roots"]) && value["roots"].every((root) => isRecord(root) && typeof root["name"] === "string" && typeof root["pem"] === "string" && typeof root["development"] === "boolean") &&
  isRecord(value["seals"]) && typeof value["seals"]["anchor"] === "string" &&
  Array.isArray(value["seals"]["keys"]) && value["seals"]["keys"].every((key) => isRecord(key) && typeof key["certificate"] === "string" && (key["revokedSince"] === null || typeof key["revokedSince"] === "number")) &&
  typeof value["withdrawn"] === "string" &&
  Array.isArray(value["leaked"]) && value["leaked"].every((leak) => isRecord(leak) && typeof leak["serial"] === "string" && typeof leak["since"] === "string") &&
  isRecord(value["policies"]) && Object.values(value["policies"]).every((policy) => typeof policy === "string");
