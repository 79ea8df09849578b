import { z } from "zod";

/** What can be the matter with a token, in our words. */
export const troubles = ["module_missing", "token_gone", "session_lost", "busy", "wrong_pin", "wrong_pin_last", "pin_locked", "key_missing", "mechanism_unsupported", "unknown"] as const;

/** One of them. */
export type Trouble = (typeof troubles)[number];

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** What is said to the process that has the vendor's module in it. */
export const askSchema = z.discriminatedUnion("act", [
  z.object({ id: z.number(), act: z.literal("look"), token: z.string() }),
  z.object({
    id: z.number(), act: z.literal("sign"), token: z.string(), keyId: bytes, pin: z.string(),
    algorithm: z.enum(["ecdsa-p256-sha256", "ecdsa-p384-sha384", "rsa-pkcs1-sha256", "rsa-pss-sha256"]), message: bytes, digest: bytes,
  }),
]);

/** One such question. */
export type Ask = z.output<typeof askSchema>;

/** The algorithms that a key on a token signs with here. */
export type TokenAlgorithm = Extract<Ask, { act: "sign" }>["algorithm"];

const looked = z.object({
  serial: z.string(), label: z.string(), model: z.string(), isPinLocked: z.boolean(),
  certificates: z.array(z.object({ id: bytes, label: z.string(), value: bytes })),
});

/** What a token shows of itself without a PIN: its names, and the certificates that lie on it. */
export type Looked = z.output<typeof looked>;

/** What it says back. How far it is going is said before it goes there: whoever dies while a PIN is tried may have spent a try, and whoever dies while a key is at work may have signed. */
export const replySchema = z.union([
  z.object({ id: z.number(), begins: z.enum(["login", "key"]) }),
  z.object({ id: z.number(), looked }),
  z.object({ id: z.number(), signature: bytes }),
  z.object({ id: z.number(), trouble: z.enum(troubles), vendor: z.string() }),
]);

/** One such answer. */
export type Reply = z.output<typeof replySchema>;

/** What a module's answer means (PKCS#11 v2.40 §5.1), with the standard's own name for the support desk. */
export const troubleOf = (code: number): { readonly trouble: Trouble; readonly vendor: string } => {
  const [vendor, trouble] = answers[code] ?? [`CKR 0x${code.toString(16)}`, "unknown"];
  return { trouble, vendor };
};

const answers: Readonly<Record<number, readonly [name: string, trouble: Trouble]>> = {
  0x02: ["CKR_HOST_MEMORY", "session_lost"],
  0x03: ["CKR_SLOT_ID_INVALID", "token_gone"],
  0x05: ["CKR_GENERAL_ERROR", "session_lost"],
  0x06: ["CKR_FUNCTION_FAILED", "session_lost"],
  0x30: ["CKR_DEVICE_ERROR", "session_lost"],
  0x31: ["CKR_DEVICE_MEMORY", "session_lost"],
  0x32: ["CKR_DEVICE_REMOVED", "token_gone"],
  0x54: ["CKR_FUNCTION_NOT_SUPPORTED", "mechanism_unsupported"],
  0x60: ["CKR_KEY_HANDLE_INVALID", "key_missing"],
  0x62: ["CKR_KEY_SIZE_RANGE", "mechanism_unsupported"],
  0x63: ["CKR_KEY_TYPE_INCONSISTENT", "mechanism_unsupported"],
  0x68: ["CKR_KEY_FUNCTION_NOT_PERMITTED", "mechanism_unsupported"],
  0x70: ["CKR_MECHANISM_INVALID", "mechanism_unsupported"],
  0x71: ["CKR_MECHANISM_PARAM_INVALID", "mechanism_unsupported"],
  0x82: ["CKR_OBJECT_HANDLE_INVALID", "key_missing"],
  0xa0: ["CKR_PIN_INCORRECT", "wrong_pin"],
  0xa1: ["CKR_PIN_INVALID", "wrong_pin"],
  0xa2: ["CKR_PIN_LEN_RANGE", "wrong_pin"],
  0xa3: ["CKR_PIN_EXPIRED", "pin_locked"],
  0xa4: ["CKR_PIN_LOCKED", "pin_locked"],
  0xb0: ["CKR_SESSION_CLOSED", "session_lost"],
  0xb1: ["CKR_SESSION_COUNT", "busy"],
  0xb3: ["CKR_SESSION_HANDLE_INVALID", "session_lost"],
  0xe0: ["CKR_TOKEN_NOT_PRESENT", "token_gone"],
  0xe1: ["CKR_TOKEN_NOT_RECOGNIZED", "token_gone"],
  0x100: ["CKR_USER_ALREADY_LOGGED_IN", "busy"],
  0x101: ["CKR_USER_NOT_LOGGED_IN", "session_lost"],
  0x102: ["CKR_USER_PIN_NOT_INITIALIZED", "pin_locked"],
  0x104: ["CKR_USER_ANOTHER_ALREADY_LOGGED_IN", "busy"],
  0x190: ["CKR_CRYPTOKI_NOT_INITIALIZED", "session_lost"],
};
