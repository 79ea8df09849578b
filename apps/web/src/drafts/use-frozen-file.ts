import { useEffect, useState } from "react";
import { call } from "../kernel/server.ts";

/** The frozen bytes and what this browser finds about them. `unchecked`: the page is not served over HTTPS, where browsers give no digest. */
export type FrozenFile =
  | { readonly state: "loading" }
  | { readonly state: "same" | "unchecked"; readonly bytes: Uint8Array }
  /** These are not the bytes that the server asks a signature for: nothing may be signed. */
  | { readonly state: "changed" }
  | { readonly state: "failed"; readonly sentence: string };

/** Fetches the frozen file and compares its SHA-256 with the one that will be signed, so that what is read is what is signed. */
export const useFrozenFile = (id: string, sha256: string | undefined): FrozenFile => {
  const [file, setFile] = useState<FrozenFile>({ state: "loading" });
  useEffect(() => {
    if (sha256 === undefined) return undefined;
    const stop = new AbortController();
    const fetchAndCompare = async (): Promise<FrozenFile> => {
      const answer: unknown = await call("received.file", { id, sha256 }, { signal: stop.signal });
      if (!(answer instanceof Blob)) throw new TypeError("the frozen letter is a file");
      const bytes = new Uint8Array(await answer.arrayBuffer());
      if (!globalThis.isSecureContext) return { state: "unchecked", bytes };
      return (await hexDigest(bytes)) === sha256 ? { state: "same", bytes } : { state: "changed" };
    };
    fetchAndCompare().then(
      (found) => stop.signal.aborted || setFile(found),
      (error: unknown) => stop.signal.aborted || setFile({ state: "failed", sentence: error instanceof Error ? error.message : String(error) }),
    );
    return () => stop.abort();
  }, [id, sha256]);
  return file;
};

const hexDigest = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => Array.from(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("");
