import { sha256 as digestOf } from "@lontar/ledger";
import { useEffect, useState } from "react";
import { call } from "../kernel/server.ts";

/** The frozen file as it came: `same` as what will be signed, or `changed`, and then nothing may be signed. */
export type ShownFile = { readonly state: "same"; readonly bytes: Uint8Array } | { readonly state: "changed" };

/** The frozen bytes and what this browser finds about them. */
export type FrozenFile =
  | ShownFile
  | { readonly state: "loading" }
  | { readonly state: "failed"; readonly error: Error; readonly retry: () => void };

/** Fetches the frozen file and compares its SHA-256 with the one that will be signed, so that what is read is what is signed. */
export const useFrozenFile = (id: string, sha256: string | undefined): FrozenFile => {
  const [file, setFile] = useState<FrozenFile>({ state: "loading" });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (sha256 === undefined) return undefined;
    const stop = new AbortController();
    const fetchAndCompare = async (): Promise<FrozenFile> => {
      const answer: unknown = await call("received.file", { id, sha256 }, { signal: stop.signal });
      if (!(answer instanceof Blob)) throw new TypeError("the frozen letter is a file");
      const bytes = new Uint8Array(await answer.arrayBuffer());
      return hexDigest(bytes) === sha256 ? { state: "same", bytes } : { state: "changed" };
    };
    fetchAndCompare().then(
      (found) => stop.signal.aborted || setFile(found),
      (error: unknown) => stop.signal.aborted || setFile({ state: "failed", error: error instanceof Error ? error : new Error(String(error)), retry: () => { setFile({ state: "loading" }); setTries(tries + 1); } }),
    );
    return () => stop.abort();
  }, [id, sha256, tries]);
  return file;
};

/** By script and not by `crypto.subtle`: a village that serves its own network over plain HTTP compares as well. */
const hexDigest = (bytes: Uint8Array): string => Array.from(digestOf(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
