import type { ResultOf } from "../kernel/api.ts";
import { deviceMemory } from "../kernel/memory.ts";
import { call } from "../kernel/server.ts";
import type { Me } from "./me.ts";

const usedHere = "lontar.passkey";

/** Can this browser, on this page, speak to passkeys at all? Over plain http only on the machine itself. */
export const isPasskeyPossible = (): boolean => window.isSecureContext && typeof window.PublicKeyCredential === "function";

/** Was a passkey used here before? Then it is the way in that is shown first. */
export const wasPasskeyUsed = (): boolean => deviceMemory.read(usedHere) === "1";

/** Remembers that this device has a passkey. */
export const rememberPasskey = (): void => void deviceMemory.write(usedHere, "1");

/** Lets a passkey answer a question of the server; rejects when the person puts it off. */
export const answerQuestion = async (question: ResultOf<"session.beginPasskeyEntry">, isAutofill = false) => {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  const { id, rawId, response } = await startAuthentication({ optionsJSON: question, useBrowserAutofill: isAutofill });
  return { id, rawId, type: "public-key" as const, response };
};

/** Signs in with whatever passkey the person chooses. With `isAutofill` it waits in the field for the user name instead of asking at once. */
export const enterByPasskey = async (isAutofill = false): Promise<Me> => {
  const question = await call("session.beginPasskeyEntry", undefined, { whenSignedOut: "refuse" });
  const me = await call("session.enterByPasskey", { answer: await answerQuestion(question, isAutofill) }, { whenSignedOut: "refuse" });
  rememberPasskey();
  return me;
};

/** Makes a passkey on this device and has the server keep its public key; the first one brings recovery codes, to be shown once. */
export const makePasskey = async (name: string, offer: ResultOf<"session.beginPasskey">): Promise<ResultOf<"session.addPasskey">> => {
  const { startRegistration } = await import("@simplewebauthn/browser");
  const { id, rawId, response } = await startRegistration({ optionsJSON: offer });
  const made = await call("session.addPasskey", { name, answer: { id, rawId, type: "public-key", response: { clientDataJSON: response.clientDataJSON, attestationObject: response.attestationObject, transports: response.transports ?? [] } } });
  rememberPasskey();
  return made;
};

/** Proves once more who sits here, for one document alone: by a touch of the passkey, or by a code that was typed. */
export const proveFresh = async (documents: readonly string[], method: "kunci" | "kode", code: string): Promise<void> => {
  if (method === "kode") return call("session.proveFreshByCode", { documents: [...documents], code });
  const { token, question } = await call("session.beginFreshProof", { documents: [...documents] });
  return call("session.proveFreshByPasskey", { documents: [...documents], token, answer: await answerQuestion(question) });
};

/** Does the browser offer passkeys inside the field for the user name? */
export const isAutofillPossible = async (): Promise<boolean> => isPasskeyPossible() && (await (await import("@simplewebauthn/browser")).browserSupportsWebAuthnAutofill());

/** Ends a question that waits in a field: another way in was taken. */
export const stopWaiting = async (): Promise<void> => (await import("@simplewebauthn/browser")).WebAuthnAbortService.cancelCeremony();
