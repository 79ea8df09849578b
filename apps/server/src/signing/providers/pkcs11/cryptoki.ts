/** A function of the module answered with something other than CKR_OK. */
export class CryptokiFault extends Error {
  override readonly name = "CryptokiFault";
  readonly code: number;
  constructor(where: string, code: number) {
    super(`${where}: 0x${code.toString(16)}`);
    this.code = code;
  }
}

// Where each function stands in CK_FUNCTION_LIST (PKCS#11 v2.40 §3.6, the same in v3), and what it takes. Every argument is a CK_ULONG or a pointer.
const ulong = "unsigned long";
const pointer = "void *";
const functions = {
  C_Initialize: [0, [pointer]],
  C_Finalize: [1, [pointer]],
  C_GetSlotList: [4, ["uint8_t", pointer, pointer]],
  C_GetTokenInfo: [6, [ulong, pointer]],
  C_GetMechanismInfo: [8, [ulong, ulong, pointer]],
  C_OpenSession: [12, [ulong, ulong, pointer, pointer, pointer]],
  C_CloseSession: [13, [ulong]],
  C_Login: [18, [ulong, ulong, pointer, ulong]],
  C_Logout: [19, [ulong]],
  C_CreateObject: [20, [ulong, pointer, ulong, pointer]],
  C_GetAttributeValue: [24, [ulong, ulong, pointer, ulong]],
  C_FindObjectsInit: [26, [ulong, pointer, ulong]],
  C_FindObjects: [27, [ulong, pointer, ulong, pointer]],
  C_FindObjectsFinal: [28, [ulong]],
  C_SignInit: [42, [ulong, pointer, ulong]],
  C_Sign: [43, [ulong, pointer, ulong, pointer, pointer]],
} as const;
const functionCount = 68;

const longBytes = 8;
const attributeBytes = 3 * longBytes;
const unavailable = 0xffff_ffff_ffff_ffffn;

/** Numbers of the standard that are used here. */
export const ck = {
  ok: 0, alreadyInitialized: 0x191,
  sessionSerial: 4, sessionReadWrite: 2, user: 1, contextSpecific: 2,
  classCertificate: 1, classPrivateKey: 3, certificateX509: 0,
  attribute: { class: 0x0, token: 0x1, private: 0x2, label: 0x3, value: 0x11, certificateType: 0x80, subject: 0x101, id: 0x102, sign: 0x108, alwaysAuthenticate: 0x202 },
  mechanismSigns: 0x800,
  tokenFlag: { pinInitialized: 0x8, initialized: 0x400, pinFinalTry: 0x2_0000, pinLocked: 0x4_0000 },
} as const;

/** What a token says of itself without a PIN. */
export type TokenInfo = { readonly slot: number; readonly label: string; readonly serial: string; readonly model: string; readonly flags: number };

/** A number as the module wants it in an attribute. */
export const ulongOf = (value: number): Buffer => {
  const bytes = Buffer.alloc(longBytes);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};

const numberIn = (bytes: Buffer, at = 0): number => Number(bytes.readBigUInt64LE(at));

/** An attribute and its value; `undefined` where it is asked for. */
type Attribute = readonly [type: number, value: Buffer | undefined];

const objectsAtMost = 200;
const attributeAtMost = 64 * 1024;
const signatureAtMost = 1024;

/**
 * A PKCS#11 module in this process, which must be one that may die: it is a vendor's machine code. Structures are laid out by hand for
 * systems whose `unsigned long` has 64 bits and whose structures are not packed, which is every one that Lontar runs on.
 */
export const openCryptoki = async (path: string) => {
  const { default: koffi } = await import("koffi"); // optional: where it could not be installed there are no tokens
  if (koffi.sizeof(ulong) !== longBytes) throw new Error("PKCS#11 is spoken on 64-bit Linux and macOS only");
  const library = koffi.load(path);
  const list = Buffer.alloc(longBytes);
  const got: number = library.func("C_GetFunctionList", ulong, [pointer])(list);
  if (got !== ck.ok) throw new CryptokiFault("C_GetFunctionList", got);
  // CK_VERSION has two bytes; the pointers begin at the next boundary.
  const table: readonly bigint[] = koffi.decode(list.readBigUInt64LE(), longBytes, koffi.array(pointer, functionCount));

  const tell = (name: keyof typeof functions, ...given: readonly (number | Buffer | null)[]): number => {
    const [index, parameters] = functions[name];
    return Number(koffi.call(table[index], koffi.proto(ulong, [...parameters]), ...given));
  };
  const call = (name: keyof typeof functions, ...given: readonly (number | Buffer | null)[]): void => {
    const code = tell(name, ...given);
    if (code !== ck.ok) throw new CryptokiFault(name, code);
  };

  // What the last template points at, lest it be collected while the module reads it.
  const held: Attribute[] = [];

  /** CK_ATTRIBUTE[]: type, pointer, length. */
  const template = (attributes: readonly Attribute[]): Buffer => {
    held.splice(0, held.length, ...attributes);
    const bytes = Buffer.alloc(Math.max(attributes.length, 1) * attributeBytes);
    for (const [index, [type, value]] of attributes.entries()) {
      bytes.writeBigUInt64LE(BigInt(type), index * attributeBytes);
      bytes.writeBigUInt64LE(value === undefined || value.length === 0 ? 0n : koffi.address(value), index * attributeBytes + longBytes);
      bytes.writeBigUInt64LE(BigInt(value?.length ?? 0), index * attributeBytes + 2 * longBytes);
    }
    return bytes;
  };

  /** CK_MECHANISM: number, pointer to parameters, their length. */
  const mechanismBytes = (mechanism: number, parameters: Buffer | undefined): Buffer => template([[mechanism, parameters]]);

  const begun = tell("C_Initialize", null);
  if (begun !== ck.ok && begun !== ck.alreadyInitialized) throw new CryptokiFault("C_Initialize", begun);

  const tokens = (): readonly TokenInfo[] => {
    const count = Buffer.alloc(longBytes);
    call("C_GetSlotList", 1, null, count);
    const slots = Buffer.alloc(Math.max(numberIn(count), 1) * longBytes);
    call("C_GetSlotList", 1, slots, count);
    return Array.from({ length: numberIn(count) }, (_, index) => numberIn(slots, index * longBytes)).flatMap((slot) => {
      const info = Buffer.alloc(256);
      if (tell("C_GetTokenInfo", slot, info) !== ck.ok) return []; // pulled out between the two questions
      const text = (from: number, to: number): string => info.toString("utf8", from, to).trimEnd();
      return [{ slot, label: text(0, 32), model: text(64, 80), serial: text(80, 96), flags: numberIn(info, 96) }];
    });
  };

  const attribute = (session: number, object: number, type: number): Buffer | undefined => {
    const asked = template([[type, undefined]]);
    if (tell("C_GetAttributeValue", session, object, asked, 1) !== ck.ok) return undefined; // it has none, or keeps it to itself
    const length = asked.readBigUInt64LE(2 * longBytes);
    if (length === unavailable || length > attributeAtMost) return undefined;
    const value = Buffer.alloc(Number(length));
    if (value.length > 0) call("C_GetAttributeValue", session, object, template([[type, value]]), 1);
    return value;
  };

  const find = (session: number, wanted: readonly Attribute[]): readonly number[] => {
    call("C_FindObjectsInit", session, template(wanted), wanted.length);
    try {
      const handles = Buffer.alloc(objectsAtMost * longBytes);
      const count = Buffer.alloc(longBytes);
      call("C_FindObjects", session, handles, objectsAtMost, count);
      return Array.from({ length: numberIn(count) }, (_, index) => numberIn(handles, index * longBytes));
    } finally {
      tell("C_FindObjectsFinal", session);
    }
  };

  return {
    /** Gives back what the module holds; it may be opened again. */
    close: (): void => call("C_Finalize", null),
    tokens,
    attribute,
    find,
    /** A session for the length of `work`; logged out and closed afterwards, whatever happened. */
    inSession: async <Answer>(slot: number, work: (session: number) => Promise<Answer>, flags: number = ck.sessionSerial): Promise<Answer> => {
      const opened = Buffer.alloc(longBytes);
      call("C_OpenSession", slot, flags, null, null, opened);
      const session = numberIn(opened);
      try {
        return await work(session);
      } finally {
        tell("C_Logout", session); // nobody signs on another's login
        tell("C_CloseSession", session);
      }
    },
    logIn: (session: number, pin: Buffer, as: number = ck.user): void => call("C_Login", session, as, pin, pin.length),
    /** Does the token sign with this mechanism? */
    offers: (slot: number, mechanism: number): boolean => {
      const info = Buffer.alloc(3 * longBytes);
      return tell("C_GetMechanismInfo", slot, mechanism, info) === ck.ok && (numberIn(info, 2 * longBytes) & ck.mechanismSigns) !== 0;
    },
    beginSigning: (session: number, mechanism: number, parameters: Buffer | undefined, key: number): void => call("C_SignInit", session, mechanismBytes(mechanism, parameters), key),
    sign: (session: number, data: Uint8Array): Buffer => {
      const signature = Buffer.alloc(signatureAtMost);
      const length = ulongOf(signature.length);
      call("C_Sign", session, Buffer.from(data), data.length, signature, length);
      return signature.subarray(0, numberIn(length));
    },
    create: (session: number, attributes: readonly (readonly [number, Buffer])[]): void => {
      call("C_CreateObject", session, template(attributes), attributes.length, Buffer.alloc(longBytes));
    },
  };
};

/** An opened module. */
export type Cryptoki = Awaited<ReturnType<typeof openCryptoki>>;
